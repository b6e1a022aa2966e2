"""Opens the glossary, and says what a thing is when somebody asks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWhatsThis, QWidget

if TYPE_CHECKING:  # loaded when somebody asks
    from vgviewer.app.glossary.window import GlossaryWindow


class Glossary(QObject):
    """The window is made when it is asked for, and gone when it is closed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def show(self) -> "GlossaryWindow":
        """Opens it, or brings it to the front."""
        from vgviewer.app.glossary.window import GlossaryWindow

        found = self._window.findChild(GlossaryWindow)
        made = found if isinstance(found, GlossaryWindow) else GlossaryWindow(self._window)
        made.show()
        made.raise_()
        made.activateWindow()
        return made

    def show_term(self, term_id: str) -> None:
        """Opens it at a term."""
        self.show().show_term(term_id)

    def ask(self) -> None:
        """Says what has the focus; where that has nothing to say, the next click asks."""
        widget = QApplication.focusWidget() or self._window.focusWidget()
        text = said_of(widget)
        if widget is None or not text:
            QWhatsThis.enterWhatsThisMode()
            return
        corner = widget.mapToGlobal(QPoint(0, widget.height()))
        QWhatsThis.showText(corner, text, widget)


def said_of(widget: QWidget | None) -> str:
    """What is known of a widget, of the chosen entry of a list, or of what it lies in."""
    while widget is not None and not widget.isWindow():
        if isinstance(widget, QAbstractItemView):
            said = widget.currentIndex().data(Qt.ItemDataRole.WhatsThisRole)
            if said:
                return str(said)
        if widget.whatsThis():
            return widget.whatsThis()
        widget = widget.parentWidget()
    return ""
