"""A layout for a desk that is small for its texts: fewer places, more tabs, nothing missing."""

from dataclasses import replace

from PySide6.QtCore import QSize

from vgviewer.app import theme
from vgviewer.app.desk.layouts import Layout, Tabs

LEAST = (880, 480)  # px at the first text size, below which a column or a row less is more


def fitting(layout: Layout, room: QSize) -> Layout:
    """The layout, or what is left of its columns and rows where each would be too small to be read."""
    if room.width() < theme.px(LEAST[0]):
        right = (*layout.right, *layout.left)
        layout = replace(layout, left=(), left_parts=(), right=_one(right), right_parts=_whole(right))
    if room.height() < theme.px(LEAST[1]):
        below = tuple(tabs for row in layout.below for tabs in row)
        layout = replace(layout, below=(_one(below),), rows=(1.0,), network=0.32)
        layout = replace(
            layout,
            left=_one(layout.left),
            left_parts=_whole(layout.left),
            right=_one(layout.right),
            right_parts=_whole(layout.right),
        )
    return layout


def _one(groups: tuple[Tabs, ...]) -> tuple[Tabs, ...]:
    """All in one place, the first on top."""
    return (tuple(name for tabs in groups for name in tabs),) if groups else ()


def _whole(groups: tuple[Tabs, ...]) -> tuple[float, ...]:
    return (1.0,) if groups else ()
