"""Which picture stands before those that share its place: one that the network can fill."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from vgviewer.app.desk.pane import Pane
from vgviewer.app.document import Document

OVER_TIME = ("through-time", "time-training", "gates", "reach")  # nothing without a recurrent layer
INSTEAD = ("two-lenses", "layers-training", "curves")  # the first of them that shares the place


class Front(QObject):
    """Where a picture over time is in front of a network without one, another comes forward, and goes back when there
    is a recurrent layer again. Whatever the person brings forward meanwhile stays."""

    def __init__(self, desk: QMainWindow, document: Document, panes: Mapping[str, Pane]) -> None:
        super().__init__(desk)
        self._desk, self._document, self._panes = desk, document, panes
        self._recurs: bool | None = None
        self._moved: dict[Pane, Pane] = {}  # what stands in front, by what it stands for
        document.changed.connect(self._follow)

    def fit(self) -> None:
        """After the panes have been put somewhere, or are seen again."""
        if not self._desk.isVisible():
            return
        self._recurs = self._has_recurrence()
        if self._recurs:
            self.put_back()
        else:
            self._bring_others()

    def put_back(self) -> None:
        """As the person has left it."""
        for hidden, shown in self._moved.items():
            if not hidden.isHidden() and (shown.is_seen or not self._desk.isVisible()):
                hidden.come_forward()
        self._moved = {}

    def _follow(self) -> None:
        """Only a network that has become another in this brings anything forward."""
        if self._recurs != self._has_recurrence():
            self.fit()

    def _bring_others(self) -> None:
        for name in OVER_TIME:
            pane = self._panes[name]
            beside = self._desk.tabifiedDockWidgets(pane) if pane.is_seen else []
            other = next((self._panes[one] for one in INSTEAD if self._panes[one] in beside), None)
            if other is not None and not other.isHidden():
                other.come_forward()
                self._moved[pane] = other

    def _has_recurrence(self) -> bool:
        return any(layer.recurrent for layer in self._document.experiment.network.layers)
