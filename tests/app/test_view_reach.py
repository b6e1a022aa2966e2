"""Reach: a triangle whose cells have the scale's color of their number, and nothing where nothing can be."""

import weakref
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app import inspections_by_hand as by_hand
from tests.app.shown import color_at, rgb, settle, showing
from vgviewer.app.views import ReachView

TIMESTEPS = 10


@pytest.fixture
def reach(qapp: QApplication) -> Iterator[ReachView]:
    """rnn1 keeps a tenth per timestep, at each of ten losses."""
    with showing(qapp) as show:
        yield weakref.proxy(
            show(ReachView, by_hand.inspected(by_hand.reach(timesteps=TIMESTEPS)))
        )  # pytest keeps what it is given beyond the window's end


def test_that_a_cell_has_the_scale_s_color_of_its_size_relative_to_the_loss(reach: ReachView) -> None:
    for t2, t1 in ((10, 10), (10, 7), (6, 2)):
        row = TIMESTEPS - t2  # the last loss on top
        expected = reach.scale.colors(np.array([float(t1 - t2)]))[0][:3]
        assert color_at(reach, t1 + 0.2, row + 0.5) == tuple(expected)


def test_that_absolute_sizes_have_their_own_colors(reach: ReachView) -> None:
    reach._of.choose("absolute")
    settle(reach)
    assert color_at(reach, 7.2, 0.5) == tuple(reach.scale.colors(np.array([-4.0]))[0][:3])


def test_that_what_cannot_be_has_the_color_of_none_and_is_said_so(reach: ReachView) -> None:
    assert color_at(reach, 9, 5.5) == rgb(reach.dress.none)
    assert reach.caption_at(9, 5.5) == "loss at 5, state at 9: a later state changes no earlier loss"
    assert reach.caption_at(7, 0.5) == "loss at 10, rnn1 at 7: 1.0 × 10⁻⁴, 1.0 × 10⁻³ of its size at 10"
    assert reach.caption_at(7, 99) == ""


def test_that_the_rows_are_named_by_their_loss(reach: ReachView) -> None:
    names = dict(reach.plot.left_axis._tickLevels[0])
    assert names[0.5] == "loss at 10"
    assert names[TIMESTEPS - 0.5] == "1"


def test_that_the_sentence_says_how_far_the_last_loss_is_felt(reach: ReachView) -> None:
    assert reach.header.sentence.endswith("in rnn1 the loss at 10 is felt 2 timesteps back")
    assert "10 losses, the last on top" in reach.accessibleDescription()


def test_that_the_horizon_runs_two_timesteps_before_each_loss(reach: ReachView) -> None:
    x, y = reach._horizon.getData()
    assert (x[0], y[0]) == (10 - 2 - 0.5, 0.0)
    assert np.isnan(x[-1])  # the first loss has nothing before it


def test_that_a_single_answer_has_one_row_and_its_cell_state(reach: ReachView) -> None:
    reach.select("lstm2")
    settle(reach)
    assert reach.table().columns[0] == "loss at timestep"
    assert [row[0] for row in reach.table().rows] == [10]
    assert reach._what.text() == "cell state"
    assert reach.table().rows[0][7] == pytest.approx(-1.5)  # log10: half the decades of the hidden state
    reach._what.choose("state")
    settle(reach)
    assert reach.table().rows[0][7] == pytest.approx(-3.0)


def test_that_the_table_holds_all_that_is_drawn(reach: ReachView) -> None:
    table = reach.table()
    assert len(table.rows) == TIMESTEPS
    assert table.rows[0][1:] == pytest.approx(np.arange(-9.0, 1.0))
    assert np.isnan(table.rows[-1][2])
