"""The coming step, gone through on a copy of the network, so that the run does not notice."""

from collections.abc import Mapping
from copy import copy, deepcopy

import torch
from torch import Tensor

from vgviewer.engine.build.feed_forward import BatchNormPart, DropoutPart
from vgviewer.engine.build.part import Part
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.loss import batch_first, loss
from vgviewer.engine.net import Net
from vgviewer.engine.step import backward
from vgviewer.engine.train import Trainer


class Rehearsal:
    """Everything in float64: x time first, y as the task gives it; `totals` holds ∂(loss_scale · L)/∂ each output,
    `factor` makes it one sample's.

    The dropout masks are those that the run is going to draw; from then on they are held. While it lives it takes about
    twice the memory of a training step in float32.
    """

    def __init__(self, trainer: Trainer) -> None:
        x, y = trainer.coming_batch()
        self.experiment = trainer.experiment
        self.step = trainer.step
        self.net = twin(trainer.net).train()
        self.x = trainer.entering(x).to(torch.float64)
        target = trainer.tensor(y)
        self.y = target.to(torch.float64) if target.is_floating_point() else target
        self.factor = 1.0 if self.experiment.loss == "sum" else float(len(x))
        output = batch_first(self.net(self.x))
        self.totals = self.backward(loss(self.experiment, output, self.y))
        self._hold_masks()

    @property
    def recurrent(self) -> dict[str, RecurrentPart]:
        """The recurrent layers by id; their tapes hold the last backward pass."""
        return {place: part for place, part in self.net.parts.items() if isinstance(part, RecurrentPart)}

    @property
    def mixes_samples(self) -> bool:
        """Whether a sample's output depends on the others, and on later timesteps."""
        return any(isinstance(part, BatchNormPart) for part in self.net.parts.values())

    def backward(self, value: Tensor) -> dict[str, Tensor]:
        """Total derivatives of loss_scale · value with respect to every output of the last forward pass."""
        return {place: x.detach() for place, x in backward(self.experiment, self.net, value).outputs.items()}

    def _hold_masks(self) -> None:
        for place, part in self.net.parts.items():
            if isinstance(part, DropoutPart) and part.mask is not None:
                self.net.parts[place] = HeldMask(part.mask)


class HeldMask(Part):
    """Dropout with a mask (T, B, H) or (B, H) that stays; x may be a beginning of the sequences, the batch repeated."""

    def __init__(self, mask: Tensor) -> None:
        super().__init__(None)
        self.mask = mask

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        mask = self.mask[: len(x)] if x.dim() == 3 else self.mask
        return x * torch.cat([mask] * (x.shape[-2] // mask.shape[-2]), dim=-2)


def twin(net: Net) -> Net:
    """The network in float64, with its weights as parameters of their own."""
    found = duplicate(net)
    found.settle()
    return found.to(torch.float64)


def duplicate(net: Net) -> Net:
    """The same network, its generators at the same point; what the last batch has left on it stays behind."""
    left_behind: dict[int, object] = {id(net.outputs): {}}
    for part in net.parts.values():
        left_behind[id(part.weights)] = {}
        if isinstance(part, RecurrentPart):
            left_behind[id(part.tape)] = copy(part.tape)  # the next pass puts tensors of its own on it
    return deepcopy(net, left_behind)
