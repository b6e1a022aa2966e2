"""The worker thread and its one door."""

import threading
import time
from collections.abc import Callable

import pytest

from vgviewer.experiment import Experiment, Training
from vgviewer.frames import Failed, Finished, Frame, Message, Started
from vgviewer.network import Network
from vgviewer.network.layers.dense import Dense
from vgviewer.runner import Run, Session
from vgviewer.tasks.fixed import Fixed
from vgviewer.tasks.plane import Spirals

PATIENCE_S = 30.0
POLL_S = 0.002


def small(steps: int = 40) -> Experiment:
    network = Network(layers=(Dense(id="dense1", units=4, activation="tanh"),))
    return Experiment(network=network, task=Spirals(), training=Training(steps=steps))


def wait_for(run: Run, is_enough: Callable[[list[Message]], bool]) -> list[Message]:
    """Drains until the condition holds; fails loudly when it never does."""
    messages: list[Message] = []
    end = time.monotonic() + PATIENCE_S
    while not is_enough(messages):
        assert time.monotonic() < end, f"still waiting after {len(messages)} messages"
        messages += run.drain()
        run.join(POLL_S)  # a loop that never rests would keep the interpreter to itself
    return messages


def steps(messages: list[Message]) -> list[int]:
    return [message.step for message in messages if isinstance(message, Frame)]


def ended(messages: list[Message]) -> bool:
    return bool(messages) and isinstance(messages[-1], Finished | Failed)


def test_that_a_run_sends_started_then_every_frame_then_finished() -> None:
    run = Run(small(200))  # more frames than the queue holds
    run.start()
    messages = wait_for(run, ended)
    assert isinstance(messages[0], Started)
    assert steps(messages) == list(range(200))
    assert isinstance(messages[-1], Finished)
    assert run.join(PATIENCE_S)
    assert run.state == "finished"


def test_that_the_caller_never_waits_for_messages() -> None:
    run = Run(small())
    assert run.drain() == []
    assert run.join(0)


def test_that_stepping_makes_exactly_so_many_steps() -> None:
    run = Run(small())
    run.start_paused()
    run.step(3)
    messages = wait_for(run, lambda so_far: len(steps(so_far)) == 3)
    assert run.state == "paused"
    run.step()
    messages += wait_for(run, lambda so_far: len(steps(so_far)) == 1)
    assert steps(messages) == [0, 1, 2, 3]
    run.stop()
    assert run.join(PATIENCE_S)


def test_that_a_paused_run_goes_on_where_it_was() -> None:
    run = Run(small(400))
    run.start()
    first = wait_for(run, lambda so_far: len(steps(so_far)) >= 3)
    run.pause()
    assert run.state == "paused"
    run.resume()
    assert steps(first + wait_for(run, ended)) == list(range(400))
    assert run.join(PATIENCE_S)


def test_that_a_stop_is_prompt_also_while_the_queue_is_full() -> None:
    run = Run(small(100_000))
    run.start()
    wait_for(run, lambda so_far: len(so_far) > 0)
    run.stop()
    begun = time.monotonic()
    assert run.join(PATIENCE_S)
    assert time.monotonic() - begun < 2
    assert not any(thread.name == "vgviewer-run" for thread in threading.enumerate())


def test_that_a_paused_run_can_be_stopped() -> None:
    run = Run(small())
    run.start_paused()
    run.stop()
    assert run.join(PATIENCE_S)


def test_that_trouble_in_the_worker_becomes_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    import vgviewer.engine

    def broken(experiment: Experiment, wishes: object) -> None:
        raise RuntimeError("no such operator")

    monkeypatch.setattr(vgviewer.engine, "train", broken)
    run = Run(small())
    run.start()
    (message,) = wait_for(run, ended)
    assert isinstance(message, Failed)
    assert "no such operator" in message.text
    assert "Traceback" in message.details
    assert run.join(PATIENCE_S)


def test_that_a_session_keeps_history_alerts_and_the_end() -> None:
    experiment = small()
    session = Session(experiment)
    assert session.history is None
    run = Run(experiment)
    run.start()
    for message in wait_for(run, ended):
        session.take(message)
    assert run.join(PATIENCE_S)
    assert session.history is not None
    assert len(session.history.steps) == 40
    assert isinstance(session.ended, Finished)
    assert session.alerts == ()


def test_that_a_session_refuses_a_frame_without_a_start() -> None:
    session = Session(Experiment(network=Network(layers=()), task=Fixed(inputs=[[1.0]], targets=[[1.0]])))
    with pytest.raises(ValueError, match="starts with Started"):
        session.take(Frame(0, 1.0))
