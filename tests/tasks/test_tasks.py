"""Every task of the catalogue: the same batches for the same seed, shapes as promised, baselines as reached."""

from typing import Any, get_args

import numpy as np
import pytest
import torch

from tests.engine.cases import wave
from vgviewer.engine.loss import loss as loss_of
from vgviewer.experiment import Experiment
from vgviewer.tasks import TASKS, AnyTask, Task, batches
from vgviewer.tasks import test_set as held_out  # by this name pytest would take it for a test

EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "adding": [{}, {"length": 2}, {"length": 7}],
    "delayed_echo": [{}, {"lag": 1, "length": 2}, {"lag": 3, "length": 40}],
    "digits": [{"as": "flat"}, {"as": "rows"}, {"as": "pixels"}],
    "spirals": [{}, {"noise": 0.3}],
    "fixed": [
        {"inputs": wave(5, 3), "targets": wave(5, 2)},
        {"inputs": wave(5, 3), "targets": wave(5)},
        {"inputs": wave(5, 3), "targets": [0, 1, 2, 1, 0]},
        {"inputs": wave(2, 3, 4), "targets": wave(2, 1)},
        {"inputs": wave(2, 3, 4), "targets": wave(2, 3, 5)},
        {"inputs": wave(2, 3, 4), "targets": [[0, 1, 3], [1, 1, 1]]},
        {"inputs": wave(2, 3, 4), "targets": [1, 0]},
    ],
}
BY_TYPE = {kind.model_fields["type"].default: kind for kind in TASKS}
EVERY = [(kind, number) for kind, examples in EXAMPLES.items() for number in range(len(examples))]
KNOWN_BASELINES = {
    "adding": ("mse", "mae"),
    "delayed_echo": ("mse", "mae"),
    "digits": ("mse", "cross_entropy"),
    "spirals": ("mse", "cross_entropy", "bce"),
}
TASK = pytest.mark.parametrize("task", [BY_TYPE[k].model_validate(EXAMPLES[k][n]) for k, n in EVERY], ids=str)

OTHERS = [(kind, number) for kind, number in EVERY if kind != "fixed"]
BUT_FIXED = pytest.mark.parametrize(
    "task", [BY_TYPE[k].model_validate(EXAMPLES[k][n]) for k, n in OTHERS], ids=str
)


def take(task: Task, count: int, seed: int = 0, size: int = 2) -> list[tuple[np.ndarray, np.ndarray]]:
    stream = batches(task, size, seed)
    return [next(stream) for _ in range(count)]


def as_bytes(pairs: list[tuple[np.ndarray, np.ndarray]]) -> list[bytes]:
    return [x.tobytes() + y.tobytes() for x, y in pairs]


def test_that_the_catalogue_and_the_file_format_hold_the_same_tasks() -> None:
    assert set(get_args(get_args(AnyTask)[0])) == set(TASKS)
    assert EXAMPLES.keys() == BY_TYPE.keys()
    assert len({kind.label for kind in TASKS}) == len(TASKS)


@pytest.mark.parametrize("kind", BY_TYPE)
def test_that_a_task_tells_a_person_what_it_is(kind: str) -> None:
    described = BY_TYPE[kind]
    assert described.label
    assert described.summary
    for name, field in described.model_fields.items():
        if name != "type":
            assert field.title, name
            assert field.description, name


@TASK
def test_that_a_batch_has_the_promised_shape_and_dtype(task: Task) -> None:
    inputs, targets = task.inputs(), task.targets()
    along = () if inputs.timesteps is None else (inputs.timesteps,)
    answered = () if targets.timesteps is None else (targets.timesteps,)
    for x, y in (*take(task, 2), held_out(task)):
        assert x.dtype == np.float32
        assert x.shape == (len(y), *along, inputs.features)
        assert np.isfinite(x).all()
        if targets.kind == "classes":
            assert y.dtype == np.int64
            assert y.shape == (len(y), *answered)
            assert 0 <= y.min() <= y.max() < targets.size
        else:
            assert y.dtype == np.float32
            assert y.shape == (len(y), *answered, targets.size)
            assert np.isfinite(y).all()


@TASK
def test_that_the_same_seed_gives_the_same_batches(task: Task) -> None:
    assert as_bytes(take(task, 5, seed=3)) == as_bytes(take(task, 5, seed=3))
    assert as_bytes(take(task, 5, seed=3)) != as_bytes(take(task, 5, seed=4))


@TASK
def test_that_the_test_set_is_the_same_for_everybody(task: Task) -> None:
    assert as_bytes([held_out(task)]) == as_bytes([held_out(task.model_copy())])


@pytest.mark.parametrize("kind", ["adding", "delayed_echo", "spirals"])
def test_that_a_generated_task_never_repeats_itself_and_is_tested_on_512_other_samples(kind: str) -> None:
    task = BY_TYPE[kind].model_validate({})
    rows = [row.tobytes() for x, _ in take(task, 20, size=16) for row in x]
    held = [row.tobytes() for row in held_out(task)[0]]
    assert len(held) == 512
    assert len({*rows, *held}) == 20 * 16 + 512


@BUT_FIXED
@pytest.mark.parametrize("loss", ["mse", "mae", "cross_entropy", "bce", "sum"])
def test_that_a_baseline_is_what_the_best_constant_answer_reaches(task: Task, loss: str) -> None:
    baseline = task.baseline(loss)
    if loss not in KNOWN_BASELINES.get(task.type, ()):
        assert baseline is None
        return
    experiment = Experiment.model_validate(
        {"network": {"layers": ()}, "task": task, "training": {"loss": loss}}
    )
    _, y = take(task, 1, size=20_000 // (task.targets().timesteps or 1))[0]
    answers = [0.0] if task.targets().kind == "classes" else np.linspace(-2, 2, 41)
    if task.targets().kind == "classes" and loss == "mse":
        answers = [1 / task.targets().size]
    reached = min(constant_loss(experiment, y, answer) for answer in answers)
    assert reached == pytest.approx(baseline.loss, rel=0.03)
    assert baseline.text


@pytest.mark.parametrize(
    ("targets", "loss", "expected"),
    [
        ([[1.0], [2.0], [6.0]], "mse", 14 / 3),
        ([[1.0], [2.0], [6.0]], "mae", 5 / 3),
        ([0, 0, 0, 1], "cross_entropy", -0.75 * np.log(0.75) - 0.25 * np.log(0.25)),
        ([0, 0, 0, 1], "bce", -0.75 * np.log(0.75) - 0.25 * np.log(0.25)),
        ([0, 1, 2, 2], "bce", None),
        ([[3.0], [3.0], [3.0]], "mse", None),
        ([[1.0], [2.0], [6.0]], "cross_entropy", None),
    ],
)
def test_that_fixed_samples_have_the_baseline_of_their_own_targets(
    targets: list[object], loss: str, expected: float | None
) -> None:
    task = BY_TYPE["fixed"].model_validate(
        {"inputs": [[float(i)] for i in range(len(targets))], "targets": targets}
    )
    baseline = task.baseline(loss)
    assert (baseline and baseline.loss) == (expected and pytest.approx(expected, rel=1e-6))


def constant_loss(experiment: Experiment, y: np.ndarray, answer: float) -> float:
    """The loss of a network that gives `answer` whatever it sees: a value, or every class's logit or share."""
    shape = experiment.answer
    along = () if shape.timesteps is None else (shape.timesteps,)
    output = torch.full((len(y), *along, shape.features), answer, dtype=torch.float64)
    return float(loss_of(experiment, output, torch.from_numpy(y)))


def test_that_the_adding_problem_adds_one_number_of_each_half() -> None:
    x, y = take(BY_TYPE["adding"].model_validate({"length": 9}), 1, size=500)[0]
    numbers, marks = x[..., 0], x[..., 1]
    assert set(np.unique(marks)) == {0.0, 1.0}
    assert (marks[:, :4].sum(1) == 1).all()
    assert (marks[:, 4:].sum(1) == 1).all()
    assert (marks.sum(0) > 0).all()
    np.testing.assert_allclose((numbers * marks).sum(1), y[:, 0], rtol=1e-6)
    assert 0 <= numbers.min() < 0.01
    assert 0.99 < numbers.max() <= 1


def test_that_the_echo_is_what_came_before() -> None:
    x, y = take(BY_TYPE["delayed_echo"].model_validate({"lag": 3, "length": 10}), 1, size=50)[0]
    np.testing.assert_array_equal(y[:, 3:], x[:, :-3])
    assert not y[:, :3].any()
    assert -1 <= x.min() < -0.9
    assert 0.9 < x.max() <= 1


def test_that_the_spirals_are_two_arms_turned_by_half_a_circle() -> None:
    x, y = take(BY_TYPE["spirals"].model_validate({"noise": 0.0}), 1, size=2000)[0]
    radius = np.hypot(*x.T)
    angle = np.arctan2(x[:, 1], x[:, 0]) - 3 * np.pi * radius
    turned = np.angle(np.exp(1j * angle))  # 0 on the first arm, ±π on the second
    clear = radius > 0.05
    assert np.abs(turned[clear & (y == 0)]).max() < 1e-3
    assert np.abs(np.abs(turned[clear & (y == 1)]) - np.pi).max() < 1e-3
    assert 0.4 < y.mean() < 0.6
    noisy = take(BY_TYPE["spirals"].model_validate({"noise": 0.5}), 1, size=2000)[0][0]
    assert np.hypot(*noisy.T).max() > 1.5


def test_that_dependencies_are_the_lags_of_the_tasks() -> None:
    lags = {"adding": 50, "delayed_echo": 5, "digits": None, "spirals": None}
    assert {kind: BY_TYPE[kind].model_validate({}).dependency() for kind in lags} == lags
    assert BY_TYPE["digits"].model_validate({"as": "rows"}).dependency() == 4
