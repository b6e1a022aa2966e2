"""What is left of a layout where the desk is small for its texts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize

from vgviewer.app import theme
from vgviewer.app.desk.compact import fitting
from vgviewer.app.desk.layouts import LAYOUTS, Layout


@pytest.fixture
def large() -> Iterator[None]:
    """Texts twice as large."""
    theme.enlarge(2.0)
    yield
    theme.enlarge(1.0)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_that_with_room_nothing_changes(layout: Layout) -> None:
    assert fitting(layout, QSize(1024, 660)) == layout


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("room", [(640, 660), (1400, 300), (640, 300)])
def test_that_every_pane_is_still_there(layout: Layout, room: tuple[int, int]) -> None:
    made = fitting(layout, QSize(*room))
    assert made != layout
    assert sorted(name for tabs in made.groups for name in tabs) == sorted(
        name for tabs in layout.groups for name in tabs
    )
    assert [len(groups) for groups, _ in made.columns] == [len(parts) for _, parts in made.columns]


def test_that_a_narrow_desk_has_one_side_and_a_low_one_a_single_row(large: None) -> None:
    made = fitting(LAYOUTS["watch"], QSize(1280, 560))
    assert made.left == ()
    assert len(made.right) == 1
    assert made.right[0][0] == "inspector"
    assert len(made.below) == 1
    assert made.below[0][0][0] == "through-time"
