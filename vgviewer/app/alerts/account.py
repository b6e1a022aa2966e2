"""What the hops of a cause do to the gradient, as rows that multiply to the whole. No Qt."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vgviewer.diagnosis import Cause, Hop

MOST_ROWS = 12  # with more hops than that, each row is of several
EXACTLY_ONE = 1e-9  # decades: such a factor changes nothing and is left out
APART = ("injection",)  # what the loss or a layer above adds is no part of what a hop passes on
NAMES = {
    "weights": "W_hh",
    "merge": "through the detour",
    "cell path": "forget gates",
    "carry": "update gates",
}
OF_DETOUR = {"gates": "into its gates"}  # not what the gates let through


class Row(NamedTuple):
    """`exponent` is log10 of what is passed on: 0 all of it, −inf nothing, NaN not known. A `whole` is the product of
    the rows below it, up to the next one."""

    name: str
    exponent: float
    is_whole: bool = False


class Account(NamedTuple):
    """`title` says what a row is."""

    title: str
    rows: tuple[Row, ...]


def account(cause: Cause) -> Account | None:
    """Through time the mean hop with its factors, and the detour's; with depth the hops one by one; None without
    hops."""
    if not cause.hops:
        return None
    if all(hop.timestep is None for hop in cause.hops):
        return _hop_by_hop(cause.hops)
    return _mean_hop(cause.hops)


def _mean_hop(hops: Sequence[Hop]) -> Account:
    factors = _means([{name: f for name, f in hop.factors.items() if name not in APART} for hop in hops])
    detour = _means([hop.detour for hop in hops])
    rows = [_whole("per timestep", factors), *factors]
    if detour:
        own = [row._replace(name=OF_DETOUR.get(row.name, row.name)) for row in detour]
        rows += [_whole("the detour alone", own), *own]
    return Account(f"The mean of {len(hops)} hops through time", tuple(rows))


def _whole(name: str, rows: Sequence[Row]) -> Row:
    return Row(name, sum(row.exponent for row in rows), is_whole=True)


def _means(parts: Sequence[Mapping[str, float]]) -> list[Row]:
    """The geometric mean of each factor, so that the means multiply to the mean of the products."""
    names = dict.fromkeys(name for part in parts for name in part)
    means = {name: sum(_log10(part.get(name, math.nan)) for part in parts) / len(parts) for name in names}
    return [Row(NAMES.get(name, name), mean) for name, mean in means.items() if not abs(mean) < EXACTLY_ONE]


def _hop_by_hop(hops: Sequence[Hop]) -> Account:
    """Going back from the loss, like the network from its end; neighbors share a row where there are many."""
    each = math.ceil(len(hops) / MOST_ROWS)
    groups = [hops[first : first + each] for first in range(0, len(hops), each)]
    rows = [
        Row(f"{group[0].start} → {group[-1].layer}", sum(_log10(hop.gain) for hop in group))
        for group in groups
    ]
    title = "Hop by hop, back from the loss" if each == 1 else f"Back from the loss, {each} hops a row"
    return Account(title, tuple(rows))


def _log10(ratio: float) -> float:
    if math.isnan(ratio) or ratio < 0:
        return math.nan
    return math.log10(ratio) if ratio > 0 else -math.inf
