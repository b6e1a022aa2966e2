"""The picture that has the focus or the pointer, and what keys do with it: copy, and give it all the room."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QApplication

from vgviewer.app.desk import Desk
from vgviewer.app.numerals import as_in_files, counted

if TYPE_CHECKING:
    from vgviewer.app.views import View

NO_PICTURE = "Point at a picture first, or go to one with Tab."


class InHand(QObject):
    """One rule for Ctrl+C: whoever has the focus gets it, then the picture under the pointer, else the network."""

    said = Signal(str)

    def __init__(self, desk: Desk, copy_layers: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._copy_layers = copy_layers
        desk.view_made.connect(self._greet)

    def copy(self) -> None:
        """The picture in hand, or else the chosen layers."""
        view = self._focused() or (None if self._desk.network.canvas.hasFocus() else self._pointed())
        if view is None:
            self._copy_layers()
        else:
            self._copy_picture(view)

    def copy_data(self) -> None:
        """What the picture in hand shows as numbers, for a spreadsheet."""
        self._with_view(self._copy_data)

    def maximize(self) -> None:
        """Gives the picture in hand all the room, or takes it back."""
        if self._desk.maximizing.name is not None:
            self._desk.restore()
        else:
            self._with_view(self._enlarge)

    def _with_view(self, do: "Callable[[View], None]") -> None:
        view = self._focused() or self._pointed()
        if view is None:
            self.said.emit(NO_PICTURE)
        else:
            do(view)

    def _focused(self) -> "View | None":
        focus = QApplication.focusWidget()
        views = self._desk.views.values()
        return next((view for view in views if focus and (view is focus or view.isAncestorOf(focus))), None)

    def _pointed(self) -> "View | None":
        return next((v for v in self._desk.views.values() if v.isVisible() and v.underMouse()), None)

    def _greet(self, view: "View") -> None:
        view.copy_wanted.connect(self._copy_sender)
        view.data_wanted.connect(self._copy_data_of_sender)
        view.maximize_wanted.connect(self._enlarge_sender)
        view.restore_wanted.connect(self._desk.restore)

    def _copy_sender(self) -> None:
        self._copy_picture(self._sender())

    def _copy_data_of_sender(self) -> None:
        self._copy_data(self._sender())

    def _enlarge_sender(self) -> None:
        self._enlarge(self._sender())

    def _sender(self) -> "View":
        sender = self.sender()
        return next(view for view in self._desk.views.values() if view is sender)

    def _copy_picture(self, view: "View") -> None:
        from vgviewer.app.figure import FigureError, picture_of

        if self._is_empty(view):
            return
        try:
            image, svg = picture_of(view)
        except FigureError as error:
            self.said.emit(str(error))
            return
        copied = QMimeData()
        copied.setImageData(image)
        copied.setData("image/svg+xml", svg)
        QApplication.clipboard().setMimeData(copied)
        self.said.emit(f"{view.name}: the picture is on the clipboard, as an image and as SVG.")

    def _copy_data(self, view: "View") -> None:
        if self._is_empty(view):
            return
        with as_in_files():
            table = view.table()
        QApplication.clipboard().setText(table.as_tsv())
        size = f"{counted(len(table.rows))} × {len(table.columns)} values"
        self.said.emit(f"{view.name}: {size} are on the clipboard, for a spreadsheet.")

    def _is_empty(self, view: "View") -> bool:
        if view.absent():
            self.said.emit(f"{view.name}: there is nothing to copy yet.")
        return bool(view.absent())

    def _enlarge(self, view: "View") -> None:
        name = next(name for name, other in self._desk.views.items() if other is view)
        self._desk.maximize(name)
