"""From what a judge said to how often it was right. Pure functions, the same for every judge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from vgviewer.bakeoff.labelled import TROUBLES, Labelled, Trouble
from vgviewer.bakeoff.trial import Outcome, Report


@dataclass(frozen=True)
class Tally:
    """One judge and one trouble: the names of the runs by what became of them. `delays` are, over the runs that have
    the trouble, the steps from its onset to the first report of it that outlived the onset (below 0: it came first).

    A hit is a critical report that stands at the end, or the report with which a run ended that came to numbers that
    are not finite. A false alarm is a critical report, at any time, on a run that truly has not the trouble.
    """

    trouble: Trouble
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    false_alarms: tuple[str, ...]
    delays: tuple[int, ...]

    @property
    def errors(self) -> int:
        """Misses and false alarms together."""
        return len(self.misses) + len(self.false_alarms)

    @property
    def median_delay(self) -> float | None:
        """Steps; None where there is nothing to be late for."""
        return median(self.delays) if self.delays else None


@dataclass(frozen=True)
class Score:
    """One judge over a set of runs. `alarmed` are the healthy runs that were given a critical report of any kind,
    `verdicts` the runs of which it gave a verdict, each with whether it was the right one."""

    judge: str
    tallies: tuple[Tally, ...]
    healthy: tuple[str, ...]
    alarmed: tuple[str, ...]
    verdicts: Mapping[str, bool]

    @property
    def right_verdicts(self) -> float | None:
        """Their share; None where the judge gives no verdicts."""
        return sum(self.verdicts.values()) / len(self.verdicts) if self.verdicts else None


def score(runs: Sequence[Labelled], outcomes: Iterable[Outcome]) -> Score:
    """The outcomes of one judge, one for each run; others are not looked at."""
    said = {outcome.run: outcome for outcome in outcomes}
    pairs = [(run, said[run.name]) for run in runs if run.name in said]
    judges = {outcome.judge for _, outcome in pairs}
    if len(judges) > 1:
        raise ValueError(f"one judge at a time, not {', '.join(sorted(judges))}")
    healthy = [(run, outcome) for run, outcome in pairs if run.is_healthy]
    return Score(
        judge=next(iter(judges), ""),
        tallies=tuple(tally(trouble, pairs) for trouble in TROUBLES),
        healthy=tuple(run.name for run, _ in healthy),
        alarmed=tuple(run.name for run, outcome in healthy if any(r.is_critical for r in outcome.reports)),
        verdicts={
            run.name: outcome.verdict == run.verdict for run, outcome in pairs if outcome.verdict is not None
        },
    )


def tally(trouble: Trouble, pairs: Iterable[tuple[Labelled, Outcome]]) -> Tally:
    """How one judge did with one trouble; runs of which it is unclear are left out."""
    hits: list[str] = []
    misses: list[str] = []
    false_alarms: list[str] = []
    delays: list[int] = []
    for run, outcome in pairs:
        if trouble in run.onsets:
            (hits if is_hit(trouble, outcome) else misses).append(run.name)
            late = delay(trouble, run.onsets[trouble], outcome)
            if late is not None:
                delays.append(late)
        elif any(is_false(report, run, trouble) for report in outcome.reports):
            false_alarms.append(run.name)
    return Tally(trouble, tuple(hits), tuple(misses), tuple(false_alarms), tuple(delays))


def is_hit(trouble: Trouble, outcome: Outcome) -> bool:
    """Whether the judge had found the trouble when the run ended."""
    found = [report for report in outcome.reports if trouble in report.troubles and report.is_critical]
    return any(report.until is None or trouble == "non_finite" for report in found)


def is_false(report: Report, run: Labelled, trouble: Trouble) -> bool:
    """Whether it asks for help against a trouble that is not there. What can mean several troubles is false only
    where there is none of them."""
    if trouble not in report.troubles or not report.is_critical:
        return False
    return not any(meant in run.onsets or meant in run.unclear for meant in report.troubles)


def delay(trouble: Trouble, onset: int, outcome: Outcome) -> int | None:
    """Steps from the onset to the first report of any severity that was not taken back before it."""
    steps = [
        report.step
        for report in outcome.reports
        if trouble in report.troubles and (report.until is None or report.until > onset)
    ]
    return min(steps) - onset if steps else None


def errors(runs: Sequence[Labelled], outcomes: Iterable[Outcome], found: Score) -> list[str]:
    """Each error in a line, with what was said instead."""
    said = {outcome.run: outcome for outcome in outcomes}
    lines = []
    for counted in found.tallies:
        lines += [f"{name}: missed {counted.trouble}; {told(said[name])}" for name in counted.misses]
        lines += [f"{name}: no {counted.trouble}; {told(said[name])}" for name in counted.false_alarms]
    lines += [f"{name}: healthy; {told(said[name])}" for name in found.alarmed]
    lines += [
        f"{run.name}: verdict {said[run.name].verdict}, right is {run.verdict}"
        for run in runs
        if not found.verdicts.get(run.name, True)
    ]
    return lines


def told(outcome: Outcome) -> str:
    """All reports of a run in a few words: "vanishing (time) critical from step 30 to 42"."""
    if not outcome.reports:
        return "nothing was said"
    return "said: " + ", ".join(map(_in_words, outcome.reports))


def _in_words(report: Report) -> str:
    axis = f" ({report.axis})" if report.axis else ""
    until = "" if report.until is None else f" to {report.until}"
    return f"{report.kind}{axis} {report.severity} from step {report.step}{until}"
