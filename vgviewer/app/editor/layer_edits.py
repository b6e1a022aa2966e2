"""The commands that act on the layers that are chosen: cut, copy, paste, delete, duplicate, note, skip, fix."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication

from vgviewer.app.document import Document
from vgviewer.app.editor import edits
from vgviewer.app.editor.canvas import Canvas
from vgviewer.experiment import PresetError
from vgviewer.experiment.snippet import from_text, to_text

NOTHING = "Choose a layer first: click its block, or walk there with the arrow keys."
MOST_LAYERS = 256
NEED_LAYERS = ("cut", "delete", "duplicate", "duplicate_times")
MENU = (
    "cut",
    "copy",
    "paste",
    "",
    "duplicate",
    "duplicate_times",
    "add_skip",
    "add_note",
    "fix",
    "",
    "delete",
)


class LayerEdits(QObject):
    """Every refusal is one sentence, and changes nothing."""

    said = Signal(str)

    def __init__(self, document: Document, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._canvas = canvas
        self._commands: Mapping[str, QAction] = {}
        self._asked: tuple[str, ...] = ()
        document.changed.connect(self._enable)
        document.selection_changed.connect(self._enable)
        canvas.times.wanted.connect(self._duplicate_asked)

    def take(self, commands: Mapping[str, QAction]) -> None:
        """Enables the commands that can act now, and fills the canvas's menu with them."""
        self._commands = commands
        for name in MENU:
            if name:
                self._canvas.menu.addAction(commands[name])
            else:
                self._canvas.menu.addSeparator()
        self._enable()

    def cut(self) -> None:
        """To the clipboard, and away."""
        if self.copy():
            self._document.remove(self._document.marked, "Cut")

    def copy(self) -> bool:
        """As text that another window, or a person, can read; False when nothing is chosen."""
        marked = self._document.marked
        if not marked:
            self.said.emit(NOTHING)
            return False
        QGuiApplication.clipboard().setText(to_text(edits.snippet_of(self._document.experiment, marked)))
        self.said.emit(f"Copied {marked[0] if len(marked) == 1 else f'{len(marked)} layers'}.")
        return True

    def paste(self) -> None:
        """Behind what is chosen. What lies on the clipboard may come from anywhere: it is checked like a file."""
        try:
            snippet = from_text(QGuiApplication.clipboard().text())
        except PresetError as error:
            first, *others = error.problems
            what = first.message if first.path in ("text", "file") else f"cannot be used: {first}"
            more = f" And {len(others)} more." if others else ""
            self.said.emit(f"Nothing was pasted. The text on the clipboard {what.rstrip('.')}.{more}")
            return
        self._document.paste(snippet)

    def delete(self) -> None:
        """All that are chosen, in one step; no question, because it can be taken back."""
        if self._document.marked:
            self._document.remove(self._document.marked)
        else:
            self.said.emit(NOTHING)

    def select_all(self) -> None:
        """Every layer."""
        self._canvas.choosing.all()
        self._canvas.setFocus()

    def duplicate(self) -> None:
        """Copies behind what is chosen."""
        self.duplicate_times(1)

    def ask_times(self) -> None:
        """Asks how many copies, at the block."""
        room = MOST_LAYERS - len(self._document.experiment.network.layers)
        marked = self._document.marked
        if not marked:
            self.said.emit(NOTHING)
        elif room < len(marked):
            self.said.emit("A network has at most 256 layers: there is no room for a copy.")
        else:
            self._asked = marked
            name = marked[0] if len(marked) == 1 else f"{len(marked)} layers"
            self._canvas.ask_times(name, room // len(marked))

    def _duplicate_asked(self, times: int) -> None:
        """Of the layers that were asked about, whatever has been chosen since."""
        self._document.duplicate(self._asked, times)

    def duplicate_times(self, times: int) -> None:
        """So many copies, in one step."""
        if self._document.marked:
            self._document.duplicate(self._document.marked, times)
        else:
            self.said.emit(NOTHING)

    def add_note(self) -> None:
        """Opens the note of what is selected, or a new one."""
        place = self._document.selected
        if place in self._canvas.diagram.blocks:
            self._canvas.write_note(place)
        else:
            self.said.emit(NOTHING)

    def add_skip(self) -> None:
        """Draws a skip from what is selected; arrows and Enter say where to."""
        source = self._document.selected
        if source in self._canvas.diagram.blocks and source != "output":
            self._canvas.begin_skip(source)
            self.said.emit(
                f"Skip from {source}: choose with ← → where it is added, then press Enter. Esc calls it off."
            )
        else:
            self.said.emit("Choose the layer first whose output is to be added.")

    def fix(self) -> None:
        """Mends the problem of what is selected, or else the first that can be mended."""
        found = self._canvas.diagram.fixes
        place = self._document.selected if self._document.selected in found else next(iter(found), "")
        if place:
            self._canvas.fix(place)
        elif self._document.experiment.problems:
            self.said.emit("For this problem there is no fix at hand: change the settings that it names.")
        else:
            self.said.emit("There is nothing to fix.")

    def _enable(self) -> None:
        """A copy is possible wherever the focus is: a view gives its picture."""
        is_layer, selected = bool(self._document.marked), self._document.selected
        states = dict.fromkeys(NEED_LAYERS, is_layer)
        states["add_skip"] = is_layer or selected == "input"
        states["add_note"] = selected in self._canvas.diagram.blocks
        states["fix"] = bool(self._canvas.diagram.fixes)
        for name, state in states.items():
            if name in self._commands:
                self._commands[name].setEnabled(state)
