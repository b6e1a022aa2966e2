"""What is learned from a run and travels: quantities, messages, the history of a run. NumPy only.

Shape letters: L layers (the chain in order, then the output head), T timesteps.
"""

from vgviewer.frames.details import Details, Histograms
from vgviewer.frames.history import History
from vgviewer.frames.inspections import Inspection
from vgviewer.frames.messages import Changed, Failed, Finished, Frame, Message, Refused, Site, Started
from vgviewer.frames.quantities import QUANTITIES, Quantity
from vgviewer.frames.wishes import Change, Inspect, InspectionKind, Knob, Look, Wish

__all__ = [
    "QUANTITIES",
    "Change",
    "Changed",
    "Details",
    "Failed",
    "Finished",
    "Frame",
    "Histograms",
    "History",
    "Inspect",
    "Inspection",
    "InspectionKind",
    "Knob",
    "Look",
    "Message",
    "Quantity",
    "Refused",
    "Site",
    "Started",
    "Wish",
]
