"""Makes and scores the labelled runs: `.venv/bin/python scripts/labelled_runs.py [make | score | gaps]`.

Without a word labels are made and the tuned half is scored; the held-out half only with `--half held_out`. What is done
is kept in the cache, so that interrupted work goes on where it was. docs/labelled-runs.md tells what the labels mean.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from vgviewer.bakeoff.labelled import HALVES, LABELS, TROUBLES, Labelled, labelled_runs, wanted  # noqa: E402
from vgviewer.bakeoff.score import Score, errors, score  # noqa: E402
from vgviewer.bakeoff.trial import Outcome, Report, trial  # noqa: E402

# What makes the numbers of a run, and what decides over a trial: a change in any of it makes evidence or trials anew.
# The window and the commands do not.
TRAINING = ("engine", "frames", "network", "tasks", "experiment", "settings.py", "shapes.py", "resources.py")
JUDGING = (*TRAINING, "theory", "diagnosis", "runner", "bakeoff/labelled.py", "bakeoff/trial.py")
KEY_LENGTH = 24  # hex digits
Work = Callable[[str], str]


def making() -> Any:
    """The criteria and families, which live beside the tests and are loaded when labels are made."""
    return importlib.import_module("tests.labelled.making")


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 0 when all is done, 1 where a run could not be made or scored."""
    options = parsed(words)
    begun = time.monotonic()
    failed = 0
    if options.command in (None, "make"):
        failed += make(options)
    if options.command in (None, "score"):
        failed += score_all(options)
    if options.command == "gaps":
        print(making().gaps(run for run in labelled_runs() if run.half == options.half))
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 1 if failed else 0


def parsed(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "command",
        nargs="?",
        choices=("make", "score", "gaps"),
        help="gaps: how far sick and clean numbers are apart; without a word make and score",
    )
    parser.add_argument("--half", choices=HALVES, default="tuned", help="what is scored, or measured")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these runs, or families, alone")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "labelled", metavar="FOLDER")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    return parser.parse_args(words)


def make(options: argparse.Namespace) -> int:
    """Has every candidate witnessed and writes the file; with --only the named are tried and shown, nothing is
    written. The number of those that failed."""
    judge = making()
    candidates = [c for c in judge.all_candidates() if wanted(c.name, options.only)]
    code = (*judge.JUDGES, *ingredients(TRAINING))
    keys = {c.name: key(c.experiment.model_dump_json(), *code) for c in candidates}
    texts = done(witness, keys, options.cache / "witnessed", options.processes)
    runs = []
    for candidate in candidates:
        if candidate.name not in texts:
            continue
        run = judge.label(candidate, judge.remembered(texts[candidate.name]))
        if run is None:
            print(f"left out, its verdict is open: {candidate.name}", file=sys.stderr)
        else:
            runs.append(run)
    if options.only:
        print(judge.file_text(runs))
    elif len(texts) == len(keys):
        LABELS.write_text(judge.file_text(runs), "utf-8")
        labelled_runs.cache_clear()
        print(counted(runs))
    return len(keys) - len(texts)


def score_all(options: argparse.Namespace) -> int:
    """Has our judge look at every run of the half and prints how it did; the number of runs that failed."""
    runs = [run for run in labelled_runs() if run.half == options.half and wanted(run.name, options.only)]
    code = ingredients(JUDGING)
    keys = {run.name: key(run.experiment.model_dump_json(), *code) for run in runs}
    texts = done(tried, keys, options.cache / "tried", options.processes)
    outcomes = [outcome_of(text) for text in texts.values()]
    if runs:
        print(table(options.half, runs, outcomes))
    return len(keys) - len(texts)


def ingredients(parts: Iterable[str]) -> list[Path]:
    """The code of these parts of the program, and the data that tasks are made of."""
    package, data = ROOT / "vgviewer", ROOT / "resources" / "data"
    code = (
        file
        for part in parts
        for file in ([package / part] if part.endswith(".py") else (package / part).rglob("*.py"))
    )
    return sorted((*code, *(file for file in data.iterdir() if file.is_file())))


def key(text: str, *files: Path) -> str:
    """Of an experiment, of the code (and data) that it goes through, and of what computes it."""
    mixed = hashlib.sha256(text.encode())
    for library in ("torch", "numpy"):
        mixed.update(version(library).encode())
    for file in files:
        mixed.update(file.read_bytes())
    return mixed.hexdigest()[:KEY_LENGTH]


def done(work: Work, keys: dict[str, str], cache: Path, processes: int) -> dict[str, str]:
    """What the work gives for each name, from the cache where it is there; names that fail are told and left out."""
    cache.mkdir(parents=True, exist_ok=True)
    files = {name: cache / f"{name}-{digest}.json" for name, digest in keys.items()}
    missing = [name for name, file in files.items() if not file.exists()]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting = {pool.submit(work, name): name for name in missing}
        try:
            for count, future in enumerate(as_completed(waiting), 1):
                keep(waiting[future], future, files)
                print(f"\r{count} of {len(missing)} ", end="", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    return {name: file.read_text("utf-8") for name, file in files.items() if file.exists()}


def keep(name: str, future: Future[str], files: Mapping[str, Path]) -> None:
    """Into the cache, where it takes the place of what older code gave."""
    if error := future.exception():
        print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        return
    for old in files[name].parent.glob(f"{name}-{'?' * KEY_LENGTH}.json"):
        old.unlink()
    files[name].write_text(future.result(), "utf-8")


def witness(name: str) -> str:
    """In a process of its own."""
    judge = making()
    text: str = judge.witnessed(judge.named(name).experiment)
    return text


def tried(name: str) -> str:
    """In a process of its own."""
    return json.dumps(asdict(trial(next(run for run in labelled_runs() if run.name == name))))


def outcome_of(text: str) -> Outcome:
    """The outcome of that text."""
    fields = json.loads(text)
    return Outcome(**fields | {"reports": tuple(Report(**report) for report in fields["reports"])})


def counted(runs: Iterable[Labelled]) -> str:
    """How many runs of each kind there are in each half."""
    runs = list(runs)
    lines = [f"| trouble | {' | '.join(HALVES)} |", "| --- | --- | --- |"]
    for trouble in TROUBLES:
        numbers = [sum(trouble in run.onsets for run in runs if run.half == half) for half in HALVES]
        lines.append(f"| {trouble} | {' | '.join(map(str, numbers))} |")
    healthy = [sum(run.is_healthy for run in runs if run.half == half) for half in HALVES]
    alls = [sum(run.half == half for run in runs) for half in HALVES]
    lines += [f"| healthy | {' | '.join(map(str, healthy))} |", f"| all | {' | '.join(map(str, alls))} |"]
    return "\n".join(lines)


def table(half: str, runs: Sequence[Labelled], outcomes: Sequence[Outcome]) -> str:
    """The score of one half in Markdown, and every error."""
    found: Score = score(runs, outcomes)
    lines = [
        f"\n{half}: {len(runs)} runs, {len(found.healthy)} of them healthy\n",
        "| trouble | hits | misses | false alarms | median delay, steps |",
        "| --- | --- | --- | --- | --- |",
    ]
    for tally in found.tallies:
        delay = "" if tally.median_delay is None else f"{tally.median_delay:g}"
        counts = [len(tally.hits), len(tally.misses), len(tally.false_alarms)]
        lines.append(f"| {tally.trouble} | {' | '.join(map(str, counts))} | {delay} |")
    share = "none given" if found.right_verdicts is None else f"{found.right_verdicts:.1%}"
    lines.append(f"\nright verdicts: {share}; healthy runs with a critical alert: {len(found.alarmed)}\n")
    return "\n".join([*lines, *errors(runs, outcomes, found)])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What is done is kept; the same words go on from there.")
