"""The verdict of a clear case does not depend on what has nothing to do with it. Real runs."""

from typing import Any

import pytest

from tests.engine.cases import LAST, ROWS, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.frames import Finished
from vgviewer.runner import Session

FLAT: Preset = {"type": "digits", "as": "flat"}
QUANTITIES = (
    "output_gradient",
    "timestep_gradient",
    "transport",
    "output",
    "weight_gradient",
    "dead",
    "saturation",
)


def stack(count: int, units: int, activation: str, **init: Any) -> list[Preset]:
    """So many dense layers."""
    return [layer("dense", n, units=units, activation=activation, **init) for n in range(1, count + 1)]


def vanishing_with_depth(units: int) -> Preset:
    """Ten sigmoid layers."""
    return preset(*stack(10, units, "sigmoid"), task=FLAT, steps=45, optimizer={"type": "sgd", "lr": 0.05})


def vanishing_in_time(units: int) -> Preset:
    """A plain RNN on the adding problem."""
    return preset(layer("rnn", units=units), LAST, task={"type": "adding", "length": 50}, steps=45)


def exploding_in_time(units: int) -> Preset:
    """Recurrent weights three times too large. Clipping alone would hide it from the loss."""
    wild = layer("rnn", units=units, recurrent_init={"type": "scaled_normal", "gain": 3.0})
    clip, slow = {"type": "norm", "value": 1.0}, {"type": "sgd", "lr": 1e-3}
    return preset(wild, LAST, task={"type": "adding", "length": 50}, steps=45, clip=clip, optimizer=slow)


def healthy_with_depth(units: int) -> Preset:
    """Three relu layers with He's variance."""
    he = {"weight_init": {"type": "kaiming_normal"}}
    return preset(
        *stack(3, units, "relu", **he), task=FLAT, steps=60, optimizer={"type": "adam", "lr": 0.003}
    )


def healthy_in_time(units: int) -> Preset:
    """A GRU that reads digits row by row."""
    return preset(
        layer("gru", units=units), LAST, task=ROWS, steps=60, optimizer={"type": "adam", "lr": 0.01}
    )


def bad_numbers(units: int) -> Preset:
    """A learning rate far beyond all bounds."""
    return preset(
        *stack(3, units, "relu"), task={"type": "sine"}, steps=45, optimizer={"type": "sgd", "lr": 1e6}
    )


CASES = {
    vanishing_with_depth: "vanishing",
    vanishing_in_time: "vanishing",
    exploding_in_time: "exploding",
    healthy_with_depth: "healthy",
    healthy_in_time: "healthy",
    bad_numbers: "non_finite",
}
CHANGES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "batch x 4": {"batch_size": 64},
    "loss x 1e-4": {"loss_scale": 1e-4},
    "loss x 1e4": {"loss_scale": 1e4},
    "seed": {"seed": 17},
}


def judged(case: Preset) -> Session:
    """The whole run."""
    session = Session(experiment_of(case))
    for message in engine.train(session.experiment, QUANTITIES):
        session.take(message)
    assert isinstance(session.ended, Finished)
    return session


def compensated(case: Preset, scale: float) -> Preset:
    """The same steps under another scale of the loss: what is about step size is not what is asked here."""
    optimizer = {"type": "sgd", "lr": 0.01} | case["training"].get("optimizer", {})
    if optimizer["type"] == "sgd":
        optimizer["lr"] = optimizer["lr"] / scale
    training = case["training"] | {"optimizer": optimizer}
    if "clip" in training:
        training["clip"] = training["clip"] | {"value": training["clip"]["value"] * scale}
    return case | {"training": training}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_that_a_clear_case_keeps_its_verdict(case: Any, change: str) -> None:
    built = case(24)
    built["training"] |= {"batch_size": 16} | CHANGES[change]
    session = judged(compensated(built, CHANGES[change].get("loss_scale", 1.0)))
    assert session.verdict == CASES[case]
    critical = {alert.kind for alert in session.alerts if alert.severity == "critical"}
    assert critical == {CASES[case]} - {"healthy"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_that_twice_the_units_keep_the_verdict(case: Any) -> None:
    built = case(48)
    built["training"] |= {"batch_size": 16}
    assert judged(built).verdict == CASES[case]


def test_that_an_uncompensated_scale_keeps_the_verdict_of_a_dead_signal() -> None:
    for scale in (1e-4, 1e4):
        built = vanishing_in_time(24)
        built["training"] |= {"loss_scale": scale, "clip": {"type": "norm", "value": 1.0}}
        assert judged(built).verdict == "vanishing"
