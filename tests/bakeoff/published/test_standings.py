"""The table: who was right how often."""

from tests.bakeoff.published.runs_by_hand import RUNAWAY, RUNS, VANISHING, WELL, labelled
from tests.engine.cases import LAST, layer, preset
from vgviewer.bakeoff.standings import standings
from vgviewer.bakeoff.trial import Outcome, Report


def test_that_hits_misses_and_false_alarms_are_counted_for_each_trouble() -> None:
    (standing,) = standings(
        RUNS,
        [
            Outcome(VANISHING.name, "a tool", (Report("vanishing", None, 4),)),
            Outcome(RUNAWAY.name, "a tool", (Report("non_finite", None, 3), Report("vanishing", None, 3))),
            Outcome(WELL.name, "a tool", (Report("vanishing", None, 4), Report("exploding", None, 5))),
        ],
    )
    cells = standing.cells
    assert (cells["vanishing_depth"].hits, cells["vanishing_depth"].misses) == ((VANISHING.name,), ())
    assert cells["vanishing_depth"].median_delay == 4
    assert (cells["exploding"].hits, cells["exploding"].misses) == ((), (RUNAWAY.name,))
    assert cells["non_finite"].hits == (RUNAWAY.name,)
    assert cells["exploding"].false_alarms == cells["vanishing_depth"].false_alarms == (WELL.name,)
    assert (standing.hits, standing.misses) == (2, 1)
    assert standing.alarmed == (WELL.name,)


def test_that_vanishing_without_an_axis_is_one_false_alarm_though_it_stands_in_two_cells() -> None:
    twice = (Report("vanishing", None, 4), Report("vanishing", None, 9))
    (standing,) = standings([WELL], [Outcome(WELL.name, "a tool", twice)])
    assert standing.cells["vanishing_depth"].false_alarms == standing.cells["vanishing_time"].false_alarms
    assert standing.false_alarms == 1


def test_that_vanishing_without_an_axis_is_a_hit_for_whichever_the_run_has() -> None:
    in_time = labelled("lstm", preset(layer("lstm", units=4), LAST), {"vanishing_time": 0}, "vanishing")
    (standing,) = standings([in_time], [Outcome("lstm", "a tool", (Report("vanishing", None, 2),))])
    assert standing.cells["vanishing_time"].hits == ("lstm",)
    assert standing.misses == standing.false_alarms == 0


def test_that_alarms_on_sick_runs_are_not_among_those_on_healthy_ones() -> None:
    (standing,) = standings([RUNAWAY], [Outcome(RUNAWAY.name, "a tool", (Report("dead_units", None, 2),))])
    assert standing.cells["dead_units"].false_alarms == ()
    assert standing.false_alarms == 0


def test_that_warnings_of_other_kinds_are_told_apart_from_alarms() -> None:
    reports = (Report(kind, None, 2, severity="warning") for kind in ("update_ratio", "vanishing"))
    (standing,) = standings([WELL], [Outcome(WELL.name, "a tool", tuple(reports))])
    assert standing.warned == (WELL.name,)
    assert standing.alarmed == ()
    assert standing.false_alarms == 0


def test_that_judges_stand_in_the_order_in_which_they_come() -> None:
    names = ["zeta", "alpha", "mu"]
    assert [one.judge for one in standings([WELL], [Outcome(WELL.name, name, ()) for name in names])] == names
