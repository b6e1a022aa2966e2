"""From candidates to the labels' file."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.labelled.building import Candidate
from tests.labelled.families import all_candidates
from tests.labelled.gaps import gaps
from tests.labelled.measure import Reading
from tests.labelled.truth import Evidence, truth
from tests.labelled.witness import evidence, numbers
from vgviewer.bakeoff.labelled import Labelled, entry
from vgviewer.experiment import Experiment

HERE = Path(__file__).parent
__all__ = ["all_candidates", "file_text", "gaps", "label", "named", "remembered", "witnessed"]
# what takes the evidence; the program that trains the run stands in the script
JUDGES = (HERE / "measure.py", HERE / "witness.py", HERE.parent / "engine" / "reference.py")


def named(name: str) -> Candidate:
    """For a process that is only told the name; raises StopIteration where there is none."""
    return next(candidate for candidate in all_candidates() if candidate.name == name)


def witnessed(experiment: Experiment) -> str:
    """The run's evidence, as JSON text for the cache."""
    seen = asdict(evidence(experiment))
    return json.dumps(seen | {"readings": [list(reading) for reading in seen["readings"]]})


def remembered(text: str) -> Evidence:
    """The evidence of that text."""
    fields: dict[str, Any] = json.loads(text)
    readings = [Reading(*reading) for reading in fields.pop("readings")]
    return Evidence(readings=readings, **fields | {"fresh": tuple(fields["fresh"])})


def label(candidate: Candidate, seen: Evidence) -> Labelled | None:
    """None where the right verdict would be open to dispute: such a run is left out."""
    found = truth(seen)
    if found.verdict is None:
        return None
    return Labelled(*candidate, found.onsets, found.unclear, found.verdict, dict(numbers(seen)))


def file_text(runs: list[Labelled]) -> str:
    """One run after the other, each experiment on a line of its own."""
    entries = []
    for run in runs:
        fields = [
            f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in entry(run).items()
        ]
        entries.append("  {\n" + ",\n".join(fields) + "\n  }")
    return '{"format": "vgviewer.labelled_runs", "version": 1, "runs": [\n' + ",\n".join(entries) + "\n]}\n"
