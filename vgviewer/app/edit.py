"""One step on the stack of what can be taken back."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QUndoCommand

from vgviewer.experiment import Experiment


class State(NamedTuple):
    """The value, what the inspector shows of it, and the layers chosen together with that."""

    experiment: Experiment
    selected: str
    marked: tuple[str, ...] = ()


class Home(NamedTuple):
    """Where a document is saved to, which shipped preset it is a copy of, and its value there."""

    path: Path | None = None
    preset: str = ""
    kept: Experiment | None = None


class Edit(QUndoCommand):
    """The whole value before and after; the document reads them when the stack's place changes."""

    def __init__(self, text: str, before: State, after: State, merge_key: str | None = None) -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self.merge_key = merge_key

    def id(self) -> int:
        return -1 if self.merge_key is None else 1

    def mergeWith(self, newer: QUndoCommand) -> bool:
        if not isinstance(newer, Edit) or newer.merge_key != self.merge_key:
            return False
        self.after = newer.after
        self.setText(newer.text())
        self.setObsolete(self.after.experiment == self.before.experiment)
        return True


class Opening(Edit):
    """Another document in the place of the one before; each keeps the home that it has when it is left."""

    def __init__(self, text: str, before: State, after: State, homes: tuple[Home, Home]) -> None:
        super().__init__(text, before, after)
        self._before, self._after = homes

    def back_from(self, home: Home) -> Home:
        """The home of the document before."""
        self._after = home
        return self._before

    def on_from(self, home: Home) -> Home:
        """The home of the document after."""
        self._before = home
        return self._after
