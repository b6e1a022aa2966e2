"""What is built: layers, the network of them, and how shapes flow. No NumPy, no torch."""

from vgviewer.network.flow import Flow, Problem, trace
from vgviewer.network.layer import Layer
from vgviewer.network.layers import LAYERS
from vgviewer.network.misfit import Misfit
from vgviewer.network.network import Network, Output

__all__ = ["LAYERS", "Flow", "Layer", "Misfit", "Network", "Output", "Problem", "trace"]
