"""The window as a whole, with runs made by hand."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app import dialogs, theme
from vgviewer.app.picture.awaited import NEXT_STEP, TOO_LATE
from vgviewer.app.preferences import Preferences
from vgviewer.app.report import Report
from vgviewer.app.top_bar import SPEEDS, step_seconds
from vgviewer.app.window import Window
from vgviewer.experiment import shipped
from vgviewer.frames import Failed, Finished
from vgviewer.runner import Run

Show = Callable[[], Window]
LEFT = Qt.MouseButton.LeftButton

# The offscreen platform warns of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.LIGHT)
    yield
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window on a small network, 1024 × 768, that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    return partial(_shown, qtbot, tmp_path)


def _shown(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.document.replace(experiment(), None)
    window.resize(1024, 768)
    with qtbot.waitSignal(window.painted):
        window.show()
    QApplication.processEvents()  # the views are made after the first paint
    return window


def trained(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()


def test_that_the_title_shows_the_name_and_the_modified_mark(show: Show) -> None:
    window = show()
    assert window.windowTitle() == "A small network[*] — vgviewer"
    assert not window.isWindowModified()
    window.add_layer("dense")
    assert window.isWindowModified()
    window.commands["undo"].trigger()
    assert not window.isWindowModified()


def test_that_training_fills_the_pictures_the_numbers_and_the_status(show: Show, qtbot: QtBot) -> None:
    window = show()
    trained(qtbot, window)
    assert {view.history for view in window.desk.views.values()} == {window.live.history}
    assert window.top_bar._first.text().startswith("step 30 of 30")
    assert window.status.words.text().startswith("Done after 30 steps.")
    assert window.top_bar.train.text() == "Train"


def test_that_the_primary_button_says_what_it_will_do(show: Show) -> None:
    window = show()
    assert window.top_bar.train.text() == "Train"
    window.top_bar.train.click()
    assert window.top_bar.train.text() == "Pause"
    window.top_bar.train.click()
    assert window.top_bar.train.text() == "Train"


def test_that_step_and_reset_are_at_hand(show: Show) -> None:
    window = show()
    assert not window.commands["reset"].isEnabled()
    window.top_bar.step.click()
    window.live.drain()
    assert window.status.words.text() == "Paused at step 0. No alert stands."
    window.top_bar.reset.click()
    assert window.live.state == "idle"
    assert {view.history for view in window.desk.views.values()} == {None}


def test_that_a_click_on_a_row_selects_the_layer_everywhere(show: Show) -> None:
    window = show()
    view = next(iter(window.desk.views.values()))
    view.layer_clicked.emit("last1")
    assert window.document.selected == "last1"
    assert {view.selected for view in window.desk.views.values()} == {"last1"}


def test_that_an_empty_view_starts_the_training(show: Show) -> None:
    window = show()
    next(iter(window.desk.views.values())).fill_wanted.emit()
    assert HandRun.made[0].calls == ["start"]


def test_that_space_trains_but_not_while_one_types_or_is_on_a_button(show: Show, qtbot: QtBot) -> None:
    window = show()
    window.activateWindow()
    window.desk.layers.search.setFocus()
    qtbot.keyClick(window.desk.layers.search, Qt.Key.Key_Space)
    assert window.desk.layers.search.text() == " "
    assert window.live.state == "idle"
    window.top_bar.step.setFocus()
    qtbot.keyClick(window.top_bar.step, Qt.Key.Key_Space)
    assert HandRun.made[0].calls == ["start_paused", "step"]
    window.live.drain()
    window.desk.network.canvas.setFocus()
    qtbot.keyClick(window.desk.network.canvas, Qt.Key.Key_Space)
    assert HandRun.made[0].calls[-1] == "resume"


def test_that_a_problem_is_said_at_the_bottom_and_no_dialog_opens(show: Show) -> None:
    window = show()
    window.document.remove(["last1"])
    window.top_bar.train.click()
    assert window.status.words.text().startswith("To train, fix output: The task wants one answer")
    assert not HandRun.made
    assert QApplication.activeModalWidget() is None


def test_that_opening_a_preset_drops_the_run_and_marks_the_preset(show: Show) -> None:
    window = show()
    window.top_bar.train.click()
    card = shipped()[1]
    window.desk.presets.wanted.emit(card.id)
    assert window.live.state == "idle"
    assert HandRun.made[0].calls[-1] == "stop"
    assert window.desk.presets.list.currentItem().text() == card.title
    assert window.document.experiment.name == card.title
    window.files.new()
    assert window.desk.presets.list.selectedItems() == []


def test_that_a_preset_that_was_not_opened_is_not_marked(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    window = show()
    window.add_layer("dense")
    monkeypatch.setattr(dialogs, "ask_about_changes", Mock(return_value="cancel"))
    window.desk.presets.list.itemClicked.emit(window.desk.presets.list.item(2))
    assert window.desk.presets.list.selectedItems() == []


def test_that_a_failure_is_a_banner_with_details(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        HandRun, "script", [*messages(2)[:-1], Failed("Training stopped: no.", "a traceback")]
    )
    window = show()
    trained(qtbot, window)
    assert window.banner.isVisible()
    window.banner.show_details()
    report = window.findChild(Report)
    assert isinstance(report, Report)
    assert report.details.toPlainText() == "a traceback"
    report.copy()
    assert "Training stopped: no." in QApplication.clipboard().text()
    report.close()
    monkeypatch.setattr(HandRun, "script", messages(30))
    window.commands["train"].trigger()
    window.live.drain()
    assert not window.banner.isVisible()


def test_that_the_theme_changes_live_and_is_remembered(show: Show, tmp_path: Path) -> None:
    window = show()
    window.top_bar.dress.click()
    assert theme.current() is theme.DARK
    assert window.commands["dark"].isChecked()
    assert window.grab().toImage().pixelColor(300, 40).lightness() < 60
    window.preferences.write()
    assert Preferences(tmp_path / "settings.ini").theme == "dark"


def test_that_closing_while_training_stops_the_run_within_two_seconds(show: Show) -> None:
    window = show()
    window.commands["train"].trigger()
    begun = time.monotonic()
    assert window.close()
    assert time.monotonic() - begun < 2
    assert HandRun.made[0].calls == ["start", "stop"]


def test_that_cancel_keeps_the_window_and_the_run(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    window = show()
    window.add_layer("dense")
    assert window.document.modified
    monkeypatch.setattr(dialogs, "ask_about_changes", Mock(return_value="cancel"))
    assert not window.close()
    assert window.isVisible()


def test_that_the_system_may_close_without_a_question(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    left = Mock()
    monkeypatch.setattr(QApplication, "exit", left)
    window = show()
    window.add_layer("dense")
    assert window.document.modified
    window.leave()
    assert not window.isVisible()
    left.assert_called_once_with(0)


def test_that_everything_has_its_place_on_a_small_screen(show: Show) -> None:
    window = show()
    assert window.size().width() == 1024
    assert window.size().height() == 768
    for button in window.top_bar.findChildren(QPushButton):
        right = button.mapTo(window, QPoint(button.width(), button.height()))
        assert right.x() <= 1024
        assert not button.text() or button.width() >= button.sizeHint().width(), button.text()
    for pane in (
        *window.desk.views.values(),
        window.desk.network.canvas,
        window.desk.inspector,
        window.desk.alerts,
    ):
        corner = pane.mapTo(window, QPoint(pane.width(), pane.height()))
        assert pane.width() >= 200
        assert pane.height() >= 40
        assert corner.x() <= 1024
        assert corner.y() <= 768


def test_that_every_widget_one_can_reach_has_a_name(show: Show) -> None:
    window = show()
    for button in window.top_bar.findChildren(QPushButton):
        assert button.accessibleName()
        assert button.toolTip()


def test_that_the_right_end_of_the_speed_slider_is_full_speed(show: Show) -> None:
    assert step_seconds(SPEEDS) == 0
    assert step_seconds(0) == 1
    seconds = [step_seconds(position) for position in range(SPEEDS + 1)]
    assert seconds == sorted(seconds, reverse=True)
    window = show()
    window.top_bar.speed.setValue(0)
    window.commands["train"].trigger()
    assert HandRun.made[0].step_seconds == 1
    assert window.top_bar.speed.toolTip() == "Slow motion: at least 1 s for a step"


def test_that_what_was_done_is_said_and_then_what_goes_on(show: Show) -> None:
    window = show()
    window.say("Saved to here.")
    assert window.status.words.text() == "Saved to here."
    window.status._timer.timeout.emit()
    assert window.status.words.text() == "Ready. Press Train to begin."
    window.status._timer.stop()


def test_that_loading_torch_is_said_while_nothing_else_goes_on(show: Show) -> None:
    window = show()
    window.show_loading(True)
    assert window.status.words.text() == "Loading torch…"
    window.show_loading(False)
    assert window.status.words.text() == "Ready. Press Train to begin."


def test_that_with_large_texts_the_title_gives_way_to_dots_before_it_goes(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(qtbot, tmp_path)
    window.files.open_preset("lstm-default")
    theme.enlarge(2.0)
    theme.apply(QApplication.instance(), theme.LIGHT)  # type: ignore[arg-type]
    bar = window.top_bar
    window.show()
    bar.show_numbers("step 11 of 1,000, loss 0.132", "")
    window.resize(bar._needed(2), 900)
    QApplication.processEvents()
    title = bar._title
    assert title.isVisible()
    assert title.width() < title.fontMetrics().horizontalAdvance(title.text())
    assert title.toolTip() == "LSTM forgets a long lag"
    theme.enlarge(1.0)
    theme.apply(QApplication.instance(), theme.LIGHT)  # type: ignore[arg-type]


def test_that_the_system_s_wish_while_the_end_is_asked_about_closes_as_cleanly(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()
    window.top_bar.train.click()
    window.add_layer("dense")
    ended = Mock()
    monkeypatch.setattr(QApplication, "exit", ended)  # which would end the tests' own loops
    QTimer.singleShot(0, window.leave)
    assert window.close()
    ended.assert_called_once_with(0)
    assert HandRun.made[0].calls[-1] == "stop"
    assert window.preferences.memory.window is not None


def test_that_a_picture_that_was_still_awaited_says_so_when_a_run_ends_before_its_last_step(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, *frames, _ = messages(30)
    monkeypatch.setattr(HandRun, "script", [started, *frames[:6], Finished(6, "non_finite")])
    window = show()
    window.desk.bring("units")
    view = window.desk.view("units")
    window.commands["train"].trigger()
    window.live.drain()
    view.refresh()
    assert view.accessibleDescription() == NEXT_STEP
    qtbot.waitUntil(lambda: window.live.state == "ended")
    assert view.accessibleDescription() == TOO_LATE
    assert view.can_fill()  # by training again
