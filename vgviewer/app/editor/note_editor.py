"""Where a note at a block is written, in its place on the canvas."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QPlainTextEdit

from vgviewer.app import theme
from vgviewer.app.editor.edits import ids_of, note_at
from vgviewer.experiment import Experiment
from vgviewer.experiment.annotations import LONGEST_TEXT

LEAST_WIDTH, HEIGHT = 220, 60  # px


class NoteEditor(QPlainTextEdit):
    """Every letter is in the document at once, so that no save and no closing window can miss it; all of them together
    are one undo step. Enter closes, Shift+Enter makes a line, Esc takes back what was written."""

    written = Signal(
        str, str, str
    )  # the place, the text, and the name of the step that the letters make together

    def __init__(self, canvas: QAbstractScrollArea) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._place, self._before, self._opened = "", "", 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setPlaceholderText("A note for whoever opens this network")
        self.setAccessibleName("Note")
        self.setToolTip(
            "Enter closes it, Shift+Enter makes a line, Esc takes it back. Without words the note is deleted."
        )
        self.setWhatsThis(self.toolTip())
        self.textChanged.connect(self._write)
        self.hide()

    def write(self, place: str, text: str, at: QRect) -> None:
        """Opens over the note of a place, within the canvas."""
        self.setPlainText(text)
        self.selectAll()
        self._place, self._before, self._opened = place, text, self._opened + 1
        room = self._canvas.viewport().rect().adjusted(8, 8, -8, -8)
        box = QRect(at.topLeft(), at.size())
        box.setWidth(min(max(at.width(), theme.px(LEAST_WIDTH)), room.width()))
        box.setHeight(min(theme.px(HEIGHT), room.height()))
        box.moveLeft(min(max(box.left(), room.left()), room.right() - box.width() + 1))
        box.moveTop(min(max(box.top(), room.top()), room.bottom() - box.height() + 1))
        self.setGeometry(box)
        self.show()
        self.setFocus()

    def agree(self, experiment: Experiment) -> None:
        """Closes where the note has become another one, by an undo, another network, or with its block."""
        is_there = self._place in ("input", "output", *ids_of(experiment))
        if self._place and not (is_there and note_at(experiment, self._place) == self.toPlainText().strip()):
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        makes_line = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not makes_line:
            self._close()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._before)
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # its own menu
            self._close()

    def _close(self) -> None:
        self._place = ""
        if self.isVisible():
            self.hide()
            self._canvas.setFocus()

    def _write(self) -> None:
        """What would be refused cannot be typed."""
        text = self.toPlainText()
        if len(text) > LONGEST_TEXT:
            at = min(self.textCursor().position(), LONGEST_TEXT)
            self.setPlainText(text[:LONGEST_TEXT])
            cursor = self.textCursor()
            cursor.setPosition(at)
            self.setTextCursor(cursor)
        elif self._place:
            self.written.emit(self._place, text, f"note {self._opened}")
