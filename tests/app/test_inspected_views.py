"""The views of inspections draw whatever a run can answer, say why they are empty, and ask for what they show."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app import inspections_by_hand as by_hand
from tests.app.frames_by_hand import FEED_FORWARD, T, uniform_history, vanishing_history
from tests.app.shown import settle, showing
from vgviewer.app.views import Output, ReachView, View, Why
from vgviewer.frames import Frame, History, Refused
from vgviewer.frames.inspections import Answers, HopAccounts, Jacobians, Reach

ODD = (np.nan, np.inf, -np.inf, 0.0, 1e-300, 1e300)


def of_one_value(value: float) -> History:
    """Everything that was inspected is this number."""
    with np.errstate(over="ignore"):
        answers = by_hand.values(answers=np.full((3, 1), value).astype(np.float32))
    return by_hand.inspected(by_hand.hops(value), by_hand.jacobians(value), by_hand.reach(value), answers)


def with_answers(found: Answers) -> History:
    return by_hand.inspected(found)


HISTORIES = {
    **{f"all {value}": lambda value=value: of_one_value(value) for value in ODD},
    "two timesteps": lambda: by_hand.inspected(by_hand.hops(timesteps=2), by_hand.reach(timesteps=2)),
    "one timestep": lambda: by_hand.inspected(by_hand.hops(timesteps=1), by_hand.reach(timesteps=1)),
    "no layer": lambda: by_hand.inspected(HopAccounts(0, (), ()), Jacobians(0, (), ()), Reach(0, ())),
    "classes on a plane": lambda: with_answers(by_hand.classes()),
    "classes at every timestep": lambda: with_answers(
        Answers(0, 9000, 65, None, np.zeros((4, 7), np.int64), np.full((4, 7), -1))
    ),
    "values at every timestep": lambda: with_answers(
        by_hand.values(
            inputs=None, targets=np.zeros((3, 5, 2), np.float32), answers=np.ones((3, 5, 2), np.float32)
        )
    ),
    "one sample": lambda: with_answers(
        by_hand.values(
            inputs=np.ones((1, 1), np.float32),
            targets=np.ones((1, 1), np.float32),
            answers=np.ones((1, 1), np.float32),
        )
    ),
}
KINDS = (Why, ReachView, Output)


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[object]:
    with showing(qapp) as show:
        yield show


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("kind", KINDS)
def test_that_whatever_is_answered_is_drawn_in_every_way(shown, kind: type[View], history) -> None:
    view = shown(kind, history())
    for choice in view.header.choices:
        for action in list(choice._group.actions()):
            choice.choose(action.data())
            settle(view)
            assert not view.grab().isNull()
            assert view.accessibleDescription()
            if not view.missing():
                assert view.table().as_tsv()
                xs, ys = view.stops()
                assert all(isinstance(view.caption_at(x, y), str) for x in xs[:3] for y in ys[:3])
                assert view.caption_at(1e9, 1e9) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_that_an_answer_which_is_still_to_come_is_awaited_in_words(shown, kind: type[View]) -> None:
    view = shown(kind, vanishing_history(5))
    assert "once a second" in view.missing() or "ended" in view.missing()
    running = vanishing_history(5)
    running.started = vanishing_history(1000).started
    view.set_history(running)
    assert "on its way" in view.missing()
    assert not view.can_fill()  # a click would pause what trains


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_run_which_ended_unseen_can_be_trained_again(shown, kind: type[View]) -> None:
    view = shown(kind, vanishing_history(5))
    assert view.missing().startswith("The run ended before this was measured")
    assert view.can_fill()


@pytest.mark.parametrize(("kind", "what"), [(Why, "hops"), (ReachView, "reach"), (Output, "answers")])
def test_that_a_refusal_is_told_with_its_reason(shown, kind: type[View], what: str) -> None:
    history = vanishing_history(5)
    history.refused = Refused(3, what, "not enough memory")
    assert shown(kind, history).missing() == "This could not be measured: not enough memory"


@pytest.mark.parametrize("kind", KINDS)
def test_that_an_answer_is_drawn_although_no_frame_follows(shown, kind: type[View]) -> None:
    """A paused run answers, too."""
    history = vanishing_history(5)
    view = shown(kind, history)
    assert view.missing()
    full = by_hand.inspected(by_hand.hops(), by_hand.jacobians(), by_hand.reach(), by_hand.classes())
    history.inspections.update(full.inspections)
    view._described_at = -1e9
    view._tick()
    assert not view.missing()
    assert view._pages.currentIndex() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_frame_without_an_answer_is_not_drawn_again(shown, kind: type[View], monkeypatch) -> None:
    full = by_hand.inspected(by_hand.hops(), by_hand.jacobians(), by_hand.reach(), by_hand.classes())
    view = shown(kind, full)
    drawn: list[History] = []
    monkeypatch.setattr(view, "draw", drawn.append)
    full.append(Frame(5, 0.1))
    view._drawn_at = view._described_at = -1e9
    view._tick()
    assert not drawn


def test_that_a_network_without_recurrence_has_no_reach_and_is_told_why(shown) -> None:
    view = shown(ReachView, uniform_history(-1.0, sites=FEED_FORWARD, timesteps=0))
    assert "no recurrent layer" in view.missing()
    assert not view.can_fill()


def test_that_why_asks_only_for_what_it_shows(shown) -> None:
    view = shown(Why, by_hand.inspected(by_hand.hops(), by_hand.jacobians(), by_hand.reach()))
    asked = {}
    for way in ("time", "depth", "singular", "shares"):
        view._way.choose(way)
        asked[way] = set(view.wanted)
    assert asked == {"time": {"hops"}, "depth": {"hops"}, "singular": {"jacobians"}, "shares": {"reach"}}
    assert set.union(*asked.values()) == set(Why.wants)


def test_that_a_selected_recurrent_layer_is_shown(shown) -> None:
    for kind in (Why, ReachView):
        view = shown(kind, by_hand.inspected(by_hand.hops(), by_hand.reach()))
        view.select("lstm2")
        settle(view)
        assert view.layer_at(T, 0.5) == "lstm2"
        view.select("dense1")
        settle(view)
        assert view.layer_at(T, 0.5) == "lstm2"
