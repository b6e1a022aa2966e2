"""The small tools of a picture, at the right end of its header: scale, colors, copies, the whole window."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QFont, QIcon, QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import DIVERGING, SEQUENTIAL, table_of
from vgviewer.app.icons import icon
from vgviewer.app.picture.limits import Limits
from vgviewer.app.picture.meaning import Meaning

ICON = 16  # px
SWATCH = (16, 16)  # px
MODES = {
    "fixed": ("&Fixed Limits", "The same limits for every run, so that pictures can be compared"),
    "automatic": ("&Automatic Limits", "Limits that hold all that is seen, shared by pictures of the kind"),
    "pinned": ("&Pin These Limits", "Keeps the limits as they are now"),
}
BY_THEME = "As the &Theme"


class Tools(QWidget):
    """One button with a menu, and the way back while the picture has the whole window."""

    mode_chosen = Signal(str)
    map_chosen = Signal(str)
    picture_wanted = Signal()
    data_wanted = Signal()
    maximize_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.back = _button(self, "minimize-2", "Back to the other panes (Esc)")
        self.back.clicked.connect(self.restore_wanted)
        self.back.hide()
        self.more = _button(self, "ellipsis", "Scale, colors, copy, maximize")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.more.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._build)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.back)
        row.addWidget(self.more)
        self._meaning: Meaning | None = None
        self._limits: Limits | None = None
        self._is_maximized = False
        self._modes: QActionGroup | None = None

    def follow(self, meaning: Meaning | None, limits: Limits) -> None:
        """What the entries about scale and colors are about; without a meaning there are none."""
        self._meaning, self._limits = meaning, limits

    def show_maximized(self, is_maximized: bool) -> None:
        """Offers the way back."""
        self._is_maximized = is_maximized
        self.back.setVisible(is_maximized)

    def _build(self) -> None:
        """At the first look: there are a dozen pictures, and hardly a menu is ever opened."""
        if self._modes is None:
            self._modes = QActionGroup(self)
            self._maps = QActionGroup(self)
            self._add_scale(self._modes)
            self._colors = self.menu.addMenu("&Colors")
            self._parting = self.menu.addSeparator()
            self._add("copy", "Copy P&icture", "Ctrl+C", self.picture_wanted.emit)
            self._add("table-2", "Copy &Data", "Ctrl+Shift+C", self.data_wanted.emit)
            self.menu.addSeparator()
            self._larger = self._add("maximize-2", "&Maximize", "F", self._toggle)
        self._sync(self._modes)

    def _add_scale(self, modes: QActionGroup) -> None:
        for mode, (text, tooltip) in MODES.items():
            action = self.menu.addAction(text)
            action.setToolTip(tooltip)
            action.setCheckable(True)
            action.setData(mode)
            modes.addAction(action)
        modes.triggered.connect(self._choose_mode)
        self._maps.triggered.connect(self._choose_map)

    def _add(self, picture: str, text: str, keys: str, slot: Callable[[], None]) -> QAction:
        action = self.menu.addAction(icon(picture), f"{text}\t{_native(keys)}")  # the window has the shortcut
        action.triggered.connect(slot)
        return action

    def _sync(self, modes: QActionGroup) -> None:
        meaning, limits = self._meaning, self._limits
        for action in (*modes.actions(), self._colors.menuAction(), self._parting):
            action.setVisible(meaning is not None)
        keys = "Esc" if self._is_maximized else "F"
        self._larger.setText(f"{'&Back' if self._is_maximized else '&Maximize'}\t{_native(keys)}")
        self._larger.setIcon(icon("minimize-2" if self._is_maximized else "maximize-2"))
        if meaning is None or limits is None:
            return
        for action in modes.actions():
            action.setChecked(action.data() == limits.mode(meaning.group))
        self._offer_maps(meaning.signed)
        chosen = limits.maps.diverging if meaning.signed else limits.maps.sequential
        if not meaning.signed:
            chosen = chosen or SEQUENTIAL[0]
        for action in self._maps.actions():
            self._check(action, action.data() == chosen)

    @staticmethod
    def _check(action: QAction, is_chosen: bool) -> None:
        """A menu shows either an icon or a check mark, so that the chosen map's name is bold, too."""
        action.setChecked(is_chosen)
        action.setFont(theme.font(theme.BODY, QFont.Weight.DemiBold if is_chosen else QFont.Weight.Normal))

    def _offer_maps(self, signed: bool) -> None:
        names = ("", *DIVERGING) if signed else SEQUENTIAL
        if [action.data() for action in self._maps.actions()] == list(names):
            return
        for action in self._maps.actions():
            self._maps.removeAction(action)
            action.deleteLater()
        for name in names:
            action = QAction(plain_name(name) if name else BY_THEME, self._colors)
            if name:
                action.setIcon(swatch(name))
            action.setCheckable(True)
            action.setData(name)
            self._maps.addAction(action)
            self._colors.addAction(action)

    def _choose_mode(self, action: QAction) -> None:
        self.mode_chosen.emit(action.data())

    def _choose_map(self, action: QAction) -> None:
        self.map_chosen.emit(action.data())

    def _toggle(self) -> None:
        (self.restore_wanted if self._is_maximized else self.maximize_wanted).emit()


def plain_name(name: str) -> str:
    """A colormap's name as its makers write it: "batlow"."""
    return name.split(":")[-1].removesuffix("_r")


def swatch(name: str) -> QIcon:
    """A strip of the map, small on the left."""
    colors = np.ascontiguousarray(table_of(name)[None])
    image = QImage(colors.data, colors.shape[1], 1, QImage.Format.Format_RGBA8888)
    size = QSize(*map(theme.px, SWATCH))
    return QIcon(QPixmap.fromImage(image.copy()).scaled(size))


def _button(parent: QWidget, picture: str, tooltip: str) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon(picture))
    theme.grow(button.setIconSize, ICON)
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    return button


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
