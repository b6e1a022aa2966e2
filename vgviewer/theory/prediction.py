"""What is expected of the network as drawn, before any training."""

from dataclasses import dataclass

import numpy as np

from vgviewer.experiment import Experiment
from vgviewer.theory.backward import Backward, backward
from vgviewer.theory.forward import Forward, forward
from vgviewer.theory.mean_field import FixedPoint
from vgviewer.theory.memory import Memory
from vgviewer.theory.quadrature import Numbers
from vgviewer.theory.verdicts import verdicts


@dataclass(frozen=True)
class Place:
    """A layer of the chain or the head, which comes last. `size` is log10 of the expected size of ∂L/∂output over that
    at the head's output, where the loss enters; −inf where nothing arrives, NaN where it is not known.

    `variance` is q, the mean square of the pre-activations; `gain` the factor on the mean square of the gradient on its
    way through the layer (for equal widths σ_w² E[φ′²]); `settled` the fixed point of many layers like this one. None
    where the layer has none."""

    id: str
    type: str
    size: float
    has_weights: bool
    variance: float | None = None
    gain: float | None = None
    settled: FixedPoint | None = None


@dataclass(frozen=True)
class Prediction:
    """`places` from the input on, the head last; `memories` one for each recurrent layer, in order; `verdicts` plain
    sentences, depth first."""

    places: tuple[Place, ...]
    memories: tuple[Memory, ...]
    verdicts: tuple[str, ...]

    @property
    def sizes(self) -> Numbers:
        """log10 of the expected sizes relative to the head's output, float64 (L,)."""
        return np.array([place.size for place in self.places])


def predict(experiment: Experiment) -> Prediction:
    """For an experiment without problems. The input's mean squares are those of up to 256 samples of the task;
    everything else is computed from the settings, for wide layers: no weight is drawn."""
    with np.errstate(all="ignore"):  # gains of 1e6 overflow on purpose, and NaN says that nothing is known
        ahead = forward(experiment)
        back = backward(experiment, ahead)
        places = tuple(_place(experiment, name, ahead, back) for name in back.sizes)
        memories = tuple(back.memories.values())
        return Prediction(places, memories, verdicts(places, memories))


def _place(experiment: Experiment, name: str, ahead: Forward, back: Backward) -> Place:
    passage = ahead.passages.get(name)
    kind = "output" if name == "output" else experiment.network.layers[experiment.network.index(name)].type
    return Place(
        name,
        kind,
        back.sizes[name],
        bool(experiment.flow.weights[name]),
        passage.variance if passage else None,
        back.gains.get(name),
        passage.settled if passage else None,
    )
