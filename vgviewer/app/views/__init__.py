"""The pictures. VIEWS is the catalogue, in the order of the menu."""

from vgviewer.app.views.curves import Curves
from vgviewer.app.views.distribution import Distribution
from vgviewer.app.views.gates import Gates
from vgviewer.app.views.layers_training import LayersTraining
from vgviewer.app.views.output import Output
from vgviewer.app.views.prediction import PredictionView
from vgviewer.app.views.reach import ReachView
from vgviewer.app.views.through_time import ThroughTime
from vgviewer.app.views.time_training import TimeTraining
from vgviewer.app.views.two_lenses import TwoLenses
from vgviewer.app.views.units import Units
from vgviewer.app.views.view import View
from vgviewer.app.views.why import Why

VIEWS: dict[str, type[View]] = {
    "through-time": ThroughTime,
    "time-training": TimeTraining,
    "layers-training": LayersTraining,
    "two-lenses": TwoLenses,
    "units": Units,
    "gates": Gates,
    "distribution": Distribution,
    "curves": Curves,
    "why": Why,
    "reach": ReachView,
    "output": Output,
    "prediction": PredictionView,
}

__all__ = [
    "VIEWS",
    "Curves",
    "Distribution",
    "Gates",
    "LayersTraining",
    "Output",
    "PredictionView",
    "ReachView",
    "ThroughTime",
    "TimeTraining",
    "TwoLenses",
    "Units",
    "View",
    "Why",
]
