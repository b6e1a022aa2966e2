"""The run of the open document, with a run made by hand and once with the real one."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, frame, messages
from vgviewer.app import words
from vgviewer.app.document import Document
from vgviewer.app.live import Live
from vgviewer.app.marks import marks, tints
from vgviewer.app.pace import Pace
from vgviewer.diagnosis import Alert
from vgviewer.frames import Failed, Finished, Frame, History, Inspect
from vgviewer.runner import Run


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    made = Document()
    made.replace(experiment(), None)
    return made


@pytest.fixture
def live(document: Document, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    made = Live(document, document, cast(Callable[..., Run], HandRun))
    yield made
    made.stop(1.0)


def said(live: Live, document: Document) -> str:
    return words.status(live, document.experiment, torch_is_loading=False, is_welcome=False)


def change_units(document: Document, units: int) -> None:
    assert not document.change("rnn1", {"units": units})


def test_that_before_the_first_run_there_is_nothing_to_draw(live: Live, document: Document) -> None:
    assert (live.state, live.history, live.alerts) == ("idle", None, ())
    assert said(live, document) == "Ready. Press Train to begin."


def test_that_training_drains_the_run_into_the_history_and_ends(live: Live, qtbot: QtBot) -> None:
    with qtbot.waitSignals([live.run_started, live.refreshed, live.text_due, live.ended], timeout=5000):
        live.train_or_pause()
    assert live.history is not None
    assert live.history.steps.tolist() == list(range(30))
    assert live.state == "ended"


def test_that_the_timer_lives_as_long_as_the_run_and_no_longer(live: Live, qtbot: QtBot) -> None:
    live.train_or_pause()
    assert live._timer.isActive()
    live.train_or_pause()
    assert live._timer.isActive()
    live.train_or_pause()
    qtbot.waitUntil(lambda: live.state == "ended")
    assert not live._timer.isActive()


def test_that_a_drain_tells_its_listeners_once(live: Live, qtbot: QtBot) -> None:
    told: list[int] = []
    live.refreshed.connect(lambda: told.append(live.history.latest.step if live.history else -1))
    live.train_or_pause()
    qtbot.waitUntil(lambda: live.state == "ended")
    assert len(told) == 8  # 32 messages, 5 in the first drain, then 4 at a time
    assert told == sorted(told)


def test_that_train_pauses_and_goes_on_where_it_was(live: Live) -> None:
    live.train_or_pause()
    live.drain()
    live.train_or_pause()
    assert live.state == "paused"
    live.train_or_pause()
    assert live.state == "running"
    assert [call for run in HandRun.made for call in run.calls] == ["start", "pause", "resume"]


def test_that_a_step_on_a_fresh_network_makes_one_step_and_waits(live: Live, document: Document) -> None:
    live.step()
    live.drain()
    live.step()
    live.drain()
    assert live.history is not None
    assert live.history.steps.tolist() == [0, 1]
    assert said(live, document) == "Paused at step 1. No alert stands."


def test_that_a_problem_is_said_in_words_and_nothing_is_started(live: Live, document: Document) -> None:
    document.remove(["last1"])
    live.train_or_pause()
    live.step()
    assert not HandRun.made
    assert said(live, document).startswith("To train, fix output: The task wants one answer")


def test_that_an_edit_leaves_the_run_alone_and_says_what_to_do(live: Live, document: Document) -> None:
    live.train_or_pause()
    live.drain()
    change_units(document, 5)
    assert live.state == "running"
    assert said(live, document).endswith(words.GOES_ON)
    change_units(document, 4)
    assert words.GOES_ON not in said(live, document)


def test_that_reset_drops_the_run_and_the_next_one_trains_the_new_network(
    live: Live, document: Document
) -> None:
    live.train_or_pause()
    live.drain()
    change_units(document, 5)
    live.reset()
    assert (live.state, live.history) == ("idle", None)
    live.train_or_pause()
    first, second = HandRun.made
    assert first.calls[-1] == "stop"
    assert second.experiment == document.experiment
    assert words.GOES_ON not in said(live, document)


def test_that_train_begins_anew_after_the_end(live: Live, qtbot: QtBot) -> None:
    live.train_or_pause()
    qtbot.waitUntil(lambda: live.state == "ended")
    live.train_or_pause()
    live.drain()
    assert len(HandRun.made) == 2
    assert live.history is not None
    assert live.history.steps.size < 30


def test_that_slow_motion_holds_for_this_run_and_the_next(live: Live) -> None:
    live.train_or_pause()
    live.set_speed(0)
    live.reset()
    live.train_or_pause()
    assert [run.step_seconds for run in HandRun.made] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (Finished(1234, "done"), "Done after 1,234 steps."),
        (Finished(7, "early_stopping"), "Stopped early at step 7: the metric no longer improves."),
        (
            Finished(7, "non_finite"),
            "Stopped at step 7: the loss is not finite; the last finite weights are kept.",
        ),
        (Failed("There was not enough memory.", "a traceback"), "There was not enough memory."),
    ],
)
def test_that_every_end_has_its_sentence(
    live: Live,
    document: Document,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    end: Finished | Failed,
    sentence: str,
) -> None:
    monkeypatch.setattr(HandRun, "script", messages(3, end))
    with qtbot.waitSignal(live.ended):
        live.train_or_pause()
    assert said(live, document).startswith(sentence)
    assert live.end == end


def test_that_a_failure_before_the_first_message_is_an_end_too(
    live: Live, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HandRun, "script", [Failed("torch is not there.")])
    with qtbot.waitSignal(live.ended):
        live.train_or_pause()
    assert (live.state, live.history) == ("ended", None)


def test_that_a_tint_is_the_size_relative_to_the_output_head() -> None:
    history = History(cast(Any, messages()[0]))
    history.append(frame(0))
    assert tints(history) == pytest.approx({"rnn1": -5.0, "last1": -0.5, "output": 0.0})


@pytest.mark.parametrize("head", [np.nan, np.inf, -np.inf])
def test_that_a_head_without_a_size_leaves_tints_as_they_are(head: float) -> None:
    history = History(cast(Any, messages()[0]))
    sizes = np.array([-np.inf, np.nan, head], np.float32)
    history.append(Frame(0, 0.2, readings={"output_gradient": sizes}))
    found = tints(history)
    assert found["rnn1"] == -np.inf
    assert "last1" not in found


def test_that_without_a_frame_nothing_is_tinted() -> None:
    assert tints(None) == {}
    assert tints(History(cast(Any, messages()[0]))) == {}


def alert(kind: Any, layer: str | None, severity: Any, until: int | None = None) -> Alert:
    return Alert(kind, None, layer, None, 3, until, severity, 1.0, 1.0, "It is so.")


def test_that_a_layer_bears_the_worst_alert_that_stands_there() -> None:
    alerts = (
        alert("exploding", "rnn1", "critical"),
        alert("vanishing", "rnn1", "warning"),
        alert("vanishing", "last1", "critical", until=9),
        alert("non_finite", None, "critical"),
    )
    assert marks(alerts) == {"rnn1": ("exploding", f"{alerts[0].title}. It is so.")}


def test_that_the_time_left_is_promised_only_when_the_pace_has_settled() -> None:
    pace = Pace()
    assert pace.seconds_left(1000) is None
    for step in range(5):
        pace.mark(step / 100, step)
    assert pace.steps_per_second == pytest.approx(100)
    assert pace.seconds_left(1000) is None
    for step in range(5, 300):
        pace.mark(step / 100, step)
    assert pace.seconds_left(1000) == pytest.approx(7.01)


def test_that_a_pause_and_a_clock_that_jumps_do_not_count_as_work() -> None:
    pace = Pace()
    pace.mark(0.0, 0)
    pace.mark(1.0, 100)
    pace.rest()
    pace.mark(1000.0, 101)
    assert pace.steps_per_second is None
    pace.mark(3.0, 102)
    assert pace.steps_per_second is None


def test_that_the_real_run_is_stepped_trained_and_stopped(document: Document, qtbot: QtBot) -> None:
    live = Live(document, document)
    live.step()
    qtbot.waitUntil(lambda: bool(live.history and live.history.latest), timeout=60_000)
    qtbot.waitUntil(lambda: live.state == "paused")
    assert live.history is not None
    assert live.history.steps.tolist() == [0]
    live.train_or_pause()
    qtbot.waitUntil(lambda: live.history is not None and live.history.steps.size > 20)
    assert live.stop(10.0)


def test_that_the_run_is_asked_for_the_cause_of_an_alert_and_the_answer_is_shown(
    live: Live, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    live.train_or_pause()
    live.drain()
    monkeypatch.setattr(live._session, "wish", lambda: Inspect("hops"))
    live.drain()
    assert HandRun.made[-1].asked.count("hops") == 1


def test_that_a_run_that_has_ended_meanwhile_is_asked_nothing(
    live: Live, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    live.train_or_pause()
    live.drain()
    monkeypatch.setattr(live._session, "wish", lambda: Inspect("hops"))
    with qtbot.waitSignal(live.ended, timeout=5000):
        live.drain()
    asked = HandRun.made[-1].asked.count("hops")
    live.drain()
    assert (live.state, HandRun.made[-1].asked.count("hops")) == ("ended", asked)
