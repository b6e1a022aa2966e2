"""A canvas for a test, with a network of three layers on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app import accessible, theme
from vgviewer.app.document import Document
from vgviewer.app.editor.canvas import Canvas

NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def three_layers() -> Document:
    """Input, rnn1, dense1, activation1, output; a sequence of 30 timesteps all the way."""
    document = Document()
    for index, kind in enumerate(("rnn", "dense", "activation")):
        document.insert_layer(kind, index)
    return document


@contextmanager
def shown_canvas(application: QApplication, document: Document) -> Iterator[Canvas]:
    """Visible, with the focus, 900 × 300."""
    accessible.install()  # as every window does, so that a screen reader finds the blocks
    theme.apply(application, theme.LIGHT)
    host = QWidget()  # without a layout: the offscreen platform warns about a window's least size
    host.resize(900, 300)
    host.show()
    canvas = Canvas(document, host)
    canvas.resize(900, 300)
    canvas.show()
    canvas.setFocus()
    yield canvas
    host.close()
    host.deleteLater()


def ids(document: Document) -> list[str]:
    return [layer.id for layer in document.experiment.network.layers]


def center(canvas: Canvas, place: str) -> QPoint:
    return canvas.mapFromScene(canvas.diagram.blocks[place].box.center())


def drag(canvas: Canvas, place: str, to: QPoint) -> None:
    viewport = canvas.viewport()
    QTest.mousePress(viewport, LEFT, NO_KEYS, center(canvas, place))
    QTest.mouseMove(viewport, center(canvas, place) + QPoint(20, 0))
    QTest.mouseMove(viewport, to)
    QTest.mouseRelease(viewport, LEFT, NO_KEYS, to)
