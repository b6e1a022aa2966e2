"""The labelled runs: small experiments of which an independent criterion says what is wrong with them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from vgviewer.experiment import Experiment
from vgviewer.resources import RESOURCES

Trouble = Literal["vanishing_depth", "vanishing_time", "exploding", "non_finite", "dead_units"]
Half = Literal["tuned", "held_out"]
TROUBLES: tuple[Trouble, ...] = get_args(Trouble)
HALVES: tuple[Half, ...] = get_args(Half)
LABELS = RESOURCES / "labelled_runs.json"


@dataclass(frozen=True)
class Labelled:
    """One run with its label (the criteria stand in docs/labelled-runs.md).

    `onsets`: the troubles that it truly has, each with the first step at which its criterion holds. `unclear` are those
    that lie between sick and healthy: nobody is judged by them. `verdict` is the right word at the end of the run.
    `why` says in a few words what makes the run easy or hard. `numbers` are the true ones behind the label: None
    where there is none (a ratio along time without time), ±inf as text.
    """

    name: str
    half: Half
    why: str
    experiment: Experiment
    onsets: Mapping[Trouble, int]
    unclear: frozenset[Trouble]
    verdict: str
    numbers: Mapping[str, float | str | None]

    @property
    def is_healthy(self) -> bool:
        """Whether any critical alert would be a false one."""
        return self.verdict == "healthy" and not self.onsets and not self.unclear


@cache
def labelled_runs() -> tuple[Labelled, ...]:
    """All of the shipped file, in its order."""
    return tuple(labelled(fields) for fields in json.loads(LABELS.read_text("utf-8"))["runs"])


def wanted(name: str, only: Sequence[str] | None) -> bool:
    """Whether a run is named among these, or its family (the name without its number), or nobody is."""
    return not only or name in only or name.rpartition("-")[0] in only


def labelled(fields: Mapping[str, Any]) -> Labelled:
    """One entry of the file; raises pydantic's ValidationError where the experiment is none."""
    return Labelled(
        name=fields["name"],
        half=fields["half"],
        why=fields["why"],
        experiment=Experiment.model_validate_json(json.dumps(fields["experiment"])),
        onsets=fields["onsets"],
        unclear=frozenset(fields["unclear"]),
        verdict=fields["verdict"],
        numbers=fields["numbers"],
    )


def entry(run: Labelled) -> dict[str, Any]:
    """What stands in the file for a run: the experiment as in a preset, without defaults."""
    return {
        "name": run.name,
        "half": run.half,
        "why": run.why,
        "onsets": dict(run.onsets),
        "unclear": sorted(run.unclear),
        "verdict": run.verdict,
        "numbers": dict(run.numbers),
        "experiment": run.experiment.model_dump(mode="json", exclude_defaults=True),
    }
