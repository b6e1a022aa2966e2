"""From findings in frames to alerts of a run."""

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest

from vgviewer.diagnosis import Alert, Cause, Watch, reason, verdict
from vgviewer.diagnosis.examples import share_example, time_example
from vgviewer.diagnosis.sight import Sight
from vgviewer.diagnosis.watch import CALM_FRAMES
from vgviewer.experiment import Thresholds

SICK, HEALTHY = time_example(0.58), time_example(0.98)


def watched(sights: Iterable[Sight], losses: Iterable[float] | None = None, **settings: object) -> Watch:
    """A run that shows the frames of `sights`, step by step."""
    started = replace(SICK.started, steps=settings.get("steps", 100))  # type: ignore[arg-type]
    watch = Watch(started, settings.get("alerts"))  # type: ignore[arg-type]
    sights = list(sights)
    for step, (sight, loss) in enumerate(zip(sights, losses or [1.0] * len(sights), strict=True)):
        watch.judge(replace(sight.frame, step=step, loss=loss))
    return watch


def test_that_trouble_is_said_only_after_it_has_persisted() -> None:
    assert watched([SICK] * 4).alerts == ()
    (alert,) = watched([SICK] * 5).alerts
    assert (alert.kind, alert.axis, alert.layer, alert.step, alert.until) == (
        "vanishing",
        "time",
        "rnn1",
        4,
        None,
    )
    assert alert.severity == "warning"
    assert alert.value < alert.threshold


def test_that_trouble_becomes_critical_when_the_loss_does_not_fall() -> None:
    severities = [watched([SICK] * frames).alerts[0].severity for frames in (49, 50, 60)]
    assert severities == ["warning", "critical", "critical"]


def test_that_a_network_that_learns_is_only_warned() -> None:
    falling = [1.0 * 0.97**step for step in range(22)] + [0.5 * 0.97**step for step in range(60)]
    (alert,) = watched([SICK] * len(falling), falling).alerts
    assert alert.severity == "warning"


def test_that_what_is_said_of_an_alert_is_measured_against_its_own_threshold() -> None:
    just_above = time_example(10 ** (-2.5 / 50))
    (before,), (after,) = (watched([SICK] * 10 + [just_above] * n).alerts for n in (0, 30))
    assert (after.value, after.timestep, after.layer) == (before.value, before.timestep, before.layer)
    assert after.value < after.threshold


def test_that_trouble_which_comes_and_goes_is_not_said() -> None:
    assert watched([SICK, SICK, HEALTHY] * 20).alerts == ()


def test_that_an_alert_is_raised_once_and_stays_while_the_trouble_does() -> None:
    (alert,) = watched([SICK] * 200).alerts
    assert alert.stands
    assert alert.step == 4


def test_that_an_alert_is_taken_back_when_the_signal_recovers() -> None:
    (alert,) = watched([SICK] * 20 + [HEALTHY] * CALM_FRAMES).alerts
    assert not alert.stands
    assert alert.until == 20 + CALM_FRAMES - 1


def test_that_an_alert_does_not_flicker_around_its_threshold() -> None:
    just_above = time_example(
        10 ** (-2.5 / 50)
    )  # ten times eased, 10^-2.5 is still trouble for an alert that stands
    (alert,) = watched([SICK] * 10 + [just_above] * 50).alerts
    assert alert.stands
    assert watched([just_above] * 50).alerts == ()


def test_that_a_network_that_has_learned_is_left_in_peace() -> None:
    assert watched([SICK] * 300, [0.01] * 300).alerts == ()


def test_that_alerts_are_taken_back_once_the_loss_has_fallen() -> None:
    (alert,) = watched([SICK] * 100, [1.0] * 20 + [0.01] * 80).alerts
    assert not alert.stands


def test_that_a_kind_can_be_switched_off() -> None:
    assert watched([SICK] * 20, alerts={"vanishing": "off"}).alerts == ()


def test_that_a_threshold_can_be_set() -> None:
    assert watched([SICK] * 20, alerts={"vanishing": Thresholds(ratio=1e-30)}).alerts == ()
    assert len(watched([HEALTHY] * 20, alerts={"vanishing": Thresholds(ratio=0.5)}).alerts) == 1


def test_that_a_loss_that_is_not_finite_is_said_at_once() -> None:
    (alert,) = watched([HEALTHY] * 2, [1.0, math.nan]).alerts
    assert (alert.kind, alert.step) == ("non_finite", 1)


def test_that_a_loss_which_only_falls_to_the_baseline_is_no_sign_of_learning() -> None:
    falling = [1.0 + 3 * 0.95**step for step in range(60)]
    (alert,) = watched([SICK] * 60, falling).alerts
    assert alert.severity == "critical"


def test_that_gates_which_open_by_themselves_are_only_warned_of() -> None:
    opening = [time_example(10 ** (-(6 - 0.05 * step) / 50)) for step in range(70)]
    (alert,) = watched(opening).alerts
    assert alert.severity == "warning"


def test_that_what_asks_for_nothing_is_only_warned_of() -> None:
    watch = Watch(replace(SICK.started, dependency=None))
    for step in range(100):
        watch.judge(replace(SICK.frame, step=step))
    (alert,) = watch.alerts
    assert alert.stands
    assert alert.severity == "warning"


def test_that_half_of_a_short_run_is_patience_enough() -> None:
    (alert,) = watched([SICK] * 25, steps=30).alerts
    assert alert.severity == "critical"
    (alert,) = watched([SICK] * 199, steps=5000).alerts
    assert alert.severity == "warning"


def test_that_a_cause_stays_with_its_alert_and_is_asked_for_again_when_it_becomes_critical() -> None:
    watch = watched([SICK] * 10)
    (alert,) = watch.unexplained()
    watch.explain(alert, Cause("too small weights"))
    assert watch.unexplained() == ()
    for step in range(10, 60):
        watch.judge(replace(SICK.frame, step=step))
    (critical,) = watch.alerts
    assert critical.cause == Cause("too small weights")
    assert watch.unexplained() == (critical,)
    watch.explain(critical, Cause("still too small"))
    assert watch.unexplained() == ()


def test_that_an_alert_says_when_it_became_critical_and_of_which_step_its_numbers_are() -> None:
    watch = Watch(SICK.started)
    seen = []
    for step in range(60):
        watch.judge(replace(SICK.frame, step=step))
        seen += [(step, alert) for alert in watch.alerts]
    assert all(alert.measured == step for step, alert in seen)
    became = next(step for step, alert in seen if alert.severity == "critical")
    assert became > seen[0][1].step
    assert {alert.critical_since for step, alert in seen if step < became} == {None}
    assert {alert.critical_since for step, alert in seen if step >= became} == {became}


def test_that_nobody_asks_for_the_cause_of_an_alert_that_was_taken_back() -> None:
    assert watched([SICK] * 20 + [HEALTHY] * CALM_FRAMES).unexplained() == ()


def alert(kind: str, until: int | None = None, severity: str = "critical") -> Alert:
    return Alert(kind, None, None, None, 3, until, severity, 0.0, 1.0, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("alerts", "word"),
    [
        ([], "healthy"),
        ([alert("vanishing")], "vanishing"),
        ([alert("vanishing"), alert("exploding")], "exploding"),
        ([alert("vanishing", until=9)], "healthy"),
        ([alert("vanishing", severity="warning")], "healthy"),
        ([alert("non_finite", until=9)], "non_finite"),
        ([alert("update_ratio")], "healthy"),
    ],
)
def test_that_the_verdict_is_about_the_end_of_the_run(alerts: list[Alert], word: str) -> None:
    assert verdict(alerts) == word


def test_that_the_reason_is_that_of_the_alert_which_decides() -> None:
    alerts = [replace(alert(kind), message=kind) for kind in ("vanishing", "exploding")]
    assert reason(alerts) == "exploding"
    assert "No alert" in reason([])
    warned = replace(alert("vanishing", severity="warning"), message="hardly learns")
    assert "hardly learns" in reason([warned])
    assert "asks for action" in reason([warned])


def test_that_a_critical_alert_is_a_warning_again_when_the_network_begins_to_learn() -> None:
    falling = [0.98**step for step in range(30)]
    stuck = watched([SICK] * 80, [1.0] * 80, steps=80)
    learning = watched([SICK] * 110, [1.0] * 80 + falling, steps=110)
    assert [watch.alerts[0].severity for watch in (stuck, learning)] == ["critical", "warning"]


def test_that_clean_frames_count_only_in_a_row() -> None:
    just_above = time_example(10 ** (-2.5 / 50))
    (alert,) = watched([SICK] * 10 + [HEALTHY, just_above] * 30).alerts
    assert alert.stands


def test_that_dead_units_are_only_a_warning_once_something_was_learned() -> None:
    dead = share_example("dead", 0.1, 0.9)
    severities = []
    for level in (1.0, 0.8):
        watch = Watch(replace(dead.started, steps=300))
        for step in range(300):
            watch.judge(replace(dead.frame, step=step, loss=level))
        severities.append(watch.alerts[0].severity)
    assert severities == ["critical", "warning"]
