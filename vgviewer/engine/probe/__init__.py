"""Reading sizes off one training step: the only place that turns tensors into frames' readings."""

from vgviewer.engine.norms import log_sizes
from vgviewer.engine.probe.probe import Probe
from vgviewer.engine.probe.sites import sites

__all__ = ["Probe", "log_sizes", "sites"]
