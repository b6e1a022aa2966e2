"""Weights that are made of something else: orthogonal ones stay so, normed ones train as torch's, frozen ones rest."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from tests.engine.cases import DENSE, LAST, RNN, VALUES_TASK, Preset, layer, preset
from tests.engine.comparison import experiment_of
from tests.engine.every_layer import BY_TYPE, SETTINGS
from vgviewer import engine
from vgviewer.engine.step import forward
from vgviewer.frames import Frame
from vgviewer.tasks import batches

ADAM = {"type": "adam", "lr": 0.01}
ORTHOGONAL = {**RNN, "units": 32, "parametrization": "orthogonal"}
NORMED = {**DENSE, "weight_norm": True}


def weights(trainer: engine.Trainer, place: str) -> dict[str, np.ndarray]:
    """What the layer multiplies with now."""
    composed = trainer.net.parts[place].compose()
    return {name: value.detach().double().numpy().copy() for name, value in composed.items()}


def trained(case: Preset, steps: int = 50) -> tuple[engine.Trainer, dict[str, np.ndarray]]:
    """A trainer after some steps, and the first layer's weights before."""
    trainer = engine.Trainer(experiment_of(case))
    before = weights(trainer, case["network"]["layers"][0]["id"])
    for _ in range(steps):
        trainer.advance()
    return trainer, before


@pytest.mark.parametrize("optimizer", [ADAM, {"type": "sgd", "lr": 1.0, "momentum": 0.9}])
def test_that_an_orthogonal_matrix_stays_orthogonal_while_it_trains(optimizer: dict[str, Any]) -> None:
    trainer, before = trained(preset(ORTHOGONAL, LAST, optimizer=optimizer))
    w = weights(trainer, "rnn1")["weight_hh"]
    np.testing.assert_allclose(w.T @ w, np.eye(32), atol=1e-6)
    assert np.abs(w - before["weight_hh"]).max() > 0.01


@pytest.mark.parametrize("init", ["default", "scaled_normal", "orthogonal", "identity", "zeros"])
def test_that_it_starts_at_the_nearest_orthogonal_matrix(init: str) -> None:
    given = {"recurrent_init": {"type": init, "gain": 3.0}}
    _, start = trained(preset({**ORTHOGONAL, **given}, LAST), 0)
    _, drawn = trained(preset({**ORTHOGONAL, **given, "parametrization": None}, LAST), 0)
    w, target = start["weight_hh"], drawn["weight_hh"]
    np.testing.assert_allclose(w.T @ w, np.eye(32), atol=1e-6)
    # W is nearest to M among the orthogonal matrices when WᵀM is symmetric without a negative eigenvalue
    np.testing.assert_allclose(w.T @ target, target.T @ w, atol=1e-5)
    assert np.linalg.eigvalsh(w.T @ target).min() > -1e-5
    for name in ("weight_ih", "bias_ih", "bias_hh"):
        np.testing.assert_array_equal(start[name], drawn[name])


def test_that_one_small_step_goes_along_the_orthogonal_matrices_as_far_as_plain_descent() -> None:
    """−lr·W·skew(Wᵀ ∂L/∂W) is the part of plain descent that does not leave them."""
    rate = 1e-4
    experiment = experiment_of(preset(ORTHOGONAL, LAST, optimizer={"type": "sgd", "lr": rate}))
    gradient = engine.gradients(experiment, float64=True)["grad/rnn1/weight_hh"]
    trainer = engine.Trainer(experiment, dtype=torch.float64)
    w = weights(trainer, "rnn1")["weight_hh"]
    trainer.advance()
    along = w.T @ gradient
    expected = -rate * w @ (along - along.T) / 2
    moved = weights(trainer, "rnn1")["weight_hh"] - w
    np.testing.assert_allclose(moved, expected, atol=1e-3 * np.abs(expected).max())


def test_that_an_absurd_step_ends_the_run_and_raises_nothing() -> None:
    case = preset(ORTHOGONAL, LAST, optimizer={"type": "sgd", "lr": 1e30}, steps=50)
    *_, finished = engine.train(experiment_of(case))
    assert finished.reason in ("non_finite", "done")


@pytest.mark.parametrize("init", [{"type": "default"}, {"type": "zeros"}, {"type": "normal", "std": 1e-25}])
def test_that_weight_norm_starts_at_the_drawn_weight(init: Preset) -> None:
    _, start = trained(preset({**NORMED, "weight_init": init}, task=VALUES_TASK), 0)
    _, drawn = trained(preset({**DENSE, "weight_init": init}, task=VALUES_TASK), 0)
    for name in ("weight", "bias"):
        np.testing.assert_array_equal(start[name], drawn[name])


@pytest.mark.parametrize("optimizer", [ADAM, {"type": "sgd", "lr": 0.3, "momentum": 0.5}])
def test_that_weight_norm_trains_as_in_torch(optimizer: dict[str, Any]) -> None:
    case = preset(NORMED, task=VALUES_TASK, optimizer=optimizer, steps=100, batch_size=6)
    experiment = experiment_of(case)
    found = {key: torch.from_numpy(value) for key, value in engine.gradients(experiment).items()}
    hidden, head = nn.Linear(4, 10), nn.Linear(10, 3)
    with torch.no_grad():
        for module, place in ((hidden, "dense1"), (head, "output")):
            module.weight.copy_(found[f"param/{place}/weight"])
            module.bias.copy_(found[f"param/{place}/bias"])
    plain = nn.Sequential(nn.utils.parametrizations.weight_norm(hidden), nn.Tanh(), head)
    settings = {name: value for name, value in optimizer.items() if name != "type"}
    kind = torch.optim.Adam if optimizer["type"] == "adam" else torch.optim.SGD
    optimize = kind(plain.parameters(), **settings)
    data = batches(experiment.task, 6, 3)
    expected = []
    for _ in range(100):
        x, y = (torch.from_numpy(array) for array in next(data))
        loss = nn.functional.mse_loss(plain(x), y)
        optimize.zero_grad()
        loss.backward()
        optimize.step()
        expected.append(loss.item())
    ours = [message.loss for message in engine.train(experiment) if isinstance(message, Frame)]
    assert ours == pytest.approx(expected, rel=1e-4)
    assert ours[-1] < 0.9 * ours[0]


def test_that_a_zero_row_under_weight_norm_learns() -> None:
    trainer, _ = trained(
        preset({**NORMED, "weight_init": {"type": "zeros"}}, task=VALUES_TASK, optimizer=ADAM)
    )
    w = weights(trainer, "dense1")["weight"]
    assert np.isfinite(w).all()
    assert (np.linalg.norm(w, axis=1) > 0.01).all()


CAN_BE_FROZEN = [
    (kind, variant)
    for kind, variants in SETTINGS.items()
    for variant, settings in variants.items()
    if "frozen" in BY_TYPE[kind].model_fields and "frozen" not in settings
]


@pytest.mark.parametrize(("kind", "variant"), CAN_BE_FROZEN)
def test_that_a_frozen_layer_does_not_change_and_what_is_around_it_does(kind: str, variant: str) -> None:
    frozen = layer(kind, **SETTINGS[kind][variant], frozen=True)
    adamw = {"type": "adamw", "lr": 0.1, "weight_decay": 0.5}
    case = preset(frozen, LAST, task={"type": "adding", "length": 8}, optimizer=adamw)
    trainer, before = trained(case, 5)
    for name, values in weights(trainer, frozen["id"]).items():
        np.testing.assert_array_equal(values, before[name])
    found = engine.gradients(experiment_of(case))
    assert all(found[f"grad/{frozen['id']}/{name}"].any() for name in before)
    assert not np.array_equal(weights(trainer, "output")["weight"], found["param/output/weight"])


def test_that_the_file_holds_weights_that_are_multiplied_with_to_the_last_bit() -> None:
    """What is made in float32 is settled before the file's batch is computed in float64."""
    case = preset(ORTHOGONAL, LAST, NORMED, optimizer=ADAM)
    trainer, _ = trained(case, 5)
    found = engine.gradients(experiment_of(case), 5)
    np.testing.assert_array_equal(found["param/rnn1/weight_hh"], weights(trainer, "rnn1")["weight_hh"])
    np.testing.assert_array_equal(found["param/dense1/weight"], weights(trainer, "dense1")["weight"])


def test_that_settling_changes_nothing_of_what_the_network_answers() -> None:
    experiment = experiment_of(preset(ORTHOGONAL, LAST, NORMED, optimizer=ADAM))
    trainer = engine.Trainer(experiment)
    trainer.advance()
    x, y = trainer.coming_batch()
    before = forward(experiment, trainer.net, trainer.entering(x), torch.from_numpy(y)).item()
    trainer.net.settle()
    names = [name for name, _ in trainer.net.parts["dense1"].named_parameters()]
    assert names == ["weight", "bias"]
    assert forward(experiment, trainer.net, trainer.entering(x), torch.from_numpy(y)).item() == before
