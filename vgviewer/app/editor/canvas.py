"""The canvas: the network as blocks that are chosen, moved, joined and annotated by mouse and keys."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsView, QMenu, QWidget

from vgviewer.app import theme
from vgviewer.app.accessible import announce_block
from vgviewer.app.document import Document
from vgviewer.app.editor.choosing import CONTROL, SHIFT, Choosing
from vgviewer.app.editor.diagram import Diagram
from vgviewer.app.editor.edits import ids_of, note_at
from vgviewer.app.editor.gestures import Carrying, Linking
from vgviewer.app.editor.note_editor import NoteEditor
from vgviewer.app.editor.palette import dragged_kind
from vgviewer.app.editor.times import Times
from vgviewer.app.editor.zoom import Zoom

MARGIN_SEEN = 40  # px kept visible around the selected block
EDGE, EDGE_STEP = 28, 14  # px: near the edge a drag scrolls
PLAIN = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Canvas(QGraphicsView):
    """Shows the document's network; `inspect_wanted` asks for the settings of what is selected."""

    inspect_wanted = Signal()
    tinted = Signal(bool, bool)  # whether blocks show expected sizes, and measured ones

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.diagram = Diagram(self)
        self.choosing = Choosing(document)
        self._carrying = Carrying(document, self.diagram)
        self._linking = Linking(document, self.diagram)
        self.setScene(self.diagram)
        self._zoom = Zoom(self)
        self.note_editor = NoteEditor(self)
        self.times = Times(self)
        self.menu = QMenu(self)  # filled by who knows the commands
        self._prepare()
        self.note_editor.written.connect(self._annotate)
        self.rubberBandChanged.connect(self._choose_in_band)
        document.changed.connect(self._refresh)
        document.selection_changed.connect(self._follow_selection)
        theme.changed.connect(self._retheme)
        self._retheme()
        self._refresh()

    def set_tints(self, tints: Mapping[str, float | None]) -> None:
        """log10 of each place's gradient size over that at the loss, by id; cheap enough for every frame."""
        self.diagram.set_tints(tints)
        self.tinted.emit(*self.diagram.strips)

    def set_expected(self, expected: Mapping[str, float | None]) -> None:
        """The same as theory predicts it for the network as drawn; drawn striped."""
        self.diagram.set_expected(expected)
        self.tinted.emit(*self.diagram.strips)

    def set_alerts(self, alerts: Mapping[str, tuple[str, str]]) -> None:
        """Kind and sentence of the alert that stands at each place, by id."""
        self.diagram.set_alerts(alerts)
        self._describe()

    def fit(self) -> None:
        """All of it at once, however small that makes the blocks."""
        self._zoom.fit()

    def fill(self) -> None:
        """As large as can be read comfortably: what does not fit is scrolled."""
        self._zoom.fill()
        self._follow_selection(self._document.selected)

    def zoom_in(self) -> None:
        """A step closer."""
        self._zoom.by(1)
        self._follow_selection(self._document.selected)

    def zoom_out(self) -> None:
        """A step farther away."""
        self._zoom.by(-1)
        self._follow_selection(self._document.selected)

    def write_note(self, place: str) -> None:
        """Opens the note at a place, or a new one, where it stands."""
        box = self.diagram.slip_box(place)
        self.ensureVisible(box, MARGIN_SEEN, 0)
        at = self.mapFromScene(box).boundingRect()
        self.note_editor.write(place, note_at(self._document.experiment, place), at)

    def ask_times(self, name: str, most: int) -> None:
        """Opens the field for the number of copies below the selected block."""
        self.times.ask(name, most, self._below(self._document.selected))

    def begin_skip(self, source: str) -> None:
        """Draws a skip by keys."""
        self.setFocus()
        self._linking.begin(source)
        self._see(self._linking.target)

    def _annotate(self, place: str, text: str, step: str) -> None:
        self._document.annotate(place, text, step)

    def fix(self, place: str) -> None:
        """Mends the problem there, as one undoable edit."""
        fix = self.diagram.fixes[place]
        self._document.edit(fix.text, fix.experiment)

    # what is seen

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setAccessibleName("Network")

    def _refresh(self) -> None:
        self._carrying.end()
        self._linking.end()
        self.note_editor.agree(self._document.experiment)
        self._show(self.hasFocus())
        self.setSceneRect(self.diagram.sceneRect())
        self._zoom.apply()
        self._describe()

    def _follow_selection(self, place: str) -> None:
        self._show(self.hasFocus())
        self._see(place)
        self._describe()
        if self.hasFocus() and place in self.diagram.blocks:
            announce_block(self, self.choosing.places.index(place))

    def _show(self, has_focus: bool) -> None:
        document = self._document
        self.diagram.show_network(document.experiment, document.selected, has_focus, document.marked)

    def _see(self, place: str | None) -> None:
        if place in self.diagram.blocks:
            self.ensureVisible(self.diagram.blocks[place].box, MARGIN_SEEN, 0)

    def _describe(self) -> None:
        selected, marked = self._document.selected, self._document.marked
        if len(marked) > 1:
            words = f"{len(marked)} layers chosen: {', '.join(marked)}"
        elif selected in self.diagram.blocks:
            words = f"Selected: {self.diagram.description(selected)}"
        else:
            words = ", ".join(self.diagram.blocks[place].face.name for place in self.choosing.places)
        self.setAccessibleDescription(words)

    def _retheme(self) -> None:
        self.setBackgroundBrush(QBrush(QColor(theme.current().surface)))
        self.diagram.retheme()
        self._zoom.apply()

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        at = self.mapToScene(here)
        if event.button() != LEFT:
            super().mousePressEvent(event)
        elif (fixed := self.diagram.fix_at(at)) is not None:
            self.fix(fixed)
        elif event.modifiers() == PLAIN and (source := self.diagram.handle_at(at)) is not None:
            self._linking.draw(source)
        elif (place := self.diagram.place_at(at) or self.diagram.arc_at(at)) is not None:
            keeps = event.modifiers() == PLAIN and place in self._document.marked
            if not keeps:
                self.choosing.click(place, event.modifiers())
            self._carrying.press(place, at)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        at = self.mapToScene(here)
        if self._linking.source and event.buttons() & LEFT:
            self._scroll_at(here)
            self._linking.aim(at)
        elif self._carrying.pressed:
            if self._carrying.carried or self._is_drag(at):
                self._scroll_at(here)
                self._carrying.carry(at)
        else:
            can_click = self.diagram.fix_at(at) is not None or self.diagram.handle_at(at) is not None
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if can_click else Qt.CursorShape.ArrowCursor
            )
            super().mouseMoveEvent(event)

    def _is_drag(self, at: QPointF) -> bool:
        return self._carrying.is_far(at, QApplication.startDragDistance() / self.transform().m11())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.mapToScene(event.position().toPoint())
        if event.button() == LEFT and self._linking.source:
            self._linking.finish()
        elif event.button() == LEFT and self._carrying.pressed:
            pressed = self._carrying.pressed
            if not self._carrying.drop(at) and event.modifiers() == PLAIN:
                self.choosing.take(pressed)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.mapToScene(event.position().toPoint())
        if (noted := self.diagram.slip_at(at)) is not None:
            self.write_note(noted)
        elif self.diagram.place_at(at) is not None:
            self.inspect_wanted.emit()

    def _choose_in_band(self, band: QRect) -> None:
        if not band.isEmpty():
            self.choosing.band(self.diagram.places_in(QRectF(self.mapToScene(band).boundingRect())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self._below(self._document.selected)
        else:
            scene = self.mapToScene(at)
            place = self.diagram.place_at(scene) or self.diagram.arc_at(scene) or self.diagram.slip_at(scene)
            if place is not None and place not in self._document.marked:
                self.choosing.take(place)
        self.menu.popup(self.viewport().mapToGlobal(at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & CONTROL:
            self._zoom.by(turned.y() / 120)
        else:
            down = self.verticalScrollBar()
            sideways = turned.x() or not down.isVisible() or bool(event.modifiers() & SHIFT)
            bar = self.horizontalScrollBar() if sideways else down
            bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._zoom.apply()

    # a layer from the palette

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_kind(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dragged_kind(event.mimeData()):
            here = event.position().toPoint()
            self._scroll_at(here)
            self.diagram.point_to(self._gap_at(here))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.diagram.point_to(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self.diagram.point_to(None)
        kind = dragged_kind(event.mimeData())
        if kind:
            event.acceptProposedAction()
            self._document.insert_layer(kind, self._gap_at(event.position().toPoint()))
            self.setFocus()

    # keys

    def event(self, event: QEvent) -> bool:
        """What is under way keeps Esc, whatever else it means in the window."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self._carrying.carried or self._linking.source or len(self._document.marked) > 1)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._key_while_linking(event) or self._key(event)):
            super().keyPressEvent(event)

    def _key_while_linking(self, event: QKeyEvent) -> bool:
        if not self._linking.source:
            return False
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._linking.step(1 if event.key() == Qt.Key.Key_Right else -1)
                self._see(self._linking.target)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._linking.finish()
            case _:
                self._linking.end()
                return event.key() == Qt.Key.Key_Escape
        return True

    def _key(self, event: QKeyEvent) -> bool:
        moves, stretches = bool(event.modifiers() & CONTROL), bool(event.modifiers() & SHIFT)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._move_by(step) if moves else self.choosing.step(step, stretches)
            case Qt.Key.Key_Home:
                self.choosing.click("input", event.modifiers())
            case Qt.Key.Key_End:
                self.choosing.click("output", event.modifiers())
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._document.remove(self._document.marked)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.inspect_wanted.emit()
            case Qt.Key.Key_Escape if self._carrying.carried:
                self._carrying.end()
            case Qt.Key.Key_Escape:
                return self.choosing.alone()
            case _:
                return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._follow_selection(self._document.selected)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._linking.end()
        self._show(False)

    def _move_by(self, step: int) -> None:
        ids, marked = ids_of(self._document.experiment), self._document.marked
        if marked:
            edge = ids.index(marked[-1]) + 2 if step > 0 else ids.index(marked[0]) - 1
            self._document.rearrange(marked, min(max(edge, 0), len(ids)))

    # places

    def _below(self, place: str) -> QPoint:
        block = self.diagram.blocks.get(place)
        return self.mapFromScene(block.box.bottomLeft()) + QPoint(0, theme.GRID) if block else QPoint()

    def _gap_at(self, point: QPoint) -> int:
        return self.diagram.plan.gap_at(self.mapToScene(point).x())

    def _scroll_at(self, point: QPoint) -> None:
        bar = self.horizontalScrollBar()
        if point.x() < EDGE:
            bar.setValue(bar.value() - EDGE_STEP)
        elif point.x() > self.viewport().width() - EDGE:
            bar.setValue(bar.value() + EDGE_STEP)
