"""U72: *eye* Five-second test: a newcomer names what each main area does. *eye* Teacher test: lesson in <= 10 min from
the docs alone.

What an eye needs for it: every area has a heading or a tab that is seen, and one sentence for whoever asks What Is
This?
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.desk import LAYOUTS
from vgviewer.app.desk.pane import Pane
from vgviewer.app.desk.purposes import PURPOSES
from vgviewer.app.glossary.guide import said_of
from vgviewer.app.window import Window

SIZES = ((1024, 768), (1440, 900))  # px


def opened(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.show()
    window.open_first(None)
    window.stage.show_desk()
    return window


def heading(area: QWidget) -> str:
    """The topmost words in it, where they are set as a heading and seen whole."""
    seen = [
        label
        for label in area.findChildren(QLabel)
        if label.property("role") == "section"
        and label.text()
        and label.visibleRegion().contains(label.rect())
    ]
    return min(seen, key=lambda label: label.mapTo(area, label.pos()).y()).text() if seen else ""


def tab(window: Window, pane: Pane) -> str:
    """The words of its tab, where it has one that is seen."""
    bars = [bar for bar in window.desk.findChildren(QTabBar) if bar.isVisible()]
    said = [bar.tabText(index) for bar in bars for index in range(bar.count())]
    return next((words for words in said if words == pane.windowTitle()), "")


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES)
def test_that_every_area_has_a_heading_or_a_tab_that_is_seen(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    window = opened(qtbot, tmp_path)
    window.resize(*size)
    for layout in LAYOUTS:
        QTest.keyClick(
            window, Qt.Key(Qt.Key.Key_1 + list(LAYOUTS).index(layout)), Qt.KeyboardModifier.ControlModifier
        )
        settle()
        assert heading(window.desk.network) == "Network"
        seen = [pane for pane in window.desk.panes.values() if pane.is_seen]
        assert len(seen) >= 4
        without = [pane.objectName() for pane in seen if not (heading(pane) or tab(window, pane))]
        assert not without, layout


def test_that_every_area_says_in_a_sentence_what_it_is_for(qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(qtbot, tmp_path)
    areas = [window.top_bar, window.status, window.desk.network, *window.desk.panes.values()]
    said = [said_of(area) for area in areas]
    assert len(set(said)) == len(areas)
    for sentence in said:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert 30 <= len(sentence) <= 110


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_who_is_somewhere_in_an_area_is_told_what_it_is_for(qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(qtbot, tmp_path)
    window.desk.network.canvas.setFocus()
    QTest.keyClick(window.desk.network.canvas, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    settle()
    told = [widget for widget in QApplication.topLevelWidgets() if widget.inherits("QWhatsThat")]
    assert len(told) == 1
    told[0].close()
    assert said_of(window.desk.network.canvas) == PURPOSES["network"]


def test_that_the_menu_of_the_panes_says_it_too(qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(qtbot, tmp_path)
    menu = window.desk.menu()
    assert menu.toolTipsVisible()
    told = {action.toolTip() for action in menu.actions()}
    assert told == {PURPOSES[name] for name in window.desk.panes}
