"""What later Qt bindings died of; test_qt_canary.py runs each of them in a process of its own."""

import gc
import json
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from pyqtgraph.exporters import SVGExporter
from PySide6 import QtCore, QtGui, QtWidgets

CALLS = 2000


def probes() -> dict[str, Callable[[], object]]:
    """Calls of all parts of Qt we use that return None, True or False."""
    widget, label, layout = QtWidgets.QWidget(), QtWidgets.QLabel(), QtWidgets.QVBoxLayout()
    spin, combo, timer = QtWidgets.QSpinBox(), QtWidgets.QComboBox(), QtCore.QTimer()
    scene, item, path = QtWidgets.QGraphicsScene(), QtWidgets.QGraphicsRectItem(), QtGui.QPainterPath()
    image = QtGui.QImage(8, 8, QtGui.QImage.Format.Format_ARGB32)
    color, locale = QtGui.QColor("red"), QtCore.QLocale()
    rect, transform, stack = QtCore.QRectF(0, 0, 1, 1), QtGui.QTransform(), QtGui.QUndoStack()
    widget.setLayout(layout)
    scene.addItem(item)
    return {
        "widget.update": widget.update,
        "widget.setToolTip": lambda: widget.setToolTip("a"),
        "widget.isVisible": widget.isVisible,
        "widget.isEnabled": widget.isEnabled,
        "widget.parent": widget.parent,
        "widget.setEnabled": lambda: widget.setEnabled(True),
        "widget.setProperty": lambda: widget.setProperty("a", 1),
        "label.setText": lambda: label.setText("a"),
        "layout.setSpacing": lambda: layout.setSpacing(1),
        "spin.setValue": lambda: spin.setValue(1),
        "spin.blockSignals": lambda: spin.blockSignals(False),
        "combo.clear": combo.clear,
        "combo.isEditable": combo.isEditable,
        "timer.stop": timer.stop,
        "timer.isActive": timer.isActive,
        "timer.setInterval": lambda: timer.setInterval(1),
        "scene.update": scene.update,
        "scene.itemAt": lambda: scene.itemAt(QtCore.QPointF(99, 99), transform),
        "item.setPos": lambda: item.setPos(1.0, 1.0),
        "item.isVisible": item.isVisible,
        "item.parentItem": item.parentItem,
        "path.moveTo": lambda: path.moveTo(0.0, 0.0),
        "path.isEmpty": path.isEmpty,
        "image.fill": lambda: image.fill(0),
        "image.isNull": image.isNull,
        "a painted line": lambda: paint_line(image, color),
        "rect.contains": lambda: rect.contains(0.5, 0.5),
        "color.isValid": color.isValid,
        "locale.setNumberOptions": lambda: locale.setNumberOptions(locale.numberOptions()),
        "stack.clear": stack.clear,
        "stack.canUndo": stack.canUndo,
        "QCoreApplication.processEvents": QtCore.QCoreApplication.processEvents,
    }


def paint_line(image: QtGui.QImage, color: QtGui.QColor) -> None:
    """A painter's whole life: it must end before its image."""
    painter = QtGui.QPainter()
    painter.begin(image)
    painter.setPen(color)
    painter.drawLine(0, 0, 7, 7)
    painter.isActive()
    painter.end()


def drifts(calls: dict[str, Callable[[], object]]) -> dict[str, float]:
    """References to None, True or False gained or lost per call: the largest of the three, by name."""
    found = {}
    for name, probe in calls.items():
        probe()
        gc.collect()
        before = [sys.getrefcount(thing) for thing in (None, True, False)]
        for _ in range(CALLS):
            probe()
        after = [sys.getrefcount(thing) for thing in (None, True, False)]
        found[name] = max(abs(b - a) for a, b in zip(before, after, strict=True)) / CALLS
    return found


def svg_paths() -> int:
    """How many paths pyqtgraph's SVG of a small curve has."""
    plot = pg.PlotWidget()
    plot.plot([1.0, 2.0, 0.5], pen="r")
    text = SVGExporter(plot.getPlotItem()).export(toBytes=True)
    tree = ElementTree.fromstring(text)  # noqa: S314
    return len(tree.findall(".//{http://www.w3.org/2000/svg}path"))


def drawn_size() -> list[int]:
    """The size of a picture of an image with color levels of ±1e308."""
    window = pg.GraphicsLayoutWidget(size=(200, 150))
    values = np.array([[-1e308, 0.0], [1.0, 1e308]])
    image = pg.ImageItem(values, axisOrder="row-major", levels=(-1e308, 1e308))
    image.setColorMap("viridis")
    window.addPlot().addItem(image)
    picture = window.grab()
    return [picture.width(), picture.height()]


if __name__ == "__main__":
    application = QtWidgets.QApplication(sys.argv)
    questions = {"drifts": lambda: drifts(probes()), "svg_paths": svg_paths, "drawn_size": drawn_size}
    print(json.dumps(questions[sys.argv[1]]()))
