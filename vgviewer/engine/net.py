"""The whole network as one module that remembers the output of every layer."""

import numpy as np
import torch
from torch import Tensor, nn

from vgviewer.engine.build import BUILDERS
from vgviewer.engine.build.feed_forward import DensePart
from vgviewer.engine.build.part import Part, Plan
from vgviewer.experiment import Experiment

WEIGHTS_BRANCH, DROPOUT_BRANCH = 2, 3  # of the seed; the data have their own


class Net(nn.Module):
    """`parts[id]` are the layers in order, the output head last; `outputs[id]` those of the last forward pass."""

    def __init__(self, experiment: Experiment, dtype: torch.dtype) -> None:
        super().__init__()
        self.parts: dict[str, Part] = {}
        self.outputs: dict[str, Tensor] = {}
        flow = experiment.flow
        weights_rng = _stream(experiment.training.seed, WEIGHTS_BRANCH)
        dropout_rng = _stream(experiment.training.seed, DROPOUT_BRANCH)
        entering = flow.shapes["input"]
        for layer in (*experiment.network.layers, None):
            place = "output" if layer is None else layer.id
            plan = Plan(flow.weights[place], entering, weights_rng, dropout_rng, experiment.training.truncate)
            part = (
                DensePart(experiment.network.output, plan)
                if layer is None
                else BUILDERS[layer.type](layer, plan)
            )
            self.parts[place] = part
            entering = flow.shapes[place]
        self._registered = nn.ModuleList(self.parts.values())
        self.to(dtype)

    def forward(self, x: Tensor) -> Tensor:
        """x (T, B, F) or (B, F) → the head's output (T, B, K) or (B, K)."""
        self.outputs = {}  # the last pass makes room for this one
        outputs = {"input": x}
        for place, part in self.parts.items():
            part.weights = part.compose()
            x = part.respond(x, outputs)
            if torch.is_grad_enabled() and not x.requires_grad:  # nothing is learned up to here
                x.requires_grad_()
            outputs[place] = x
        del outputs["input"]
        self.outputs = outputs
        return x

    def settle(self) -> None:
        """From now on all weights are parameters themselves, rounded to the precision that the network has now."""
        for part in self.parts.values():
            part.settle()

    def learned(self) -> list[nn.Parameter]:
        """What the optimizer may change: all but the frozen layers."""
        return [
            parameter
            for part in self.parts.values()
            if not getattr(part.layer, "frozen", False)
            for parameter in part.parameters()
        ]


def _stream(seed: int, branch: int) -> torch.Generator:
    """A stream of random numbers of its own for each use of a seed; torch's generators take 32 bits."""
    mixed = np.random.SeedSequence([seed, branch]).generate_state(1)
    return torch.Generator().manual_seed(int(mixed[0]))
