"""U32: what is exactly 0, not finite, or without a value has a color of its own, explained in the legend."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import uniform_history
from tests.app.inspections_by_hand import reach
from tests.app.showing import color_at, settle, show_view
from vgviewer.app import theme
from vgviewer.app.colormaps import scale_of
from vgviewer.app.picture.meaning import Meaning
from vgviewer.app.picture.numbers import power
from vgviewer.app.views import LayersTraining, ReachView, ThroughTime, TimeTraining, Units
from vgviewer.app.views.heatmap import Heatmap
from vgviewer.frames.inspections import Reach

LOGARITHMIC = (ThroughTime, TimeTraining, LayersTraining, Units, ReachView)
RESERVED = {"exact_zero": -np.inf, "not_finite": np.inf, "none": np.nan}
WORDS = {"exact_zero": "0 or underflow", "not_finite": "not finite", "none": "no value"}


@pytest.mark.parametrize("mode", ["fixed", "automatic", "pinned"])
@pytest.mark.parametrize(("name", "value"), RESERVED.items(), ids=RESERVED)
@pytest.mark.parametrize("kind", LOGARITHMIC)
def test_that_a_reserved_color_is_painted_and_stands_in_the_legend(
    qtbot: QtBot, kind: type[Heatmap], name: str, value: float, mode: str
) -> None:
    history = uniform_history(value)
    history.inspections = {Reach: reach(value)}
    view = show_view(qtbot, kind, history)
    assert isinstance(view, Heatmap)
    view.limits.choose(view.meaning.group, mode)  # type: ignore[arg-type]
    settle(view)
    color = getattr(theme.LIGHT, name)
    assert color_at(view, 1.0, 0.4) == color
    bar = view._colorbar
    row = [color for color, _ in bar.legend()].index(color)
    assert bar.legend()[row][1] == WORDS[name]
    top = bar._bar().bottom() + 3 + (row + 0.5) * theme.px(15)
    assert bar.grab().toImage().pixelColor(6, round(top)).name() == color


def test_that_what_does_not_occur_is_not_explained_and_what_has_occurred_stays(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0))
    assert isinstance(view, Heatmap)
    assert view._colorbar.legend() == []
    view.show_cells(np.full((1, 4), np.nan), (0.5, 4.5))
    view.show_cells(np.zeros((1, 4)), (0.5, 4.5))
    assert [words for _, words in view._colorbar.legend()] == ["no value"]
    view.set_history(uniform_history(-1.0))
    assert view._colorbar.legend() == []


def test_that_the_words_of_the_legend_are_not_cut(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0), (304, 220))
    assert isinstance(view, Heatmap)
    bar = view._colorbar
    bar.show_found(np.array(list(RESERVED.values())))
    settle(view)
    assert len(bar.legend()) == len(RESERVED)
    for number, (_, words) in enumerate(bar.legend(), start=1):
        assert 12 + 2 * theme.GRID + bar._metrics.horizontalAdvance(words) <= bar.width() + theme.GRID
        assert bar._bar().bottom() + 3 + number * theme.px(15) <= bar.height()


def test_that_on_a_linear_scale_zero_is_a_value_like_any_other() -> None:
    scale = scale_of(theme.LIGHT, Meaning("share", "", 0.0, 1.0, log10=False))
    zero, minus_infinite = scale.colors(np.array([0.0, -np.inf]))
    np.testing.assert_array_equal(zero, scale.table[0])
    np.testing.assert_array_equal(minus_infinite, scale.not_finite)


def test_that_a_limit_that_values_have_passed_says_so(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0))
    assert isinstance(view, Heatmap)
    bar = view._colorbar
    lowest, highest = view.scale.low, view.scale.high
    assert not any(words[0] in "≤≥" for _, words in bar._ticks())
    view.show_cells(np.array([[lowest - 3, lowest, highest, -np.inf]]), (0.5, 4.5))
    assert bar._ticks()[0] == (lowest, f"≤ {power(round(lowest))}")
    assert bar._ticks()[-1] == (highest, power(round(highest)))
    view.show_cells(np.array([[0.0, 0.0, 0.0, highest + 1]]), (0.5, 4.5))
    assert [words[0] for _, words in (bar._ticks()[0], bar._ticks()[-1])] == ["≤", "≥"]
    view.set_history(uniform_history(-1.0))
    assert not any(words[0] in "≤≥" for _, words in bar._ticks())
