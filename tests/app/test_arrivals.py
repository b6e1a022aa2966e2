"""What is dropped on the window, or handed over by the desktop."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFileOpenEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app.arrivals import Application, Arrivals

COPY, EITHER = Qt.DropAction.CopyAction, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Place:
    """A window with a child, and what came of drops on it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.child = QLabel("over the window", self.window)
        self.opened: list[Path] = []
        self.said: list[str] = []
        self.arrivals = Arrivals(self.window, self.opened.append)
        self.arrivals.refused.connect(self.said.append)

    def enter(self, data: QMimeData) -> bool:
        event = QDragEnterEvent(QPoint(3, 3), EITHER, data, LEFT, PLAIN)
        QApplication.sendEvent(self.child, event)
        return event.isAccepted()

    def drop(self, data: QMimeData) -> Qt.DropAction:
        self.enter(data)
        event = QDropEvent(QPointF(3, 3), EITHER, data, LEFT, PLAIN)
        QApplication.sendEvent(self.window, event)
        return event.dropAction() if event.isAccepted() else Qt.DropAction.IgnoreAction


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    return Place(qtbot)


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_that_one_file_is_opened_when_the_drop_is_over_and_is_not_moved_away(
    place: Place, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "a.vgnet.json"
    path.write_text("{}")
    assert place.enter(files(path))
    assert place.drop(files(path)) == COPY
    assert not place.opened
    qtbot.waitUntil(lambda: place.opened == [path])
    assert place.said == []


def test_that_a_folder_or_two_files_are_refused_in_words(place: Place, tmp_path: Path) -> None:
    place.drop(files(tmp_path))
    place.drop(files(tmp_path / "a", tmp_path / "b"))
    assert place.said == [
        f"“{tmp_path.name}” is a folder. Drop one preset file out of it.",
        "2 files were dropped, and none was opened. Drop one preset file.",
    ]
    assert place.opened == []


def test_that_an_address_in_the_network_is_not_fetched(place: Place) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/net.vgnet.json")])
    place.drop(data)
    assert "not a file of this computer" in place.said[0]


def test_that_a_text_is_not_taken_at_all(place: Place) -> None:
    data = QMimeData()
    data.setText("/etc/passwd")
    assert not place.enter(data)
    assert place.drop(data) == Qt.DropAction.IgnoreAction
    assert place.said == []


def test_that_the_desktop_may_hand_over_a_file(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    got: list[Path] = []
    stand_in = type("StandIn", (), {"file_wanted": type("Wish", (), {"emit": staticmethod(got.append)})()})()
    assert Application.event(stand_in, QFileOpenEvent(str(tmp_path / "a")))
    assert got == [tmp_path / "a"]
