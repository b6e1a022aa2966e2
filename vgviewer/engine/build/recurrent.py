"""Recurrent layers: parameters as in torch.nn, gradients by our own back-propagation through time."""

from collections.abc import Mapping

from torch import Generator, Tensor

from vgviewer.engine.build.draw_recurrent import draw_learned, draw_reservoir
from vgviewer.engine.build.parametrizations import OrthogonalWeight
from vgviewer.engine.build.part import Part, Plan
from vgviewer.engine.recurrent import RECURRENCES, Tape
from vgviewer.network.layers.echo_state import EchoState
from vgviewer.network.recurrence import LearnedRecurrent

WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_peephole")  # the order of the recurrences


class RecurrentPart(Part):
    """After a backward pass `tape` holds every state, gate and total derivative of the batch."""

    def __init__(self, layer: LearnedRecurrent | EchoState, plan: Plan) -> None:
        super().__init__(layer)
        self.tape = Tape(getattr(layer, "activation", "tanh"), plan.truncate, getattr(layer, "leak", 1.0))
        self.recurrence = RECURRENCES[layer.type]
        rng, features = plan.weights_rng, plan.entering.features
        for name, value in _drawn(layer, features, rng).items():
            if name == "weight_hh" and getattr(layer, "parametrization", None) == "orthogonal":
                self.add_parametrized(name, OrthogonalWeight(value))
            else:
                self.add_parameter(name, value)

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        weights = (self.weights[name] for name in WEIGHTS if name in self.weights)
        output: Tensor = self.recurrence.apply(x, self.tape, *weights)
        return output


def _drawn(layer: LearnedRecurrent | EchoState, features: int, rng: Generator) -> dict[str, Tensor]:
    if isinstance(layer, EchoState):
        return draw_reservoir(layer, features, rng)
    return draw_learned(layer, features, rng)
