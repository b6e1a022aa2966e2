"""The parts that pictures are made of: numbers in words, round ticks, the memory horizon."""

import math

import numpy as np
import pytest

from vgviewer.app.picture.horizon import edges, through_rows
from vgviewer.app.picture.numbers import plain, power, size
from vgviewer.app.picture.steps import even_columns, power_ticks, step_ticks, value_ticks
from vgviewer.frames.horizon import Horizon, memory_horizon
from vgviewer.theory import Memory


@pytest.mark.parametrize(
    ("log10", "words"),
    [
        (math.log10(0.58), "0.58"),
        (-10 + math.log10(3.2), "3.2 × 10⁻¹⁰"),
        (math.log10(9.99) + 20, "1.0 × 10²¹"),
        (-math.inf, "0 or underflow"),
        (math.inf, "not finite"),
        (math.nan, "no value"),
    ],
)
def test_that_a_size_is_written_as_people_write_it(log10: float, words: str) -> None:
    assert size(log10) == words


def test_that_a_power_of_ten_has_a_superscript() -> None:
    assert [power(k) for k in (-8, 0, 12)] == ["10⁻⁸", "1", "10¹²"]


def test_that_a_plain_number_keeps_its_digits() -> None:
    assert [plain(0.16449, 3), plain(-2.0), plain(0.0), plain(1.8e-4)] == ["0.164", "-2.0", "0", "1.8 × 10⁻⁴"]


@pytest.mark.parametrize(("gain", "timesteps"), [(0.58, 8), (0.71, 13), (0.1, 2), (0.99, 99)])
def test_that_the_horizon_counts_back_while_one_percent_is_left(gain: float, timesteps: int) -> None:
    back = np.arange(99, -1, -1)
    sizes = (back * math.log10(gain) - 3 + 1e-6 * back).astype(np.float32)
    horizon = Horizon(99, math.nan) if timesteps == 99 else Horizon(timesteps, 100 - timesteps - 0.5)
    np.testing.assert_equal(memory_horizon(sizes), horizon)


def test_that_the_horizon_ends_at_the_first_gap() -> None:
    sizes = np.array([0, 0, -np.inf, 0, 0, 0], np.float32)
    assert memory_horizon(sizes) == Horizon(back=2, edge=3.5)


def test_that_the_horizon_begins_where_the_gradient_does() -> None:
    """Timesteps 5 and 6 get none: the last that counts is 4, and 2 is the first that keeps 1 %."""
    sizes = np.array([-9, -1, -1, 0, -np.inf, -np.inf], np.float32)
    assert memory_horizon(sizes) == Horizon(back=2, edge=1.5)
    kept = memory_horizon(sizes[1:])
    assert kept is not None
    assert kept.back == 2
    assert kept.is_all
    np.testing.assert_array_equal(edges([memory_horizon(sizes), kept, None]), [1.5, np.nan, np.nan])


def test_that_nothing_finite_has_no_horizon() -> None:
    assert memory_horizon(np.full(5, np.nan, np.float32)) is None
    assert memory_horizon(np.full(5, -np.inf, np.float32)) is None


def test_that_a_line_goes_through_the_middle_of_every_row_and_breaks_where_there_is_none() -> None:
    x, y = through_rows(np.array([2.0, 4.0, np.nan, 8.0]))
    assert y.tolist() == [0, 0.5, 1, 1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4]
    np.testing.assert_array_equal(x, [2, 2, 3, 3, 4, 4, np.nan, np.nan, np.nan, 8, 8, 8])
    assert not any(len(line) for line in through_rows(np.empty(0)))


def test_that_steps_are_round_and_both_ends_are_named() -> None:
    assert [words for _, words in step_ticks(1, 100, 600)] == ["1", "20", "40", "60", "80", "100"]
    assert [words for _, words in step_ticks(0, 412, 400)] == ["0", "200", "412"]
    assert [words for _, words in step_ticks(0, 2400, 400)] == ["0", "1,000", "2,000", "2,400"]
    assert step_ticks(7, 7, 600) == [(7, "7")]


def test_that_values_have_as_many_decimals_as_they_need() -> None:
    assert [words for _, words in value_ticks(0, 0.65, 130)] == ["0.0", "0.2", "0.4", "0.6"]


def test_that_an_axis_of_less_than_a_decade_still_has_ticks() -> None:
    assert [words for _, words in power_ticks(-0.9, -0.1, 200)] == ["0.2", "0.5"]


@pytest.mark.parametrize("count", [1, 2, 99, 1000, 4096])
def test_that_columns_fit_the_picture_and_start_with_the_first(count: int) -> None:
    columns = even_columns(np.arange(count) * 3, 300)
    assert columns[0] == 0
    assert columns[-1] == count - 1
    assert len(columns) < 600
    assert (np.diff(columns) > 0).all()


def test_that_uneven_steps_are_spread_evenly() -> None:
    steps = np.array([0, 1, 2, 100])
    assert steps[even_columns(steps, 100)].tolist() == [0, 2, 2, 100]


@pytest.mark.parametrize("gain", [0.009, 0.5, 0.58, 0.94, 0.99])
def test_that_theory_and_pictures_count_the_horizon_alike(gain: float) -> None:
    sizes = np.arange(99, -1, -1) * math.log10(gain)
    horizon = Memory("rnn1", "rnn", sizes).horizon
    measured = memory_horizon(sizes.astype(np.float32))
    assert measured is not None
    assert min(horizon, 99) == measured.back
