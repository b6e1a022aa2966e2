"""U30: a heatmap tells the value under pointer and cell cursor (layer, row, column, number); its color bar has
a unit; limits are fixed, automatic with a mark "scale changed", or pinned; zero has one color in every diverging map.
"""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import detailed_history, vanishing_history
from tests.app.inspections_by_hand import reach
from tests.app.showing import settle, show_view
from vgviewer.app import theme
from vgviewer.app.colormaps import DIVERGING, Maps, scale_of
from vgviewer.app.picture import limits as limits_
from vgviewer.app.picture.colorbar import ticks
from vgviewer.app.picture.meaning import Meaning, gradient, relative
from vgviewer.app.views import VIEWS, LayersTraining, ThroughTime, View
from vgviewer.app.views.heatmap import Heatmap
from vgviewer.frames.inspections import Reach

HEATMAPS = [kind for kind in VIEWS.values() if issubclass(kind, Heatmap)]


def heatmap(qtbot: QtBot, kind: type[Heatmap] = ThroughTime) -> Heatmap:
    view = show_view(qtbot, kind, vanishing_history(20))
    assert isinstance(view, Heatmap)
    return view


def note(view: View) -> str:
    return view.header._subtitle.text()


def choose(view: View, words: str) -> None:
    """Opens the menu of the picture's tools and picks an entry."""
    menu = view.header.tools.menu
    menu.aboutToShow.emit()
    (entry,) = (action for action in menu.actions() if action.text().replace("&", "").startswith(words))
    entry.trigger()
    settle(view)


def test_that_the_value_under_the_mouse_names_layer_place_and_number(qtbot: QtBot) -> None:
    view = heatmap(qtbot)
    at = view.plot.position_of(97, 0.5).toPoint()
    QTest.mouseMove(view.plot.viewport(), at)
    expected = view.history.latest.readings["state_gradient"][0, 96]
    assert note(view).startswith(f"rnn1, timestep 97: {10**expected:.3f}"[:26])
    assert "of its size at the loss end" in note(view)
    view.plot.left.emit()
    assert "keeps" in note(view)


def test_that_arrow_keys_walk_from_cell_to_cell_and_say_the_same_aloud(qtbot: QtBot) -> None:
    view = heatmap(qtbot)
    view.plot.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(
        view.plot, Qt.Key.Key_Left
    )  # the first key shows the cursor: at the loss end of the first row
    assert note(view).startswith("rnn1, timestep 100:")
    QTest.keyClick(view.plot, Qt.Key.Key_Left)
    QTest.keyClick(view.plot, Qt.Key.Key_Down)
    assert note(view).startswith("lstm2, timestep 99:")
    assert view.plot.accessibleDescription() == note(view)
    QTest.keyClick(view.plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert note(view).startswith("lstm2, timestep 89:")
    QTest.keyClick(view.plot, Qt.Key.Key_Home)
    QTest.keyClick(view.plot, Qt.Key.Key_Left)  # there is nothing further left
    assert note(view).startswith("lstm2, timestep 1:")
    picked: list[str] = []
    view.layer_clicked.connect(picked.append)
    QTest.keyClick(view.plot, Qt.Key.Key_Return)
    assert picked == ["lstm2"]
    view.plot.clearFocus()
    assert "keeps" in note(view)


@pytest.mark.parametrize("kind", HEATMAPS, ids=lambda kind: kind.name)
def test_that_every_heatmap_tells_the_number_in_a_cell_its_unit_and_how_its_scale_is_set(
    qtbot: QtBot, kind: type[Heatmap]
) -> None:
    history = detailed_history()
    history.inspections = {Reach: reach()}
    view = show_view(qtbot, kind, history)
    assert isinstance(view, Heatmap)
    table = view.table()
    before = note(view)
    view.plot.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.plot, Qt.Key.Key_Home)
    QTest.keyClick(view.plot, Qt.Key.Key_End)
    assert note(view) != before
    assert any(character.isdigit() for character in note(view))
    assert view.meaning.unit
    assert view._colorbar.accessibleDescription().startswith(view.meaning.unit)
    assert table.rows
    menu = view.header.tools.menu
    menu.aboutToShow.emit()
    told = [action.text().replace("&", "") for action in menu.actions()]
    for words in ("Fixed", "Automatic", "Pin"):
        assert any(text.startswith(words) for text in told), told


def test_that_the_color_bar_has_its_whole_unit_in_the_narrowest_pane(qtbot: QtBot) -> None:
    for kind in (ThroughTime, LayersTraining):
        view = heatmap(qtbot, kind)
        view.resize(304, 220)
        settle(view)
        bar = view._colorbar
        assert bar._unit_line() == view.meaning.unit.split(",")[0]
        assert bar._metrics.horizontalAdvance(bar._unit_line()) <= bar._bar().height()
        assert bar.width() >= bar.sizeHint().width()
        assert bar.accessibleDescription() == view.meaning.unit
        assert view.plot.width() > 2 * bar.width()
        view.resize(640, 300)
        settle(view)
        assert bar._unit_line() == view.meaning.unit


def test_that_a_linear_scale_has_round_numbers_and_a_logarithmic_one_powers_of_ten() -> None:
    share = Meaning("share", "", 0.0, 1.0, log10=False)
    assert [words for _, words in ticks(scale_of(theme.LIGHT, share), 100)] == ["0.0", "0.5", "1.0"]
    assert [words for _, words in ticks(scale_of(theme.LIGHT, relative("")), 160)][2] == "1"
    assert next(words for _, words in ticks(scale_of(theme.LIGHT, gradient("")), 160)) == "10⁻¹²"


def test_that_limits_can_be_fixed_automatic_and_pinned_and_a_change_is_marked(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = heatmap(qtbot)
    assert (view.scale.low, view.scale.high) == (-8, 8)
    choose(view, "Automatic")
    assert (view.scale.low, view.scale.high) == (-24, 24)  # 0.58 per timestep, 99 times, and symmetric
    assert view.header._mark.isHidden()
    view.set_history(vanishing_history(20, gains=(0.4, 0.71)))
    view._tick()
    assert view.scale.low < -38
    assert view.header._mark.isVisible()
    assert view.header._mark.text() == "scale changed"
    later = limits_.time.monotonic() + limits_.MARK_S + 1
    monkeypatch.setattr(limits_.time, "monotonic", lambda: later)
    view._tick()
    assert view.header._mark.isHidden()
    pinned = view.scale.low
    choose(view, "Pin")
    view.set_history(vanishing_history(20))
    assert view.scale.low == pinned
    choose(view, "Fixed")
    assert view.scale.low == -8


def test_that_pictures_that_share_limits_change_together(qtbot: QtBot) -> None:
    one, other = heatmap(qtbot), heatmap(qtbot, LayersTraining)
    other.share(one.limits)
    choose(one, "Automatic")
    other._tick()
    assert (one.scale.low, one.scale.high) == (other.scale.low, other.scale.high)
    one.limits.choose_map("crameri:vik", signed=True)
    for view in (one, other):
        view._tick()
    np.testing.assert_array_equal(one.scale.table, other.scale.table)
    np.testing.assert_array_equal(
        one.scale.table, scale_of(theme.LIGHT, relative(""), Maps("", "crameri:vik")).table
    )


@pytest.mark.parametrize("name", DIVERGING)
@pytest.mark.parametrize("data", [(-0.2, 0.1), (-30.0, 2.0), (0.5, 7.0)])
def test_that_zero_keeps_its_color_in_every_diverging_map(name: str, data: tuple[float, float]) -> None:
    maps = Maps("", name)
    fixed = scale_of(theme.LIGHT, relative(""), maps)
    low, high = limits_.rounded(relative(""), *data)
    fitted = scale_of(theme.LIGHT, Meaning("relative", "", low, high, signed=True), maps)
    np.testing.assert_array_equal(fixed.colors(np.zeros(1)), fitted.colors(np.zeros(1)))


def test_that_a_click_gives_the_focus_without_a_frame_and_tab_with_one(qtbot: QtBot) -> None:
    view = heatmap(qtbot)
    accent = theme.LIGHT.accent

    def edge() -> str:
        return str(view.plot.grab().toImage().pixelColor(1, view.plot.height() // 2).name())

    QTest.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    QApplication.processEvents()
    assert edge() != accent
    view.plot.clearFocus()
    view.plot.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge() == accent
