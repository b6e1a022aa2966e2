"""The preset's notes: Markdown that may come from a stranger, so nothing in it is fetched, and no link is followed but
that to a shipped preset."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QTextBrowser, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.fade import Fade
from vgviewer.app.formulas import in_words

LINE_HEIGHT = 125.0  # % of the font's own
EMPTY = "This preset has no notes."
PRESET = "preset"  # the scheme of a link to a shipped one, by its id
RING = 6  # px: the ring around the text while it has the focus, and the air in it


class Reader(QTextBrowser):
    """Shows text only: neither files nor addresses are read."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


class Notes(QWidget):
    """The text scrolls; its formulas are set in italics. A link to a preset is a wish to open it."""

    preset_wanted = Signal(str)  # its id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = title = QLabel("Notes", self)
        title.setProperty("role", "section")
        self.reader = Reader(self)
        self.reader.setAccessibleName("Notes")
        self.reader.setOpenLinks(False)
        self.reader.anchorClicked.connect(self._follow)
        self.reader.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.reader.setProperty("role", "page")
        self.reader.document().setDocumentMargin(0)
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, 2 * theme.GRID - RING, theme.GRID // 2, theme.GRID, theme.GRID)
        theme.grow(title.setContentsMargins, RING, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(title)
        column.addWidget(self.reader, 1)
        self._text = ""
        Fade(self.reader)
        self.reader.verticalScrollBar().rangeChanged.connect(self._keep_top)
        theme.changed.connect(self._dress)
        self.show_notes("")

    def show_notes(self, text: str) -> None:
        """Replaces the notes; the reading position goes back to the top only if they are others."""
        if text == self._text and self.reader.toPlainText():
            return
        self._text = text
        self._dress()

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == PRESET:
            self.preset_wanted.emit(link.path())

    def _keep_top(self) -> None:
        """Qt keeps the place in the text when that gets another width, and slices the first line."""
        bar = self.reader.verticalScrollBar()
        if 0 < bar.value() < self.reader.fontMetrics().height():
            bar.setValue(0)

    def _dress(self) -> None:
        self.reader.document().setDefaultFont(theme.font())
        self.reader.setMarkdown(in_words(self._text) if self._text.strip() else EMPTY)
        self._space_out()

    def _space_out(self) -> None:
        """Room between lines and paragraphs, which Qt's Markdown does not give."""
        cursor = QTextCursor(self.reader.document())
        cursor.beginEditBlock()
        while True:
            form = cursor.blockFormat()
            form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setBottomMargin(theme.GRID)
            cursor.setBlockFormat(form)
            if not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
                break
        cursor.endEditBlock()
