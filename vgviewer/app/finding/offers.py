"""What the menus offer at this moment, as a list."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, eq=False)
class Offer:
    """`group` is where it stands in the menus; `keys` are as the desktop writes them, the first ones first."""

    title: str
    group: str
    tooltip: str
    keys: tuple[str, ...]
    is_enabled: bool
    run: Callable[[], object]
    is_on: bool = False

    @property
    def state(self) -> str:
        """What is to be known before it is chosen; mostly nothing."""
        return ("on" if self.is_on else "") if self.is_enabled else "not now"

    @property
    def words(self) -> str:
        """For a screen reader: all of it."""
        parts = [self.title, self.group, *self.keys, self.state]
        return ", ".join(part for part in parts if part)


def offers(bar: QMenuBar, hidden: Iterable[QAction]) -> list[Offer]:
    """Every entry of every menu in its order, then the actions that no menu shows."""
    found: list[QAction] = []
    listed: list[Offer] = []
    for group, action in _entries(bar.actions(), ()):
        found.append(action)
        listed.append(_offer(action, group))
    return listed + [_offer(action, "") for action in hidden if action not in found]


def keys_of(action: QAction) -> tuple[str, ...]:
    """Its shortcuts as the desktop writes them."""
    return tuple(keys.toString(NATIVE) for keys in action.shortcuts())


def _offer(action: QAction, group: str) -> Offer:
    title, tip, is_on = action.iconText(), action.toolTip(), action.isChecked()  # without the mnemonic's mark
    return Offer(title, group, tip, keys_of(action), action.isEnabled(), action.trigger, is_on)


def _entries(actions: Sequence[QAction], path: tuple[str, ...]) -> Iterator[tuple[str, QAction]]:
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            menu.aboutToShow.emit()  # those that are filled when they open
            yield from _entries(menu.actions(), (*path, action.iconText()))
        elif action.isVisible() and not action.isSeparator():
            yield " › ".join(path), action
