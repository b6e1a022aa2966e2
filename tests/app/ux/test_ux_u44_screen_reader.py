"""U44: Every interactive widget has accessibleName (fallback tooltip) and role; canvas blocks and alerts exposed.

What is walked is what a screen reader gets: Qt's accessible objects, from the window down.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.accessible import aloud
from vgviewer.app.window import Window
from vgviewer.runner import Run

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Role, Text = QAccessible.Role, QAccessible.Text
Show = Callable[[], Window]
INTERACTIVE = {
    Role.AlertMessage,
    Role.Button,
    Role.ButtonDropDown,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.ComboBox,
    Role.EditableText,
    Role.Link,
    Role.List,
    Role.ListItem,
    Role.MenuBar,
    Role.MenuItem,
    Role.PageTab,
    Role.PageTabList,
    Role.PopupMenu,
    Role.RadioButton,
    Role.Slider,
    Role.SpinBox,
    Role.Table,
    Role.Tree,
    Role.TreeItem,
}
SAYS_NOTHING = {Role.NoRole, Role.Client, Role.Border, Role.Grouping, Role.Pane, Role.Window}
Part = tuple[str, QAccessible.Role, str, str]  # its class, role, name and description


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    monkeypatch.setattr(HandRun, "per_drain", 30)
    return partial(_shown, qtbot, tmp_path)


def _shown(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.resize(1440, 900)
    window.document.replace(experiment(), None)
    window.document.select("rnn1")
    window.show()
    qtbot.waitUntil(lambda: bool(window.desk.views))
    return window


def train(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()


def told(thing: QAccessibleInterface) -> Iterator[Part]:
    """All that a screen reader finds from there on and that can be seen; fails at what it could not say."""
    state, role, name = thing.state(), thing.role(), thing.text(Text.Name)
    source = thing.object()
    kind = type(source).__name__ if source is not None else type(thing).__name__
    if state.invisible and role is not Role.PopupMenu:  # type: ignore[attr-defined]
        return
    can_be_used = role in INTERACTIVE or state.focusable  # type: ignore[attr-defined]
    assert name or not can_be_used, f"{kind}, {role.name}: without a name"
    focusable = state.focusable  # type: ignore[attr-defined]
    assert role not in SAYS_NOTHING or not focusable, f"{kind}, {name}: {role.name} says nothing"
    yield kind, role, name, thing.text(Text.Description)
    for index in range(thing.childCount()):
        child = thing.child(index)
        if child is not None and child.isValid():
            yield from told(child)


def read(widget: QWidget) -> list[Part]:
    return list(told(QAccessible.queryAccessibleInterface(widget)))


def test_that_everything_in_every_layout_has_a_name_and_a_role(show: Show, qtbot: QtBot) -> None:
    window = show()
    counts = []
    for is_trained in (False, True):
        if is_trained:
            train(window, qtbot)
        for layout in ("build", "watch", "teach"):
            window.commands[f"layout_{layout}"].trigger()
            QApplication.processEvents()
            counts.append(len(read(window)))
    for name in window.desk.panes:
        window.desk.bring(name)
        read(window.desk.panes[name])
    for place in ("input", "last1", "output", "training", "alert thresholds"):
        window.document.select(place)
        read(window.desk.inspector)
    window.presentation.toggle()
    read(window)
    assert min(counts) > 150  # of parts: the walk has come to something


def test_that_pages_sheets_and_dialogs_have_names_and_roles(show: Show, qtbot: QtBot) -> None:
    window = show()
    window.stage.show_welcome()
    names = {name for _, role, name, _ in read(window) if role is Role.ListItem}
    page = window.stage.welcome
    assert page is not None
    assert {card.preset.title for card in page.gallery.cards} <= names
    window.stage.show_desk()
    window.say("Something was said.")
    window.guide.find_command()
    read(window)
    window.guide.show_messages()
    read(window)
    window.guide.take_tour()
    read(window)
    for open_one in (
        window.guide.show_keys,
        window.glossary.show,
        window.settling.show,
        window.scales.preview,
    ):
        open_one()
    QApplication.processEvents()
    own = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window]
    assert len(own) >= 4
    for widget in own:
        read(widget)
        search = getattr(widget, "search", None)  # with words in it, it offers to forget them
        if search is not None:
            QTest.keyClicks(search, "a")
            assert "Clear" in {name for _, role, name, _ in read(widget) if role is Role.Button}
        widget.close()


def test_that_questions_have_names_and_roles(show: Show) -> None:
    window = show()
    seen: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QDialog):
            seen.append(box.windowTitle())
            read(box)
            box.reject()

    questions: tuple[Callable[[], object], ...] = (
        partial(dialogs.ask_about_changes, window, "net"),
        partial(dialogs.ask_about_run, window, "It is at step 3."),
        partial(dialogs.ask_about_changed_file, window, "net"),
        partial(dialogs.show_save_failure, window, "It cannot be written."),
        window.export_picture,
        window.guide.about.show,
    )
    for ask in questions:
        QTimer.singleShot(50, look)
        ask()
    QApplication.processEvents()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            seen.append(widget.windowTitle())
            read(widget)
            widget.reject()
    assert len(set(seen)) == len(questions)


def test_that_a_reader_finds_the_blocks_of_the_canvas(show: Show, qtbot: QtBot) -> None:
    window = show()
    train(window, qtbot)
    canvas = window.desk.network.canvas
    thing = QAccessible.queryAccessibleInterface(canvas)
    blocks = [thing.child(index) for index in range(thing.childCount())]
    assert thing.role() is Role.List
    assert [block.role() for block in blocks] == [Role.ListItem] * 4
    names = [block.text(Text.Name) for block in blocks]
    assert names[0] == "Input, 20 × 2"
    assert "rnn1, 4 units, tanh, 20 × 4, Vanishing in time" in names[1]  # with the alert that stands there
    assert [bool(block.state().selected) for block in blocks] == [False, True, False, False]  # type: ignore[attr-defined]
    corner = canvas.viewport().mapToGlobal(QPoint(0, 0))
    area = canvas.viewport().rect().translated(corner)
    assert all(area.contains(block.rect().center()) for block in blocks)
    middle = blocks[2].rect().center()
    assert thing.childAt(middle.x(), middle.y()).text(Text.Name) == names[2]
    assert thing.indexOfChild(blocks[2]) == 2
    assert blocks[2].parent().text(Text.Name) == "Network"
    window.add_layer("dense")
    assert thing.childCount() == 5
    window.document.undo.undo()
    assert thing.childCount() == 4
    last = thing.child(3)
    window.document.remove(["last1"])
    assert not last.isValid()
    assert last.text(Text.Name) == ""


def test_that_keys_and_news_are_said_aloud(show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events go out as they do to any reader: with the block that the keys are at, and with the words that are new."""
    said: list[tuple[QAccessible.Event, str]] = []

    class Reader:
        Event = QAccessible.Event

        @staticmethod
        def updateAccessibility(event: object) -> None:
            if isinstance(event, QAccessibleAnnouncementEvent):
                said.append((event.type(), event.message()))
            elif isinstance(event, QAccessibleEvent):
                said.append((event.type(), event.accessibleInterface().text(Text.Name)))

    monkeypatch.setattr(aloud, "QAccessible", Reader)
    window = show()
    canvas = window.desk.network.canvas
    canvas.setFocus()
    said.clear()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert said == [(QAccessible.Event.Focus, "last1, Last timestep, 4")]
    said.clear()
    train(window, qtbot)
    (alert,) = window.live.alerts
    assert (QAccessible.Event.Announcement, f"{alert.title}. {alert.message}") in said
    assert len([words for _, words in said if words.startswith(alert.title)]) == 1  # once
    window.say("Saved.")
    assert said[-1] == (QAccessible.Event.Announcement, "Saved.")


def test_that_a_picture_and_an_alert_say_what_they_are(show: Show, qtbot: QtBot) -> None:
    window = show()
    train(window, qtbot)
    window.desk.watch()
    window.desk.bring("alerts")
    view = window.desk.view("through-time")
    view.refresh()
    parts = read(window)
    (alert,) = window.live.alerts
    assert ("AlertCard", Role.AlertMessage, alert.title) in [part[:3] for part in parts]
    (said,) = [words for kind, _, name, words in parts if kind == "Plot" and name == view.accessibleName()]
    assert said == view.accessibleDescription()
    assert "rnn1: 20 timesteps" in said
