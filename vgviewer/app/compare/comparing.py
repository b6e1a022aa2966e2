"""Opens comparisons: of presets, of kept runs, of a network with and without a remedy. One window at a time."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vgviewer.app.cures import Cure
from vgviewer.app.document import Document
from vgviewer.app.live import Live
from vgviewer.app.runs import Runs
from vgviewer.diagnosis import Alert
from vgviewer.experiment import Card, Experiment, load
from vgviewer.recording import ENDING, BadRun, Damaged, Recording
from vgviewer.runner import Session
from vgviewer.runner.proof import outcome, standing

if TYPE_CHECKING:  # pictures are loaded when there is something to see, after the first paint
    from vgviewer.app.compare.comparison import Comparison
    from vgviewer.app.compare.window import CompareWindow

AS_IT_IS = "As it is"
SO_FAR = "So far: "
BEGINS = "Both are trained from the same seed, one as it is, one with the remedy."


class Comparing(QObject):
    """What trains in a comparison has nothing to do with the run of the main window."""

    said = Signal(str)

    def __init__(
        self, window: QWidget, document: Document, live: Live, runs: Runs, cards: Sequence[Card]
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._live, self._runs = window, document, live, runs
        self._cards = cards
        self.shown: CompareWindow | None = None

    def choose(self) -> None:
        """Asks what is to be compared."""
        from vgviewer.app.compare.choosing import ChooseDialog

        dialog = ChooseDialog(self._entries(), self._window)
        chosen = dialog.chosen if dialog.exec() else []
        dialog.deleteLater()
        paths = [what for _, _, what in chosen if isinstance(what, Path)]
        networks = [(words, what) for _, words, what in chosen if isinstance(what, Experiment)]
        if paths:
            self.open_runs(paths)
        elif networks:
            self.race(networks)

    def race(self, named: Sequence[tuple[str, Experiment]]) -> "CompareWindow":
        """Trains them together."""
        from vgviewer.app.compare.comparison import raced

        comparison = raced(named, self._live.make_run, self._live.make_recorder)
        return self._show(comparison, train=True)

    def open_runs(self, paths: Sequence[Path]) -> "CompareWindow | None":
        """Kept runs, side by side at their ends; nothing, with a sentence, where one cannot be read."""
        from vgviewer.app.compare.comparison import Comparison
        from vgviewer.app.compare.sides import side_of

        sides = []
        for path in paths:
            try:
                recording = Recording(path)
                sides.append(side_of(recording))
            except (BadRun, Damaged, IndexError, OSError) as error:
                self.said.emit(str(error) or f"{path} holds no training step.")
                for side in sides:
                    if side.recording is not None:
                        side.recording.close()
                return None
        return self._show(Comparison(sides))

    def prove(self, begun: Session, alert: Alert, cure: Cure) -> None:
        """Trains the network with and without the remedy, and says what comes of it."""
        from vgviewer.app.compare.comparison import raced

        assert cure.edited is not None
        with_remedy = cure.offer.title
        named = [(AS_IT_IS, begun.experiment), (with_remedy, cure.edited)]
        comparison = raced(named, self._live.make_run, self._live.make_recorder)
        shown = self._show(comparison, ("Keep as It Is", "Keep the Remedy"), train=True)
        shown.say_outcome(BEGINS)
        comparison.refreshed.connect(partial(_tell, shown, alert))
        shown.kept.connect(partial(self._keep, with_remedy, cure.edited))

    def close(self) -> None:
        """The main window goes."""
        if self.shown is not None:
            self.shown.close()

    def _entries(self) -> list[tuple[str, str, object]]:
        open_one = self._document.experiment
        found: list[tuple[str, str, object]] = []
        if not open_one.problems:
            found.append(("Networks", self._document.title, open_one))
        found += [("Networks", card.title, load(card.path)) for card in self._cards]
        return found + [
            ("Kept runs", path.name.removesuffix(ENDING), path) for path in self._runs.shelf.runs()
        ]

    def _show(
        self, comparison: "Comparison", keep: Sequence[str] = (), train: bool = False
    ) -> "CompareWindow":
        from vgviewer.app.compare.window import CompareWindow

        self.close()
        self.shown = shown = CompareWindow(comparison, self._window, keep)
        shown.closed.connect(self._forget)
        comparison.said.connect(self.said)
        shown.show()
        if train:
            comparison.train_or_pause()
        return shown

    def _keep(self, title: str, edited: Experiment, place: int) -> None:
        self.close()
        if place == 1:
            self._document.edit(title, edited)
            self.said.emit(f"{title}: kept. Ctrl+Z takes it back.")
        else:
            self.said.emit("The network stays as it is.")

    def _forget(self) -> None:
        self.shown = None


def _tell(shown: "CompareWindow", alert: Alert) -> None:
    """What the remedy has done up to now."""
    before, after = (standing(side.shown) for side in shown.comparison.sides)
    if before is None or after is None:
        return
    text = outcome(alert, before, after).text
    is_over = shown.comparison.state == "ended" and shown.comparison.at is None
    shown.say_outcome(text if is_over else f"{SO_FAR}{text[0].lower()}{text[1:]}")
