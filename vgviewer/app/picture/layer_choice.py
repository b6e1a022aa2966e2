"""Which layer a picture of a single layer shows."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from vgviewer.app.picture.header import Choice


class LayerChoice(Choice):
    """The selected layer where the picture can show it, until somebody chooses another here."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, {}, parent)

    def among(self, layers: Sequence[str], selected: str | None) -> str:
        """The layer that is shown of those there are; empty where there are none."""
        is_new = self.value not in layers
        with QSignalBlocker(self):  # it is being drawn already
            self.offer({layer: layer for layer in layers})
            if is_new and selected is not None and selected in layers:
                self.choose(selected)
        return self.value if self.value in layers else ""
