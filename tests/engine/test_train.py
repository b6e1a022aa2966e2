"""Training as a stream of messages, and what its steps do to the weights."""

import threading
from importlib import import_module
from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.cases import ECHO, LAST, ROWS, SPIRALS, VALUES_TASK, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.frames import QUANTITIES, Finished, Frame, Message, Site, Started
from vgviewer.tasks import test_set as held_out  # by this name pytest would take it for a test

train = import_module("vgviewer.engine.train")  # the package has a function of that name
DENSE = layer("dense", units=8, activation="tanh")
SMALL = preset(DENSE, task=SPIRALS)
Weights = dict[str, np.ndarray]


def run(case: Preset, **training: Any) -> tuple[engine.Trainer, list[Message]]:
    case = case | {"training": case["training"] | training}
    trainer = engine.Trainer(experiment_of(case))
    return trainer, list(trainer.messages())


def frames(messages: list[Message]) -> list[Frame]:
    return [message for message in messages if isinstance(message, Frame)]


def weights(trainer: engine.Trainer) -> Weights:
    return {name: value.detach().numpy().copy() for name, value in trainer.net.named_parameters()}


def one_update(**training: Any) -> tuple[np.ndarray, Frame]:
    """The change of all weights together in a single step, and its frame."""
    trainer = engine.Trainer(experiment_of(preset(DENSE, task=VALUES_TASK, **training)))
    before = weights(trainer)
    frame, _ = trainer.advance()
    after = weights(trainer)
    return np.concatenate([(after[name] - before[name]).ravel() for name in before]).astype(float), frame


def test_that_a_run_is_started_then_a_frame_for_each_step_then_finished() -> None:
    _, (first, *middle, last) = run(SMALL, steps=7)
    assert isinstance(first, Started)
    assert all(isinstance(message, Frame) for message in middle)
    assert [frame.step for frame in frames(middle)] == list(range(7))
    assert isinstance(last, Finished)
    assert (last.step, last.reason) == (7, "done")
    assert last.training_seconds > 0
    assert last.capture_seconds > 0


def test_that_started_tells_what_a_view_must_know() -> None:
    _, (started, *_) = run(preset(layer("lstm", units=5), layer("dropout"), task=ECHO), steps=1)
    assert started == Started(
        sites=(
            Site(
                "lstm1", "lstm", recurrent=True, has_cell=True, has_weights=True, gates=("i", "f", "g", "o")
            ),
            Site("dropout1", "dropout"),
            Site("output", "output", has_weights=True),
        ),
        timesteps=16,
        steps=1,
        metric_name="mse",
        baseline=pytest.approx((1 - 5 / 16) / 3),
        baseline_text="always answering 0",
        dependency=5,
        goal=pytest.approx((1 - 5 / 16) / 30),
    )


@pytest.mark.parametrize("steps", [1, 7, 20, 30, 39, 40, 101])
def test_that_the_metric_is_read_at_the_start_at_every_twentieth_part_and_at_the_end(steps: int) -> None:
    _, messages = run(SMALL, steps=steps)
    read = [frame.step for frame in frames(messages) if frame.metric is not None]
    assert read == sorted({-(-part * steps // 20) for part in range(20)} - {steps})
    assert isinstance(messages[-1], Finished)
    assert messages[-1].metric is not None


def test_that_accuracy_is_the_share_of_right_answers_on_the_test_set() -> None:
    experiment = experiment_of(preset(DENSE, layer("dropout"), task=ROWS | {"as": "flat"}))
    trainer = engine.Trainer(experiment)
    x, y = held_out(experiment.task)
    w = {name: value.detach().numpy() for name, value in trainer.net.parts["dense1"].named_parameters()}
    head = {name: value.detach().numpy() for name, value in trainer.net.parts["output"].named_parameters()}
    answers = np.tanh(x @ w["weight"].T + w["bias"]) @ head["weight"].T + head["bias"]
    assert len(y) == 360
    assert trainer.measure() == pytest.approx(np.mean(answers.argmax(1) == y))
    assert trainer.measure() == trainer.measure()  # dropout is silent


def test_that_the_metric_of_values_is_their_mean_squared_error() -> None:
    experiment = experiment_of(preset(task=VALUES_TASK, loss="mae"))
    trainer = engine.Trainer(experiment)
    x, y = held_out(experiment.task)
    head = {name: value.detach().numpy() for name, value in trainer.net.parts["output"].named_parameters()}
    assert trainer.measure() == pytest.approx(
        np.mean((x @ head["weight"].T + head["bias"] - y) ** 2), rel=1e-5
    )


def test_that_bce_calls_a_class_by_the_sign_of_its_logit_or_the_half_of_its_probability() -> None:
    for activation, bias in (("linear", 0.1), ("linear", -0.1), ("sigmoid", 0.1), ("sigmoid", -0.1)):
        head = {"activation": activation, "bias_init": {"type": "constant", "value": bias}}
        head["weight_init"] = {"type": "zeros"}
        trainer = engine.Trainer(experiment_of(preset(task=SPIRALS, loss="bce", output=head)))
        labels = held_out(trainer.experiment.task)[1]
        assert trainer.measure() == pytest.approx(np.mean(labels == (bias > 0)))


def test_that_measuring_leaves_the_training_as_it_is() -> None:
    case = preset(DENSE, layer("batch_norm"), layer("dropout"), task=SPIRALS, steps=40)
    _, measured = run(case)
    trainer = engine.Trainer(experiment_of(case))
    assert [trainer.advance()[0].loss for _ in range(40)] == [frame.loss for frame in frames(measured)]


def test_that_a_run_without_capture_has_the_same_losses_and_no_readings() -> None:
    experiment = experiment_of(preset(layer("lstm", units=6), LAST, layer("dropout"), steps=10))
    with_capture, without = (frames(list(engine.train(experiment, capture))) for capture in (QUANTITIES, ()))
    assert [frame.loss for frame in with_capture] == [frame.loss for frame in without]
    assert all(frame.readings == {} for frame in without)


def test_that_a_clipped_gradient_keeps_its_direction_and_gets_the_norm_of_the_threshold() -> None:
    plain, unclipped = one_update(optimizer={"type": "sgd", "lr": 1.0})
    short, clipped = one_update(optimizer={"type": "sgd", "lr": 1.0}, clip={"type": "norm", "value": 0.01})
    assert (unclipped.clipped, clipped.clipped) == (False, True)
    assert np.linalg.norm(plain) > 0.1
    assert np.linalg.norm(short) == pytest.approx(0.01, rel=1e-4)
    np.testing.assert_allclose(short / 0.01, plain / np.linalg.norm(plain), atol=2e-5)


def test_that_clipping_begins_at_the_threshold() -> None:
    _, plain = one_update(optimizer={"type": "sgd", "lr": 1.0})
    assert plain.gradient_norm is not None
    for part, strikes in ((0.999, True), (1.001, False)):
        _, frame = one_update(clip={"type": "norm", "value": part * plain.gradient_norm})
        assert frame.clipped == strikes
        assert frame.gradient_norm == plain.gradient_norm


def test_that_a_gradient_below_the_threshold_is_left_alone() -> None:
    plain, _ = one_update(optimizer={"type": "sgd", "lr": 1.0})
    for kind in ("norm", "value"):
        same, frame = one_update(optimizer={"type": "sgd", "lr": 1.0}, clip={"type": kind, "value": 100.0})
        assert not frame.clipped
        np.testing.assert_array_equal(same, plain)


def test_that_clipping_by_value_cuts_each_entry() -> None:
    plain, _ = one_update(optimizer={"type": "sgd", "lr": 1.0})
    cut, frame = one_update(optimizer={"type": "sgd", "lr": 1.0}, clip={"type": "value", "value": 0.05})
    assert frame.clipped
    np.testing.assert_allclose(cut, np.clip(plain, -0.05, 0.05), atol=1e-7)


def test_that_sizes_in_a_frame_are_those_before_clipping() -> None:
    _, plain = one_update()
    _, clipped = one_update(clip={"type": "norm", "value": 1e-3})
    for quantity in ("output_gradient", "weight_gradient"):
        np.testing.assert_array_equal(plain.readings[quantity], clipped.readings[quantity])


@pytest.mark.parametrize("optimizer", [{"type": "sgd", "lr": 0.5}, {"type": "adam", "lr": 0.1}])
def test_that_the_update_size_is_that_of_the_change_of_the_weights(optimizer: Preset) -> None:
    trainer = engine.Trainer(
        experiment_of(preset(DENSE, layer("dropout"), task=SPIRALS, optimizer=optimizer))
    )
    for _ in range(3):
        before = weights(trainer)
        frame, _ = trainer.advance()
        after = weights(trainer)
        changes = [after[name].astype(float) - before[name] for name in before]  # weight, bias of two places
        for row, pair in ((0, changes[:2]), (2, changes[2:])):
            entries = np.concatenate([change.ravel() for change in pair])
            size = np.log10(np.sqrt(np.mean(entries**2)))
            assert frame.readings["update"][row] == pytest.approx(size, abs=1e-4)
        assert np.isnan(frame.readings["update"][1])


def test_that_frozen_layers_never_change() -> None:
    case = preset(
        layer("gru", units=6, frozen=True),
        LAST,
        {**DENSE, "frozen": True},
        layer("dense", 2, units=4),
        optimizer={"type": "sgd", "lr": 0.1, "momentum": 0.9, "weight_decay": 0.1},
        steps=5,
    )
    trainer = engine.Trainer(experiment_of(case))
    before = weights(trainer)
    finished = frames(list(trainer.messages()))[-1]
    places = list(trainer.net.parts)
    changed = {
        places[int(name.split(".")[1])]
        for name, value in weights(trainer).items()
        if (value != before[name]).any()
    }
    assert changed == {"dense2", "output"}
    assert finished.readings["update"][0] == -np.inf
    assert np.isfinite(finished.readings["weight_gradient"][0])


def test_that_early_stopping_ends_a_run_that_no_longer_improves() -> None:
    stopping = {"patience": 3, "min_delta": 0.0}
    _, messages = run(SMALL, steps=40, optimizer={"type": "sgd", "lr": 0.0}, early_stopping=stopping)
    last = messages[-1]
    assert isinstance(last, Finished)
    assert last.reason == "early_stopping"
    assert [frame.step for frame in frames(messages) if frame.metric is not None] == [0, 2, 4, 6]
    assert last.step == frames(messages)[-1].step + 1 == 7


def test_that_early_stopping_lets_an_improving_run_go_on() -> None:
    case = preset(task=VALUES_TASK, steps=40, early_stopping={"patience": 1, "min_delta": 0.0})
    _, messages = run(case)
    assert messages[-1].reason == "done"
    _, messages = run(case, early_stopping={"patience": 1, "min_delta": 10.0})
    assert messages[-1].reason == "early_stopping"


def test_that_training_takes_one_thread_wherever_it_runs() -> None:
    seen: list[int] = []

    def work() -> None:
        torch.set_num_threads(2)
        messages = engine.train(experiment_of(SMALL))
        next(messages)
        seen.append(torch.get_num_threads())

    before = torch.get_num_threads()
    try:
        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
        work()
    finally:
        torch.set_num_threads(before)
    assert seen == [1, 1]


def test_that_a_network_learns() -> None:
    case = preset(
        layer("gru", units=24), LAST, task=ROWS, batch_size=32, optimizer={"type": "adam", "lr": 0.01}
    )
    _, messages = run(case, steps=150)
    read = [frame.metric for frame in frames(messages) if frame.metric is not None]
    assert read[0] < 0.25
    assert messages[-1].metric > 0.8


def test_that_the_loss_scale_scales_the_gradient_and_not_the_loss_that_is_shown() -> None:
    case = preset(DENSE, task=VALUES_TASK)
    scaled, plain = (
        [(frame.loss, frame.gradient_norm) for frame in frames(run(case, steps=5, **training)[1])]
        for training in (
            {"loss_scale": 4.0, "optimizer": {"type": "sgd", "lr": 0.01}},
            {"optimizer": {"type": "sgd", "lr": 0.04}},
        )
    )
    assert [loss for loss, _ in scaled] == pytest.approx([loss for loss, _ in plain], rel=1e-6)
    assert [size for _, size in scaled] == pytest.approx([4 * size for _, size in plain], rel=1e-5)


def test_that_weight_decay_moves_weights_that_get_no_gradient() -> None:
    case = preset(
        DENSE, task=VALUES_TASK, loss_scale=1e-12, optimizer={"type": "sgd", "lr": 0.5, "weight_decay": 0.1}
    )
    trainer = engine.Trainer(experiment_of(case))
    before = weights(trainer)
    frame, _ = trainer.advance()
    for name, now in weights(trainer).items():
        np.testing.assert_allclose(now, 0.95 * before[name], rtol=1e-5)
    assert frame.gradient_norm < 1e-9  # what the pictures show does not hold it


def test_that_a_test_set_of_any_size_is_measured_as_a_whole() -> None:
    trainer = engine.Trainer(experiment_of(preset(layer("gru", units=8), LAST, task=ROWS)))
    at_once = trainer.measure()
    trainer.test_rows = 7
    assert trainer.measure() == pytest.approx(at_once, abs=1e-12)
    assert 0 < at_once < 1


def test_that_small_gains_add_up_for_early_stopping() -> None:
    stopping = {"patience": 3, "min_delta": 0.05}
    patience = train.Patience(experiment_of(SMALL | {"training": {"early_stopping": stopping}}))
    assert not any(patience.is_over(0.1 + 0.04 * reading) for reading in range(12))
    assert [patience.is_over(0.54) for _ in range(2)] == [False, True]  # 0.50 was the last that counted


def test_that_a_run_that_diverges_while_it_stops_early_is_not_finite() -> None:
    case = preset(task={"type": "sine"}, early_stopping={"patience": 1, "min_delta": 0.0})
    trainer, messages = run(case, steps=40, optimizer={"type": "sgd", "lr": 1e17})
    assert messages[-1].reason == "non_finite"
    assert all(np.isfinite(value.numpy()).all() for value in trainer.net.state_dict().values())
