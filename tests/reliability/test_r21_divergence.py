"""R21: numbers that run away are noticed within a step, and the last weights that worked are kept."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.cases import ECHO, LAST, SPIRALS, VALUES_TASK, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.loss import time_first
from vgviewer.engine.step import forward
from vgviewer.frames import Finished, Frame
from vgviewer.runner.session import Session

MAD = {"type": "sgd", "lr": 1e30}
DENSE = layer("dense", units=16, activation="relu")
STRONG = {"weight_init": {"type": "scaled_normal", "gain": 10.0}}
FIFTY = [layer("dense", number, units=16, activation="relu", **STRONG) for number in range(1, 51)]
ALL_BELOW_ZERO = {"activation": "relu", "bias_init": {"type": "constant", "value": -1e3}}
LONG_AND_STRONG = layer(
    "rnn", units=32, activation="linear", recurrent_init={"type": "identity", "gain": 1.2}
)
CASES: dict[str, tuple[Preset, int]] = {  # at which step it must be noticed
    "learning rate 1e30, dense": (preset(DENSE, task=VALUES_TASK, optimizer=MAD), 1),
    "learning rate 1e30, RNN": (preset(layer("rnn", units=16), LAST, optimizer=MAD), 1),
    "learning rate 1e30, LSTM": (preset(layer("lstm", units=16), task=ECHO, optimizer=MAD), 1),
    "learning rate 1e30, GRU with Adam": (
        preset(layer("gru", units=16), LAST, optimizer={"type": "adam", "lr": 1e30}),
        1,
    ),
    "learning rate 1e30, batch norm": (
        preset(DENSE, layer("batch_norm"), DENSE | {"id": "d2"}, task=VALUES_TASK, optimizer=MAD),
        1,
    ),
    "learning rate 1e30, clipped": (
        preset(DENSE, task=VALUES_TASK, optimizer=MAD, clip={"type": "norm", "value": 1.0}),
        1,
    ),
    "the logarithm of nothing": (preset(DENSE, task=SPIRALS, output=ALL_BELOW_ZERO), 0),
    "exploding over 50 layers": (preset(*FIFTY, task=VALUES_TASK), 0),
    "exploding over 800 timesteps": (
        preset(LONG_AND_STRONG, LAST, task={"type": "adding", "length": 800}),
        0,
    ),
    "a gradient beyond float32 under a finite loss": (
        preset(task=VALUES_TASK, loss="mae", loss_scale=1e12, output={"weight_init": {"type": "zeros"}})
        | {"task": {"type": "fixed", "inputs": [[1e28] * 4] * 6, "targets": [[1.0] * 3] * 6}},
        0,
    ),
}


def state(trainer: engine.Trainer) -> dict[str, np.ndarray]:
    return {name: value.detach().numpy().copy() for name, value in trainer.net.state_dict().items()}


def told(case: Preset) -> dict[str, Any]:
    """What becomes of a run that diverges."""
    experiment = experiment_of(case)
    trainer = engine.Trainer(experiment)
    session, frames = Session(experiment), []
    for message in trainer.messages():
        session.take(message)
        frames += [message] if isinstance(message, Frame) else []
    return {"trainer": trainer, "session": session, "frames": frames}


@pytest.fixture(scope="module", params=CASES)
def diverged(request: pytest.FixtureRequest) -> dict[str, Any]:
    case, step = CASES[request.param]
    return told(case) | {"name": request.param, "step": step, "case": case}


def test_that_divergence_ends_the_run_at_the_step_where_it_shows(diverged: dict[str, Any]) -> None:
    ended = diverged["session"].ended
    assert isinstance(ended, Finished)
    assert ended.reason == "non_finite"
    assert diverged["frames"][-1].step == ended.step == diverged["step"]
    assert all(math.isfinite(frame.loss) for frame in diverged["frames"][:-1])


def test_that_the_weights_left_are_those_of_the_last_finite_loss(diverged: dict[str, Any]) -> None:
    twin = engine.Trainer(experiment_of(diverged["case"]))
    kept = state(diverged["trainer"])
    assert all(np.isfinite(values).all() for values in kept.values())
    for _ in range(diverged["step"] - 1):
        twin.advance()
    if diverged["step"]:  # the statistics of batch norm have seen the last good batch
        statistics = {name for name, _ in twin.net.named_buffers()}
        expected = {name: values for name, values in state(twin).items() if name not in statistics}
        kept = {name: values for name, values in kept.items() if name not in statistics}
    else:
        expected = state(twin)
    assert kept.keys() == expected.keys()
    for name, values in kept.items():
        np.testing.assert_array_equal(values, expected[name])


def test_that_the_alert_names_a_layer_and_says_what_happened(diverged: dict[str, Any]) -> None:
    alerts = [alert for alert in diverged["session"].alerts if alert.kind == "non_finite"]
    (alert,) = alerts
    assert alert.step == diverged["step"]
    assert alert.severity == "critical"
    places = [site.id for site in diverged["session"].history.started.sites]
    assert alert.layer in places
    assert "not finite" in alert.message


def test_that_divergence_is_noticed_within_one_step(scoreboard: Callable[..., bool]) -> None:
    late = []
    for name, (case, step) in CASES.items():
        frames = told(case)["frames"]
        if len(frames) != step + 1:
            late.append(name)
    value = {"divergences": len(CASES), "noticed later than one step": len(late)}
    target = "lr 1e30, log of 0, exploding depth 50: noticed within a step, last finite weights kept"
    assert scoreboard("R21", target, value, not late, seed=3), late


def test_that_the_kept_weights_still_work() -> None:
    case, _ = CASES["learning rate 1e30, RNN"]
    trainer = told(case)["trainer"]
    x, y = next(iter([trainer.batch()]))
    trainer.net.eval()
    with torch.no_grad():
        loss = forward(trainer.experiment, trainer.net, time_first(torch.from_numpy(x)), torch.from_numpy(y))
    assert math.isfinite(float(loss))
