"""Three labelled runs: one dies going down the layers, one runs away, one is healthy."""

from typing import Any

from tests.engine.cases import SPIRALS, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer.bakeoff.labelled import Labelled, Trouble


def labelled(
    name: str, case: Any, onsets: dict[Trouble, int], verdict: str, unclear: frozenset[Trouble] = frozenset()
) -> Labelled:
    return Labelled(
        name=name,
        half="tuned",
        why="made by hand",
        experiment=experiment_of(case),
        onsets=onsets,
        unclear=unclear,
        verdict=verdict,
        numbers={},
    )


def dense(count: int, function: str, **settings: Any) -> list[Any]:
    return [layer("dense", number + 1, units=8, activation=function, **settings) for number in range(count)]


VANISHING = labelled(
    "sigmoid-12",
    preset(*dense(12, "sigmoid"), task=SPIRALS, steps=30, batch_size=16),
    {"vanishing_depth": 0},
    "vanishing",
)
RUNAWAY = labelled(
    "runaway",
    preset(
        *dense(3, "linear"),
        task={"type": "sine"},
        steps=60,
        batch_size=16,
        optimizer={"type": "sgd", "lr": 30.0},
    ),
    {"exploding": 1, "non_finite": 3},
    "non_finite",
)
WELL = labelled(
    "moons",
    preset(*dense(2, "tanh"), task={"type": "moons", "noise": 0.1}, steps=30, batch_size=16),
    {},
    "healthy",
)
RUNS = (VANISHING, RUNAWAY, WELL)
