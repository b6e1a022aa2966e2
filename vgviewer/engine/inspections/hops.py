"""Where each hop's gain comes from: exact products of measured ratios, along depth and through time."""

from vgviewer.engine.inspections.depth_hops import depth_hops
from vgviewer.engine.inspections.rehearsal import Rehearsal
from vgviewer.engine.inspections.time_hops import time_hops
from vgviewer.engine.train import Trainer
from vgviewer.frames.inspections import HopAccounts


def hops(trainer: Trainer) -> HopAccounts:
    """In float64, on a copy of the network."""
    rehearsal = Rehearsal(trainer)
    through_time = tuple(time_hops(place, part) for place, part in rehearsal.recurrent.items())
    return HopAccounts(rehearsal.step, depth_hops(rehearsal), through_time)
