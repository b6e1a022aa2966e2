"""One shipped preset of each task, trained as it is shipped: it reaches the task's goal, or fails as its notes say."""

import pytest

from vgviewer import engine
from vgviewer.experiment import find, load
from vgviewer.frames import Finished, Frame
from vgviewer.runner import Session
from vgviewer.tasks import TASKS

LEARN = (
    "lstm-chrono",
    "rnn-echo",
    "rnn-copy-memory",
    "rnn-temporal-order",
    "rnn-parity",
    "lstm-characters",
    "lstm-sunspots",
    "gru-digits",
    "tanh-xor",
    "tanh-moons",
    "relu-circles",
    "sigmoid-10-batch-norm",
    "tanh-sine",
    "csv-wine",
    "arrays-pulse",
)
FAIL = ("rnn-forgets", "sigmoid-10")
STEPS_TO_SEE_IT = 400  # of those that fail; longer runs end no better
OF_OWN_FILES = {
    "csv-wine": 0.95,
    "arrays-pulse": 0.9,
}  # what can be learned from any file nobody knows: no goal
WITHOUT_GOAL = ("tanh-20-flat-weights", "worked-example")  # nothing to learn; one sample


def trained(name: str, steps: int | None = None) -> tuple[Session, list[float]]:
    """The run at its end, and all readings of the metric."""
    experiment = load(find(name))
    if steps is not None:
        experiment = experiment.replace(training=experiment.training.replace(steps=steps))
    session = Session(experiment)
    readings = []
    for message in engine.train(session.experiment):
        session.take(message)
        if isinstance(message, Frame | Finished) and message.metric is not None:
            readings.append(message.metric)
    return session, readings


def reaches(session: Session, goal: float | None, readings: list[float]) -> bool:
    """Whether a reading meets the goal."""
    assert goal is not None
    return max(readings) >= goal if session.experiment.metric == "accuracy" else min(readings) <= goal


def test_that_there_is_a_preset_for_every_task() -> None:
    tasks = {type(load(find(name)).task) for name in (*LEARN, *WITHOUT_GOAL)}
    assert tasks == set(TASKS)


@pytest.mark.timeout(600)  # lstm-chrono takes half a minute of a processor that is its own
@pytest.mark.parametrize("name", LEARN)
def test_that_a_preset_that_is_to_learn_reaches_its_goal_without_a_false_alarm(name: str) -> None:
    session, readings = trained(name)
    goal = OF_OWN_FILES.get(name, session.experiment.task.goal())
    assert reaches(session, goal, readings), readings
    assert session.verdict == "healthy"
    assert [alert.message for alert in session.alerts if alert.severity == "critical"] == []


@pytest.mark.parametrize("name", FAIL)
def test_that_a_preset_that_is_to_fail_does_not_reach_its_goal_and_says_why(name: str) -> None:
    session, readings = trained(name, STEPS_TO_SEE_IT)
    assert not reaches(session, session.experiment.task.goal(), readings), readings
    assert session.verdict == "vanishing"


def test_that_where_nothing_can_be_learned_there_is_no_goal_and_the_signal_is_seen_to_vanish() -> None:
    session, _ = trained("tanh-20-flat-weights")
    assert session.experiment.task.goal() is None
    assert session.verdict == "vanishing"
    assert load(find("worked-example")).task.goal() is None
