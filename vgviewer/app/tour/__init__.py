"""A walk through the window: a bubble at each of its parts."""

from vgviewer.app.tour.stops import STOPS, Stop
from vgviewer.app.tour.tour import Tour

__all__ = ["STOPS", "Stop", "Tour"]
