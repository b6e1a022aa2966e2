"""U47: a heatmap tells itself to a screen reader: rows, columns, of each row mean, extremes and what is near zero."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import uniform_history, vanishing_history
from tests.app.showing import show_view
from vgviewer.app.picture.numbers import size
from vgviewer.app.views import VIEWS, Curves, LayersTraining, ThroughTime, View
from vgviewer.app.views.heatmap import spread


def test_that_a_picture_through_time_tells_shape_mean_and_what_is_near_zero(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, vanishing_history(3))
    told = view.accessibleDescription()
    row = view.history.latest.readings["state_gradient"][0].astype(np.float64)
    near = np.count_nonzero(row < row.max() - 6) / row.size
    assert told.startswith("2 rows × 100 columns. Training step 2. rnn1: 100 timesteps, ")
    assert f"mean {size(row.mean())}, smallest {size(row.min())}, largest {size(row.max())}" in told
    assert f"{near:.0%} near zero" in told
    assert near > 0.5


def test_that_layers_during_training_tell_every_row(qtbot: QtBot) -> None:
    view = show_view(qtbot, LayersTraining, vanishing_history(20))
    told = view.accessibleDescription()
    assert told.startswith("5 rows × 20 columns.")
    assert all(f"{site.id}: " in told for site in view.history.started.sites)


def test_that_what_is_lost_is_told_in_percent() -> None:
    assert spread(np.array([-1.0, -1.0, np.inf, np.nan])).endswith("25% not finite")
    assert spread(np.array([-1.0, -8.0, -np.inf, -1.0])).endswith("50% near zero")
    assert spread(np.array([np.nan, np.inf])) == "no finite value, 50% not finite"


@pytest.mark.parametrize("kind", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf, -np.inf])
def test_that_every_view_has_a_name_and_words_for_what_it_shows(
    qtbot: QtBot, kind: type[View], value: float
) -> None:
    view = show_view(qtbot, kind, uniform_history(value))
    assert view.accessibleName() == view.plot.accessibleName() == kind.title
    assert len(view.accessibleDescription()) > 20


def test_that_the_cursor_of_the_keys_says_its_cell(qtbot: QtBot) -> None:
    for kind in (ThroughTime, LayersTraining, Curves):
        view = show_view(qtbot, kind, vanishing_history(20))
        view.plot.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(view.plot, Qt.Key.Key_Left)
        assert view.plot.accessibleDescription() == view.header._note != ""
