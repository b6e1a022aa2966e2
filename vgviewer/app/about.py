"""What the program is, what it does not do, and what it runs on."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vgviewer import __version__
from vgviewer.app.diagnostics import diagnostics
from vgviewer.app.report import Report

SENTENCE = f"vgviewer {__version__}"
WHAT = "Watch gradients vanish and explode while a network trains."
ADVICE = (
    "Free software under the MIT license. It works without a network connection, and sends nothing to anybody: "
    "no telemetry, no accounts, no search for updates."
)


class About(QObject):
    """The two entries of the Help menu that say what this is."""

    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def show(self) -> Report:
        """Opens the dialog, which can copy what it says."""
        report = Report(
            self._window, "About vgviewer", SENTENCE, ADVICE, diagnostics(), sign="info", reason=WHAT
        )
        report.open()
        return report

    def copy_diagnostics(self) -> None:
        """Puts the facts on the clipboard."""
        QGuiApplication.clipboard().setText(diagnostics())
        self.said.emit("Copied what vgviewer runs on. Paste it where you ask for help.")
