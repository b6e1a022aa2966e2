"""A child: opens and closes each dialog and each view again and again, and rebuilds the network; prints what is left.

argv: how often, and a folder of its own. Started with PYTHONMALLOC=malloc, so that one look into the system's
allocator counts every byte in use: Python's, Qt's and NumPy's.
"""

import ctypes
import gc
import json
import statistics
import sys
import weakref
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import shiboken6
from pyqtgraph import PlotWidget
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QDialog, QMenu, QWidget

from tests.app.filled import filled_window
from tests.app.frames_by_hand import detailed_history
from tests.app.runs_by_hand import experiment
from vgviewer.app import dialogs
from vgviewer.app.arrivals import Application
from vgviewer.app.busy import Patience, _Answer
from vgviewer.app.editor.times import Times
from vgviewer.app.finding import CheatSheet
from vgviewer.app.recovery.journal import Head
from vgviewer.app.recovery.question import Question
from vgviewer.app.report import Report
from vgviewer.app.views import VIEWS
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment, PresetError, shipped
from vgviewer.experiment.preset import load
from vgviewer.network import Problem

WARM_UP = 2  # what is made once, is made by then
REBUILT = 200
BARE = 2  # at once, to measure what one keeps
SLOW = ("presentation", "tour")  # a tenth of the times: each dresses the whole window anew, or arranges it
Opened = tuple[list[QObject], Callable[[], object]]  # what must be gone, and how it is closed


class Memory(ctypes.Structure):
    """What glibc's mallinfo2 tells, in bytes."""

    _fields_ = [(name, ctypes.c_size_t) for name in ["arena", "ordblks", "smblks", "hblks", "hblkhd"]] + [
        (name, ctypes.c_size_t) for name in ["usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"]
    ]


LIBC = ctypes.CDLL(None)
LIBC.mallinfo2.restype = Memory


def in_use() -> int:
    """Bytes that were asked for and not given back, once all that waits to be deleted is."""
    for _ in range(2):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
    QPixmapCache.clear()  # Qt's own, bounded at 10 MB
    told = LIBC.mallinfo2()
    return int(told.uordblks + told.hblkhd)


def shown(widget: QWidget) -> Opened:
    """A window, or a part of one, that is closed as by its button."""
    widget.show()
    return [widget], widget.close


def found(window: Window, kind: type[QWidget], command: str) -> Opened:
    """What a command has opened."""
    window.commands[command].trigger()
    (widget,) = (each for each in window.findChildren(kind) if each.isVisible())
    return [widget], widget.close


def toggled(window: Window, command: str) -> Opened:
    """A sheet that is made once and stays."""
    window.commands[command].trigger()
    return [], window.commands[command].trigger


def asked(ask: Callable[[], object]) -> Opened:
    """A question that blocks until it is answered, here with Esc."""
    seen: list[QObject] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        seen.append(box)
        box.reject()

    QTimer.singleShot(0, answer)
    ask()
    return seen, str


def opened_view(window: Window, name: str) -> Opened:
    """A view alone, with a run that has everything to show."""
    del window
    host = QWidget()
    host.resize(640, 320)
    view = VIEWS[name](host)
    view.resize(640, 320)
    host.show()
    view.set_history(HISTORY)
    QApplication.processEvents()
    view.grab()

    def close() -> None:
        host.close()
        host.deleteLater()

    return [view, host], close


def menu(window: Window, title: str) -> Opened:
    """A menu of the menu bar."""
    (found_menu,) = (m for m in window.menuBar().findChildren(QMenu) if m.title() == title)
    found_menu.popup(window.mapToGlobal(window.rect().center()))
    return [], found_menu.close


def times(window: Window) -> Opened:
    """The small field over the canvas."""
    window.document.select("rnn1")
    window.commands["duplicate_times"].trigger()
    (field,) = window.findChildren(Times)
    return [], field.hide


def cases(window: Window, folder: Path) -> dict[str, Callable[[], Opened]]:
    """Everything that opens, by name."""
    error = PresetError("a file", [Problem("layers", "is missing")])
    head = Head("A network", "", "", datetime.now().isoformat(), ("Add rnn1",), 3)
    answer = _Answer(str)
    answer.wait(5)
    ask = dialogs
    everything: dict[str, Callable[[], Opened]] = {
        "preferences": partial(found, window, QDialog, "preferences"),
        "keys": partial(found, window, CheatSheet, "keys"),
        "glossary": partial(found, window, QDialog, "glossary"),
        "color vision": partial(found, window, QDialog, "color_vision"),
        "about": partial(found, window, Report, "about"),
        "commands": partial(toggled, window, "find_command"),
        "messages": partial(toggled, window, "messages"),
        "presentation": partial(toggled, window, "present"),
        "maximized picture": partial(toggled, window, "maximize"),
        "duplicate n times": partial(times, window),
        "export": lambda: asked(window.commands["export"].trigger),
        "unsaved changes": lambda: asked(lambda: ask.ask_about_changes(window, "A network")),
        "run under way": lambda: asked(lambda: ask.ask_about_run(window, "The run")),
        "changed on disk": lambda: asked(lambda: ask.ask_about_changed_file(window, "a file")),
        "where to save": lambda: asked(
            lambda: ask.ask_save_path(window, folder / "a.json", "All (*)", ".json")
        ),
        "refused file": lambda: asked(lambda: ask.show_refusal(window, error)),
        "not saved": lambda: asked(lambda: ask.show_save_failure(window, "No room.")),
        "recover": lambda: shown(Question(head, window)),
        "patience": lambda: shown(Patience(answer, "Opening", window)),
        "tour": lambda: toured(window),
        "file menu": partial(menu, window, "&File"),
        "view menu": partial(menu, window, "&View"),
    }
    everything["bare plots"] = partial(bare, PlotWidget)
    everything["bare fields"] = partial(bare, QComboBox)
    views = {f"view {name}": partial(opened_view, window, name) for name in VIEWS}
    return everything | views


def toured(window: Window) -> Opened:
    """The tour, begun and left."""
    window.guide.take_tour()
    assert window.guide.tour is not None
    return [], window.guide.tour.end


def bare(make: Callable[[QWidget], object]) -> Opened:
    """Nothing of ours, with our stylesheet."""
    host = QWidget()
    host.resize(640, 320)
    made = [make(host) for _ in range(BARE)]
    host.show()

    def close() -> None:
        host.close()
        host.deleteLater()

    del made
    return [host], close


def foreign(widgets: list[QObject]) -> dict[str, int]:
    """How many fields and plots they have, of which Qt and pyqtgraph keep something."""
    parts = {part for widget in widgets for part in widget.findChildren(QWidget)}
    return {
        "fields": sum(isinstance(part, QComboBox | QAbstractSpinBox) for part in parts),
        "plots": sum(isinstance(part, PlotWidget) for part in parts),
    }


def once(opening: Callable[[], Opened], counted: dict[str, int]) -> list[weakref.ref[QObject]]:
    """Opens, lets it be painted, closes."""
    widgets, close = opening()
    QApplication.processEvents()
    if not counted:
        counted.update(foreign([widget for widget in widgets if shiboken6.isValid(widget)]))
    references = [weakref.ref(widget) for widget in widgets]
    close()
    return references


def repeated(opening: Callable[[], Opened], count: int) -> dict[str, float]:
    """Bytes that stay of each time, which is the median, and how many of the widgets live on."""
    references: list[weakref.ref[QObject]] = []
    counted: dict[str, int] = {}
    gc.freeze()  # what is there now need not be looked through again and again
    for _ in range(WARM_UP):
        references += once(opening, counted)
        in_use()
    sizes = [in_use()]
    for _ in range(count):
        references += once(opening, counted)
        sizes.append(in_use())
    gc.unfreeze()
    kept = statistics.median(after - before for before, after in pairwise(sizes))
    return {"kept": kept, "alive": sum(reference() is not None for reference in references), **counted}


def rebuilt(window: Window) -> float:
    """By which share the bytes in use have grown after 200 other networks."""
    networks: list[Experiment] = [load(card.path) for card in shipped()[:4]] + [experiment()]

    def rebuild(times: int) -> int:
        for number in range(times):
            window.document.replace(networks[number % len(networks)], None)
            QApplication.processEvents()
        window.desk.network.foresight.finish()
        return in_use()

    before = rebuild(4 * len(networks))
    return rebuild(REBUILT) / before - 1


if __name__ == "__main__":
    application = Application(["vgviewer"])
    application.setQuitOnLastWindowClosed(False)
    HISTORY = detailed_history()
    gc.disable()
    told: dict[str, object] = {}
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    with filled_window(folder) as the_window:
        only = sys.argv[3:]
        for name, opening in cases(the_window, folder).items():
            if not only or name in only:
                told[name] = repeated(opening, max(3, count // 10) if name in SLOW else count)
        growth = rebuilt(the_window) if not only else 0.0
    print(json.dumps({"opened": told, "rebuilt": growth}))
