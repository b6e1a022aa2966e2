"""What it costs to see every gradient: whole training steps, ours over plain torch's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vgviewer.engine.bench.pairs import Reading, middle, ratio, rounds
from vgviewer.engine.bench.plain import Plain, trainer
from vgviewer.experiment import Experiment, Training
from vgviewer.network import LAYERS, Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.last_step import LastStep
from vgviewer.tasks.adding import Adding
from vgviewer.tasks.digits import Digits

TIMESTEPS = 100
LONG = 1000
WIDTH = 128  # of the dense layers
BATCH = 32  # of the recurrent layers
DENSE_BATCH = 64


@dataclass(frozen=True)
class Goal:
    """A promise about a figure, and what was measured."""

    goal: str
    bound: float
    reading: Reading
    at_least: bool = False  # the bound is a lower one

    @property
    def holds(self) -> bool:
        """Whether what was measured keeps the promise."""
        value = self.reading.value
        return value >= self.bound if self.at_least else value <= self.bound


@dataclass(frozen=True)
class Cell:
    """Bounds of a recurrent layer: for few units (up to 64) and for more."""

    type: str
    few: float
    many: float


CELLS = (Cell("rnn", 0.75, 1.0), Cell("gru", 0.6, 0.9), Cell("lstm", 1.4, 1.2))
STATE = ("output_gradient", "weight_gradient", "state_gradient", "transport")
ON_TOP = ("cell_gradient", "gate", "gate_gradient")
SIZES = (*STATE, "cell_gradient")
CAPTURES: dict[str, dict[str, Any]] = {
    "sizes": {"capture": SIZES},
    "all scalars": {},
    "all scalars and histograms": {"details": True},
}
DENSE = (("sizes", 1.2), ("all scalars", 1.4), ("all scalars and histograms", 1.6))
ON_TOP_BOUND = 0.15
GROWTH = 1.15


def recurrent(kind: str, units: int, timesteps: int = TIMESTEPS) -> Experiment:
    """The adding problem, the answer at the last timestep."""
    layer = next(one for one in LAYERS if one.model_fields["type"].default == kind)
    layers = (layer.model_validate({"id": "layer1", "units": units}), LastStep(id="last1"))
    return _experiment(Adding(length=timesteps), layers, BATCH)


def dense(count: int) -> Experiment:
    """Digits, in a chain of relu layers."""
    layers = [Dense(id=f"dense{number}", units=WIDTH, activation="relu") for number in range(count)]
    return _experiment(Digits(), layers, DENSE_BATCH)


def _experiment(task: Any, layers: Any, batch: int) -> Experiment:
    """Everything else at the defaults: SGD with a learning rate of 0.01."""
    return Experiment(network=Network(layers=tuple(layers)), task=task, training=Training(batch_size=batch))


def against_plain(experiment: Experiment, pairs: int, capture: str) -> Reading:
    """One figure: ours with that capture over plain torch."""
    ours = trainer(experiment, **CAPTURES[capture])
    return ratio(ours.advance, Plain(experiment).step, pairs)


def of_recurrent(pairs: int, units: tuple[int, ...]) -> Iterator[Goal]:
    """Total gradients of every timestep at every step."""
    for cell in CELLS:
        for count in units:
            bound = cell.few if count <= 64 else cell.many
            name = f"{cell.type.upper()} of {count}, {TIMESTEPS} timesteps, against torch's"
            yield Goal(name, bound, against_plain(recurrent(cell.type, count), pairs, "sizes"))


def of_gates(pairs: int, units: tuple[int, ...]) -> Iterator[Goal]:
    """What gates and cell per timestep cost on top of the state."""
    for kind in ("lstm", "gru"):
        for count in units:
            experiment = recurrent(kind, count)
            full, state = (
                trainer(experiment, capture=capture).advance for capture in ((*STATE, *ON_TOP), STATE)
            )
            found = rounds([full, state, Plain(experiment).step], pairs)
            on_top = [(more - less) / plain for more, less, plain in found]
            name = f"{kind.upper()} of {count}: gates and cell per timestep, on top of the ratio"
            yield Goal(name, ON_TOP_BOUND, middle(on_top))


def of_dense(pairs: int, counts: tuple[int, ...]) -> Iterator[Goal]:
    """Feed-forward layers, with more and more looked at."""
    for count in counts:
        for capture, bound in DENSE:
            name = f"{count} dense layers of {WIDTH}: {capture}"
            yield Goal(name, bound, against_plain(dense(count), pairs, capture))


def of_growth(pairs: int) -> Iterator[Goal]:
    """Whether what it costs stays the same for deep and long networks."""
    yield _growth("10 to 100 dense layers", dense(10), dense(100), pairs)
    for cell in CELLS:
        short, long = (recurrent(cell.type, 64, timesteps) for timesteps in (TIMESTEPS, LONG))
        yield _growth(f"{cell.type.upper()} of 64, {TIMESTEPS} to {LONG} timesteps", short, long, pairs)


def _growth(name: str, small: Experiment, large: Experiment, pairs: int) -> Goal:
    sides = [
        side
        for experiment in (small, large)
        for side in (trainer(experiment, capture=SIZES).advance, Plain(experiment).step)
    ]
    growth = [(ours / plain) / (less / least) for less, least, ours, plain in rounds(sides, pairs)]
    return Goal(f"growth of the ratio, {name}", GROWTH, middle(growth))
