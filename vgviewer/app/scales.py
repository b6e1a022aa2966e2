"""The limits and colormaps that all pictures of a window share, remembered from one start to the next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vgviewer.app.colormaps import SEQUENTIAL, Maps
from vgviewer.app.desk import Desk
from vgviewer.app.picture.limits import Limits
from vgviewer.app.preferences import Preferences

if TYPE_CHECKING:
    from vgviewer.app.color_vision import ColorVision
    from vgviewer.app.views import View

BY_THEME = "theme"  # a choice of the preferences, where a colormap's name can stand
MAPS = ("sequential", "diverging")


class Scales(QObject):
    """Hands the limits to every view that is made, and brings what is chosen there to the preferences, and back."""

    def __init__(self, preferences: Preferences, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self.limits = Limits(self)
        self.limits.restore(preferences.memory.limits)
        self._take(MAPS[0])
        self.limits.changed.connect(self._keep)
        preferences.changed.connect(self._take)
        desk.view_made.connect(self._share)

    def preview(self) -> "ColorVision":
        """Opens the maps as they look to eyes that lack one kind of cones."""
        from vgviewer.app.color_vision import ColorVision

        dialog = ColorVision(self.limits, self._window)
        dialog.open()
        return dialog

    def _share(self, view: "View") -> None:
        view.share(self.limits)

    def _take(self, name: str) -> None:
        if name in MAPS:
            choices = self._preferences.choices
            diverging = "" if choices.diverging == BY_THEME else choices.diverging
            self.limits.choose_maps(Maps(choices.sequential, diverging))

    def _keep(self) -> None:
        """Limits that only follow the data are nobody's choice, and are not kept."""
        maps = self.limits.maps
        self._preferences.note(limits=self.limits.kept())
        chosen = {
            "sequential": maps.sequential or SEQUENTIAL[0],
            "diverging": maps.diverging or BY_THEME,
        }
        if any(getattr(self._preferences.choices, name) != value for name, value in chosen.items()):
            self._preferences.choose(**chosen)
