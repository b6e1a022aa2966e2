"""Fixed sizes and margins that grow with the text."""

from collections.abc import Callable
from itertools import count
from typing import Any
from weakref import WeakValueDictionary

import shiboken6
from PySide6.QtCore import QObject, QSize

from vgviewer.app.theme.fonts import px
from vgviewer.app.theme.switch import changed


def grow(setter: Callable[..., Any], *lengths: float) -> None:
    """Calls a setter of a widget or a layout with these px, times the factor: now, and whenever that changes.

    grow(self.setFixedHeight, 56)
    grow(column.setContentsMargins, 16, 8, 16, 8)
    grow(button.setIconSize, 16)                    lengths for a QSize: one for a square, or two
    """
    _Grown(setter.__self__, setter.__name__, lengths)  # type: ignore[attr-defined]


class _Grown(QObject):
    """A child of what it sets; the setter is kept by name, so that nobody holds the owner."""

    def __init__(self, owner: QObject, setter: str, lengths: tuple[float, ...]) -> None:
        super().__init__(owner)
        self._setter = setter
        self._lengths = lengths
        _all[next(_number)] = self
        self.set_again()

    def set_again(self) -> None:
        """Also when the factor is the same: a setter that is told the same does nothing."""
        grown = [px(length) for length in self._lengths]
        setter = getattr(self.parent(), self._setter)
        if self._setter == "setIconSize":
            setter(QSize(grown[0], grown[-1]))
        else:
            setter(*grown)


# WORKAROUND for PySide 6.9: it forgets a connection of a signal only when the sender dies, about 130 bytes each. One
# for all of them, then, and here they are in the order in which they were made.
_all: WeakValueDictionary[int, _Grown] = WeakValueDictionary()
_number = count()


def _set_all_again() -> None:
    for grown in list(_all.values()):
        if shiboken6.isValid(grown):
            grown.set_again()


changed.connect(_set_all_again)
