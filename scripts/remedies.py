"""Tries the remedies on the labelled runs: `.venv/bin/python scripts/remedies.py [--half H] [--only NAME …]`.

Every vanishing or exploding run is trained as it is, then with each of its first three remedies, from the same seed
for the same number of steps. What came of it is printed. The remedies were ranked on the half `tuned`; both halves
are tried unless --half says otherwise, and then, without --only, docs/remedies.md is written anew.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from vgviewer.bakeoff.labelled import HALVES, Half, Trouble, labelled_runs  # noqa: E402
from vgviewer.bakeoff.trial import shortened  # noqa: E402
from vgviewer.diagnosis import Alert  # noqa: E402
from vgviewer.experiment import Experiment  # noqa: E402
from vgviewer.frames import Failed  # noqa: E402
from vgviewer.runner import Session, follow  # noqa: E402

PAGE = ROOT / "docs" / "remedies.md"
CURABLE: tuple[Trouble, ...] = ("vanishing_depth", "vanishing_time", "exploding")  # as the labels call them
TRIED = 3  # offers of each alert
FIRST, ANY = 0.80, 0.95  # what is promised: the first remedy, one of the first three

HEAD = """# Remedies: which cure worked where

Each vanishing and exploding run of the labelled set (`resources/labelled_runs.json`) was trained again with each
of its first three remedies, from the same seed and for as many steps. The alert is **gone** when the run did not break
down and no alert of that kind and axis stands at its end; **clean** when, besides, no critical alert stands that did
not stand before. A run **broke down** when it ended with a number that is not finite. The remedies were ranked on the
half `tuned`; nobody looked at the half `held_out` while they were.
`python scripts/remedies.py` made this page, and makes it anew.

"""


@dataclass(frozen=True)
class Trial:
    """One remedy on one alert of one run. A run that broke down has cured nothing, whatever its alerts are."""

    remedy: str
    end: Literal["gone", "stands", "broke down"]
    others: tuple[str, ...]  # critical alerts that stand at the end and did not before

    @property
    def gone(self) -> bool:
        """Whether the alert was cured."""
        return self.end == "gone"

    @property
    def is_clean(self) -> bool:
        """Whether nothing else came in its place."""
        return self.gone and not self.others


@dataclass(frozen=True)
class Case:
    """One labelled trouble of one run. `alert` is empty where no alert that means it stood at the end: then there is
    nothing to cure, and the case is only listed."""

    run: str
    trouble: Trouble
    alert: str
    trials: tuple[Trial, ...]

    @property
    def is_sick(self) -> bool:
        """Whether there is something to cure."""
        return bool(self.alert)


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0 where both promises hold, else 1."""
    options = parsed(words)
    begun = time.monotonic()
    runs = [run for run in labelled_runs() if options.half in (run.half, "both")]
    names = [run.name for run in runs if set(run.onsets) & set(CURABLE) and wanted(run.name, options.only)]
    cases: list[Case] = []
    for found in measured(names, options.processes):
        cases += found
        print("".join(row(case) for case in found), end="", flush=True)
    page = "".join(of_half(half, cases) for half in HALVES if options.half in (half, "both"))
    page += "## All of them\n\n" + summary(cases) + counts(cases)
    print(page)
    if options.half == "both" and not options.only:
        PAGE.write_text(HEAD + page + table(cases), "utf-8")
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    sick = [case for case in cases if case.is_sick]
    return 0 if share(sick, 1) >= FIRST and share(sick, TRIED) >= ANY else 1


def parsed(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both", help="which runs are tried")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these runs, or families, alone")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    return parser.parse_args(words)


def wanted(name: str, only: Sequence[str] | None) -> bool:
    """Whether it is named, or its family: the name without its number."""
    return not only or name in only or name.rpartition("-")[0] in only


def measured(names: Sequence[str], processes: int) -> Iterator[list[Case]]:
    """The cases of each run, in the order of the names. Ctrl+C ends the workers at once."""
    context = multiprocessing.get_context("spawn")  # torch does not stand a fork
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=die_silently)
    try:
        yield from pool.map(examined, names)
    finally:
        pool.shutdown(cancel_futures=True)


def die_silently() -> None:
    """Ctrl+C reaches the workers too: they end without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def examined(name: str) -> list[Case]:
    """All cases of a run: the run as it is, then with each remedy."""
    run = next(run for run in labelled_runs() if run.name == name)
    session = followed(run.experiment)
    cases = []
    for trouble in (trouble for trouble in CURABLE if trouble in run.onsets):
        standing = [alert for alert in session.alerts if alert.stands and means(alert, trouble)]
        cases += [Case(name, trouble, word(alert), trials(session, alert)) for alert in standing]
        if not standing:
            cases.append(Case(name, trouble, "", ()))
    return cases


def means(alert: Alert, trouble: Trouble) -> bool:
    """Whether the alert is of the label's kind, and along its axis where the label has one."""
    (report,) = shortened([alert])
    return trouble in report.troubles


def trials(session: Session, alert: Alert) -> tuple[Trial, ...]:
    """The first offers against this alert, tried one after the other."""
    before = critical(session.alerts) | {word(alert)}
    tried = []
    for offer in session.offers(alert)[:TRIED]:
        after = followed(offer.experiment)
        end: Literal["gone", "stands", "broke down"] = "gone"
        if isinstance(after.ended, Failed) or after.verdict == "non_finite":
            end = "broke down"
        elif any(other.stands and word(other) == word(alert) for other in after.alerts):
            end = "stands"
        tried.append(Trial(offer.id, end, tuple(sorted(critical(after.alerts) - before))))
    return tuple(tried)


def followed(experiment: Experiment) -> Session:
    """The session of a whole run, in this process."""
    session = Session(experiment)
    for _ in follow(session):
        pass
    return session


def critical(alerts: Iterable[Alert]) -> frozenset[str]:
    """Those that stand at the end and ask for action."""
    return frozenset(word(alert) for alert in alerts if alert.stands and alert.severity == "critical")


def word(alert: Alert) -> str:
    """Kind and axis: `vanishing (time)`."""
    return alert.kind + (f" ({alert.axis})" if alert.axis else "")


def of_half(half: Half, cases: Sequence[Case]) -> str:
    """What was measured in one half, under its heading."""
    names = {run.name for run in labelled_runs() if run.half == half}
    return f"## The half `{half}`\n\n" + summary([case for case in cases if case.run in names])


def share(cases: Sequence[Case], first: int, clean: bool = False) -> float:
    """The share of cases that one of the first so many remedies has cured."""
    cured = [any(t.is_clean if clean else t.gone for t in case.trials[:first]) for case in cases]
    return sum(cured) / len(cured) if cured else 0.0


def summary(cases: Sequence[Case]) -> str:
    """The promises and what was measured, for each trouble and for all."""
    sick = [case for case in cases if case.is_sick]
    lines = [
        "| trouble | cases | the first remedy: gone | clean | one of the first three: gone | clean |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name in (*sorted({case.alert for case in sick}), "all"):
        part = [case for case in sick if name in ("all", case.alert)]
        figures = [share(part, first, clean) for first in (1, TRIED) for clean in (False, True)]
        lines.append(f"| {name} | {len(part)} | " + " | ".join(f"{figure:.0%}" for figure in figures) + " |")
    silent = [f"{case.run} ({case.trouble})" for case in cases if not case.is_sick]
    failed = [f"{case.run} ({case.alert})" for case in sick if not any(trial.gone for trial in case.trials)]
    lines += [
        "",
        f"Promised: the first in {FIRST:.0%}, one of the first three in {ANY:.0%}.",
        f"None of the three helped: {', '.join(failed) or 'nowhere'}.",
        f"Not among the cases, since no alert of the label's kind and axis stood at the end: "
        f"{', '.join(silent) or 'none'}.",
    ]
    return "\n".join(lines) + "\n\n"


def counts(cases: Sequence[Case]) -> str:
    """How often each remedy was tried, and how often it helped."""
    found = sorted({(case.alert, trial.remedy) for case in cases for trial in case.trials})
    lines = ["| trouble | remedy | tried | first | gone | clean |", "| --- | --- | --- | --- | --- | --- |"]
    for alert, remedy in found:
        part = [case for case in cases if case.alert == alert]
        of_it = [trial for case in part for trial in case.trials if trial.remedy == remedy]
        first = sum(case.trials[0].remedy == remedy for case in part if case.trials)
        gone, clean = sum(trial.gone for trial in of_it), sum(trial.is_clean for trial in of_it)
        lines.append(f"| {alert} | {remedy} | {len(of_it)} | {first} | {gone} | {clean} |")
    return "\n".join(lines) + "\n\n"


def table(cases: Sequence[Case]) -> str:
    """Every case with its trials."""
    head = "| run | trouble | 1 | 2 | 3 |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(row(case) for case in cases if case.is_sick)


def row(case: Case) -> str:
    """One case, as a line of the table."""
    cells = [
        f"{trial.remedy}: {'gone' if trial.gone else f'**{trial.end}**'}"
        + (f", then {', '.join(trial.others)}" if trial.others else "")
        for trial in case.trials
    ]
    cells += [""] * (TRIED - len(cells))
    return f"| {case.run} | {case.alert or f'{case.trouble}: no alert at the end'} | {' | '.join(cells)} |\n"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
