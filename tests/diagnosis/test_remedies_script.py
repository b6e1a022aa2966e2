"""scripts/remedies.py: what counts as a case and as cured, on sessions by hand; its promises and its page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import remedies as script
from remedies import Case, Trial

from vgviewer.bakeoff.labelled import Labelled, Trouble
from vgviewer.diagnosis.alert import Alert, Axis
from vgviewer.diagnosis.patients import rnn
from vgviewer.experiment import AlertKind
from vgviewer.frames import Failed, Finished

SICK = rnn("vanishing").experiment
GONE, STANDS, BROKEN = Trial("a", "gone", ()), Trial("b", "stands", ()), Trial("c", "broke down", ())
REPLACED = Trial("d", "gone", ("dead_units",))


def alert(kind: AlertKind, axis: Axis | None, until: int | None = None) -> Alert:
    return replace(rnn("vanishing").alert, kind=kind, axis=axis, until=until)


def session(
    *alerts: Alert, verdict: str = "healthy", cures: int = 0, failed: bool = False
) -> SimpleNamespace:
    """As it stands at the end; its offers are experiments of 1, 2, … steps."""
    offers = [
        SimpleNamespace(
            id=f"cure-{number}", experiment=SICK.replace(training=SICK.training.replace(steps=number))
        )
        for number in range(1, cures + 1)
    ]
    ended = Failed("It could not go on.", "") if failed else Finished(60, "done")
    return SimpleNamespace(alerts=alerts, verdict=verdict, ended=ended, offers=lambda alert: offers)


def examined(
    monkeypatch: pytest.MonkeyPatch,
    troubles: Sequence[Trouble],
    before: SimpleNamespace,
    *after: SimpleNamespace,
) -> list[Case]:
    """The cases of a run with these labels, which ends so, and so with each of its remedies."""
    run = Labelled("run-1", "tuned", "", SICK, dict.fromkeys(troubles, 0), frozenset(), "sick", {})
    monkeypatch.setattr(script, "labelled_runs", lambda: (run,))
    monkeypatch.setattr(
        script,
        "followed",
        lambda experiment: before if experiment == SICK else after[experiment.training.steps - 1],
    )
    return script.examined("run-1")


def case(*trials: Trial, trouble: Trouble = "vanishing_time", alert: str = "vanishing (time)") -> Case:
    return Case("run-1", trouble, alert, trials)


def test_that_an_alert_of_the_wrong_axis_is_no_case_and_the_missed_axis_is_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = session(alert("vanishing", "depth"), cures=1)
    cases = examined(monkeypatch, ["vanishing_time"], wrong, session())
    assert cases == [Case("run-1", "vanishing_time", "", ())]
    assert "stood at the end: run-1 (vanishing_time)." in script.summary(cases)


def test_that_each_labelled_axis_is_a_case_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    troubles: list[Trouble] = ["vanishing_depth", "vanishing_time"]
    cases = examined(monkeypatch, troubles, session(alert("vanishing", "time"), cures=1), session())
    assert [(case.trouble, case.alert) for case in cases] == [
        ("vanishing_depth", ""),
        ("vanishing_time", "vanishing (time)"),
    ]


def test_that_a_label_without_an_axis_is_met_along_any(monkeypatch: pytest.MonkeyPatch) -> None:
    axes: tuple[Axis | None, ...] = ("depth", "time", None)
    before = session(*(alert("exploding", axis) for axis in axes))
    cases = examined(monkeypatch, ["exploding", "non_finite"], before)
    assert [case.alert for case in cases] == ["exploding (depth)", "exploding (time)", "exploding"]


def test_that_an_alert_which_was_taken_back_is_no_case(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = examined(monkeypatch, ["exploding"], session(alert("exploding", None, until=9), cures=1))
    assert not found.is_sick


def test_that_a_run_which_broke_down_is_not_cured_although_its_alert_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trouble = alert("vanishing", "time")
    (found,) = examined(
        monkeypatch,
        ["vanishing_time"],
        session(trouble, cures=3),
        session(verdict="non_finite"),
        session(failed=True),
        session(trouble),
    )
    assert [trial.end for trial in found.trials] == ["broke down", "broke down", "stands"]
    assert script.share([found], 3) == 0
    assert "None of the three helped: run-1 (vanishing (time))." in script.summary([found])
    assert "cure-1: **broke down**" in script.row(found)


def test_that_only_the_first_three_remedies_are_tried_and_what_came_instead_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dead = alert("dead_units", None)
    before = session(alert("vanishing", "time"), alert("saturated", None), cures=4)
    mild = replace(dead, severity="warning")
    after = (session(dead, alert("saturated", None)), session(mild), session(alert("vanishing", "depth")))
    (found,) = examined(monkeypatch, ["vanishing_time"], before, *after)
    assert [(trial.end, trial.others) for trial in found.trials] == [
        ("gone", ("dead_units",)),
        ("gone", ()),
        ("gone", ("vanishing (depth)",)),
    ]


def test_that_shares_count_the_first_remedy_and_any_of_three_and_what_came_instead() -> None:
    cases = [case(GONE), case(STANDS, GONE), case(REPLACED), case(BROKEN, STANDS), case()]
    assert script.share(cases, 1) == 0.4
    assert script.share(cases, 3) == 0.6
    assert script.share(cases, 1, clean=True) == 0.2
    assert script.share([], 1) == 0


def test_that_the_summary_has_a_row_for_each_trouble_and_one_for_all() -> None:
    other = case(BROKEN, REPLACED, trouble="exploding", alert="exploding")
    told = script.summary([case(GONE), case(STANDS), other, case(trouble="exploding", alert="")])
    assert "| vanishing (time) | 2 | 50% | 50% | 50% | 50% |" in told
    assert "| exploding | 1 | 0% | 0% | 100% | 0% |" in told
    assert "| all | 3 | 33% | 33% | 67% | 33% |" in told
    assert "None of the three helped: run-1 (vanishing (time))." in told
    assert "stood at the end: run-1 (exploding)." in told


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        ([case(GONE)] * 20, 0),
        ([*[case(GONE)] * 16, *[case(BROKEN, GONE)] * 4], 0),
        ([*[case(GONE)] * 15, *[case(BROKEN, GONE)] * 5], 1),  # the first remedy: 75 %
        ([*[case(GONE)] * 18, *[case(BROKEN, STANDS)] * 2], 1),  # one of three: 90 %
        ([], 1),
    ],
)
def test_that_the_exit_code_stands_on_both_promises_and_the_page_tells_the_halves_apart(
    cases: list[Case], code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tried = []

    def measured(names: Sequence[str], processes: int) -> Iterator[list[Case]]:
        tried.append({run.half for run in script.labelled_runs() if run.name in names})
        yield cases

    page = tmp_path / "remedies.md"
    monkeypatch.setattr(script, "measured", measured)
    monkeypatch.setattr(script, "PAGE", page)
    assert script.main(["--only", "rnn-forgets"]) == code
    assert script.main(["--half", "held_out"]) == code
    assert not page.exists()
    assert script.main([]) == code
    assert tried[1:] == [{"held_out"}, {"tuned", "held_out"}]
    assert [line for line in page.read_text("utf-8").splitlines() if line.startswith("## ")] == [
        "## The half `tuned`",
        "## The half `held_out`",
        "## All of them",
    ]


def test_that_whoever_stops_asking_ends_the_workers_and_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = []

    class Pool:
        def __init__(self, processes: int, mp_context: SimpleNamespace, initializer: object) -> None:
            assert mp_context.get_start_method() == "spawn"

        def map(self, work: object, names: Sequence[str]) -> Iterator[list[Case]]:
            return iter([[case(GONE)]] * len(names))

        def shutdown(self, cancel_futures: bool) -> None:
            ends.append(cancel_futures)

    monkeypatch.setattr(script, "ProcessPoolExecutor", Pool)
    asked = script.measured(["one", "two"], 2)
    assert next(asked) == [case(GONE)]
    with pytest.raises(KeyboardInterrupt):
        asked.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
    assert ends == [True]
