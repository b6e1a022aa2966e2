"""When a run is asked for what the visible views want, on a clock that is only numbers."""

from dataclasses import replace

from tests.app.runs_by_hand import frame
from vgviewer.app.asking import INTERVAL_S, PART, Asking
from vgviewer.frames import Refused
from vgviewer.frames.details import Details
from vgviewer.frames.inspections import Reach

BOTH = {"reach", "details"}


def looked_at(step: int) -> object:
    """A frame with details."""
    return replace(frame(step), details=Details({}, {}, {}, {}, {}))


def test_that_everything_wanted_is_asked_for_once() -> None:
    asking = Asking()
    assert asking.due(BOTH, 3, 0.0) == ["details", "reach"]
    assert asking.due(BOTH, 4, 100.0) == []
    assert asking.due({*BOTH, "hops"}, 4, 100.0) == ["hops"]


def test_that_nobody_who_looks_asks_for_nothing() -> None:
    assert Asking().due((), 3, 0.0) == []


def test_that_the_next_wish_follows_about_a_second_after_the_answer() -> None:
    asking = Asking()
    asking.due({"reach"}, 3, 0.0)
    asking.take(Reach(4, ()), 0.01)
    assert asking.due({"reach"}, 9, 0.01 + INTERVAL_S - 0.001) == []
    assert asking.due({"reach"}, 9, 0.01 + INTERVAL_S) == ["reach"]


def test_that_a_slow_answer_is_wished_for_less_often() -> None:
    asking = Asking()
    asking.due({"reach"}, 3, 0.0)
    asking.take(Reach(4, ()), 2.0)
    assert asking.due({"reach"}, 9, 2.0 + 2.0 * PART - 0.001) == []
    assert asking.due({"reach"}, 9, 2.0 + 2.0 * PART) == ["reach"]


def test_that_a_step_is_not_looked_at_twice_so_that_a_pause_asks_once() -> None:
    asking = Asking()
    asking.due({"reach"}, 3, 0.0)
    asking.take(Reach(4, ()), 0.01)
    assert asking.due({"reach"}, 3, 50.0) == []
    assert asking.due({"reach"}, 4, 50.0) == ["reach"]


def test_that_a_refusal_is_an_answer() -> None:
    asking = Asking()
    asking.due({"reach"}, 3, 0.0)
    asking.take(Refused(4, "reach", "too large"), 0.01)
    assert asking.due({"reach"}, 9, 5.0) == ["reach"]


def test_that_details_come_with_a_frame_and_only_with_one_that_was_looked_at() -> None:
    asking = Asking()
    asking.due({"details"}, 3, 0.0)
    asking.take(frame(4), 0.01)
    assert asking.due({"details"}, 9, 5.0) == []
    asking.take(looked_at(5), 5.0)
    assert asking.due({"details"}, 9, 5.0 + 5.0 * PART) == ["details"]


def test_that_an_answer_to_somebody_else_changes_nothing() -> None:
    asking = Asking()
    asking.take(Reach(4, ()), 0.0)
    assert asking.due({"reach"}, 4, 0.0) == ["reach"]
