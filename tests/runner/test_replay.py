"""A recorded run and the live one: the same history and the same alerts, with their causes, after every step."""

from pathlib import Path

import pytest

from tests.engine.cases import LAST, layer, preset
from tests.engine.comparison import experiment_of
from tests.recording.runs import facts, same
from vgviewer.frames import Frame
from vgviewer.recording import Recorder, Recording
from vgviewer.runner import Replay, Session, follow

FORGETFUL = experiment_of(
    preset(
        layer("rnn", units=16),
        LAST,
        task={"type": "adding", "length": 40},
        steps=40,
        optimizer={"type": "sgd", "lr": 1e-6},
    )
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, tuple[object, ...]]]:
    """The file, and the alerts as they stood before the message after each step."""
    path = tmp_path_factory.mktemp("runs") / "forgetful.vgrun"
    recorder = Recorder(path, FORGETFUL)
    session, alerts, step = Session(FORGETFUL, recorder), {}, None
    for message in follow(session):
        step = message.step if isinstance(message, Frame) else step
        if step is not None:
            alerts[step] = session.alerts
    assert recorder.close()
    assert not recorder.problem
    return path, alerts


def test_that_alerts_stand_as_they_stood_then(lived: tuple[Path, dict[int, tuple[object, ...]]]) -> None:
    path, alerts = lived
    with Recording(path) as recording:
        assert recording.steps.tolist() == list(alerts) == list(range(40))
        for step, then in alerts.items():
            assert same(Replay(recording, step).alerts, then), step
        last = Replay(recording, 39)
    assert any(alert.cause for alert in last.alerts)
    assert last.verdict == "vanishing"
    assert last.reason == last.alerts[0].message


def test_that_a_remedy_is_offered_from_a_file_as_from_a_run(
    lived: tuple[Path, dict[int, tuple[object, ...]]],
) -> None:
    session = Session(FORGETFUL)
    for _ in follow(session):
        pass
    with Recording(lived[0]) as recording:
        replay = Replay(recording, 39)
        for alert in session.alerts:
            wanted = [offer.id for offer in session.offers(alert)]
            assert [offer.id for offer in replay.offers(alert)] == wanted
            assert wanted


def test_that_only_the_last_step_has_ended(lived: tuple[Path, dict[int, tuple[object, ...]]]) -> None:
    with Recording(lived[0]) as recording:
        assert Replay(recording, 38).ended is None
        assert same(Replay(recording, 39).ended, recording.end)
        assert recording.end is not None


def test_that_the_last_history_is_the_live_one(tmp_path: Path) -> None:
    path = tmp_path / "a.vgrun"
    recorder = Recorder(path, FORGETFUL)
    session = Session(FORGETFUL, recorder)
    for _ in follow(session):
        pass
    assert recorder.close()
    assert session.history is not None
    with Recording(path) as recording:
        found = Replay(recording, 39).history
        assert found is not None
        assert same(facts(found), facts(session.history))
