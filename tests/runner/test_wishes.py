"""Wishes through the one door: answered also while a run is paused, without a step."""

from collections.abc import Callable

import pytest

from tests.runner.test_run import PATIENCE_S, ended, small, steps, wait_for
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.experiment import Experiment, Training
from vgviewer.frames import Changed, Failed, Finished, Frame, History, Message, Refused, Started
from vgviewer.frames.inspections import HopAccounts, Reach
from vgviewer.network import Network
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.rnn import Rnn
from vgviewer.runner import Run, Session
from vgviewer.tasks import Adding


def recurrent(steps: int = 40) -> Experiment:
    network = Network(layers=(Rnn(id="rnn1", units=4), LastStep(id="last1")))
    return Experiment(network=network, task=Adding(length=6), training=Training(steps=steps, batch_size=4))


def has(kind: type[Message], count: int = 1) -> Callable[[list[Message]], bool]:
    return lambda found: sum(isinstance(message, kind) for message in found) >= count


def test_that_a_change_before_the_first_step_is_answered_without_one() -> None:
    run = Run(small())
    run.change("lr", 0.5)
    run.start_paused()
    found = wait_for(run, has(Changed))
    assert [type(message).__name__ for message in found] == ["Started", "Changed"]
    assert found[1] == Changed(0, "lr", 0.5)
    assert run.state == "paused"
    run.stop()
    assert run.join(PATIENCE_S)


def test_that_a_paused_run_answers_at_once_and_makes_no_step() -> None:
    run = Run(recurrent())
    run.start_paused()
    run.step(3)
    found = wait_for(run, lambda so_far: len(steps(so_far)) == 3)
    run.look()
    run.change("recurrent_gain", 2.0)
    run.inspect("reach")
    run.change("clip", 1.0)
    found = wait_for(run, has(Changed, 2))
    assert [type(message).__name__ for message in found] == ["Changed", "Reach", "Changed"]
    assert {message.step for message in found} == {3}
    assert run.state == "paused"
    run.step()
    assert steps(wait_for(run, has(Frame))) == [3]
    assert run.drain() == []
    run.stop()
    assert run.join(PATIENCE_S)


def test_that_a_look_alone_does_not_wake_a_paused_run() -> None:
    run = Run(small())
    run.start_paused()
    wait_for(run, has(Started))
    run.look()
    run.change("lr", 0.1)
    assert not steps(wait_for(run, has(Changed)))
    run.step()
    assert steps(wait_for(run, has(Frame))) == [0]
    run.stop()
    assert run.join(PATIENCE_S)


def test_that_a_running_run_loses_no_step_to_its_answers() -> None:
    run = Run(small(200))
    run.start()
    found = wait_for(run, lambda so_far: len(steps(so_far)) >= 3)
    for part in range(1, 6):
        run.change("lr", part / 100)
    found += wait_for(run, ended)
    assert steps(found) == list(range(200))
    assert [message.value for message in found if isinstance(message, Changed)] == [
        0.01,
        0.02,
        0.03,
        0.04,
        0.05,
    ]
    assert run.join(PATIENCE_S)


def test_that_slow_motion_does_not_keep_an_answer_waiting() -> None:
    run = Run(small())
    run.step_seconds = 10 * PATIENCE_S
    run.start()
    wait_for(run, has(Frame))
    run.change("lr", 0.1)
    assert not steps(wait_for(run, has(Changed)))
    run.stop()
    assert run.join(PATIENCE_S)


def test_that_a_change_that_cannot_be_is_refused_to_whoever_asks() -> None:
    run = Run(small())
    run.start_paused()
    with pytest.raises(ValueError, match="no recurrent layer"):
        run.change("recurrent_gain", 2.0)
    with pytest.raises(ValueError, match="must be between 0 and"):
        run.change("lr", -1.0)
    run.change("lr", 1.0)
    wait_for(run, has(Changed))
    assert run.state == "paused"
    run.stop()
    assert run.join(PATIENCE_S)


def test_that_a_session_keeps_changes_and_the_newest_inspection_of_each_type() -> None:
    session = Session(recurrent())
    run = Run(recurrent())
    run.start_paused()
    for _ in range(2):
        run.inspect("reach")
        run.step()
    run.change("lr", 0.1)
    for message in wait_for(run, lambda so_far: has(Reach, 2)(so_far) and has(Changed)(so_far)):
        session.take(message)
    run.stop()
    assert run.join(PATIENCE_S)
    assert isinstance(session.history, History)
    assert [change.value for change in session.history.changes] == [0.1]
    assert [type(found) for found in session.history.inspections.values()] == [Reach]


def test_that_a_missing_device_becomes_words_for_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    experiment = small().replace(training=Training(device="cuda"))
    assert experiment.problems == ()
    run = Run(experiment)
    run.start()
    (failed,) = wait_for(run, ended)
    assert isinstance(failed, Failed)
    assert failed.text.startswith("training.device: must be cpu or auto here")
    assert failed.details == ""
    assert run.join(PATIENCE_S)


def test_that_a_run_paused_behind_its_last_step_still_answers() -> None:
    run = Run(recurrent(steps=2))
    run.start_paused()
    run.step(2)
    wait_for(run, lambda so_far: len(steps(so_far)) == 2)
    run.inspect("hops")
    (answer,) = wait_for(run, has(HopAccounts))
    assert answer.step == 2
    assert run.state == "paused"
    run.resume()
    assert isinstance(wait_for(run, ended)[-1], Finished)
    assert run.join(PATIENCE_S)


def test_that_an_inspection_that_fails_is_answered_in_words_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_much(trainer: object) -> Reach:
        raise MemoryError("not enough memory to look")

    monkeypatch.setitem(INSPECTIONS, "reach", too_much)
    run = Run(recurrent(steps=3))
    run.inspect("reach")
    run.start()
    found = wait_for(run, ended)
    assert run.join(PATIENCE_S)
    assert found[1] == Refused(0, "reach", "not enough memory to look")
    assert len(steps(found)) == 3
    session = Session(run.experiment)
    for message in found:
        session.take(message)
    assert session.history is not None
    assert session.history.refused == found[1]


def test_that_what_nobody_can_answer_is_refused_when_it_is_asked() -> None:
    run = Run(recurrent(steps=1))
    with pytest.raises(ValueError, match="there is no inspection depth; take one of reach, jacobians, hops"):
        run.inspect("depth")  # type: ignore[arg-type]
    run.start()
    wait_for(run, ended)
    assert run.join(PATIENCE_S)
    with pytest.raises(ValueError, match="the run has ended"):
        run.inspect("reach")
    with pytest.raises(ValueError, match="the run has ended"):
        run.change("lr", 0.1)
