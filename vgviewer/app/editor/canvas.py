"""The canvas: the network as blocks that are selected, moved, added and deleted by mouse and keys."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
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
from vgviewer.app.document import Document
from vgviewer.app.editor.diagram import Diagram
from vgviewer.app.editor.face import READABLE
from vgviewer.app.editor.palette import dragged_kind
from vgviewer.app.icons import icon

SMALLEST, LARGEST = 0.02, 2.5  # 256 layers fit into a small window
SHRINKS_TO = 0.85  # a network a little too wide is made smaller, a wider one is scrolled
ZOOM_STEP = 1.15
MARGIN_SEEN = 40  # px kept visible around the selected block
EDGE, EDGE_STEP = 28, 14  # px: near the edge a drag scrolls


class Canvas(QGraphicsView):
    """Shows the document's network; `inspect_wanted` asks for the settings of what is selected."""

    inspect_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.diagram = Diagram(self)
        self._pressed: tuple[str, QPoint] | None = None
        self._dragged = ""
        self._zoom: float | None = None  # None: as wide as fits
        self.setScene(self.diagram)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAcceptDrops(True)
        self.setMinimumHeight(150)
        self.setAccessibleName("Network")
        self.menu = self._make_menu()
        document.changed.connect(self._refresh)
        document.selection_changed.connect(self._follow_selection)
        theme.changed.connect(self._retheme)
        self._retheme()
        self._refresh()

    def set_tints(self, tints: Mapping[str, float | None]) -> None:
        """log10 of each place's gradient size over that at the loss, by id; cheap enough for every frame."""
        self.diagram.set_tints(tints)

    def set_alerts(self, alerts: Mapping[str, tuple[str, str]]) -> None:
        """Kind and sentence of the alert that stands at each place, by id."""
        self.diagram.set_alerts(alerts)
        self._describe()

    def fit(self) -> None:
        """All of it at once, however small that makes the blocks."""
        room = self.viewport().width() / max(self.sceneRect().width(), 1.0)
        self._zoom = min(1.0, max(SMALLEST, room))
        self._rescale()

    def fill(self) -> None:
        """As large as can be read comfortably: what does not fit is scrolled."""
        self._zoom = None
        self._rescale()
        self._follow_selection(self._document.selected)

    # what is seen

    def _refresh(self) -> None:
        self.diagram.show_network(self._document.experiment, self._document.selected, self.hasFocus())
        self.setSceneRect(self.diagram.sceneRect())
        self._rescale()
        self._describe()

    def _follow_selection(self, place: str) -> None:
        self.diagram.show_network(self._document.experiment, place, self.hasFocus())
        if place in self.diagram.blocks:
            self.ensureVisible(self.diagram.blocks[place].box, MARGIN_SEEN, 0)
        self._describe()

    def _describe(self) -> None:
        selected = self._document.selected
        if selected in self.diagram.blocks:
            words = f"Selected: {self.diagram.description(selected)}"
        else:
            words = ", ".join(
                block.face.name for block in map(self.diagram.blocks.get, self._places()) if block
            )
        self.setAccessibleDescription(words)

    def _retheme(self) -> None:
        self.setBackgroundBrush(QBrush(QColor(theme.current().surface)))
        self.diagram.retheme()

    def _rescale(self) -> None:
        area = self.sceneRect()
        room = min(
            self.viewport().width() / max(area.width(), 1.0),
            self.viewport().height() / max(area.height(), 1.0),
        )
        zoom = self._zoom if self._zoom is not None else min(1.0, max(SHRINKS_TO, room))
        if abs(zoom - self.transform().m11()) > 1e-6:
            self.resetTransform()
            self.scale(
                zoom, zoom if zoom >= READABLE else READABLE
            )  # from afar a strip of tall, narrow blocks

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._document.select(place)
        self._pressed = (place, event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        place, start = self._pressed
        here = event.position().toPoint()
        far = (here - start).manhattanLength() >= QApplication.startDragDistance()
        if place in self._layer_ids() and (self._dragged or far):
            self._dragged = place
            self._scroll_at(here)
            self.diagram.lift(place, self.mapToScene(here) - self.mapToScene(start))
            self.diagram.point_to(self._gap_at(here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, here = self._dragged, event.position().toPoint()
        self._end_drag()
        if dragged and event.button() == Qt.MouseButton.LeftButton:
            self._move(dragged, self._gap_at(here))
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._place_at(event.position().toPoint()) is not None:
            self.inspect_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        place = self._place_at(at)
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self._document.selected
            block = self.diagram.blocks.get(place)
            at = self.mapFromScene(block.box.bottomLeft()) if block else QPoint()
        is_layer = place is not None and place in self._layer_ids()
        if place is not None and is_layer:
            self._document.select(place)
        for action in self.menu.actions()[:2]:
            action.setEnabled(is_layer)
        self.menu.popup(self.viewport().mapToGlobal(at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            zoom = self.transform().m11() * ZOOM_STEP ** (turned.y() / 120)
            self._zoom = min(LARGEST, max(SMALLEST, zoom))
            self._rescale()
        else:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._move_by(step) if moves else self._select_by(step)
            case Qt.Key.Key_Home:
                self._document.select("input")
            case Qt.Key.Key_End:
                self._document.select("output")
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._delete()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.inspect_wanted.emit()
            case Qt.Key.Key_Escape if self._dragged:
                self._end_drag()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._follow_selection(self._document.selected)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.diagram.show_network(self._document.experiment, self._document.selected, False)

    # edits

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(icon("copy-plus"), "Duplicate").triggered.connect(self._duplicate)
        menu.addAction(icon("trash-2"), "Delete").triggered.connect(self._delete)
        menu.addSeparator()
        menu.addAction("Show All").triggered.connect(self.fit)
        menu.addAction("Readable Size").triggered.connect(self.fill)
        return menu

    def _delete(self) -> None:
        self._document.remove([self._document.selected])

    def _duplicate(self) -> None:
        if self._document.selected in self._layer_ids():
            self._document.duplicate(self._document.selected)

    def _select_by(self, step: int) -> None:
        places = self._places()
        here = places.index(self._document.selected) if self._document.selected in places else 0
        self._document.select(places[min(max(here + step, 0), len(places) - 1)])

    def _move_by(self, step: int) -> None:
        ids = self._layer_ids()
        if self._document.selected in ids:
            index = min(max(ids.index(self._document.selected) + step, 0), len(ids) - 1)
            self._document.move(self._document.selected, index)

    def _move(self, place: str, gap: int) -> None:
        here = self._layer_ids().index(place)
        self._document.move(place, gap - 1 if gap > here else gap)

    def _end_drag(self) -> None:
        if self._dragged:
            self.diagram.lift(self._dragged, None)
        self.diagram.point_to(None)
        self._pressed, self._dragged = None, ""

    # places

    def _layer_ids(self) -> list[str]:
        return [layer.id for layer in self._document.experiment.network.layers]

    def _places(self) -> list[str]:
        return ["input", *self._layer_ids(), "output"]

    def _place_at(self, point: QPoint) -> str | None:
        return self.diagram.place_at(self.mapToScene(point))

    def _gap_at(self, point: QPoint) -> int:
        return self.diagram.plan.gap_at(self.mapToScene(point).x())

    def _scroll_at(self, point: QPoint) -> None:
        bar = self.horizontalScrollBar()
        if point.x() < EDGE:
            bar.setValue(bar.value() - EDGE_STEP)
        elif point.x() > self.viewport().width() - EDGE:
            bar.setValue(bar.value() + EDGE_STEP)
