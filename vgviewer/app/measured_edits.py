"""How long the window is busy with an edit of a large network (`vgviewer bench` starts it in a process of its own).

    python -m vgviewer.app.measured_edits

prints the milliseconds of each action, painting included, as JSON: the middle of some rounds.
"""

import json
import time
from collections.abc import Callable
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from vgviewer.app.measured import a_window
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.network import Network
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.skip import Skip

LAYERS = 200
ROUNDS = 5
MIDDLE = "dense101"  # stands in the middle of the chain


def large(experiment: Experiment) -> Experiment:
    """Residual blocks of a dense layer, a normalization and every fifth a skip, 200 layers in all."""
    layers: list[Dense | BatchNorm | Skip] = []
    for number in range(1, LAYERS + 1):
        match number % 5:
            case 0:
                layers.append(Skip.model_validate({"id": f"skip{number}", "from": f"dense{number - 4}"}))
            case 3:
                layers.append(BatchNorm(id=f"norm{number}"))
            case _:
                layers.append(Dense(id=f"dense{number}", units=64, activation="relu"))
    return experiment.replace(network=Network(layers=tuple(layers)))


def edits_ms() -> dict[str, float]:
    """Milliseconds by action, each from the wish until the window is painted again."""
    with a_window() as window:
        window.show()
        window.desk.wake()
        window.document.replace(large(window.document.experiment), None)
        _settle()
        found: dict[str, list[float]] = {}
        for _ in range(ROUNDS + 1):
            for name, action in _actions(window).items():
                begun = time.perf_counter()
                action()
                _settle()
                found.setdefault(name, []).append(1000 * (time.perf_counter() - begun))
        window.document.let_go()
    return {name: round(median(times[1:]), 2) for name, times in found.items()}  # the first makes what lasts


def _actions(window: Window) -> dict[str, Callable[[], object]]:
    """In an order in which each finds what it needs, and the last leaves what the first found."""
    document, layers, pointer = window.document, window.layer_edits, _Pointer(window)
    undo = document.undo.undo
    return {
        "select": lambda: document.select(MIDDLE),
        "change a setting": lambda: document.change(MIDDLE, {"units": 65}),
        "undo the change": undo,
        "rename": lambda: document.change(MIDDLE, {"id": "renamed"}),
        "undo the renaming": undo,
        "insert": lambda: document.insert_layer("dense", 100),
        "undo the insertion": undo,
        "redo the insertion": document.undo.redo,
        "delete": layers.delete,
        "undo the deletion": undo,
        "undo the insertion again": undo,
        "press": lambda: pointer.press(MIDDLE),
        "drag": lambda: pointer.move(QPoint(90, 0)),
        "drag on": lambda: pointer.move(QPoint(180, 0)),
        "drop": lambda: pointer.release(QPoint(180, 0)),
        "undo the move": undo,
        "write a note": lambda: document.annotate(MIDDLE, "Where does the signal go from here?"),
        "undo the note": undo,
        "copy": layers.copy,
        "paste": layers.paste,
        "undo the paste": undo,
        "duplicate thirty times": lambda: layers.duplicate_times(30),
        "undo the copies": undo,
        "choose all": layers.select_all,
        "copy all": layers.copy,
        "choose one": lambda: document.select(MIDDLE),
        "end the sequence too early": lambda: document.insert_layer("last_step", 0),
        "mend it": undo,
        "show all": window.desk.network.canvas.fit,
        "show it readable": window.desk.network.canvas.fill,
    }


class _Pointer:
    """A mouse over the canvas."""

    def __init__(self, window: Window) -> None:
        self._canvas = window.desk.network.canvas
        self._at = QPoint()

    def press(self, place: str) -> None:
        self._at = self._canvas.mapFromScene(self._canvas.diagram.blocks[place].box.center())
        self._send(QEvent.Type.MouseButtonPress, self._at)

    def move(self, by: QPoint) -> None:
        self._send(QEvent.Type.MouseMove, self._at + by)

    def release(self, by: QPoint) -> None:
        self._send(QEvent.Type.MouseButtonRelease, self._at + by)

    def _send(self, kind: QEvent.Type, at: QPoint) -> None:
        view = self._canvas.viewport()
        place, left = QPointF(at), Qt.MouseButton.LeftButton
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else left
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else left
        event = QMouseEvent(
            kind, place, QPointF(view.mapToGlobal(at)), button, held, Qt.KeyboardModifier.NoModifier
        )
        QCoreApplication.sendEvent(view, event)


def _settle() -> None:
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


if __name__ == "__main__":
    print(json.dumps(edits_ms()))
