"""U19: palette: search, keyboard insert, drag ghost, tooltip with formula and shape rule per block."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QDrag, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.editor.palette import KIND
from vgviewer.app.window import Window
from vgviewer.network import LAYERS, Layer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs and tooltips offscreen
Show = Callable[[], Window]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""
    return partial(shown, qtbot, tmp_path)


def shown(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.desk.build()
    window.show()
    return window


def row_of(window: Window, kind: type[Layer]) -> QModelIndex:
    model = window.desk.layers.list.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return next(index for index in rows if index.data(KIND) == kind.model_fields["type"].default)


def test_that_a_layer_is_found_and_added_with_keys_alone(show: Show) -> None:
    window = show()
    palette = window.desk.layers
    palette.search.setFocus()
    QTest.keyClicks(palette.search, "forget gate")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert [layer.type for layer in window.document.experiment.network.layers] == ["lstm"]
    QTest.keyClick(palette, Qt.Key.Key_Escape)
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    QTest.keyClick(palette.list, Qt.Key.Key_Down)
    QTest.keyClick(palette.list, Qt.Key.Key_Return)
    assert len(window.document.experiment.network.layers) == 2


def test_that_a_search_for_what_there_is_not_says_so(show: Show) -> None:
    window = show()
    QTest.keyClicks(window.desk.layers.search, "transformer")
    assert window.desk.layers.nothing.isVisible()
    assert "No layer" in window.desk.layers.nothing.text()


def test_that_what_is_dragged_is_the_block_that_will_stand_there(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()
    ghosts = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, actions: ghosts.append(drag.pixmap()))
    index = row_of(window, LAYERS[1])
    window.desk.layers.list.setCurrentIndex(index)
    window.desk.layers.list.startDrag(Qt.DropAction.CopyAction)
    (ghost,) = ghosts
    colors = {ghost.toImage().pixelColor(x, ghost.height() // 3).name() for x in range(ghost.width())}
    assert len(colors) > 3  # a face with words, not an empty box


@pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.label)
def test_that_pointing_at_a_block_tells_its_formula_and_its_shape_rule(show: Show, kind: type[Layer]) -> None:
    window = show()
    view, index = window.desk.layers.list, row_of(window, kind)
    view.scrollTo(index)
    spot = view.visualRect(index).center()
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, view.viewport().mapToGlobal(spot))
    QApplication.sendEvent(view.viewport(), asked)
    shown = QToolTip.text()
    QToolTip.hideText()
    assert kind.formula
    assert kind.formula in shown
    assert kind.shape_rule in shown
    assert "in" in kind.shape_rule
    assert kind.summary in shown.replace("&#x27;", "'")
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, QPoint(-9, -9), QPoint(0, 0)))
