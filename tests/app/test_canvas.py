"""The canvas: the network as it is seen, and built, by mouse and keys."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.canvases import CONTROL, LEFT, NO_KEYS, center, drag, ids, shown_canvas, three_layers
from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.canvas import Canvas
from vgviewer.app.editor.face import paint_strip
from vgviewer.app.editor.palette import MIME
from vgviewer.app.editor.zoom import GROWS_TO

GRAY = QImage.Format.Format_Grayscale8


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    return three_layers()


@pytest.fixture
def canvas(qapp: QApplication, document: Document) -> Iterator[Canvas]:
    with shown_canvas(qapp, document) as shown:
        yield shown


def pixel(canvas: Canvas, place: str, above_foot: float) -> QColor:
    """What is painted in the middle of a block, so many pixels above its lower edge."""
    box = canvas.diagram.blocks[place].box
    at = canvas.mapFromScene(QPointF(box.center().x(), box.bottom() - above_foot))
    return canvas.viewport().grab().toImage().pixelColor(at)


def test_that_a_click_selects_a_block(canvas: Canvas, document: Document) -> None:
    for place in ("rnn1", "output", "input"):
        QTest.mouseClick(canvas.viewport(), LEFT, NO_KEYS, center(canvas, place))
        assert document.selected == place
        assert [p for p, block in canvas.diagram.blocks.items() if block.face.is_selected] == [place]


def test_that_a_click_beside_the_blocks_changes_nothing(canvas: Canvas, document: Document) -> None:
    QTest.mouseClick(canvas.viewport(), LEFT, NO_KEYS, QPoint(3, 3))
    assert document.selected == "activation1"


def test_that_dragging_a_block_moves_the_layer_in_one_step(canvas: Canvas, document: Document) -> None:
    count = document.undo.count()
    drag(canvas, "rnn1", center(canvas, "activation1") + QPoint(30, 0))
    assert ids(document) == ["dense1", "activation1", "rnn1"]
    assert document.undo.count() == count + 1
    drag(canvas, "rnn1", center(canvas, "dense1") - QPoint(30, 0))
    assert ids(document) == ["rnn1", "dense1", "activation1"]
    drag(canvas, "rnn1", center(canvas, "dense1") + QPoint(30, 0))
    assert ids(document) == ["dense1", "rnn1", "activation1"]


def test_that_a_drag_shows_where_the_layer_will_go_and_esc_calls_it_off(
    canvas: Canvas, document: Document
) -> None:
    viewport = canvas.viewport()
    QTest.mousePress(viewport, LEFT, NO_KEYS, center(canvas, "rnn1"))
    QTest.mouseMove(viewport, center(canvas, "dense1") + QPoint(30, 0))
    assert canvas.diagram.mark.isVisible()
    assert canvas.diagram.mark.x() == canvas.diagram.plan.gaps[2]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.diagram.mark.isVisible()
    QTest.mouseRelease(viewport, LEFT, NO_KEYS, center(canvas, "dense1") + QPoint(30, 0))
    assert ids(document) == ["rnn1", "dense1", "activation1"]
    assert canvas.diagram.blocks["rnn1"].pos() == QPointF()


def test_that_input_and_output_cannot_be_dragged(canvas: Canvas, document: Document) -> None:
    count = document.undo.count()
    drag(canvas, "input", center(canvas, "activation1"))
    assert document.undo.count() == count


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_that_delete_removes_the_selected_layer(canvas: Canvas, document: Document, key: Qt.Key) -> None:
    document.select("dense1")
    QTest.keyClick(canvas, key)
    assert ids(document) == ["rnn1", "activation1"]
    assert "dense1" not in canvas.diagram.blocks
    document.undo.undo()
    assert "dense1" in canvas.diagram.blocks


def test_that_arrow_keys_walk_along_the_chain_and_stop_at_its_ends(
    canvas: Canvas, document: Document
) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    seen = [document.selected]
    for _ in range(5):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        seen.append(document.selected)
    assert seen == ["input", "rnn1", "dense1", "activation1", "output", "output"]
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert document.selected == "activation1"


def test_that_control_and_arrow_keys_move_the_layer(canvas: Canvas, document: Document) -> None:
    document.select("rnn1")
    QTest.keyClick(canvas, Qt.Key.Key_Right, CONTROL)
    assert ids(document) == ["dense1", "rnn1", "activation1"]
    QTest.keyClick(canvas, Qt.Key.Key_Left, CONTROL)
    QTest.keyClick(canvas, Qt.Key.Key_Left, CONTROL)
    assert ids(document) == ["rnn1", "dense1", "activation1"]


def test_that_enter_and_a_double_click_ask_for_the_settings(qtbot: QtBot, canvas: Canvas) -> None:
    with qtbot.waitSignal(canvas.inspect_wanted):
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    with qtbot.waitSignal(canvas.inspect_wanted):
        QTest.mouseDClick(canvas.viewport(), LEFT, NO_KEYS, center(canvas, "rnn1"))


def drop(canvas: Canvas, kind: bytes, at: QPoint) -> QDropEvent:
    data = QMimeData()
    data.setData(MIME, kind)
    copy = Qt.DropAction.CopyAction
    for event in (
        QDragEnterEvent(at, copy, data, LEFT, NO_KEYS),
        QDragMoveEvent(at, copy, data, LEFT, NO_KEYS),
    ):
        QApplication.sendEvent(canvas.viewport(), event)
    dropped = QDropEvent(QPointF(at), copy, data, LEFT, NO_KEYS)
    QApplication.sendEvent(canvas.viewport(), dropped)
    return dropped


def test_that_a_layer_dropped_between_two_blocks_is_inserted_there(
    canvas: Canvas, document: Document
) -> None:
    event = drop(canvas, b"lstm", center(canvas, "rnn1") + QPoint(60, 0))
    assert event.isAccepted()
    assert ids(document) == ["rnn1", "lstm1", "dense1", "activation1"]
    assert document.selected == "lstm1"
    assert not canvas.diagram.mark.isVisible()


def test_that_a_drop_of_anything_else_is_not_taken(canvas: Canvas, document: Document) -> None:
    drop(canvas, b"teapot", center(canvas, "rnn1"))
    assert len(ids(document)) == 3


def test_that_a_first_layer_can_be_dropped_on_an_empty_network(canvas: Canvas, document: Document) -> None:
    document.new()
    assert canvas.diagram.plan.vacancy is not None
    drop(canvas, b"gru", canvas.mapFromScene(canvas.diagram.plan.vacancy.center()))
    assert ids(document) == ["gru1"]


def test_that_a_problem_stands_in_words_at_its_block(canvas: Canvas, document: Document) -> None:
    place = document.insert_layer("skip", 1)
    document.change(place, {"from": "nobody"})
    assert "There is no earlier layer nobody" in canvas.diagram.notes[place].text
    assert canvas.diagram.blocks[place].face.has_problem
    document.change(place, {"from": "input"})
    assert not canvas.diagram.blocks[place].face.has_problem


def test_that_notes_of_problems_do_not_cover_each_other(canvas: Canvas, document: Document) -> None:
    for index in range(6):
        document.insert_layer("last_step", index)
    notes = [note for note in canvas.diagram.notes.values() if "sequence" in note.text]
    boxes = sorted((note.box for note in notes), key=lambda box: box.left())
    assert len(boxes) >= 5
    assert all(left.right() <= right.left() for left, right in itertools.pairwise(boxes))


def test_that_the_words_of_every_problem_can_be_scrolled_to(canvas: Canvas, document: Document) -> None:
    document.insert_layer("last_step", 0)
    for index in range(1, 10):
        document.insert_layer("rnn", index)
    notes = canvas.diagram.notes.values()
    assert min(note.box.left() for note in notes) < -100
    assert all(canvas.sceneRect().contains(note.box) for note in notes)


def test_that_without_a_problem_the_shape_that_leaves_a_layer_stands_below_it(
    canvas: Canvas, document: Document
) -> None:
    assert canvas.diagram.notes["dense1"].text == "30 × 32"


def test_that_a_skip_is_a_node_with_an_arc_from_its_source(canvas: Canvas, document: Document) -> None:
    place = document.insert_layer("skip", 3)
    (arc,) = canvas.diagram.plan.arcs
    boxes = canvas.diagram.plan.boxes
    source = document.experiment.network.layers[3].model_dump()["from"]
    assert canvas.diagram.blocks[place].face.is_node
    assert arc.start.x() == boxes[source].center().x()
    assert arc.end.x() == boxes[place].center().x()


def test_that_a_tint_is_blue_where_the_signal_shrank_and_red_where_it_grew(canvas: Canvas) -> None:
    canvas.set_tints({"rnn1": -6.0, "dense1": 6.0, "activation1": None})
    vanished, exploded = pixel(canvas, "rnn1", 4), pixel(canvas, "dense1", 4)
    assert vanished.blue() > 2 * vanished.red()
    assert exploded.red() > 2 * exploded.blue()
    assert pixel(canvas, "activation1", 4) == QColor(theme.current().raised)


@pytest.mark.parametrize("size", [float("inf"), float("-inf")])
def test_that_zero_and_not_finite_have_their_reserved_colors(canvas: Canvas, size: float) -> None:
    canvas.set_tints({"rnn1": size, "dense1": float("nan")})
    wanted = theme.current().not_finite if size > 0 else theme.current().exact_zero
    assert pixel(canvas, "rnn1", 4) == QColor(wanted)
    assert pixel(canvas, "dense1", 4) == QColor(theme.current().raised)


def test_that_alerts_of_different_kinds_have_different_pictures(canvas: Canvas) -> None:
    pictures = []
    for kind in ("vanishing", "exploding", "non_finite", "dead_units"):
        canvas.set_alerts({"rnn1": (kind, "Look here.")})
        pictures.append(canvas.viewport().grab().toImage().convertToFormat(GRAY))
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[i + 1 :])


def test_that_an_alert_can_be_read_and_heard_at_its_block(canvas: Canvas, document: Document) -> None:
    canvas.set_alerts({"rnn1": ("vanishing", "Shrinks by <10> per cent")})
    assert "Shrinks by &lt;10&gt; per cent" in canvas.diagram.tip("rnn1")
    document.select("rnn1")
    assert "Shrinks by" in canvas.accessibleDescription()


def test_that_a_new_tint_repaints_only_the_block_that_changed(canvas: Canvas) -> None:
    canvas.set_tints({"rnn1": -6.0, "dense1": 0.0})
    faces = {place: block.face for place, block in canvas.diagram.blocks.items()}
    canvas.set_tints({"rnn1": -6.0, "dense1": 1.0})
    changed = [place for place, block in canvas.diagram.blocks.items() if block.face is not faces[place]]
    assert changed == ["dense1"]


def test_that_blocks_are_reused_when_the_network_changes(canvas: Canvas, document: Document) -> None:
    block = canvas.diagram.blocks["rnn1"]
    document.change("rnn1", {"units": 7})
    document.move("rnn1", 2)
    assert canvas.diagram.blocks["rnn1"] is block
    assert "7 units" in block.face.caption


def test_that_the_selected_block_of_a_long_network_is_scrolled_into_view(
    canvas: Canvas, document: Document
) -> None:
    for index in range(40):
        document.insert_layer("dense", index)
    for place in ("dense40", "dense2", "output"):
        document.select(place)
        assert canvas.viewport().rect().contains(center(canvas, place))


def test_that_the_wheel_scrolls_and_with_control_zooms(canvas: Canvas, document: Document) -> None:
    for index in range(40):
        document.insert_layer("dense", index)
    document.select("input")
    bar = canvas.horizontalScrollBar()
    before = bar.value()
    turn(canvas, NO_KEYS)
    assert bar.value() > before
    zoom = canvas.transform().m11()
    turn(canvas, CONTROL)
    assert canvas.transform().m11() < zoom
    canvas.fit()
    assert canvas.mapFromScene(canvas.sceneRect()).boundingRect().width() <= canvas.viewport().width() + 2


def turn(canvas: Canvas, keys: Qt.KeyboardModifier) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(canvas.viewport(), event)


def test_that_what_is_expected_is_striped_and_what_was_measured_solid(canvas: Canvas) -> None:
    canvas.set_expected({"rnn1": -6.0})
    assert len(colors_of_foot(canvas, "rnn1")) > 1
    canvas.set_tints({"rnn1": -6.0})
    assert len(colors_of_foot(canvas, "rnn1")) == 1
    canvas.set_tints({})
    canvas.set_expected({"rnn1": float("nan")})
    assert colors_of_foot(canvas, "rnn1") == {QColor(theme.current().raised).rgb()}


def colors_of_foot(canvas: Canvas, place: str) -> set[int]:
    """What is painted in a line through the tint of a block."""
    box = canvas.diagram.blocks[place].box
    at = canvas.mapFromScene(QPointF(box.center().x(), box.bottom() - 4))
    picture = canvas.viewport().grab().toImage()
    return {picture.pixel(at.x() + x, at.y()) for x in range(-20, 21)}


def test_that_keys_zoom_and_all_words_grow_with_the_text(qapp: QApplication, canvas: Canvas) -> None:
    before = canvas.transform().m11()
    canvas.zoom_in()
    assert canvas.transform().m11() == pytest.approx(1.15 * before)
    canvas.zoom_out()
    assert canvas.transform().m11() == pytest.approx(before)
    theme.enlarge(2.0)
    try:
        theme.apply(qapp, theme.LIGHT)
        assert canvas.transform().m11() == pytest.approx(2 * before)
    finally:
        theme.enlarge(1.0)
        theme.apply(qapp, theme.LIGHT)


def test_that_a_block_shows_its_kind_and_the_settings_that_matter(canvas: Canvas) -> None:
    faces = {place: block.face for place, block in canvas.diagram.blocks.items()}
    assert (faces["rnn1"].icon, faces["rnn1"].caption) == ("layer-rnn", "32 units, tanh")
    assert (faces["dense1"].icon, faces["dense1"].caption) == ("layer-dense", "32, linear")
    assert canvas.diagram.description("dense1") == "dense1, 32, linear, 30 × 32"


def test_that_a_switch_of_the_theme_repaints_tints_and_ground(qapp: QApplication, canvas: Canvas) -> None:
    canvas.set_tints({"rnn1": 0.0})
    light = pixel(canvas, "rnn1", 4)
    theme.apply(qapp, theme.DARK)
    dark = pixel(canvas, "rnn1", 4)
    assert light.lightness() > 200
    assert dark.lightness() < 60
    assert canvas.backgroundBrush().color() == QColor(theme.DARK.surface)


def test_that_a_few_blocks_fill_the_room_up_to_a_sensible_size(canvas: Canvas, document: Document) -> None:
    document.remove(("rnn1", "dense1"))
    assert canvas.transform().m11() > 1.2
    canvas.resize(3000, 900)
    assert canvas.transform().m11() == pytest.approx(GROWS_TO)


@pytest.mark.parametrize("dress", [theme.LIGHT, theme.DARK, theme.CONTRAST], ids=lambda dress: dress.name)
def test_that_a_hatch_is_seen_on_whatever_color_is_expected(qapp: QApplication, dress: theme.Theme) -> None:
    theme.apply(qapp, dress)
    for color in ("#000000", "#ffffff", "#1f2233", "#8899aa", dress.raised):
        expected, measured = strip(color, True), strip(color, False)
        assert len(colors_of(measured)) == 1
        assert max(abs(QColor(color).lightness() - other.lightness()) for other in colors_of(expected)) > 60
    theme.apply(qapp, theme.LIGHT)


def strip(color: str, is_expected: bool) -> QImage:
    """A strip of a block by itself."""
    picture = QImage(40, 8, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    paint_strip(painter, QRectF(0, 0, 40, 8), QColor(color), is_expected)
    painter.end()
    return picture


def colors_of(picture: QImage) -> list[QColor]:
    found = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    return [QColor(color) for color in found]


def test_that_no_size_of_the_view_makes_scroll_bars_come_and_go(
    canvas: Canvas, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    document.remove(("rnn1", "dense1"))
    resized: list[int] = []
    told = Canvas.resizeEvent
    monkeypatch.setattr(Canvas, "resizeEvent", lambda self, event: (resized.append(1), told(self, event)))
    most = 0
    for width in range(320, 680, 20):
        for height in range(80, 200, 2):
            resized.clear()
            canvas.resize(width, height)
            QApplication.processEvents()
            most = max(most, len(resized))
    assert 0 < most <= 2
