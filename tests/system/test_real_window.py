"""The real program in a real window, driven by real mouse and key events: from an empty network to a saved one."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from tests.system.desktop import Desktop, desktop, missing_programs, until
from vgviewer.app import theme
from vgviewer.app.editor.layout import arranged
from vgviewer.app.window import SIZE, Window
from vgviewer.experiment import load
from vgviewer.network import LAYERS as KINDS
from vgviewer.tasks import TASKS

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
    pytest.mark.timeout(300),
]
PROGRAM = Path(sys.executable).with_name("vgviewer")
LAYERS = ("lstm", "last_step", "dense", "skip")
TASK = "adding"
STEPS = 200
UNITS = 16
TRAINING_S = 120.0


class Twin:
    """The same window off screen: it is asked where things are, and follows what is done to the real one."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.window: Window = make_window(qtbot, folder)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.files.new()
        self.settle()

    def settle(self) -> None:
        """Lets layouts come to rest."""
        for _ in range(5):
            QApplication.processEvents()

    def middle(self, widget: QWidget) -> QPoint:
        """Where to click on a widget."""
        self.settle()
        return widget.mapTo(self.window, widget.rect().center())

    def area(self, widget: QWidget) -> QRect:
        """Where a widget is seen."""
        self.settle()
        return QRect(widget.mapTo(self.window, QPoint()), widget.size())

    def kind(self, name: str) -> QPoint:
        """Where a layer type is in the palette."""
        view: QListView = self.window.desk.layers.list
        model = view.model()
        row = next(row for row in range(model.rowCount()) if model.index(row, 0).data(0x100) == name)
        index = model.index(row, 0)
        view.scrollTo(index)
        self.settle()
        return view.viewport().mapTo(self.window, view.visualRect(index).center())

    def gap(self) -> QPoint:
        """Where a layer is dropped that comes before the output."""
        layout = arranged(self.window.document.experiment.network)
        return self._on_canvas(QPointF(layout.gaps[-1], 0))

    def block(self, place: str) -> QPoint:
        """Where a block is on the canvas."""
        layout = arranged(self.window.document.experiment.network)
        return self._on_canvas(layout.boxes[place].center())

    def row(self, name: str) -> QPoint:
        """Where the editor of a setting is in the inspector."""
        sheet = self.window.desk.inspector.sheet
        assert sheet is not None
        field = next(row.field for row in sheet.rows if row.entry.name == name)
        return self.middle(field) - QPoint(20, 0)  # not on the arrows

    def _on_canvas(self, at: QPointF) -> QPoint:
        self.settle()
        canvas = self.window.desk.network.canvas
        return canvas.viewport().mapTo(self.window, canvas.mapFromScene(at))


@contextmanager
def program(screen: Desktop, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    """The program with its window found; whatever happens, it is gone afterwards."""
    command = [str(PROGRAM), *arguments]
    with subprocess.Popen(command, env=screen.variables, stderr=subprocess.PIPE, text=True) as process:
        try:
            screen.window = screen.look_for("vgviewer")
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def left(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """How the program ended, and what it complained of."""
    _, complaints = process.communicate(timeout=30)
    return process.returncode, complaints


def holds(image: QImage, color: str) -> bool:
    """Whether any pixel is exactly of that color."""
    wanted = QColor(color).rgb()
    return any(
        image.pixel(x, y) == wanted for x in range(0, image.width(), 2) for y in range(0, image.height(), 4)
    )


def save_as(screen: Desktop, keys: str, path: Path) -> None:
    """Answers the dialog with a path."""
    window = screen.window
    screen.press(keys)
    screen.window = screen.look_for("^Save$")
    screen.type(str(path))
    screen.picture("save")
    screen.press("Return")
    until(f"{path.name} is there", path.exists)
    screen.window = window


def find(screen: Desktop, twin: Twin, name: str) -> None:
    """Looks for a layer type by its name, wherever the palette stands."""
    label = next(kind.label for kind in KINDS if kind.model_fields["type"].default == name)
    palette = twin.window.desk.layers
    before = screen.part(twin.area(palette))
    screen.click(twin.middle(palette.search))
    screen.press("ctrl+a")
    screen.type(label)
    until(f"{label} is found", lambda: screen.part(twin.area(palette)) != before)
    palette.search.setText(label)


def build(screen: Desktop, twin: Twin) -> None:
    """Another task, then four layers by mouse."""
    choice = twin.window.desk.inspector.task.combo
    task = next(kind for kind in TASKS if kind.model_fields["type"].default == TASK)
    screen.click(twin.middle(choice))
    screen.type(task.label[:4])
    screen.press("Return")
    twin.window.document.change_task(task.model_validate({"type": TASK}))
    for name in LAYERS:
        find(screen, twin, name)
        before = screen.part(twin.area(twin.window.desk.network.canvas))
        screen.drag(twin.kind(name), twin.gap())
        until(
            f"{name} is dropped",
            lambda seen=before: screen.part(twin.area(twin.window.desk.network.canvas)) != seen,
        )
        twin.window.document.insert_layer(name, len(twin.window.document.experiment.network.layers))
    screen.picture("built")


def change(screen: Desktop, twin: Twin) -> None:
    """Other units by typing, taken back and made again, and fewer steps."""
    document = twin.window.document
    screen.click(twin.block("lstm1"))
    document.select("lstm1")
    screen.click(twin.row("units"))
    screen.press("ctrl+a")
    screen.type(f"{UNITS}\n")
    canvas = twin.area(twin.window.desk.network.canvas)
    screen.click(twin.block("lstm1"))
    changed = screen.picture("units", canvas)
    screen.press("ctrl+z")
    until("the old units are back", lambda: screen.part(canvas) != changed)
    screen.picture("undone")
    screen.press("ctrl+shift+z")
    until("the new units are back", lambda: screen.part(canvas) == changed)
    document.change("lstm1", {"units": UNITS})
    screen.click(twin.middle(twin.window.desk.network.training))
    document.select("training")
    screen.click(twin.row("steps"))
    screen.press("ctrl+a")
    screen.type(f"{STEPS}\n")
    document.change("training", {"steps": STEPS})
    screen.picture("steps")


def train(screen: Desktop, twin: Twin) -> None:
    """By the space bar; sees the heatmap change and an alert appear."""
    heatmap = twin.area(next(iter(twin.window.desk.views.values())))
    alerts, button = twin.area(twin.window.desk.alerts), twin.area(twin.window.top_bar.train)
    screen.click(twin.block("lstm1"))
    twin.window.document.select("lstm1")
    empty, idle = screen.picture("ready", heatmap), screen.part(button)
    assert not holds(screen.part(alerts), theme.LIGHT.vanishing)
    screen.press("space")
    until("training begins", lambda: screen.part(button) != idle)
    until("the heatmap is drawn", lambda: screen.part(heatmap) != empty)
    early = screen.picture("training", heatmap)
    until("training ends", lambda: screen.part(button) == idle, TRAINING_S)
    assert screen.picture("trained", heatmap) != early
    assert holds(screen.part(alerts), theme.LIGHT.vanishing)


def test_that_a_network_is_built_trained_saved_and_found_again_by_hand(qtbot: QtBot, tmp_path: Path) -> None:
    theme.apply(QApplication.instance(), theme.LIGHT)
    first, second = tmp_path / "mine.vgnet.json", tmp_path / "again.vgnet.json"
    pictures, home = Path(tempfile.mkdtemp(prefix="vgviewer-pictures-")), tmp_path / "home"
    home.mkdir()
    print(f"pictures: {pictures}")
    twin = Twin(qtbot, tmp_path)
    with desktop(pictures, home) as screen:
        with program(screen) as process:
            assert screen.size() == SIZE
            screen.picture("started")
            screen.press("ctrl+n")
            until("the document is new", lambda: screen.title().startswith("Untitled"))
            build(screen, twin)
            change(screen, twin)
            train(screen, twin)
            save_as(screen, "ctrl+s", first)
            until("the title is the file's name", lambda: screen.title().startswith("mine "))
            screen.press("ctrl+q")
            assert left(process) == (0, "")
        assert load(first) == twin.window.document.experiment
        with program(screen, str(first)) as process:
            until("the title is the file's name", lambda: screen.title().startswith("mine "))
            screen.picture("again")
            save_as(screen, "ctrl+shift+s", second)
            screen.press("ctrl+q")
            assert left(process) == (0, "")
    assert first.read_bytes() == second.read_bytes()
