"""The answers on the test set are those of a plain forward pass in evaluation mode."""

import sys

import numpy as np
import pytest
import torch
from torch import nn

from tests.engine.cases import ECHO, GRU, LAST, SPIRALS, Preset, fixed, layer, preset, wave
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.inspections.answers import answers
from vgviewer.frames.inspections import Answers
from vgviewer.tasks import test_set as metric_set

DENSE = layer("dense", units=6, activation="tanh")
WIDE = {"type": "fixed", "inputs": wave(5, 3), "targets": wave(5, 2)}
SUNSPOTS = {"type": "time_series", "series": "sunspots", "window": 8}
SEQUENCES = {"type": "copy_memory", "delay": 4, "symbols": 3}


def trained(case: Preset, steps: int = 5) -> engine.Trainer:
    """After some steps, so that batch norm has statistics of its own."""
    trainer = engine.Trainer(experiment_of(case))
    for _ in range(steps):
        trainer.advance()
    return trainer


def by_hand(trainer: engine.Trainer, x: np.ndarray) -> np.ndarray:
    """dense1, then the head, in plain torch and float64."""
    weights = {name: value.double() for name, value in trainer.net.state_dict().items()}
    (w1, b1), (w2, b2) = (
        [weights[f"_registered.{place}.{name}"] for name in ("weight", "bias")]
        for place in (0, len(trainer.net.parts) - 1)
    )
    with torch.no_grad():
        hidden = torch.tanh(nn.functional.linear(torch.tensor(x).double(), w1, b1))
        return nn.functional.linear(hidden, w2, b2).numpy()


def test_that_values_are_those_of_a_plain_forward_pass() -> None:
    trainer = trained(preset(DENSE, layer("dropout", p=0.5), task=WIDE))
    found = answers(trainer)
    x, y = metric_set(trainer.experiment.task)
    np.testing.assert_allclose(found.answers, by_hand(trainer, x), atol=1e-6)
    np.testing.assert_array_equal(found.targets, y)
    assert (found.step, found.count, found.classes, found.plane) == (5, 5, None, None)
    assert found.inputs is None  # three features cannot be drawn


def test_that_the_plane_holds_the_probability_of_class_1_at_every_point() -> None:
    trainer = trained(preset(DENSE, task=SPIRALS))
    found = answers(trainer)
    assert found.plane is not None
    assert found.inputs is not None
    first, second = found.plane.first, found.plane.second
    for row, column in ((0, 0), (3, 60), (71, 20)):
        logits = by_hand(trainer, np.array([[first[column], second[row]]], np.float32))[0]
        share = np.exp(logits[1]) / np.exp(logits).sum()
        assert found.plane.answers[row, column] == pytest.approx(share, abs=1e-6)
    for axis, inputs in zip((first, second), found.inputs.T, strict=True):
        assert axis[0] < inputs.min()
        assert inputs.max() < axis[-1]


def test_that_without_probabilities_the_plane_holds_the_class() -> None:
    found = answers(trained(preset(DENSE, task=SPIRALS, loss="mse")))
    assert found.plane is not None
    assert set(np.unique(found.plane.answers)) <= {0.0, 1.0}


def test_that_one_logit_for_two_classes_is_a_probability_and_a_label() -> None:
    trainer = trained(preset(DENSE, task=SPIRALS, loss="bce"))
    found = answers(trainer)
    assert found.plane is not None
    assert found.inputs is not None
    logits = by_hand(trainer, found.inputs)[:, 0]
    np.testing.assert_array_equal(found.answers, logits > 0)
    assert 0 <= found.plane.answers.min() < found.plane.answers.max() <= 1


@pytest.mark.parametrize(
    "case",
    [
        preset(DENSE, layer("batch_norm"), layer("dropout", p=0.3), task=SPIRALS),
        preset(GRU, LAST),
        preset(GRU, task=ECHO),
        preset(GRU, task=SEQUENCES),
        preset(DENSE, layer("flatten"), task=SUNSPOTS),
    ],
    ids=["classes", "values", "values at every timestep", "classes at every timestep", "a real series"],
)
def test_that_the_metric_of_the_answers_is_the_metric_of_the_run(case: Preset) -> None:
    trainer = trained(case)
    found = answers(trainer)
    if found.classes is None:
        metric = float(np.square(found.answers.astype(np.float64) - found.targets).mean())
    else:
        metric = float((found.answers == found.targets).mean())
    assert found.answers.shape == found.targets.shape
    assert metric == pytest.approx(trainer.measure(), rel=1e-5)


def test_that_only_samples_of_a_series_are_in_order() -> None:
    assert answers(trained(preset(layer("flatten"), task=SUNSPOTS))).in_order
    assert not answers(trained(preset(DENSE, task=SPIRALS))).in_order


def test_that_of_many_samples_evenly_spread_ones_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[answers.__module__], "MOST_SAMPLES", 4)
    trainer = trained(preset(DENSE, task=SPIRALS), steps=0)
    found = answers(trainer)
    assert found.inputs is not None
    np.testing.assert_array_equal(found.inputs, trainer.test[0][[0, 128, 256, 384]])
    assert found.count == 512
    monkeypatch.setattr(sys.modules[answers.__module__], "MOST_NUMBERS", 40)
    assert len(answers(trained(preset(GRU, task=ECHO), steps=0)).targets) == 2  # of 16 timesteps each


def test_that_a_few_rows_at_a_time_answer_the_same() -> None:
    trainer = trained(preset(DENSE, task=SPIRALS))
    before = answers(trainer)
    trainer.test_rows = 7
    after = answers(trainer)
    assert before.plane is not None
    assert after.plane is not None
    np.testing.assert_array_equal(before.answers, after.answers)
    np.testing.assert_allclose(before.plane.answers, after.plane.answers, atol=1e-6)


def test_that_an_answer_which_is_not_finite_is_no_class() -> None:
    trainer = trained(preset(DENSE, task=SPIRALS), steps=0)
    with torch.no_grad():
        for value in trainer.net.parameters():
            value.fill_(torch.inf)
    found: Answers = answers(trainer)
    assert found.plane is not None
    assert (found.answers == -1).all()
    assert np.isnan(found.plane.answers).all()


def test_that_samples_which_are_all_alike_have_a_plane_around_them() -> None:
    found = answers(trained(preset(DENSE, task=fixed([[1.0, 2.0]] * 3, [0, 1, 0])), steps=0))
    assert found.plane is not None
    assert found.plane.first[0] == 0.0
    assert found.plane.second[-1] == 3.0


def test_that_arrays_are_read_only() -> None:
    found = answers(trained(preset(DENSE, task=SPIRALS), steps=0))
    assert found.plane is not None
    for array in (found.inputs, found.targets, found.answers, found.plane.answers, found.plane.first):
        assert array is not None
        assert not array.flags.writeable
