"""U53: Ctrl+C copies the picture that has the focus or the pointer, as an image and as SVG, Ctrl+Shift+C its data, as
tab-separated values; from every view."""

import csv
import io
import math
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app import inspections_by_hand as by_hand
from tests.app.filled import filled_window
from tests.app.frames_by_hand import detailed_history, uniform_history, vanishing_history
from tests.app.runs_by_hand import experiment
from tests.app.showing import settle, show_view
from vgviewer.app.figure import COPY_SCALE, picture_of
from vgviewer.app.views import VIEWS, Curves, ThroughTime, View
from vgviewer.app.window import Window
from vgviewer.theory import predict

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def press(window: Window, view: View, key: Qt.KeyboardModifier) -> None:
    """Ctrl+C with more keys, in a picture that has the focus."""
    QApplication.clipboard().clear()
    view.plot.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.plot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | key)


def test_that_ctrl_c_copies_the_focused_picture_as_image_and_svg(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        view = window.desk.view("through-time")
        press(window, view, Qt.KeyboardModifier.NoModifier)
        copied = QApplication.clipboard().mimeData()
        image = QApplication.clipboard().image()
        assert image.width() == COPY_SCALE * view.width()
        assert image.height() == COPY_SCALE * view.height()
        root = ElementTree.fromstring(bytes(copied.data("image/svg+xml").data()))  # noqa: S314 (our own)
        words = " ".join(text for text in root.itertext() if text.strip())
        assert view.title in words
        assert "timestep" in words
        assert "on the clipboard" in window.status.words.text()


def test_that_ctrl_shift_c_copies_its_numbers(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        for name in ("through-time", "layers-training", "curves"):
            view = window.desk.view(name)
            window.desk.panes[name].raise_()
            QApplication.processEvents()
            press(window, view, Qt.KeyboardModifier.ShiftModifier)
            rows = list(csv.reader(io.StringIO(QApplication.clipboard().text()), delimiter="\t"))
            table = view.table()
            assert rows[0] == list(table.columns)
            assert len(rows) == len(table.rows) + 1
            assert float(rows[-1][1]) == pytest.approx(table.rows[-1][1], rel=1e-5)


def test_that_the_canvas_with_the_focus_keeps_ctrl_c_for_layers(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        canvas = window.desk.network.canvas
        window.document.select("rnn1")
        canvas.setFocus()
        QTest.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert "rnn1" in QApplication.clipboard().text()
        assert QApplication.clipboard().image().isNull()


def test_that_the_picture_under_the_pointer_is_copied_when_nothing_else_has_the_focus(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        view = window.desk.view("curves")
        window.desk.panes["curves"].raise_()
        QApplication.processEvents()
        window.setFocus()
        view.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        window.commands["copy"].trigger()
        image = QApplication.clipboard().image()
        assert (
            abs(image.width() - COPY_SCALE * view.width()) <= COPY_SCALE
        )  # words may move the panes by a pixel


def test_that_an_empty_picture_is_not_copied(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.live.reset()
        QApplication.clipboard().setText("before")
        window.desk.view("curves").copy_wanted.emit()
        window.desk.view("curves").data_wanted.emit()
        assert QApplication.clipboard().text() == "before"
        assert "nothing to copy yet" in window.status.words.text()


@pytest.mark.parametrize("kind", VIEWS.values(), ids=VIEWS)
def test_that_every_view_has_a_picture_and_a_table(qtbot: QtBot, kind: type[View]) -> None:
    looked_at = (by_hand.hops(), by_hand.jacobians(), by_hand.reach(), by_hand.values())
    history = detailed_history()
    history.inspections = {type(found): found for found in looked_at}
    view = show_view(qtbot, kind, history)
    view.foresee(experiment())
    view.expect(predict(experiment()))
    settle(view)
    assert not view.missing()
    image, svg = picture_of(view)
    assert image.width() == COPY_SCALE * view.width()
    colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colors) > 10
    assert view.title in bytes(svg.data()).decode() or view.heading() in bytes(svg.data()).decode()
    table = view.table()
    assert table.rows
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_that_a_copy_shows_what_was_chosen(qtbot: QtBot) -> None:
    view = show_view(qtbot, Curves, vanishing_history(50))
    assert isinstance(view, Curves)
    view._what.choose("weight_gradient")
    _, svg = picture_of(view)
    assert "Weight gradient of each layer" in bytes(svg.data()).decode()
    assert "most in" in bytes(svg.data()).decode()


def test_that_what_is_lost_has_names_in_the_table(qtbot: QtBot) -> None:
    for value, words in ((math.inf, "inf"), (-math.inf, "-inf"), (math.nan, "nan")):
        view = show_view(qtbot, ThroughTime, uniform_history(value))
        _, first, *_ = view.table().as_tsv().splitlines()
        assert first.split("\t")[1] == words
    finite = show_view(qtbot, ThroughTime, uniform_history(-1.5))
    assert np.isclose(float(finite.table().as_tsv().splitlines()[1].split("\t")[1]), 0.0)  # of the loss end
