"""What each generated task asks: its targets, from its inputs alone."""

import numpy as np
import pytest

from vgviewer.tasks import Task, batches
from vgviewer.tasks.adding import Adding
from vgviewer.tasks.copy_memory import CopyMemory
from vgviewer.tasks.delayed_echo import DelayedEcho
from vgviewer.tasks.parity import Parity
from vgviewer.tasks.plane import Circles, Moons, Plane, Spirals, Xor
from vgviewer.tasks.random import Random
from vgviewer.tasks.sine import Sine
from vgviewer.tasks.temporal_order import TemporalOrder


def batch_of(task: Task, size: int) -> tuple[np.ndarray, np.ndarray]:
    return next(batches(task, size, seed=0))


def test_that_the_adding_problem_adds_one_number_of_each_half() -> None:
    x, y = batch_of(Adding(length=9), 500)
    numbers, marks = x[..., 0], x[..., 1]
    assert set(np.unique(marks)) == {0.0, 1.0}
    assert (marks[:, :4].sum(1) == 1).all()
    assert (marks[:, 4:].sum(1) == 1).all()
    assert (marks.sum(0) > 0).all()
    np.testing.assert_allclose((numbers * marks).sum(1), y[:, 0], rtol=1e-6)
    assert 0 <= numbers.min() < 0.01
    assert 0.99 < numbers.max() <= 1


def test_that_the_echo_is_what_came_before() -> None:
    x, y = batch_of(DelayedEcho(lag=3, length=10), 50)
    np.testing.assert_array_equal(y[:, 3:], x[:, :-3])
    assert not y[:, :3].any()
    assert -1 <= x.min() < -0.9
    assert 0.9 < x.max() <= 1


def test_that_the_spirals_are_two_arms_turned_by_half_a_circle() -> None:
    x, y = batch_of(Spirals(noise=0.0), 2000)
    radius = np.hypot(*x.T)
    angle = np.arctan2(x[:, 1], x[:, 0]) - 3 * np.pi * radius
    turned = np.angle(np.exp(1j * angle))  # 0 on the first arm, ±π on the second
    clear = radius > 0.05
    assert np.abs(turned[clear & (y == 0)]).max() < 1e-3
    assert np.abs(np.abs(turned[clear & (y == 1)]) - np.pi).max() < 1e-3
    assert 0.4 < y.mean() < 0.6
    noisy, _ = batch_of(Spirals(noise=0.5), 2000)
    assert np.hypot(*noisy.T).max() > 1.5


def test_that_ten_symbols_are_to_be_said_again_after_the_delimiter() -> None:
    x, y = batch_of(CopyMemory(delay=7, symbols=3), 300)
    assert x.shape == y.shape == (300, 27)
    np.testing.assert_array_equal(y[:, 17:], x[:, :10])
    assert set(np.unique(x[:, :10])) == {1, 2, 3}
    assert (x[:, 16] == 4).all()
    blanks = np.delete(x, [*range(10), 16], axis=1)
    assert blanks.shape == (300, 16)
    assert not blanks.any()
    assert not y[:, :17].any()


@pytest.mark.parametrize(
    ("length", "first", "second"), [(100, (10, 20), (40, 50)), (10, (1, 2), (4, 5)), (37, (3, 7), (14, 18))]
)
def test_that_the_class_is_the_order_of_the_two_symbols_that_count(
    length: int, first: tuple[int, int], second: tuple[int, int]
) -> None:
    x, y = batch_of(TemporalOrder(length=length), 2000)
    found = [[(place, symbol) for place, symbol in enumerate(row) if symbol > 3] for row in x.tolist()]
    assert all(len(pair) == 2 for pair in found)
    for pair, place in zip(zip(*found, strict=True), (first, second), strict=True):
        places = [at for at, _ in pair]
        assert (min(places), max(places)) == place
    names = ["".join("XY"[symbol - 4] for _, symbol in pair) for pair in found]
    assert [["XX", "XY", "YX", "YY"][label] for label in y] == names
    assert set(y) == {0, 1, 2, 3}
    assert set(np.unique(x)) == set(range(6))


def test_that_parity_is_the_sum_modulo_two() -> None:
    x, y = batch_of(Parity(length=9), 500)
    assert set(np.unique(x)) == {0.0, 1.0}
    np.testing.assert_array_equal(y, x.sum(axis=(1, 2)) % 2)
    assert set(y) == {0, 1}


def test_that_xor_is_1_where_exactly_one_input_is_1() -> None:
    x, y = batch_of(Xor(noise=0.0), 200)
    assert {(*point, label) for point, label in zip(x.tolist(), y.tolist(), strict=True)} == {
        (0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0),
    }  # fmt: skip


def test_that_the_moons_are_half_circles_of_radius_1() -> None:
    x, y = batch_of(Moons(noise=0.0), 2000)
    upper, lower = x[y == 0], x[y == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1, rtol=1e-6)
    np.testing.assert_allclose(np.hypot(*(lower - [1, 0.5]).T), 1, rtol=1e-5)
    for moon, (left, right), (low, high) in ((upper, (-1, 1), (0, 1)), (lower, (0, 2), (-0.5, 0.5))):
        reach = [*moon.min(axis=0), *moon.max(axis=0)]
        np.testing.assert_allclose(reach, [left, low, right, high], atol=0.02)


def test_that_the_circles_have_the_radii_1_and_four_fifths() -> None:
    x, y = batch_of(Circles(noise=0.0), 2000)
    np.testing.assert_allclose(np.hypot(*x.T), np.where(y == 0, 1, 0.8), rtol=1e-6)
    angles = np.arctan2(x[:, 1], x[:, 0])
    assert np.bincount(((angles + np.pi) // (np.pi / 2)).astype(int), minlength=4).min() > 400


@pytest.mark.parametrize("task", [kind(noise=0.1) for kind in (Xor, Moons, Circles, Spirals)], ids=str)
def test_that_noise_has_the_standard_deviation_that_is_set(task: Plane) -> None:
    clear, _ = batch_of(task.replace(noise=0.0), 20_000)
    noisy, _ = batch_of(task, 20_000)
    np.testing.assert_allclose((noisy - clear).std(axis=0), 0.1, rtol=0.03)


@pytest.mark.parametrize("kind", [Xor, Moons, Circles, Spirals])
def test_that_the_goal_can_be_reached_in_as_much_noise_as_it_is_set_for(kind: type[Plane]) -> None:
    """By someone who knows how likely each class is at a point."""
    task = kind(noise=kind.clear)
    goal = task.goal()
    assert goal is not None
    assert kind(noise=kind.clear + 0.01).goal() is None
    known, classes = batch_of(task.replace(noise=0.0), 4000)
    x, y = batch_of(task, 2000)
    away = ((x[:, None] - known) ** 2).sum(axis=2) / (2 * task.noise**2)
    near = np.exp(away.min(axis=1, keepdims=True) - away)
    right = (near[:, classes == 1].sum(axis=1) > near[:, classes == 0].sum(axis=1)) == y
    assert right.mean() >= goal


def test_that_the_sine_is_a_sine_over_one_period() -> None:
    x, y = batch_of(Sine(), 2000)
    np.testing.assert_allclose(y, np.sin(x), atol=1e-6)
    assert -np.pi <= x.min() < -3.1
    assert 3.1 < x.max() <= np.pi


def test_that_random_targets_have_nothing_to_do_with_the_inputs() -> None:
    x, y = batch_of(Random(features=3, length=4, targets=2), 20_000)
    numbers = np.column_stack([x.reshape(len(x), -1), y]).astype(np.float64)
    np.testing.assert_allclose(numbers.mean(axis=0), 0, atol=0.03)
    np.testing.assert_allclose(np.cov(numbers.T), np.eye(14), atol=0.04)


def test_that_random_classes_are_equally_likely() -> None:
    _, y = batch_of(Random(classes=4), 20_000)
    np.testing.assert_allclose(np.bincount(y) / 20_000, 0.25, rtol=0.05)
