"""What is marked in the pictures of a run: turned knobs, steps that were clipped, the cuts of truncation."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.app.frames_by_hand import started
from vgviewer.app import theme
from vgviewer.app.picture.changes import LINES, turned
from vgviewer.app.picture.cuts import cut_words
from vgviewer.app.views import Curves, ThroughTime, View
from vgviewer.frames import Changed, Frame, History

STEPS = 400


@pytest.fixture
def host(qapp: QApplication) -> Iterator[QWidget]:
    theme.apply(qapp, theme.LIGHT)
    made = QWidget()
    made.resize(640, 300)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def drawn(view: View, history: History) -> View:
    view.resize(640, 300)
    view.show()
    view.set_history(history)
    QApplication.sendPostedEvents()
    view.refresh()
    return view


def history(
    struck: range = range(0), truncate: int | None = None, changes: tuple[Changed, ...] = ()
) -> History:
    begun = replace(started(steps=STEPS), truncate=truncate, goal=0.9)
    made = History(begun)
    sizes = np.full((len(begun.sites), begun.timesteps), -1.0, np.float32)
    for step in range(STEPS):
        frame = Frame(step, 1 / (1 + step), clipped=step in struck, readings={"state_gradient": sizes})
        made.append(replace(frame, metric=0.5) if step == 0 else frame)
    made.changes += changes
    return made


def labels(view: Curves) -> list[str]:
    return [label.toPlainText() for label in view._changes._labels if label.isVisible()]


def test_that_a_turned_knob_is_marked_at_its_step_with_its_new_value(host: QWidget) -> None:
    view = Curves(host)
    drawn(view, history(changes=(Changed(100, "lr", 0.01), Changed(250, "recurrent_gain", 1.5))))
    assert view._changes._marks.getData()[0].tolist() == [250, 250, 100, 100]
    assert sorted(labels(view)) == ["W_hh gain 1.5", "lr 0.01"]
    assert "lr 0.01 from step 100 on." in view.accessibleDescription()


@pytest.mark.parametrize("dress", [theme.LIGHT, theme.DARK])
def test_that_marks_can_be_read_in_light_and_dark(host: QWidget, dress: theme.Theme) -> None:
    view = Curves(host)
    drawn(view, history(range(50), changes=(Changed(100, "lr", 0.01),)))
    view.wear(dress)
    assert view._changes._marks.opts["pen"].color().name() == dress.text_muted
    assert view._changes._labels[0].color.name() == dress.text_muted
    assert view._struck.opts["pen"].color().name() == dress.warning


def test_that_labels_never_cover_each_other_and_the_newest_is_among_them(host: QWidget) -> None:
    view = Curves(host)
    many = tuple(Changed(step, "lr", step / 1000) for step in range(10, 390, 10))
    drawn(view, history(changes=(*many, Changed(390, "clip", 2.0), Changed(390, "dropout", 0.1))))
    boxes = [label.sceneBoundingRect() for label in view._changes._labels if label.isVisible()]
    assert LINES <= len(boxes) < len(many)
    assert not any(a.adjusted(1, 1, -1, -1).intersects(b) for a in boxes for b in boxes if a is not b)
    assert {"dropout 0.1", "clip 2"} <= set(labels(view))


def test_that_a_knob_turned_through_many_values_shows_where_it_was_left(host: QWidget) -> None:
    view = Curves(host)
    drawn(view, history(changes=tuple(Changed(200, "lr", part / 100) for part in range(1, 9))))
    assert labels(view) == ["lr 0.08"]
    assert view._changes._marks.getData()[0].tolist() == [200, 200]


def test_that_fewer_changes_leave_no_label_behind(host: QWidget) -> None:
    view = Curves(host)
    drawn(view, history(changes=(Changed(100, "lr", 0.01),)))
    drawn(view, history())
    assert labels(view) == []
    assert view._changes._marks.getData()[0].size == 0


def test_that_a_value_is_written_short() -> None:
    assert [turned(Changed(0, "lr", value)) for value in (0.01, 1e-5, 1 / 3)] == [
        "lr 0.01",
        "lr 1e-05",
        "lr 0.333",
    ]


def test_that_steps_at_which_clipping_struck_are_underlined_and_counted(host: QWidget) -> None:
    view = Curves(host)
    drawn(view, history(range(100, 200)))
    assert "gradient norm" not in view.caption_at(150, 0)
    assert view._struck.getData()[0].tolist() == [100, 199]
    assert "clipped 25%" in view.header.sentence
    assert "Clipped at 100 of 400 steps." in view.accessibleDescription()
    assert view.caption_at(150, 0).endswith(", clipped")
    assert "clipped" not in view.caption_at(250, 0)


def test_that_the_gradient_s_norm_is_told_so_that_a_threshold_can_be_chosen(host: QWidget) -> None:
    view = Curves(host)
    made = History(started())
    made.append(Frame(0, 1.0, gradient_norm=3.25))
    drawn(view, made)
    assert view.caption_at(0, 0).endswith("gradient norm 3.2")


def test_that_without_clipping_nothing_is_said_of_it(host: QWidget) -> None:
    view = Curves(host)
    drawn(view, history())
    assert view._struck.getData()[0].size == 0
    assert "lipped" not in view.header.sentence + view.accessibleDescription()


def test_that_the_goal_of_the_task_stands_beside_the_metric(host: QWidget) -> None:
    view = Curves(host)
    drawn(view, history())
    assert "accuracy 0.50 at step 0, goal 0.90" in view.header.sentence


def test_that_a_strike_is_not_lost_when_columns_are_thinned() -> None:
    made = History(started())
    for step in range(9000):
        made.append(Frame(step, 1.0, clipped=step == 4001, gradient_norm=float(step)))
    struck = np.flatnonzero(np.diff(made.strikes, prepend=0))
    assert made.steps[struck].tolist() == [4004]
    assert made.clipped == made.strikes[-1] == 1
    np.testing.assert_array_equal(made.gradient_norms, made.steps)


def test_that_the_gradient_s_cuts_are_drawn_between_the_timesteps(host: QWidget) -> None:
    view = ThroughTime(host)
    drawn(view, history(truncate=30))
    assert view._cuts._lines.getData()[0].tolist() == [30.5, 30.5, 60.5, 60.5, 90.5, 90.5]
    assert view._cuts._label.isVisible()
    assert "cut every 30 timesteps" in view.header.sentence
    assert "cut every 30 timesteps" in view.accessibleDescription()


def test_that_cuts_that_would_hide_the_picture_are_only_told(host: QWidget) -> None:
    view = ThroughTime(host)
    view.resize(250, 150)
    drawn(view, history(truncate=1))
    view.resize(250, 150)
    QApplication.sendPostedEvents()
    view.refresh()
    assert view._cuts._lines.getData()[0].size == 0
    assert "cut at every timestep" in view.header.sentence


def test_that_without_truncation_there_are_no_cuts(host: QWidget) -> None:
    view = ThroughTime(host)
    for truncate in (30, None, 100):
        drawn(view, history(truncate=truncate))
    assert view._cuts._lines.getData()[0].size == 0
    assert not view._cuts._label.isVisible()
    assert cut_words(None, 100) == cut_words(100, 100) == ""
