"""What a session asks a run, and what becomes of the answer."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tests.engine.cases import LAST, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer.diagnosis import Alert, Cause, remedies
from vgviewer.diagnosis.remedy import Offer, Patient
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.experiment import Experiment
from vgviewer.frames import Frame, Inspect, Message
from vgviewer.frames.inspections import HopAccounts
from vgviewer.runner import Session, follow
from vgviewer.runner.curiosity import EVERY_STEPS, Curiosity


def forgetful(steps: int = 60) -> Experiment:
    """A plain RNN that cannot remember what the task needs, from its first step to its last."""
    still = {"type": "sgd", "lr": 1e-6}
    task = {"type": "adding", "length": 40}
    return experiment_of(preset(layer("rnn", units=16), LAST, task=task, steps=steps, optimizer=still))


def alert(step: int = 4, axis: str = "time") -> Alert:
    return Alert("vanishing", axis, "rnn1", 1, step, None, "warning", 1e-9, 1e-3, "It vanishes.")  # type: ignore[arg-type]


def is_vanishing(found: Alert) -> bool:
    return (found.kind, found.axis) == ("vanishing", "time")


def test_that_an_alert_gets_its_cause_from_the_run_itself() -> None:
    made = Session(forgetful(12))
    messages = list(follow(made))
    (found,) = filter(is_vanishing, made.alerts)
    assert found.cause is not None
    assert "per timestep = activation" in found.cause.text
    assert len(found.cause.hops) == 20
    place = next(place for place, message in enumerate(messages) if isinstance(message, HopAccounts))
    frame = messages[place - 1]
    assert isinstance(frame, Frame)
    assert frame.step == found.step


def test_that_a_run_is_asked_once_for_an_alert_and_once_more_when_it_is_critical() -> None:
    made = Session(forgetful(120))
    seen = [(message.step, made.alerts) for message in follow(made) if isinstance(message, HopAccounts)]
    assert [alerts[0].severity for _, alerts in seen] == ["warning", "critical"]
    assert seen[1][0] - seen[0][0] >= EVERY_STEPS


def test_that_what_is_refused_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def refuses(trainer: object) -> HopAccounts:
        asked.append(1)
        raise MemoryError("not enough memory to look")

    monkeypatch.setitem(INSPECTIONS, "hops", refuses)
    made = Session(forgetful(12))
    assert [message for message in follow(made) if isinstance(message, Frame)]
    assert len(asked) == 1
    assert not any(found.cause for found in made.alerts)


def test_that_nothing_is_asked_of_a_run_that_is_not_looked_at() -> None:
    made = Session(forgetful(12))
    kinds = {type(message).__name__ for message in follow(made, capture=())}
    assert kinds == {"Started", "Frame", "Finished"}
    assert made.reason == "The gradients were not looked at."


def test_that_a_wish_is_handed_out_once_and_is_void_at_the_end() -> None:
    messages = list(follow(Session(forgetful(12))))
    made = Session(forgetful(12))
    wishes: list[Inspect | None] = []
    for message in messages:
        made.take(message)
        wishes += [made.wish(), made.wish()]
    assert [wish for wish in wishes if wish] == [Inspect("hops")]
    late = Session(forgetful(12))
    for message in messages:
        late.take(message)
    assert late.wish() is None


def test_that_a_run_is_asked_seldom_but_before_its_end_nothing_is_put_off() -> None:
    curiosity = Curiosity(steps=200)
    assert not curiosity.asks([], 0)
    assert curiosity.asks([alert(4)], 4)
    assert not curiosity.asks([alert(4)], 4 + EVERY_STEPS)
    assert not curiosity.asks([alert(4), alert(9)], 3 + EVERY_STEPS)
    assert curiosity.asks([alert(4), alert(9)], 4 + EVERY_STEPS)
    assert curiosity.asks([alert(4, "depth")], 199)
    urgent = replace(alert(4), severity="critical")
    assert curiosity.asks([urgent], 5 + EVERY_STEPS)
    assert not curiosity.asks([urgent, alert(9)], 199)


def made_out(experiment: Experiment) -> Callable[[Patient], tuple[Offer, ...]]:
    offer = Offer("he", "Initialize with He's variance", "Why.", "He et al. 2015", "Limits.", experiment)
    return lambda patient: (offer,)


def run_by_hand(norms: list[float | None]) -> Session:
    made = Session(forgetful())
    messages: list[Message] = [
        next(follow(Session(forgetful()))),
        *(Frame(step, 1.0, gradient_norm=norm) for step, norm in enumerate(norms)),
    ]
    for message in messages:
        made.take(message)
    return made


def test_that_offers_are_made_out_once_and_know_the_median_gradient_norm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patients: list[Patient] = []
    made = run_by_hand([2.0, 8.0, None, 4.0, float("nan")])
    offer = made_out(made.experiment)

    def note(patient: Patient) -> tuple[Offer, ...]:
        patients.append(patient)
        return offer(patient)

    monkeypatch.setattr(remedies, "offers", note)
    assert not patients
    assert made.offers(alert()) == made.offers(alert())
    assert patients == [Patient(made.experiment, alert(), 4.0)]
    explained = replace(alert(), cause=Cause("Because."))
    made.offers(explained)
    assert patients[1:] == [Patient(made.experiment, explained, 4.0)]


def test_that_without_gradient_norms_offers_go_without(monkeypatch: pytest.MonkeyPatch) -> None:
    norms: list[float | None] = []
    monkeypatch.setattr(remedies, "offers", lambda patient: norms.append(patient.gradient_norm) or ())
    run_by_hand([]).offers(alert())
    run_by_hand([None]).offers(alert())
    assert norms == [None, None]


def test_that_the_verdict_has_a_reason_with_its_numbers() -> None:
    made = Session(forgetful(60))
    for _ in follow(made):
        pass
    assert made.verdict == "vanishing"
    assert made.reason == next(filter(is_vanishing, made.alerts)).message
    assert not np.isnan(made.alerts[0].value)


def test_that_a_patient_knows_the_first_norms_before_it_diverged_and_the_size_of_its_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patients: list[Patient] = []
    monkeypatch.setattr(remedies, "offers", lambda patient: patients.append(patient) or ())
    made = Session(forgetful())
    made.take(next(follow(Session(forgetful()))))
    count = len(made.history.started.sites)  # type: ignore[union-attr]
    for step, (norm, ratio) in enumerate([(1.0, -3), (2.0, -0.5), (3.0, -3), (1e9, -3), (1e12, 2)]):
        row = np.full(count, -4, np.float32)
        row[0] = ratio
        made.take(Frame(step, 1.0, gradient_norm=norm, readings={"update_ratio": row}))
    diverged = replace(alert(), kind="exploding", axis=None, step=2)
    made.offers(diverged)
    made.offers(replace(diverged, kind="cut_off"))
    assert [patient.gradient_norm for patient in patients] == [2.0, 3.0]
    assert patients[0].largest_step == pytest.approx(10**-0.5)
    assert patients[0].update_ratio == pytest.approx(1e-3)
