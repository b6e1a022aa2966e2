"""Dialogs of a program that is played with: those of the system answer by themselves, the others are clicked."""

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QLineEdit, QWidget

from tests.reliability.monkey import hostile
from tests.reliability.monkey.keyboard import strike

TICK_MS = 10
PATIENT = 4  # ticks within one action: its own events are over, a loop of its own holds it
STUBBORN = 60  # ticks after which a dialog is sent away


def answer_for_the_system(folder: Path, files: list[Path], dice: Callable[[], random.Random]) -> None:
    """Dialogs of the system choose some file, or none; nothing is printed on paper, nothing else is opened."""

    def to_open(*_: object) -> tuple[str, str]:
        return (str(dice().choice(files)) if dice().random() < 0.9 else "", "")

    def chosen(dialog: QFileDialog) -> list[str]:
        names = ["net", "net.vgnet.json", "a/b/c", "x" * 300, "", "picture.png", "table 1.csv", "<i>&amp;"]
        name = dice().choice(names)
        return [str(folder / "saved" / name)]

    def to_print(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / "keys.pdf"))
        return dice().randint(0, 1)

    (folder / "saved").mkdir(exist_ok=True)
    QFileDialog.getOpenFileName = staticmethod(to_open)
    QFileDialog.exec = lambda dialog: dice().randint(0, 4)
    QFileDialog.selectedFiles = chosen
    QPrintDialog.exec = to_print
    QDesktopServices.openUrl = staticmethod(lambda url: True)


class Clicker(QObject):
    """Answers what holds up an action: a dialog, a menu, a drag."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        self._say = say
        self._dice = random.Random(0)
        self._acts = False
        self._lets_go = False
        self._ticks = 0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self, dice: random.Random) -> None:
        """An action begins; `dice` decide what is answered."""
        self._dice, self._acts, self._ticks = dice, True, 0

    def end(self) -> None:
        """The action has come back."""
        self._acts = False

    def stop(self) -> None:
        """Nothing is clicked any more."""
        self._timer.stop()

    def _tick(self) -> None:
        if not self._acts:
            return
        self._ticks += 1
        if self._ticks >= PATIENT:
            QTimer.singleShot(0, self._click)  # a timer that waits for its own slot does not tick

    def _click(self) -> None:
        if not self._acts:
            return
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            self._say(f"  closes {popup}")
            popup.close()
        elif isinstance(modal, QDialog) and self._ticks > STUBBORN:
            self._say(f"  sends away {modal}")
            modal.reject()
        elif modal is not None:
            self._answer(modal)
        elif not self._lets_go:  # what it sends lets timers tick, this one's too
            self._lets_go = True
            try:
                self._let_go()
            finally:
                self._lets_go = False

    def _answer(self, modal: QWidget) -> None:
        dice = self._dice
        buttons = [each for each in modal.findChildren(QAbstractButton) if each.isVisible()]
        fields = [each for each in modal.findChildren(QLineEdit) if each.isVisible()]
        if fields and dice.random() < 0.3:
            field = dice.choice(fields)
            field.setText(dice.choice(hostile.JUNK)[:20])
            field.textEdited.emit(field.text())
        elif buttons and dice.random() < 0.8:
            button = dice.choice(buttons)
            self._say(f"  presses “{button.text()}” in {modal.windowTitle()!r}")
            button.click()
        else:
            key = dice.choice([Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space])
            self._say(f"  {key.name} in {modal.windowTitle()!r}")
            strike(modal, key)

    def _let_go(self) -> None:
        """A drag ends where the mouse is let go, or with Esc."""
        for window in QApplication.topLevelWindows():
            if window.isVisible() and not window.size().isEmpty():
                x, y = self._dice.randrange(window.width()), self._dice.randrange(window.height())
                point = QPoint(x, y)
                QTest.mouseMove(window, point)
                QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=point)
                if self._ticks > STUBBORN:
                    QTest.keyClick(window, Qt.Key.Key_Escape)
                return
