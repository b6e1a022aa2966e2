"""What is learned from a run and travels: quantities, messages, the history of a run. NumPy only.

Shape letters: L layers (the chain in order, then the output head), T timesteps.
"""

from vgviewer.frames.history import History
from vgviewer.frames.messages import Failed, Finished, Frame, Message, Site, Started
from vgviewer.frames.quantities import QUANTITIES, Quantity

__all__ = [
    "QUANTITIES",
    "Failed",
    "Finished",
    "Frame",
    "History",
    "Message",
    "Quantity",
    "Site",
    "Started",
]
