"""Units: one layer unit by unit, along time or in a grid."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app.frames_by_hand import (
    FEED_FORWARD,
    RECURRENT,
    T,
    detailed_history,
    details,
    started,
    uniform_history,
    vanishing_history,
)
from tests.app.shown import color_at, rgb, settle, showing
from vgviewer.app.picture.awaited import NEXT_STEP, PAUSED, TOO_LATE
from vgviewer.app.picture.entry import root_mean_square
from vgviewer.app.views import Units
from vgviewer.frames import Frame, History

Show = Callable[[type[Units], History | None], Units]


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    with showing(qapp) as shown:
        yield shown


def test_that_a_unit_has_the_scale_s_color_relative_to_its_layer_at_the_loss_end(show: Show) -> None:
    view = show(Units, detailed_history())
    layer = np.log10(np.sqrt(np.mean(10.0 ** (-0.2 * np.arange(1, 6)))))
    for unit, timestep in ((1, T), (3, T - 2), (5, T - 6)):
        part = -unit / 10 - (T - timestep) - layer
        assert color_at(view, timestep, unit - 0.4) == tuple(view.scale.colors(np.array([part]))[0][:3])
    view._of.choose("absolute")
    settle(view)
    assert color_at(view, T - 3, 1.5) == tuple(view.scale.colors(np.array([-3.2]))[0][:3])


def test_that_the_sentence_says_how_unequal_the_units_are(show: Show) -> None:
    view = show(Units, detailed_history())
    told = "the weakest of 5 units of rnn1 gets 0.40 of what the strongest gets"
    assert view.header.sentence == f"Gradient of each unit: {told}"
    assert told in view.accessibleDescription()
    assert view.caption_at(T - 1, 1.5).startswith(f"rnn1, unit 2, timestep {T - 1}: 0.063, ")


def test_that_units_without_any_gradient_are_counted(show: Show) -> None:
    history = detailed_history()
    frame = history.detailed
    assert frame is not None
    assert frame.details is not None
    silent = np.array(frame.details.units["rnn1"])
    silent[:, 1:3] = -np.inf
    frame.details.units["rnn1"] = silent
    view = show(Units, history)
    assert view.header.sentence.endswith("2 of the 5 units of rnn1 get no gradient")
    assert color_at(view, 3, 1.5) == rgb(view.dress.exact_zero)


def test_that_an_lstm_offers_its_cell_and_its_gates(show: Show) -> None:
    view = show(Units, detailed_history())
    assert view._what.isHidden()
    view.select("lstm2")
    settle(view)
    assert [action.data() for action in view._what._group.actions()] == ["hidden", "cell", "i", "f", "g", "o"]
    view._of.choose("absolute")
    view._what.choose("f")
    settle(view)
    assert view.meaning.unit == "∂L/∂z of gate f, rms"
    assert view.caption_at(1, 0.5) == "lstm2, unit 1, timestep 1: 0.10"
    assert view.caption_at(T, 0.5) == f"lstm2, unit 1, timestep {T}: 0.10"
    view._what.choose("hidden")
    assert view.caption_at(T, 0.5) == f"lstm2, unit 1, timestep {T}: 0.79"
    view._what.choose("cell")
    assert view.caption_at(T, 0.5) == f"lstm2, unit 1, timestep {T}: 0.10"
    assert view.meaning.unit == "∂L/∂c, rms"


def test_that_units_without_time_stand_in_a_grid(show: Show) -> None:
    sizes = (-np.arange(100) / 25).astype(np.float32)
    history = History(started(FEED_FORWARD, 0))
    found = details(FEED_FORWARD, 0, -1.0)
    found.units["dense1"] = sizes
    history.append(Frame(0, 0.5, details=found))
    view = show(Units, history)
    view._of.choose("absolute")
    settle(view)
    assert view._shown.shape == (7, 16)
    assert view.caption_at(3, 2.5) == "dense1, unit 35: 0.044"
    assert color_at(view, 3, 2.5) == tuple(view.scale.colors(sizes[34:35])[0][:3])
    assert color_at(view, 10, 6.5) == rgb(view.dress.none)
    assert view.caption_at(10, 6.5) == ""
    assert view.table().columns == ("unit", "log10")
    assert [row[0] for row in view.table().rows] == list(range(1, 101))
    assert view.table().rows[99][1] == pytest.approx(-3.96)


def test_that_the_table_holds_a_row_for_each_unit(show: Show) -> None:
    view = show(Units, detailed_history())
    view._of.choose("absolute")
    table = view.table()
    assert table.columns[:2] == ("unit", "timestep 1 log10")
    assert table.rows[4][0] == 5
    assert table.rows[4][-1] == pytest.approx(-0.5)


def test_that_it_says_whether_the_answer_is_coming(show: Show) -> None:
    view = show(Units, History(started(steps=400)))
    assert view.missing() == Units.empty_text
    running = History(started(steps=400))
    running.append(Frame(0, 0.5))
    view.set_history(running)
    assert view.missing() == NEXT_STEP
    assert not view.can_fill()
    view.set_history(vanishing_history(3))
    assert view.missing() == TOO_LATE
    assert view.can_fill()
    view.set_history(uniform_history(-1.0))
    assert view.missing() == ""


def test_that_a_paused_run_says_what_to_do_and_offers_it(show: Show) -> None:
    """Only a step is looked at closely: waiting would be in vain."""
    running = History(started(steps=400))
    running.append(Frame(0, 0.5))
    view = show(Units, running)
    for is_paused, words in ((True, PAUSED), (False, NEXT_STEP)):
        view.note_run(is_outdated=False, is_paused=is_paused)
        settle(view)
        assert view._empty._text.text() == words
        assert view._empty._fill.isVisible() == is_paused


def test_that_the_layer_selected_first_is_shown(show: Show) -> None:
    view = show(Units, None)
    view.select("dense1")
    view.set_history(detailed_history())
    assert view._layer.value == "dense1"
    assert len(RECURRENT) == len(view._layer._group.actions())


def test_that_the_root_mean_square_of_logarithms_overflows_nowhere() -> None:
    sizes = np.array(
        [[1e38, 1e38], [-1e30, -1e30], [0.0, -np.inf], [np.nan, 2.0], [-np.inf, -np.inf]], np.float32
    )
    found = root_mean_square(sizes)
    np.testing.assert_allclose(found[:4], np.array([1e38, -1e30, np.log10(0.5) / 2, 2.0], np.float32))
    assert np.isneginf(found[4])
    assert np.isnan(root_mean_square(np.array([np.nan, np.nan], np.float32)))
