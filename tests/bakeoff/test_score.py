"""How a judge is scored, on outcomes written by hand."""

import pytest

from tests.engine.cases import layer, preset
from tests.engine.comparison import experiment_of
from vgviewer.bakeoff.labelled import Labelled, Trouble
from vgviewer.bakeoff.score import Score, Tally, errors, score
from vgviewer.bakeoff.trial import Outcome, Report

EXPERIMENT = experiment_of(preset(layer("dense", units=2), task={"type": "sine"}))
STANDING = Report("vanishing", "time", 12)


def run(verdict: str = "vanishing", unclear: tuple[Trouble, ...] = (), **onsets: int) -> Labelled:
    """One run of which the label says so."""
    return Labelled("one", "tuned", "by hand", EXPERIMENT, onsets, frozenset(unclear), verdict, {})


def scored(label: Labelled, *reports: Report, verdict: str | None = "vanishing") -> Score:
    return score([label], [Outcome("one", "judge", reports, verdict)])


def tally(found: Score, trouble: Trouble) -> Tally:
    return next(tally for tally in found.tallies if tally.trouble == trouble)


def test_that_a_critical_report_that_stands_is_a_hit() -> None:
    found = tally(scored(run(vanishing_time=8), STANDING), "vanishing_time")
    assert (found.hits, found.misses, found.delays) == (("one",), (), (4,))


@pytest.mark.parametrize(
    "report",
    [
        Report("vanishing", "time", 12, until=40),
        Report("vanishing", "time", 12, severity="warning"),
        Report("vanishing", "depth", 12),
        Report("exploding", "time", 12),
    ],
)
def test_that_anything_less_is_a_miss(report: Report) -> None:
    assert tally(scored(run(vanishing_time=8), report), "vanishing_time").misses == ("one",)


def test_that_the_report_that_ended_the_run_is_a_hit() -> None:
    found = scored(run("non_finite", non_finite=3), Report("non_finite", None, 3, until=4))
    assert tally(found, "non_finite").hits == ("one",)


def test_that_a_warning_is_in_time_though_the_critical_report_comes_later() -> None:
    warning = Report("dead_units", None, 9, until=20, severity="warning")
    critical = Report("dead_units", None, 30)
    assert tally(scored(run(dead_units=8), critical, warning), "dead_units").delays == (1,)


def test_that_a_report_taken_back_before_the_onset_is_not_in_time() -> None:
    early = Report("dead_units", None, 2, until=6)
    assert tally(scored(run(dead_units=8), early), "dead_units").delays == ()


def test_that_a_critical_report_on_a_run_without_the_trouble_is_a_false_alarm_even_when_taken_back() -> None:
    found = scored(run("healthy"), Report("vanishing", "time", 12, until=20), verdict="healthy")
    assert tally(found, "vanishing_time").false_alarms == ("one",)
    assert found.alarmed == ("one",)
    assert found.right_verdicts == 1


def test_that_a_warning_is_no_false_alarm() -> None:
    found = scored(run("healthy"), Report("vanishing", "time", 12, severity="warning"))
    assert tally(found, "vanishing_time").false_alarms == ()
    assert found.alarmed == ()


def test_that_a_critical_report_of_an_unlabelled_kind_alarms_a_healthy_run() -> None:
    assert scored(run("healthy"), Report("saturated", None, 5)).alarmed == ("one",)


def test_that_nobody_is_judged_by_what_is_unclear() -> None:
    found = scored(run(unclear=("vanishing_time",)), STANDING)
    assert tally(found, "vanishing_time") == Tally("vanishing_time", (), (), (), ())


def test_that_vanishing_without_an_axis_hits_either() -> None:
    found = scored(run(vanishing_depth=0), Report("vanishing", None, 2))
    assert tally(found, "vanishing_depth").hits == ("one",)
    assert tally(found, "vanishing_time").false_alarms == ()


def test_that_vanishing_without_an_axis_is_false_where_there_is_neither() -> None:
    found = scored(run("healthy"), Report("vanishing", None, 2))
    assert tally(found, "vanishing_depth").false_alarms == ("one",)


def test_that_a_judge_without_a_verdict_has_no_share_of_right_ones() -> None:
    assert scored(run(vanishing_time=8), verdict=None).right_verdicts is None


def test_that_each_error_is_told_with_what_was_said_instead() -> None:
    label = run(vanishing_time=8)
    outcomes = [Outcome("one", "judge", (Report("exploding", "depth", 5, until=9),), "healthy")]
    assert errors([label], outcomes, score([label], outcomes)) == [
        "one: missed vanishing_time; said: exploding (depth) critical from step 5 to 9",
        "one: no exploding; said: exploding (depth) critical from step 5 to 9",
        "one: verdict healthy, right is vanishing",
    ]


def test_that_judges_are_scored_one_at_a_time() -> None:
    second = Labelled("two", "tuned", "by hand", EXPERIMENT, {}, frozenset(), "healthy", {})
    outcomes = [Outcome("one", "a", ()), Outcome("two", "b", ())]
    with pytest.raises(ValueError, match="one judge at a time"):
        score([run(), second], outcomes)
