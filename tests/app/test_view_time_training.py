"""Time × training: rows are training steps, the newest on top."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from tests.app.frames_by_hand import FEED_FORWARD, RECURRENT, T, started, uniform_history
from tests.app.shown import color_at, settle, showing
from vgviewer.app.views import ThroughTime, TimeTraining
from vgviewer.frames import Frame, History

STEPS = 50
Show = Callable[[type[TimeTraining], History | None], TimeTraining]


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    with showing(qapp) as shown:
        yield shown


def recovering() -> History:
    """Per timestep rnn1 keeps a tenth at the first half of the steps and 0.9 at the second; lstm2's cell keeps half."""
    history = History(started(steps=STEPS))
    back = np.arange(T - 1, -1, -1)
    for step in range(STEPS):
        state = np.full((5, T), np.nan, np.float32)
        state[:2] = np.log10(0.1 if step < STEPS / 2 else 0.9) * back - 1
        cell = np.full_like(state, np.nan)
        cell[1] = np.log10(0.5) * back - 1
        history.append(Frame(step, 0.5, readings={"state_gradient": state, "cell_gradient": cell}))
    return history


def test_that_the_newest_step_is_on_top_in_the_scale_s_colors(show: Show) -> None:
    view = show(TimeTraining, recovering())
    newest = view.scale.colors(np.array([10 * np.log10(0.9)]))[0][:3]
    oldest = view.scale.colors(np.array([-5.0]))[0][:3]
    assert color_at(view, T - 10, 1.5) == tuple(newest)
    assert color_at(view, T - 5, STEPS - 1.5) == tuple(oldest)
    assert view.plot.left_axis._tickLevels[0][0] == (0.5, f"step {STEPS - 1}")


def test_that_absolute_sizes_are_colored_as_they_are(show: Show) -> None:
    view = show(TimeTraining, recovering())
    view._of.choose("absolute")
    settle(view)
    assert color_at(view, T - 5, STEPS - 1.5) == tuple(view.scale.colors(np.array([-6.0]))[0][:3])


def test_that_the_sentence_and_the_line_tell_of_the_memory_then_and_now(show: Show) -> None:
    view = show(TimeTraining, recovering())
    assert view.header.sentence == "Memory during training: rnn1 reaches back 43 timesteps, 2 at step 0"
    x, y = view._horizon.getData()
    assert (x[0], y[0]) == (T - 43 - 0.5, 0)
    assert (x[-1], y[-1]) == (T - 2 - 0.5, STEPS)
    assert "newest step on top" in view.accessibleDescription()


def test_that_the_selected_recurrent_layer_is_shown_with_its_cell(show: Show) -> None:
    history = recovering()
    view = show(TimeTraining, None)
    view.select("lstm2")
    view.set_history(history)
    assert view._layer.value == "lstm2"
    assert view.caption_at(T - 1, 0.5).startswith(f"step {STEPS - 1}, lstm2, timestep {T - 1}: 0.050, 0.50")
    view._what.choose("state")
    assert view.caption_at(T - 1, 0.5).endswith("0.90 of its size at the loss end")
    view.select("dense1")
    assert view._layer.value == "lstm2"
    view.select("rnn1")
    assert view.layer_at(1, 0.5) == "rnn1"


def test_that_the_table_holds_a_row_for_each_step(show: Show) -> None:
    table = show(TimeTraining, recovering()).table()
    assert table.columns[:2] == ("step", "timestep 1 log10")
    assert table.rows[0][0] == STEPS - 1
    assert table.rows[-1][0] == 0
    assert table.rows[-1][-2] == pytest.approx(-1.0)


@pytest.mark.parametrize("frames", [334, 335, 700])
def test_that_the_newest_step_is_shown_though_there_are_more_than_fit(show: Show, frames: int) -> None:
    history = uniform_history(-1.0, frames)
    view = show(TimeTraining, history)
    assert view._steps[0] == frames - 1
    assert view._steps[-1] == 0
    assert len(view._steps) <= view.plot.data_size()[1]


def test_that_the_steps_named_are_round_and_stand_where_they_were_made(show: Show) -> None:
    view = show(TimeTraining, uniform_history(-1.0, 700))
    named = view._rows._tickLevels[0]
    assert named[0] == (0.5, "step 699")
    assert {int(words) % 100 for _, words in named[1:]} == {0}
    for place, words in named[1:]:
        assert np.interp(place - 0.5, np.arange(len(view._steps)), view._steps) == pytest.approx(int(words))


def test_that_a_layer_that_keeps_everything_is_said_to(show: Show) -> None:
    view = show(TimeTraining, uniform_history(-1.0, frames=1))
    assert view.header.sentence.endswith("rnn1 reaches back to the first timestep")


def test_that_a_network_without_recurrence_is_told_so(show: Show) -> None:
    view = show(TimeTraining, uniform_history(-1.0, sites=FEED_FORWARD, timesteps=0))
    assert "no recurrent layer" in view.missing()
    assert not view.can_fill()
    assert any(site.recurrent for site in RECURRENT)


def test_that_a_very_long_name_keeps_both_its_ends(show: Show) -> None:
    name = "encoder_of_the_left_half_that_has_a_name"
    sites = tuple(replace(site, id=name) if site.id == "rnn1" else site for site in RECURRENT)
    view = show(ThroughTime, uniform_history(-1.0, sites=sites))
    (shown, *_) = (words for _, words in view._rows._tickLevels[0])
    assert shown.startswith("enc")
    assert shown.endswith("name")
    assert QFontMetricsF(view._rows._bold()).horizontalAdvance(shown) <= view._rows.width()
