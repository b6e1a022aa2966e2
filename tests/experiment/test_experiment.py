"""What an experiment means: its loss, its outputs, and what must be changed before it can be trained."""

import json
from typing import Any

import pytest

from tests.engine.cases import (
    DENSE,
    ECHO,
    LABELS_TASK,
    LAST,
    PARITY_TASK,
    SPIRALS,
    VALUES_TASK,
    ZERO_ONE_TASK,
    Preset,
    preset,
)
from vgviewer.experiment import Experiment, find, load, loads
from vgviewer.network.layers.mean_over_time import MeanOverTime
from vgviewer.shapes import Shape

ADDING = {"type": "adding", "length": 20}
FLAT = {"type": "digits"}


def experiment(task: Preset, **training: Any) -> Experiment:
    layers = [LAST] if task is ADDING else []
    return loads(json.dumps(preset(*layers, task=task, **training)).encode(), "a test's preset")


@pytest.mark.parametrize(
    ("task", "loss", "resolved", "outputs", "metric"),
    [
        (ADDING, "auto", "mse", Shape(1), "mse"),
        (ADDING, "mae", "mae", Shape(1), "mse"),
        (ECHO, "auto", "mse", Shape(1, 16), "mse"),
        (VALUES_TASK, "auto", "mse", Shape(3), "mse"),
        (VALUES_TASK, "sum", "sum", Shape(3), "mse"),
        (ZERO_ONE_TASK, "bce", "bce", Shape(2), "mse"),
        (SPIRALS, "auto", "cross_entropy", Shape(2), "accuracy"),
        (SPIRALS, "bce", "bce", Shape(1), "accuracy"),
        (SPIRALS, "mse", "mse", Shape(2), "accuracy"),
        (FLAT, "auto", "cross_entropy", Shape(10), "accuracy"),
        (LABELS_TASK, "auto", "cross_entropy", Shape(3, 7), "accuracy"),
        (PARITY_TASK, "bce", "bce", Shape(1, 7), "accuracy"),
    ],
)
def test_that_loss_outputs_and_metric_follow_from_the_task(
    task: Preset, loss: str, resolved: str, outputs: Shape, metric: str
) -> None:
    meant = experiment(task, loss=loss)
    assert meant.problems == ()
    assert (meant.loss, meant.answer, meant.metric) == (resolved, outputs, metric)
    assert meant.flow.shapes["output"] == outputs


@pytest.mark.parametrize(
    ("task", "loss", "words"),
    [
        (ADDING, "cross_entropy", "needs class labels"),
        (ADDING, "bce", "needs targets from 0 to 1"),
        (VALUES_TASK, "bce", "needs targets from 0 to 1"),
        (FLAT, "bce", "needs two classes, Digits has 10"),
        (LABELS_TASK, "bce", "has 3"),
        (SPIRALS, "sum", "needs values as its direction"),
    ],
)
def test_that_a_loss_that_the_task_cannot_have_is_a_problem(task: Preset, loss: str, words: str) -> None:
    (problem,) = experiment(task, loss=loss).problems
    assert problem.path == "training.loss"
    assert words in problem.message


def test_that_nesterov_without_momentum_is_a_problem() -> None:
    (problem,) = experiment(SPIRALS, optimizer={"type": "sgd", "nesterov": True}).problems
    assert problem.path == "training.optimizer.nesterov"
    assert experiment(SPIRALS, optimizer={"type": "sgd", "nesterov": True, "momentum": 0.9}).problems == ()


def test_that_problems_of_network_and_training_come_together() -> None:
    case = preset(DENSE, loss="cross_entropy")
    found = loads(json.dumps(case).encode(), "two problems").problems
    assert [problem.path for problem in found] == ["network.output", "training.loss"]


def test_that_a_changed_copy_is_checked_and_the_original_stays() -> None:
    one = experiment(SPIRALS)
    other = one.replace(training=one.training.replace(steps=5))
    assert (one.training.steps, other.training.steps) == (1000, 5)
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        one.training.replace(steps=0)


def test_that_a_mean_over_time_needs_no_memory_although_the_task_does() -> None:
    experiment = load(find("rnn-forgets"))
    assert experiment.dependency == 50
    layers = [
        MeanOverTime(id="mean1") if layer.type == "last_step" else layer
        for layer in experiment.network.layers
    ]
    gathered = experiment.replace(network=experiment.network.replace(layers=tuple(layers)))
    assert not gathered.problems
    assert gathered.dependency is None
