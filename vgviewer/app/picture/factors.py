"""What hops do to a gradient, factor by factor, as rows of logarithms over their hops. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vgviewer.app.picture.numbers import factor
from vgviewer.frames.inspections import Hops

Floats = NDArray[np.float64]

EXACTLY_ONE = 1e-9  # decades: a row of such factors changes nothing and is left out
TIME_NAMES = {
    "weights": "W_hh",
    "activation": "slope φ′",
    "merge": "detour",
    "cell path": "forget gates",
    "carry": "update gates",
    "truncation": "cut",
}
DEPTH_NAMES = {
    "weights": "weights W",
    "activation": "slope φ′",
    "merge": "skips",
    "width": "change of width",
}
OF_DETOUR = {"gates": "into its gates"}  # not what the gates let through
WHOLE, DETOUR = "whole hop", "detour alone"


@dataclass(frozen=True)
class Row:
    """`values` float64 (N,): log10 of the factor of each hop, 0 where it has no such factor; −inf is exactly 0, NaN not
    known. A `whole` is the product of the rows below it, up to the next whole."""

    name: str
    values: Floats
    is_whole: bool = False

    @property
    def mean(self) -> float:
        """Of the hops where it is known; NaN where it nowhere is."""
        known = self.values[~np.isnan(self.values)]
        with np.errstate(invalid="ignore"):  # of 0 and of what is not finite there is none
            return float(known.mean()) if known.size else float("nan")


@dataclass(frozen=True)
class Factors:
    """`starts` and `ends` say for each hop where it leaves and where it arrives, from the input's side on; `at` is
    where it is drawn."""

    at: Floats
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    rows: tuple[Row, ...]


def through_time(hops: Hops) -> Factors:
    """All hops of one recurrent layer, each drawn at the timestep where it arrives."""
    rows = [Row(WHOLE, _log10(hops.gain), is_whole=True)]
    rows += [Row(TIME_NAMES.get(name, name), _log10(values)) for name, values in hops.factors.items()]
    own = TIME_NAMES | OF_DETOUR
    detour = [Row(own.get(name, name), _log10(values)) for name, values in hops.detour.items()]
    if detour:
        whole = np.sum([row.values for row in detour], axis=0)
        rows += [Row(DETOUR, whole, is_whole=True), *detour]
    timesteps = [int(t) for t in hops.timesteps]
    starts, ends = (tuple(str(t + late) for t in timesteps) for late in (1, 0))
    return Factors(np.array(timesteps, np.float64), starts, ends, _telling(rows))


def along_depth(hops: Sequence[Hops]) -> Factors:
    """One column for each layer at which a hop arrives, the first layer at the left."""
    ordered = list(hops)[::-1]
    names = dict.fromkeys(name for hop in hops for name in hop.factors)
    missing = np.zeros(1)
    rows = [Row(WHOLE, np.concatenate([_log10(hop.gain) for hop in ordered]), is_whole=True)]
    for name in names:
        values = [_log10(hop.factors[name]) if name in hop.factors else missing for hop in ordered]
        rows.append(Row(DEPTH_NAMES.get(name, name), np.concatenate(values)))
    at = np.arange(len(ordered), dtype=np.float64)
    starts, ends = (tuple(getattr(hop, side) for hop in ordered) for side in ("start", "layer"))
    return Factors(at, starts, ends, _telling(rows))


def sentence(factors: Factors) -> str:
    """What a hop keeps in the mean of so many, and which factor takes or adds most of it."""
    whole, *parts = factors.rows
    if np.isnan(whole.mean):
        return "nothing is known of any hop"
    verb = "keeps" if whole.mean <= 0 else "multiplies by"
    known = np.count_nonzero(~np.isnan(whole.values))
    kept = f"a hop {verb} {factor(whole.mean)}{f', mean of {known} hops' if known > 1 else ''}"
    direct = parts[: next((at for at, row in enumerate(parts) if row.is_whole), len(parts))]
    told = [row for row in direct if not np.isnan(row.mean)]
    if not told or abs(whole.mean) < EXACTLY_ONE:
        return kept
    row = (min if whole.mean < 0 else max)(told, key=_mean)
    return f"{kept}, {'least' if whole.mean < 0 else 'most'} through {row.name} ({factor(row.mean)})"


def _mean(row: Row) -> float:
    return row.mean


def _telling(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Without those that change nothing at any hop; the first whole stays."""
    return tuple(row for at, row in enumerate(rows) if at == 0 or _changes(row.values))


def _changes(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return bool(known.size) and not bool((np.abs(known) < EXACTLY_ONE).all())


def _log10(ratios: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.log10(np.where(ratios < 0, np.nan, ratios))
    return found
