"""Choosing several blocks, moving them, drawing skips: by mouse and keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.canvases import CONTROL, LEFT, NO_KEYS, SHIFT, center, drag, ids, shown_canvas, three_layers
from vgviewer.app.document import Document
from vgviewer.app.editor.canvas import Canvas


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return three_layers()


@pytest.fixture
def canvas(qapp: QApplication, document: Document) -> Iterator[Canvas]:
    with shown_canvas(qapp, document) as shown:
        yield shown


def test_that_shift_and_arrow_keys_stretch_what_is_chosen_and_esc_ends_it(
    canvas: Canvas, document: Document
) -> None:
    document.select("rnn1")
    QTest.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    assert document.marked == ("rnn1", "dense1", "activation1")
    QTest.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    assert document.marked == ("rnn1", "dense1")
    assert chosen(canvas) == ["rnn1", "dense1"]
    assert "2 layers chosen: rnn1, dense1" in canvas.accessibleDescription()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert document.marked == ("dense1",)


def chosen(canvas: Canvas) -> list[str]:
    places = canvas.diagram.plan.boxes
    return [place for place in places if canvas.diagram.blocks[place].face.is_selected]


def test_that_control_click_adds_and_takes_away_and_shift_click_stretches(
    canvas: Canvas, document: Document
) -> None:
    viewport = canvas.viewport()
    QTest.mouseClick(viewport, LEFT, NO_KEYS, center(canvas, "rnn1"))
    QTest.mouseClick(viewport, LEFT, CONTROL, center(canvas, "activation1"))
    assert document.marked == ("rnn1", "activation1")
    QTest.mouseClick(viewport, LEFT, CONTROL, center(canvas, "rnn1"))
    assert document.marked == ("activation1",)
    QTest.mouseClick(viewport, LEFT, SHIFT, center(canvas, "input"))
    assert document.marked == ("rnn1", "dense1", "activation1")
    QTest.mouseClick(viewport, LEFT, NO_KEYS, center(canvas, "dense1"))
    assert document.marked == ("dense1",)


def test_that_a_band_on_the_empty_canvas_chooses_what_it_touches(canvas: Canvas, document: Document) -> None:
    viewport = canvas.viewport()
    start = center(canvas, "rnn1") - QPoint(20, 60)
    end = center(canvas, "dense1") + QPoint(10, 5)
    QTest.mousePress(viewport, LEFT, NO_KEYS, start)
    QTest.mouseMove(viewport, start + QPoint(30, 30))
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, LEFT, NO_KEYS, end)
    assert document.marked == ("rnn1", "dense1")


def test_that_dragging_one_of_several_moves_them_all_in_one_step(canvas: Canvas, document: Document) -> None:
    document.mark(["rnn1", "dense1"], "rnn1")
    count = document.undo.count()
    drag(canvas, "dense1", center(canvas, "activation1") + QPoint(30, 0))
    assert ids(document) == ["activation1", "rnn1", "dense1"]
    assert document.marked == ("rnn1", "dense1")
    assert document.undo.count() == count + 1
    QTest.keyClick(canvas, Qt.Key.Key_Left, CONTROL)
    assert ids(document) == ["rnn1", "dense1", "activation1"]


def test_that_delete_takes_all_that_are_chosen(canvas: Canvas, document: Document) -> None:
    document.mark(["rnn1", "activation1"], "rnn1")
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert ids(document) == ["dense1"]
    assert document.undo.undoText() == "Delete 2 layers"


def test_that_a_skip_is_drawn_from_the_handle_to_a_block(canvas: Canvas, document: Document) -> None:
    document.select("rnn1")
    viewport = canvas.viewport()
    handle = canvas.mapFromScene(canvas.diagram.blocks["rnn1"].top)
    QTest.mousePress(viewport, LEFT, NO_KEYS, handle)
    QTest.mouseMove(viewport, handle + QPoint(40, -30))
    assert canvas.diagram.link.isVisible()
    QTest.mouseMove(viewport, center(canvas, "activation1"))
    assert canvas.diagram.blocks["activation1"].face.is_target
    QTest.mouseRelease(viewport, LEFT, NO_KEYS, center(canvas, "activation1"))
    assert ids(document) == ["rnn1", "dense1", "activation1", "skip1"]
    assert document.experiment.network.layers[3].model_dump()["from"] == "rnn1"
    assert not canvas.diagram.link.isVisible()
    assert not any(block.face.is_target for block in canvas.diagram.blocks.values())


def test_that_a_skip_drawn_to_nowhere_or_backwards_is_none(canvas: Canvas, document: Document) -> None:
    document.select("dense1")
    for end in (QPoint(5, 5), center(canvas, "rnn1"), center(canvas, "dense1")):
        QTest.mousePress(
            canvas.viewport(), LEFT, NO_KEYS, canvas.mapFromScene(canvas.diagram.blocks["dense1"].top)
        )
        QTest.mouseMove(canvas.viewport(), end)
        assert not any(block.face.is_target for block in canvas.diagram.blocks.values())
        QTest.mouseRelease(canvas.viewport(), LEFT, NO_KEYS, end)
        assert ids(document) == ["rnn1", "dense1", "activation1"]
        assert not canvas.diagram.link.isVisible()


def test_that_a_skip_is_drawn_by_keys(canvas: Canvas, document: Document) -> None:
    document.select("rnn1")
    canvas.begin_skip("rnn1")
    assert canvas.diagram.blocks["activation1"].face.is_target
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.diagram.blocks["dense1"].face.is_target
    QTest.keyClick(canvas, Qt.Key.Key_Left)  # no farther
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert ids(document) == ["rnn1", "dense1", "skip1", "activation1"]
    canvas.begin_skip("rnn1")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.diagram.link.isVisible()
    assert len(ids(document)) == 4


def test_that_an_arc_is_chosen_by_a_click_and_deleted(canvas: Canvas, document: Document) -> None:
    place = document.add_skip("rnn1", "activation1")
    document.select("input")
    (arc,) = canvas.diagram.plan.arcs
    peak = canvas.mapFromScene(QPointF((arc.start.x() + arc.end.x()) / 2, arc.peak))
    QTest.mouseClick(canvas.viewport(), LEFT, NO_KEYS, peak)
    assert document.selected == place
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.diagram.plan.arcs == ()
    assert ids(document) == ["rnn1", "dense1", "activation1"]
