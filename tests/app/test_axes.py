"""Where an axis says what it is."""

import pytest
from PySide6.QtWidgets import QApplication

from vgviewer.app import theme
from vgviewer.app.picture.axes import PlainAxis


@pytest.mark.parametrize(("width", "is_centered"), [(400, True), (40, False)])
def test_that_the_name_of_an_axis_does_not_stand_out_at_its_end(
    qapp: QApplication, width: int, is_centered: bool
) -> None:
    axis = PlainAxis("bottom")
    axis.wear(theme.LIGHT)
    axis.setLabel("training step")
    axis.resize(width, 48)
    words = axis.label.boundingRect().width()
    left = axis.label.x()
    assert left + words <= width + 0.5
    assert (abs(left + words / 2 - width / 2) <= 1) == is_centered
