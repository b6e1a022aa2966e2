"""F1: every key on one sheet, made of the actions themselves; it can be searched and printed."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from vgviewer.app import dialogs, theme
from vgviewer.app.finding.fuzzy import fit
from vgviewer.app.finding.offers import Offer
from vgviewer.experiment import SaveError
from vgviewer.experiment.saver import save_bytes

SIZE = (760, 600)  # px
PDFS, ENDING = "PDF (*.pdf)", ".pdf"
ELSEWHERE = "Elsewhere"
NOTHING = "No key does that. The command palette finds what has no key, too."
ADVICE = "Choose another folder, or free some space, and save again."
MARGIN_MM = 12.0
PAPER_DPI = 96  # a pixel of the window is as large on paper: fonts are in pixels


class CheatSheet(QDialog):
    """`offers` are those of the moment it is opened."""

    def __init__(self, offers: Sequence[Offer], folder: Callable[[], Path], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.setObjectName("cheat_sheet")
        self._offers = [offer for offer in offers if offer.keys]
        self._folder = folder
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a key or what it does")
        self.search.setAccessibleName("Find a key")
        self.search.setToolTip("A few letters of what it does, or of the key")
        self.search.setWhatsThis(self.search.toolTip())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        self.sheet = QTextBrowser(self)
        self.sheet.setAccessibleName("Keys")
        self.sheet.setOpenLinks(False)
        self.sheet.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.sheet.setProperty("role", "page")
        self.print = QPushButton("&Print…", self)
        self.print.setToolTip("Print all keys on paper")
        self.print.clicked.connect(self.print_out)
        self.save = QPushButton("&Save as PDF…", self)
        self.save.setToolTip("Write all keys to a file")
        self.save.clicked.connect(self.save_pdf)
        self._lay_out()
        theme.changed.connect(self._show)
        self._show()
        self.search.setFocus()

    def print_out(self) -> None:
        """Asks for a printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # most never print

        printer = QPrinter()
        printer.setResolution(PAPER_DPI)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("Print the keys")
        if dialog.exec():
            self._page().print_(printer)
        dialog.deleteLater()

    def save_pdf(self) -> None:
        """Asks for a file."""
        path = dialogs.ask_save_path(self, self._folder() / f"vgviewer keys{ENDING}", PDFS, ENDING)
        if path is not None:
            self.write_pdf(path)

    def write_pdf(self, path: Path) -> None:
        """All keys on A4; says so where the file cannot be written."""
        content = QBuffer(self)
        content.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(content)
        writer.setTitle("vgviewer: keys")
        writer.setResolution(PAPER_DPI)
        writer.setPageMargins(QMarginsF(*[MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
        self._page().print_(writer)
        del writer  # which ends the file
        try:
            save_bytes(bytes(content.data().data()), path)
        except SaveError as error:
            dialogs.show_save_failure(self, str(error), ADVICE)

    def _show(self) -> None:
        wanted = self.search.text().strip()
        chosen = [offer for offer in self._offers if not wanted or _fits(wanted, offer)]
        self.sheet.document().setDefaultFont(theme.font())
        self.sheet.setHtml(_sheet(chosen, theme.current()) if chosen else f"<p>{NOTHING}</p>")

    def _page(self) -> QTextDocument:
        page = QTextDocument(self)
        page.setDefaultFont(theme.font())
        page.setHtml(_sheet(self._offers, theme.PRINT))
        return page

    def _lay_out(self) -> None:
        close = QPushButton("Close", self)
        close.setToolTip("Close (Esc)")
        close.clicked.connect(self.accept)
        for button in (self.print, self.save, close):
            button.setAutoDefault(False)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self.print)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(close)
        theme.grow(column.setContentsMargins, *[2 * theme.GRID] * 4)
        theme.grow(column.setSpacing, 2 * theme.GRID)
        column.addWidget(self.search)
        column.addWidget(self.sheet, 1)
        column.addLayout(buttons)
        room = self.screen().availableSize()
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))


def _fits(wanted: str, offer: Offer) -> bool:
    texts = (offer.title, offer.group)
    return (
        any(fit(wanted, text) is not None for text in texts) or wanted.casefold() in _keys(offer).casefold()
    )


def _keys(offer: Offer) -> str:
    return ", ".join(offer.keys)


def _sheet(offers: Sequence[Offer], dress: theme.Theme) -> str:
    """Two columns, the groups in their order, the left one not shorter than the right one."""
    groups: dict[str, list[Offer]] = {}
    for offer in offers:
        groups.setdefault(offer.group.split(" › ")[0] or ELSEWHERE, []).append(offer)
    half, left, right = sum(len(found) + 2 for found in groups.values()) / 2, "", ""
    written = 0
    for name, found in groups.items():
        if written < half:
            left += _group(name, found, dress)
        else:
            right += _group(name, found, dress)
        written += len(found) + 2
    cells = f'<td width="48%">{left}</td><td width="4%"></td><td width="48%">{right}</td>'
    return f'<table width="100%"><tr>{cells}</tr></table>'


def _group(name: str, offers: Sequence[Offer], dress: theme.Theme) -> str:
    rows = "".join(
        f'<tr><td style="padding: 3px 0">{escape(offer.title)}</td>'
        f'<td align="right" style="padding: 3px 0; color: {dress.text_muted}">{escape(_keys(offer))}</td></tr>'
        for offer in offers
    )
    head = f'<p style="font-size: {theme.px(theme.SECTION)}px; font-weight: 600">{escape(name)}</p>'
    return f'<div style="color: {dress.text}">{head}<table width="100%">{rows}</table></div>'
