"""U34: a smoothed curve has the raw one behind it."""

import numpy as np
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import started, vanishing_history
from tests.app.showing import show_view
from vgviewer.app import theme
from vgviewer.app.views import Curves
from vgviewer.frames import Frame, History


def jagged() -> History:
    """The loss jumps by half from step to step."""
    history = History(started())
    for step in range(200):
        history.append(Frame(step, 1.0 + 0.5 * (step % 2)))
    return history


def test_that_the_raw_curve_stands_behind_the_smoothed_one(qtbot: QtBot) -> None:
    view = show_view(qtbot, Curves, jagged(), (900, 300))
    assert isinstance(view, Curves)
    raw, smooth = view._curves.raw, view._curves.smooth
    items = view.plot.plotItem.items
    assert items.index(raw) < items.index(smooth)
    assert raw.zValue() <= smooth.zValue()
    np.testing.assert_allclose([raw.yData.min(), raw.yData.max()], [1.0, 1.5])
    assert np.ptp(smooth.yData[20:]) < 0.25  # the jumps are smoothed away


def test_that_both_colors_are_painted(qtbot: QtBot) -> None:
    view = show_view(qtbot, Curves, jagged(), (900, 300))
    image = view.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(900) for y in range(60, 240)}
    assert {theme.LIGHT.curve_raw, theme.LIGHT.curve} <= colors


def test_that_the_caption_tells_both_numbers(qtbot: QtBot) -> None:
    view = show_view(qtbot, Curves, vanishing_history(400))
    loss = view.history.losses[100]
    assert view.caption_at(100, 0).startswith(f"step 100: {loss:.3f}, smoothed 0.16")
