"""The rules of other tools, each made anew from what is published of it, one file each."""

from vgviewer.bakeoff.published.autotrainer import AUTOTRAINER
from vgviewer.bakeoff.published.neurolens import NEUROLENS
from vgviewer.bakeoff.published.norm_bounds import DLCHECK, TORCHLENS
from vgviewer.bakeoff.published.record import Record, Tool, outcome
from vgviewer.bakeoff.published.sagemaker import SAGEMAKER
from vgviewer.bakeoff.published.thedeepchecker import THEDEEPCHECKER
from vgviewer.bakeoff.published.torchmortem import TORCHMORTEM

__all__ = ["TOOLS", "Record", "Tool", "outcome"]

TOOLS = (AUTOTRAINER, SAGEMAKER, THEDEEPCHECKER, TORCHLENS, DLCHECK, NEUROLENS, TORCHMORTEM)
