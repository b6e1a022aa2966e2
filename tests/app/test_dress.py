"""Dressing: once for each change however many wishes it holds, each widget once, and nothing moves by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import theme

DEEP, MANY = 8, 40


class Told(QLabel):
    """Counts how often it was told of another style."""

    count = 0

    def changeEvent(self, event: QEvent) -> None:
        self.count += event.type() is QEvent.Type.StyleChange
        super().changeEvent(event)


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Light and as large as drawn, before and after."""
    theme.apply(qapp, theme.LIGHT)
    yield
    theme.enlarge(1.0)
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, float]]]:
    """What was worn whenever something was put on."""
    worn: list[tuple[str, float]] = []

    def hear() -> None:
        worn.append((theme.current().name, theme.factor()))

    theme.changed.connect(hear)
    yield worn
    theme.changed.disconnect(hear)


def test_that_a_theme_and_a_size_that_change_together_are_put_on_once(
    qtbot: QtBot, tmp_path: Path, heard: list[tuple[str, float]]
) -> None:
    window = make_window(qtbot, tmp_path)
    window.preferences.choose(theme="dark", text_size=150)
    window.preferences.reset()
    assert heard == [("dark", 1.5), ("light", 1.0)]


def test_that_what_is_worn_already_is_not_put_on_again(
    qapp: QApplication, heard: list[tuple[str, float]]
) -> None:
    theme.apply(qapp, theme.DARK)
    theme.apply(qapp, theme.DARK)
    theme.enlarge(1.25)
    theme.apply(qapp, theme.DARK)
    theme.apply(qapp, theme.DARK)
    assert heard == [("dark", 1.0), ("dark", 1.25)]


def test_that_a_widget_is_told_once_however_deep_it_lies(qapp: QApplication, qtbot: QtBot) -> None:
    outer = inner = QWidget()
    qtbot.addWidget(outer)
    for _ in range(DEEP):
        column, inner = QVBoxLayout(inner), QWidget(inner)
        column.addWidget(inner)
    told = Told("words", inner)
    outer.show()
    told.count = 0
    theme.apply(qapp, theme.DARK)
    assert told.count == 1
    assert told.palette().windowText().color().name() == theme.DARK.text


def test_that_an_area_stays_scrolled_to_its_end(qapp: QApplication, qtbot: QtBot) -> None:
    area, content = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(content)
    for number in range(MANY):
        button = QPushButton(str(number), content)
        button.setMinimumHeight(0)
        column.addWidget(button)
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.show()
    qapp.processEvents()
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    theme.apply(qapp, theme.DARK)
    qapp.processEvents()
    assert bar.value() == before > 0
