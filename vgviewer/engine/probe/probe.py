"""One frame's readings after another."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.net import Net
from vgviewer.engine.norms import Norms, log_sizes, norms, timestep_norms, together
from vgviewer.engine.probe.activity import Silence, activation_of, saturation
from vgviewer.engine.probe.closely import details
from vgviewer.engine.probe.layers import Layout, changes, largest, zeros
from vgviewer.engine.probe.sites import sites
from vgviewer.engine.probe.through_time import read_gates, read_timesteps
from vgviewer.engine.step import Backward
from vgviewer.frames import QUANTITIES, Details

OF_TIMESTEPS = {name for name, quantity in QUANTITIES.items() if quantity.axes == "layers × timesteps"}
OF_GATES = {name for name, quantity in QUANTITIES.items() if quantity.axes == "layers × gates × timesteps"}
ROUNDING = 1e-5  # of a tensor's norm; what rounding takes from a larger step changes no reading by 1e-4


class Probe:
    """Measures the `wanted` quantities of one training step after another: `begin`, what there is, `finish`."""

    def __init__(self, net: Net, timesteps: int, wanted: Collection[str] = tuple(QUANTITIES)) -> None:
        self._net = net
        self._parts = tuple(net.parts.values())
        places = sites(net)
        gates = max(len(site.gates) for site in places)
        self._shapes = {name: QUANTITIES[name].shape(len(places), gates, timesteps) for name in wanted}
        self._activations = [activation_of(part) for part in self._parts]
        self._relu = [row for row, name in enumerate(self._activations) if name == "relu"]
        self._silence = Silence()
        self._layout = Layout(list(part.compose().values()) for part in self._parts)
        self._readings: dict[str, NDArray[np.float32]] = {}
        self._weights: Norms = np.empty(0)
        self._factor = 1.0
        self.details: Details | None = None

    def begin(self, factor: float) -> None:
        """A new step. `factor` makes a gradient of the mean loss one sample's: B, or 1 for the loss sum."""
        self._readings = {name: np.full(shape, np.nan, np.float32) for name, shape in self._shapes.items()}
        self._factor = factor

    def finish(self) -> Mapping[str, NDArray[np.float32]]:
        """The readings, read-only from now on."""
        for values in self._readings.values():
            values.flags.writeable = False
        return self._readings

    @torch.no_grad()
    def outputs(self) -> None:
        """What the layers gave."""
        read = self._readings
        outputs = list(self._net.outputs.values())
        if "output" in read:
            read["output"][:] = log_sizes(_norms(outputs), _counts(outputs))
        if "saturation" in read:
            each = zip(self._parts, self._activations, outputs, strict=True)
            read["saturation"][:] = [saturation(*one) for one in each]
        if "dead" in read and self._relu:
            read["dead"][self._relu] = self._silence.dead([outputs[row] for row in self._relu])

    @torch.no_grad()
    def gradients(self, found: Backward, learned: Norms) -> None:
        """All gradients, total derivatives through time included; `learned` are the norms of `found.learned`."""
        read = self._readings
        outputs = list(found.outputs.values())
        if (OF_TIMESTEPS | {"output_gradient"}) & read.keys():
            self._output_gradients(outputs)
        if "output_gradient_max" in read:
            read["output_gradient_max"][:] = log_sizes(self._factor * largest(outputs), 1)
        if "output_gradient_zeros" in read:
            read["output_gradient_zeros"][:] = zeros(outputs)
        weights = [gradient for of in found.weights.values() for gradient in of.values()]
        if "weight_gradient" in read:
            same = list(map(id, weights)) == list(map(id, found.learned))
            read["weight_gradient"][:] = self._layout.together(learned if same else norms(weights))
        if "weight_gradient_max" in read:
            read["weight_gradient_max"][:] = self._layout.largest(largest(weights))
        gates = OF_GATES & read.keys()
        for row, part in enumerate(self._parts if gates else ()):
            if isinstance(part, RecurrentPart):
                read_gates({name: read[name][row] for name in gates}, part.tape, self._factor)

    def look_closely(self, found: Backward) -> None:
        """The details of the step, while its weights are still those of the forward pass."""
        self.details = details(self._net, found, self._factor)

    @torch.no_grad()
    def weights(self) -> None:
        """The weights before the step, as they were multiplied with."""
        read = self._readings
        if not {"weight", "update", "update_ratio"} & read.keys():
            return
        weights = [weight for part in self._parts for weight in part.weights.values()]
        self._weights = norms(weights)
        if "weight" in read:
            read["weight"][:] = self._layout.together(self._weights)

    @torch.no_grad()
    def updates(self, before: Mapping[int, Tensor], steps: Norms | None) -> None:
        """What the step has changed. `before` holds copies of all that is learned, by the parameters' id; `steps` the
        norms of what was subtracted from each, where the optimizer does nothing else."""
        read = self._readings
        if not {"update", "update_ratio"} & read.keys():
            return
        now = [weight for part in self._parts for weight in part.compose().values()]
        then = [before.get(id(weight), weight) for part in self._parts for weight in part.weights.values()]
        plain = steps is not None and list(before) == list(map(id, now))
        found = steps.copy() if steps is not None and plain else np.full(len(now), np.nan)
        rest = np.flatnonzero(~(found > ROUNDING * self._weights))
        found[rest] = changes([now[i] for i in rest], [then[i] for i in rest])
        if "update" in read:
            read["update"][:] = self._layout.together(found)
        if "update_ratio" in read:
            read["update_ratio"][:] = self._layout.ratios(found, self._weights)

    def _output_gradients(self, gradients: Sequence[Tensor]) -> None:
        """Layers along time are measured by timestep, and all their timesteps together."""
        read = self._readings
        along_time = OF_TIMESTEPS & read.keys()
        flat = [row for row, gradient in enumerate(gradients) if gradient.dim() == 2]
        found = np.empty(len(gradients))
        found[flat] = self._factor * norms([gradients[row] for row in flat])
        for row in set(range(len(gradients))).difference(flat):
            each = self._factor * timestep_norms(gradients[row])
            found[row] = together(each)
            if along_time:
                rows = {name: read[name][row] for name in along_time}
                read_timesteps(rows, self._parts[row], each, gradients[row][0].numel(), self._factor)
        if "output_gradient" in read:
            read["output_gradient"][:] = log_sizes(found, _counts(gradients))


def _norms(outputs: Sequence[Tensor]) -> Norms:
    flat = [row for row, output in enumerate(outputs) if output.dim() == 2]
    found = np.array([0.0 if output.dim() == 2 else together(timestep_norms(output)) for output in outputs])
    found[flat] = norms([outputs[row] for row in flat])
    return found


def _counts(tensors: Sequence[Tensor]) -> NDArray[np.int64]:
    return np.array([tensor.numel() for tensor in tensors])
