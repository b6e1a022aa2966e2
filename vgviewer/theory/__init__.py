"""What is expected before training: mean field along depth and along time. NumPy only."""

from vgviewer.theory.mean_field import FixedPoint, fixed_point
from vgviewer.theory.measured import Measured, measure
from vgviewer.theory.memory import Memory
from vgviewer.theory.prediction import Place, Prediction, predict

__all__ = ["FixedPoint", "Measured", "Memory", "Place", "Prediction", "fixed_point", "measure", "predict"]
