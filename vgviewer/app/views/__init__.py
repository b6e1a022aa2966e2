"""The pictures. VIEWS is the catalogue, in the order of the menu."""

from vgviewer.app.views.curves import Curves
from vgviewer.app.views.layers_training import LayersTraining
from vgviewer.app.views.through_time import ThroughTime
from vgviewer.app.views.view import View

VIEWS: dict[str, type[View]] = {
    "through-time": ThroughTime,
    "layers-training": LayersTraining,
    "curves": Curves,
}

__all__ = ["VIEWS", "Curves", "LayersTraining", "ThroughTime", "View"]
