"""From the outcomes of all judges to one table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vgviewer.bakeoff.labelled import Labelled, Trouble
from vgviewer.bakeoff.score import Score, score
from vgviewer.bakeoff.trial import Outcome


@dataclass(frozen=True)
class Cell:
    """One judge and one trouble, by the names of the runs. `false_alarms` are healthy runs, at which it alarmed at any
    time; `median_delay` is in steps after the onset, None where it never found it."""

    hits: tuple[str, ...]
    misses: tuple[str, ...]
    false_alarms: tuple[str, ...]
    median_delay: float | None


@dataclass(frozen=True)
class Standing:
    """One judge. `false_alarms` counts each healthy run once for each kind of alarm: vanishing without an axis stands
    in two cells, and once here. `alarmed` are the healthy runs with a critical alarm of any kind; `warned` those with
    an alarm of a kind that no label speaks of (saturation, size of updates, weights), which nobody is blamed for.
    """

    judge: str
    cells: dict[Trouble, Cell]
    false_alarms: int
    alarmed: tuple[str, ...]
    warned: tuple[str, ...]
    right_verdicts: float | None

    @property
    def hits(self) -> int:
        """Over all troubles."""
        return sum(len(cell.hits) for cell in self.cells.values())

    @property
    def misses(self) -> int:
        """Over all troubles."""
        return sum(len(cell.misses) for cell in self.cells.values())


def standings(runs: Sequence[Labelled], outcomes: Iterable[Outcome]) -> list[Standing]:
    """One for each judge, in the order in which they first come."""
    by_judge: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_judge.setdefault(outcome.judge, []).append(outcome)
    return [_standing(score(runs, said), said) for said in by_judge.values()]


def _standing(found: Score, outcomes: Sequence[Outcome]) -> Standing:
    healthy = set(found.healthy)
    on_healthy = [outcome for outcome in outcomes if outcome.run in healthy]
    critical = {
        (outcome.run, report.kind)
        for outcome in on_healthy
        for report in outcome.reports
        if report.is_critical and report.troubles
    }
    return Standing(
        judge=found.judge,
        cells={
            tally.trouble: Cell(
                tally.hits,
                tally.misses,
                tuple(name for name in tally.false_alarms if name in healthy),
                tally.median_delay,
            )
            for tally in found.tallies
        },
        false_alarms=len(critical),
        alarmed=found.alarmed,
        warned=tuple(o.run for o in on_healthy if any(not report.troubles for report in o.reports)),
        right_verdicts=found.right_verdicts,
    )
