"""Pascanu's regularizer: the derivative that its definition gives, and what it does to a network."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.engine.cases import ECHO, LAST, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.omega import omega_gradient
from vgviewer.engine.step import backward, forward
from vgviewer.experiment import loads
from vgviewer.frames import Frame

RNN = layer("rnn", units=6)
SLOPES = {
    "tanh": lambda h: 1 - h * h,
    "sigmoid": lambda h: h * (1 - h),
    "relu": lambda h: (h > 0).to(h.dtype),
    "linear": torch.ones_like,
}
CASES = {
    "a tanh RNN": preset(RNN, LAST),
    "a relu RNN at every timestep": preset({**RNN, "activation": "relu"}, task=ECHO),
    "a sigmoid RNN": preset({**RNN, "activation": "sigmoid"}, LAST),
    "a linear RNN": preset({**RNN, "activation": "linear"}, LAST),
    "a truncated RNN": preset(RNN, task=ECHO, truncate=3),
    "an RNN cut at every timestep": preset(RNN, task=ECHO, truncate=1),
    "an RNN whose gradient is exactly 0": preset(RNN, LAST, output={"weight_init": {"type": "zeros"}}),
}


def after_backward(case: Preset) -> RecurrentPart:
    """The first recurrent layer of the case, with everything of one batch on its tape."""
    trainer = engine.Trainer(experiment_of(case), dtype=torch.float64)
    x, y = trainer.batch()
    target = trainer.tensor(y)
    value = forward(trainer.experiment, trainer.net, trainer.entering(x), target.double())
    backward(trainer.experiment, trainer.net, value)
    part = trainer.net.parts["rnn1"]
    assert isinstance(part, RecurrentPart)
    part.tape.states_of_this_test = trainer.net.outputs["rnn1"].detach()
    return part


def omega(part: RecurrentPart, weight_hh: Tensor, truncate: int | None) -> Tensor | None:
    """Written from the definition, hop by hop and sample by sample; None where no hop counts."""
    tape, terms = part.tape, []
    slope = SLOPES[part.layer.activation]
    timesteps, samples, _ = tape.state_gradient.shape
    for t in range(timesteps - 1):
        for sample in range(samples):
            total = tape.state_gradient[t + 1, sample].detach()
            state = tape.states_of_this_test[t + 1, sample]
            jacobian = torch.diag(slope(state)) @ weight_hh
            arriving = total @ jacobian
            is_cut = truncate is not None and (t + 1) % truncate == 0
            if not is_cut and total.norm() > 0 and arriving.norm() > 0:
                terms.append((arriving.norm() / total.norm() - 1) ** 2)
    return torch.stack(terms).mean() if terms else None


@pytest.mark.parametrize("name", CASES)
def test_that_the_derivative_is_autograd_s_of_the_definition(name: str) -> None:
    part = after_backward(CASES[name])
    weight_hh = part.weights["weight_hh"].detach().clone().requires_grad_()
    value = omega(part, weight_hh, CASES[name]["training"].get("truncate"))
    expected = torch.zeros_like(weight_hh) if value is None else torch.autograd.grad(value, weight_hh)[0]
    assert (value is None) == ((name.endswith("every timestep") and "cut" in name) or name.endswith("0"))
    torch.testing.assert_close(omega_gradient(part.tape, weight_hh), expected, rtol=1e-10, atol=1e-14)


def one_step(**training: Any) -> tuple[dict[str, np.ndarray], Frame]:
    """What a single step with learning rate 1 takes from each parameter, and its frame."""
    case = preset(RNN, LAST, optimizer={"type": "sgd", "lr": 1.0}, **training)
    trainer = engine.Trainer(experiment_of(case))
    before = {name: value.detach().numpy().copy() for name, value in trainer.net.named_parameters()}
    frame, _ = trainer.advance()
    return {n: before[n] - value.detach().numpy() for n, value in trainer.net.named_parameters()}, frame


def test_that_the_optimizer_sees_it_in_w_hh_alone_and_the_pictures_do_not() -> None:
    plain, without = one_step()
    moved, frame = one_step(omega={"weight": 2.0})
    part = after_backward(preset(RNN, LAST))
    pull = omega_gradient(part.tape, part.weights["weight_hh"]).numpy()
    (place,) = [name for name in plain if name.endswith("weight_hh")]
    np.testing.assert_allclose(moved.pop(place) - plain.pop(place), 2 * pull, atol=1e-6)
    assert np.abs(pull).max() > 1e-3
    for name, change in plain.items():
        np.testing.assert_array_equal(moved[name], change)
    assert frame.loss == without.loss
    for quantity in ("weight_gradient", "state_gradient", "transport"):
        np.testing.assert_array_equal(frame.readings[quantity], without.readings[quantity])


def test_that_a_run_without_capture_is_pulled_in_the_same_way() -> None:
    experiment = experiment_of(preset(RNN, LAST, omega={"weight": 2.0}, steps=5))
    seen, unseen = (
        [message.loss for message in engine.train(experiment, capture) if isinstance(message, Frame)]
        for capture in (("transport",), ())
    )
    assert seen == unseen


def test_that_clipping_takes_it_along() -> None:
    changes, frame = one_step(omega={"weight": 1000.0}, clip={"type": "norm", "value": 0.01})
    assert frame.clipped
    assert np.sqrt(
        sum(float(np.sum(change.astype(float) ** 2)) for change in changes.values())
    ) == pytest.approx(0.01, rel=1e-4)
    assert frame.gradient_norm is not None
    assert frame.gradient_norm > 1


def test_that_gradients_in_a_file_do_not_hold_it() -> None:
    without, with_omega = (
        engine.gradients(experiment_of(preset(RNN, LAST, omega=weight))) for weight in (None, {"weight": 5.0})
    )
    for key, array in without.items():
        np.testing.assert_array_equal(with_omega[key], array)


def test_that_it_pulls_what_a_hop_keeps_towards_1() -> None:
    kept = []
    for weight in (0.0, 4.0):
        case = preset(
            layer("rnn", units=16),
            LAST,
            optimizer={"type": "sgd", "lr": 0.05},
            omega={"weight": weight},
            steps=200,
        )
        frames = [message for message in engine.train(experiment_of(case)) if isinstance(message, Frame)]
        kept.append(10 ** np.nanmean(frames[-1].readings["transport"][0, :-1]))
    without, regularized = kept
    assert without < 0.8
    assert 0.9 < regularized < 1.1


@pytest.mark.parametrize(
    "chain",
    [
        (layer("lstm", units=4), LAST),
        (layer("dense", units=4), LAST),
        ({**RNN, "frozen": True}, LAST),
        ({**RNN, "parametrization": "orthogonal"}, LAST),
    ],
)
def test_that_a_network_without_a_free_w_hh_is_a_problem_at_omega(chain: tuple[Preset, ...]) -> None:
    content = json.dumps(preset(*chain, omega={"weight": 1.0}))
    problems = loads(content.encode(), "a test's preset").problems
    assert [problem.path for problem in problems] == ["training.omega"]
    assert "needs an RNN layer" in problems[0].message


def test_that_of_several_layers_those_that_can_are_regularized() -> None:
    chain = (
        RNN,
        layer("lstm", units=4),
        layer("rnn", 2, units=3, frozen=True),
        layer("rnn", 3, units=5),
        LAST,
    )
    experiment = experiment_of(preset(*chain, omega={"weight": 1.0}))
    assert experiment.regularized == ("rnn1", "rnn3")
    trainer = engine.Trainer(experiment)
    assert trainer.advance()[1]
