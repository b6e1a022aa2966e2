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
    "copy_memory": [{}, {"delay": 1, "symbols": 3}, {"delay": 7}],
    "temporal_order": [{}, {"length": 10}, {"length": 37}],
    "parity": [{}, {"length": 2}],
    "characters": [{}, {"length": 1}, {"length": 200}],
    "time_series": [{}, {"series": "nile", "window": 1, "horizon": 2}, {"series": "co2", "window": 52}],
    "digits": [{"as": "flat"}, {"as": "rows"}, {"as": "pixels"}],
    "xor": [{}, {"noise": 0.0}],
    "moons": [{}, {"noise": 0.0}],
    "circles": [{}, {"noise": 0.0}],
    "spirals": [{}, {"noise": 0.3}],
    "sine": [{}],
    "random": [{}, {"features": 3, "length": 5, "targets": 4}, {"classes": 2}, {"length": 1, "classes": 5}],
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
FROM_FILES = {"csv", "arrays"}  # they have tests of their own
BY_TYPE = {kind.model_fields["type"].default: kind for kind in TASKS}
EVERY = [(kind, number) for kind, examples in EXAMPLES.items() for number in range(len(examples))]
ANY_CLASSES = ("mse", "mae", "cross_entropy")
TWO_CLASSES = (*ANY_CLASSES, "bce")
VALUES = ("mse", "mae")
KNOWN_BASELINES = {
    "adding": VALUES,
    "delayed_echo": VALUES,
    "copy_memory": ANY_CLASSES,
    "temporal_order": ANY_CLASSES,
    "parity": TWO_CLASSES,
    "characters": ANY_CLASSES,
    "time_series": ("mse",),
    "digits": ANY_CLASSES,
    "xor": TWO_CLASSES,
    "moons": TWO_CLASSES,
    "circles": TWO_CLASSES,
    "spirals": TWO_CLASSES,
    "sine": VALUES,
}
GENERATED = [kind for kind in EXAMPLES if BY_TYPE[kind].draw is not Task.draw]
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
    assert EXAMPLES.keys() | FROM_FILES == BY_TYPE.keys()
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
        if inputs.tokens:
            assert x.dtype == np.int64
            assert x.shape == (len(y), *along)
            assert 0 <= x.min() <= x.max() < inputs.features
        else:
            assert x.dtype == np.float32
            assert x.shape == (len(y), *along, inputs.features)
            assert np.isfinite(x).all()
        assert x.flags.writeable  # torch warns of arrays that are not
        assert y.flags.writeable
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


@pytest.mark.parametrize("kind", GENERATED)
def test_that_a_generated_task_never_repeats_itself_and_is_tested_on_512_other_samples(kind: str) -> None:
    task = BY_TYPE[kind].model_validate({"length": 64} if kind == "parity" else {})
    rows = [row.tobytes() for x, _ in take(task, 20, size=16) for row in x]
    held = [row.tobytes() for row in held_out(task)[0]]
    assert len(held) == 512
    assert len({*rows, *held}) == 20 * 16 + 512


@BUT_FIXED
@pytest.mark.parametrize("loss", ["mse", "mae", "cross_entropy", "bce", "sum"])
def test_that_a_baseline_is_what_someone_without_memory_reaches(task: Task, loss: str) -> None:
    baseline = task.baseline(loss)
    if loss not in known_baselines(task):
        assert baseline is None
        return
    x, y = many(task)
    answers = line_through_the_newest(x, y) if task.type == "time_series" else shares(task, loss, x, y)
    assert reached(task, loss, answers, y) == pytest.approx(baseline.loss, rel=0.03)
    assert baseline.text


def known_baselines(task: Task) -> tuple[str, ...]:
    if task.type != "random":
        return KNOWN_BASELINES[task.type]
    return {None: VALUES, 2: TWO_CLASSES}.get(task.classes, ANY_CLASSES)  # type: ignore[attr-defined]


def many(task: Task) -> tuple[np.ndarray, np.ndarray]:
    """Some 20,000 answers, or what a finite set has."""
    table, timesteps = task.table(), task.targets().timesteps or 1
    if table is None:
        return take(task, 1, size=20_000 // timesteps)[0]
    every = 10 * timesteps if task.type == "characters" else 1
    return table.x[::every], table.y[::every]


def situations(task: Task, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """What someone without memory can tell apart, for each answer: a whole number."""
    if task.type == "copy_memory":
        return np.broadcast_to(np.arange(y.shape[1]), y.shape)
    if task.type == "characters":
        return x
    if task.type in ("temporal_order", "parity"):
        return x[:, -1].reshape(y.shape).astype(np.int64)
    return np.zeros(y.shape if task.targets().kind == "classes" else y.shape[:-1], np.int64)


def shares(task: Task, loss: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """In each situation the mean of what was right in it (mae: the median)."""
    wanted = np.eye(task.targets().size)[y] if task.targets().kind == "classes" else y
    places = situations(task, x, y)
    answers = np.zeros(wanted.shape)
    for place in np.unique(places):
        here = places == place
        answers[here] = np.median(wanted[here], axis=0) if loss == "mae" else wanted[here].mean(axis=0)
    return answers[..., 1:] if loss == "bce" else answers


def line_through_the_newest(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    known = np.column_stack([x[:, -1, 0], np.ones(len(x))]).astype(np.float64)
    return known @ np.linalg.lstsq(known, y.astype(np.float64), rcond=None)[0]


def reached(task: Task, loss: str, answers: np.ndarray, y: np.ndarray) -> float:
    """The engine's loss of a network that gives these answers; of classes they are probabilities."""
    activation = "linear" if loss in ("mse", "mae") else "sigmoid"
    network = {"layers": (), "output": {"activation": activation}}
    experiment = Experiment.model_validate({"network": network, "task": task, "training": {"loss": loss}})
    return float(loss_of(experiment, torch.from_numpy(answers), torch.from_numpy(y.copy())))


@BUT_FIXED
def test_that_no_one_without_memory_reaches_the_goal(task: Task) -> None:
    goal = task.goal()
    x, y = many(task)
    if task.type == "random" or goal is None:
        assert goal is None
        assert task.type == "random" or task.noise == 0.3  # type: ignore[attr-defined]
    elif task.targets().kind == "values":
        baseline = task.baseline("mse")
        assert baseline is not None
        assert 0 < goal < baseline.loss or task.type == "time_series"
    else:
        right = (shares(task, "mse", x, y).argmax(axis=-1) == y).mean()
        assert right + 0.004 < goal < 1


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


def test_that_dependencies_are_the_lags_of_the_tasks() -> None:
    lags = {"adding": 50, "delayed_echo": 5, "copy_memory": 110, "temporal_order": 79, "parity": 9}
    lags |= dict.fromkeys(["characters", "time_series", "digits", "spirals", "sine", "random"])
    assert {kind: BY_TYPE[kind].model_validate({}).dependency() for kind in lags} == lags
    assert BY_TYPE["digits"].model_validate({"as": "rows"}).dependency() == 4
