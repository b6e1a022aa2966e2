"""Saving what is seen as a picture: which view, how large, in which theme, and where to."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from vgviewer.app import dialogs, theme
from vgviewer.app.figure import FigureError, grab_window, render_view
from vgviewer.app.views import VIEWS, View
from vgviewer.frames import History

WINDOW = "window"
SIZE = (1600, 900)  # px
LARGEST_SIDE = 8000  # px
FORMATS = {".png": "PNG, pixels", ".svg": "SVG, scalable"}


HELP = {
    "Picture": "Which picture is saved",
    "Format": "PNG is made of pixels, SVG of lines and words that stay sharp at every size",
    "Theme": "The colors of the picture; print has a white ground",
    "Width": "Width of the picture in pixels",
    "Height": "Height of the picture in pixels",
}


class ExportDialog(QDialog):
    """The window is saved as it stands; a view may have a size and theme of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export picture")
        self.what = _combo(
            self, {name: view.title for name, view in VIEWS.items()} | {WINDOW: "The whole window"}
        )
        self.format = _combo(self, FORMATS)
        self.dress = _combo(self, {dress.name: dress.name.capitalize() for dress in theme.THEMES.values()})
        self.dress.setCurrentIndex(self.dress.findData(theme.current().name))
        self.width_px, self.height_px = (_side(self, length) for length in SIZE)
        for field, (name, help_) in zip(self._fields, HELP.items(), strict=True):
            field.setAccessibleName(name)
            field.setToolTip(help_)
            field.setWhatsThis(help_)
        self.what.currentIndexChanged.connect(self._follow)
        sides = QHBoxLayout()
        sides.addWidget(self.width_px)
        sides.addWidget(QLabel("×", self))
        sides.addWidget(self.height_px)
        sides.addStretch(1)
        form = QFormLayout(self)
        form.setContentsMargins(*[3 * theme.GRID] * 4)
        form.setSpacing(12)
        form.addRow("&Picture", self.what)
        form.addRow("&Format", self.format)
        form.addRow("&Theme", self.dress)
        form.addRow("&Size", sides)
        form.labelForField(sides).setBuddy(self.width_px)  # type: ignore[attr-defined]
        form.addRow(self._buttons())

    @property
    def ending(self) -> str:
        """Of the file's name: ".png" or ".svg"."""
        return str(self.format.currentData())

    def draw(self, window: QWidget, history: History | None, views: Mapping[str, View], out: Path) -> None:
        """Writes the picture as it was chosen, a view with what was chosen in it; raises FigureError."""
        if self.what.currentData() == WINDOW:
            grab_window(window, out, scale=2.0)
            return
        size = (self.width_px.value(), self.height_px.value())
        dress = theme.THEMES[self.dress.currentData()]
        name = self.what.currentData()
        render_view(name, history, out, size, dress=dress, like=views.get(name))

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        return self.what, self.format, self.dress, self.width_px, self.height_px

    def _follow(self) -> None:
        of_window = self.what.currentData() == WINDOW
        if of_window:
            self.format.setCurrentIndex(0)
        for field in self._fields[1:]:
            field.setEnabled(not of_window)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        save = buttons.addButton("Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("primary", True)
        theme.polish(save)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


def export_picture(
    window: QWidget, history: History | None, views: Mapping[str, View], folder: Path, stem: str
) -> str:
    """Asks what and where, then saves; what became of it in a sentence, empty when it was cancelled."""
    dialog = ExportDialog(window)
    try:
        if not dialog.exec():
            return ""
        latest = history.latest if history else None
        name = f"{stem}-step{latest.step if latest else 0}{dialog.ending}"
        kinds = f"Pictures (*{dialog.ending})"
        out = dialogs.ask_save_path(window, folder / name, kinds, dialog.ending)
        if out is None:
            return ""
        dialog.draw(window, history, views, out)
        return f"Picture saved to {out}."
    except FigureError as error:
        return str(error)
    finally:
        dialog.deleteLater()


def _combo(parent: QWidget, options: dict[str, str]) -> QComboBox:
    combo = QComboBox(parent)
    for value, words in options.items():
        combo.addItem(words, value)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo


def _side(parent: QWidget, length: int) -> QSpinBox:
    spin = QSpinBox(parent)
    spin.setRange(100, LARGEST_SIDE)
    spin.setValue(length)
    spin.setSuffix(" px")
    spin.setAlignment(Qt.AlignmentFlag.AlignRight)
    return spin
