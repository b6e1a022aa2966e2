"""Curves by choice: the metric, the size of the whole gradient with its clip threshold, and a line for each layer."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import deep_history, started, vanishing_history
from tests.app.showing import settle, show_view
from vgviewer.app.views import Curves
from vgviewer.frames import Frame, History


def clipped_history() -> History:
    """The norm is 2 at every third step, where clipping at 1 strikes, else 0.5; the metric rises."""
    history = History(replace(started(), clip=1.0, goal=0.9))
    readings = vanishing_history(1).latest.readings
    for step in range(60):
        strikes = step % 3 == 0
        metric = step / 100 if step % 20 == 0 else None
        history.append(Frame(step, 0.3, metric, strikes, 2.0 if strikes else 0.5, readings))
    return history


def curves(qtbot: QtBot, history: History, what: str) -> Curves:
    view = show_view(qtbot, Curves, history)
    assert isinstance(view, Curves)
    view._what.choose(what)
    settle(view)
    return view


def test_that_the_norm_stands_against_the_threshold_of_clipping(qtbot: QtBot) -> None:
    view = curves(qtbot, clipped_history(), "norm")
    assert view.header.sentence == "Size of the whole gradient: 0.500 · clipped 33%"
    assert view._curves._words.toPlainText() == "clipped above 1.0"
    assert view._curves._reference.yData.tolist() == [1.0, 1.0]
    assert view.caption_at(3, 0).startswith("step 3: 2.00")
    assert view.caption_at(3, 0).endswith("clipped")
    assert len(view._struck.xData) == 2 * 20


def test_that_the_metric_has_its_own_steps_and_its_goal(qtbot: QtBot) -> None:
    view = curves(qtbot, clipped_history(), "metric")
    assert view.header.sentence.startswith("Accuracy: 0.400")
    assert view.caption_at(19, 0).startswith("step 20: 0.200")
    assert view._curves._words.toPlainText() == "goal: 0.90"
    assert not len(view._struck.xData)


def test_that_a_run_without_a_metric_says_so(qtbot: QtBot) -> None:
    history = History(started())
    history.append(Frame(0, 0.5))
    view = curves(qtbot, history, "metric")
    assert "not measured yet" in view.header.sentence
    assert not view._curves.raw.isVisible()


@pytest.mark.parametrize("what", ["weight_gradient", "weight"])
def test_that_every_layer_with_weights_has_a_line(qtbot: QtBot, what: str) -> None:
    history = vanishing_history(30)
    view = curves(qtbot, history, what)
    assert view.table().columns == ("step", "rnn1 log10", "lstm2 log10", "dense1 log10", "output log10")
    np.testing.assert_allclose(view.table().rows[7][1], history.layers(what)[7, 0])
    now = history.layers(what)[-1][[0, 1, 3, 4]]
    most = ("rnn1", "lstm2", "dense1", "output")[int(np.argmax(now))]
    assert f"most in {most}: {10 ** now.max():.2f}" in view.header.sentence


def test_that_the_nearest_line_is_told_and_the_selected_one_stands_out(qtbot: QtBot) -> None:
    history = vanishing_history(30)
    view = curves(qtbot, history, "weight_gradient")
    view.select("lstm2")
    settle(view)
    sizes = history.layers("weight_gradient")
    assert view.layer_at(7, float(sizes[7, 0]) + 0.1) == "rnn1"
    assert view.caption_at(7, float(sizes[7, 0])).startswith("rnn1, step 7: ")
    drawn = view._lines._selected.yData
    np.testing.assert_allclose(drawn[: len(sizes)], sizes[:, 1], rtol=1e-6)


def test_that_names_at_the_ends_do_not_touch_and_the_selected_one_is_among_them(qtbot: QtBot) -> None:
    view = curves(qtbot, deep_history(), "weight_gradient")
    view.select("dense20")
    settle(view)
    shown = [label for label in view._lines._labels if label.isVisible()]
    assert "dense20" in [label.toPlainText() for label in shown]
    per_px = np.ptp(view.plot.plotItem.vb.viewRange()[1]) / view.plot.data_size()[1]
    heights = sorted(label.pos().y() for label in shown)
    assert np.diff(heights).min() / per_px >= 12
    assert len(view._values._tickLevels[0]) <= 6  # powers of ten, not all between them


@pytest.mark.parametrize(("goal", "told"), [(0.9, "goal 0.90"), (0.4, "goal 0.40 reached")])
def test_that_the_metric_tells_its_step_and_whether_the_goal_is_reached(
    qtbot: QtBot, goal: float, told: str
) -> None:
    history = clipped_history()
    history.started = replace(history.started, goal=goal)
    sentence = curves(qtbot, history, "loss").header.sentence
    assert sentence.endswith(f"accuracy 0.40 at step 40, {told} · clipped 33%")


@pytest.mark.parametrize(("lost", "first"), [((5,), None), ((8, 9), 8), (range(10), 0), ((3, 8, 9), 8)])
def test_that_the_end_is_marked_where_no_number_follows(
    qtbot: QtBot, lost: tuple[int, ...], first: int | None
) -> None:
    history = History(started())
    for step in range(10):
        history.append(Frame(step, float("nan") if step in lost else 1.0))
    view = curves(qtbot, history, "loss")
    settle(view)
    end = view._curves._end
    assert end.isVisible() is (first is not None)
    if first is not None:
        assert end.getData()[0].tolist() == [first, first]
