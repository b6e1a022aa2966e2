"""Puts the panes where a layout has them, and packs where a person has put them into text."""

import base64
import binascii
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMainWindow

from vgviewer.app import theme
from vgviewer.app.desk.layouts import Layout, Tabs
from vgviewer.app.desk.pane import Pane, ViewPane

Panes = Mapping[str, Pane]

SIDES = (
    (1800, (264, 360)),
    (1200, (208, 312)),
    (0, (176, 304)),
)  # px at the first sight, by the width of the desk
MOST_NETWORK = 480  # px high: on a large screen the pictures get the rest
LEFT, RIGHT, BELOW = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)


@contextmanager
def put_together(desk: QMainWindow, panes: Panes) -> Iterator[None]:
    """Only when everything has its place it is seen, and true what of it is seen."""
    desk.setUpdatesEnabled(False)
    for pane in panes.values():
        pane.hold(True)
    yield
    desk.setUpdatesEnabled(True)
    layout = desk.layout()
    if desk.isVisible() and layout is not None:
        layout.activate()
        for pane in panes.values():
            pane.hold(False)


def arrange(desk: QMainWindow, panes: Panes, layout: Layout) -> None:
    """Puts every pane where the layout has it, and hides the others."""
    for pane in panes.values():
        pane.setFloating(False)
        desk.removeDockWidget(pane)
    for area, groups in ((LEFT, layout.left), (RIGHT, layout.right)):
        _stack(desk, panes, area, groups)
    _stack(desk, panes, BELOW, [row[0] for row in layout.below])
    for row in layout.below:
        for one, beside in pairwise(row):
            _split(desk, panes, one[0], beside[0], Qt.Orientation.Horizontal)
    for tabs in layout.groups:
        for above, behind in pairwise(tabs):
            desk.tabifyDockWidget(panes[above], panes[behind])
            panes[behind].show()
        panes[tabs[0]].raise_()
    _keep_ready(desk, panes, layout)


def share_out(desk: QMainWindow, panes: Panes, layout: Layout) -> None:
    """Gives each pane its part of the room, once the desk has its size."""
    sides = next(sides for least, sides in SIDES if desk.width() >= theme.px(least))
    for (groups, parts), width in zip(layout.columns, sides, strict=True):
        first = [panes[tabs[0]] for tabs in groups]
        desk.resizeDocks(first, [theme.px(width)] * len(first), Qt.Orientation.Horizontal)
        desk.resizeDocks(
            first, [max(1, round(desk.height() * part)) for part in parts], Qt.Orientation.Vertical
        )
    rows = [panes[row[0][0]] for row in layout.below]
    height = desk.height() - min(desk.height() * layout.network, theme.px(MOST_NETWORK))
    desk.resizeDocks(rows, [max(1, round(height * part)) for part in layout.rows], Qt.Orientation.Vertical)
    for row in layout.below:
        across = [panes[tabs[0]] for tabs in row]
        desk.resizeDocks(across, [1000] * len(across), Qt.Orientation.Horizontal)


def packed(desk: QMainWindow, panes: Panes) -> str:
    """Where everything stands, as text with a check sum: Qt believes whatever it reads."""
    state = desk.saveState(_version(panes)).data()
    return f"{zlib.crc32(state):08x}{base64.b64encode(state).decode('ascii')}"


def unpack(desk: QMainWindow, panes: Panes, text: str) -> bool:
    """Puts everything where it stood, what floats onto a screen that there is; False, and nothing has happened, where
    the text is damaged or of other panes."""
    try:
        state = base64.b64decode(text[8:], validate=True)
    except (ValueError, binascii.Error):
        return False
    is_whole = text[:8] == f"{zlib.crc32(state):08x}"
    return is_whole and put_back(desk, QByteArray(state), _version(panes))


def put_back(desk: QMainWindow, state: QByteArray, version: int = 0) -> bool:
    """Qt's `restoreState`, with the desk held still until it is over.

    WORKAROUND for Qt 6.9: in the end it shows the bars of tabs in a loop over the set of them. Each arranges the desk
    when it is shown, which may change the set, and the loop goes on in memory that is gone.
    """
    layout = desk.layout()
    assert layout is not None
    layout.setEnabled(False)
    is_done = desk.restoreState(state, version)
    layout.setEnabled(True)
    layout.activate()
    return is_done


def _version(panes: Panes) -> int:
    """A state of other panes than these is of no use: nobody would see the new ones."""
    return zlib.crc32(" ".join(sorted(panes)).encode()) & 0x7FFFFFFF


def _keep_ready(desk: QMainWindow, panes: Panes, layout: Layout) -> None:
    """What is hidden has a place, too, where it appears when it is wanted: behind the others of its sort."""
    named = {name for tabs in layout.groups for name in tabs}
    for name, pane in panes.items():
        if name not in named:
            sort = layout.below[0] if isinstance(pane, ViewPane) else (layout.left or layout.right)
            desk.tabifyDockWidget(panes[sort[-1][0]], pane)
            pane.hide()


def _stack(desk: QMainWindow, panes: Panes, area: Qt.DockWidgetArea, groups: Sequence[Tabs]) -> None:
    for place, tabs in enumerate(groups):
        if place:
            _split(desk, panes, groups[place - 1][0], tabs[0], Qt.Orientation.Vertical)
        else:
            desk.addDockWidget(area, panes[tabs[0]])
            panes[tabs[0]].show()


def _split(desk: QMainWindow, panes: Panes, one: str, other: str, orientation: Qt.Orientation) -> None:
    desk.splitDockWidget(panes[one], panes[other], orientation)
    panes[other].show()
