"""What a hop from one timestep to the one before does, as the geometric mean of the hops that the alert is about."""

import math

import numpy as np
from numpy.typing import NDArray

from vgviewer.diagnosis.alert import Cause
from vgviewer.diagnosis.causes.look import Look
from vgviewer.diagnosis.causes.numbers import counted, guilty, mean, product, times
from vgviewer.diagnosis.causes.slopes import slope
from vgviewer.frames.inspections import Hops

Rows = NDArray[np.int64]
Means = dict[str, float]

CLEAR = 1.05  # an injection that changes less than that is not worth a sentence
OPENS = {"lstm": "forget gates", "gru": "update gates", "echo_state": "leaks"}  # what lets the state through
GATES = {"lstm": "f", "gru": "z"}  # their letters
GATE = {"lstm": "forget gate", "gru": "update gate"}
NAMES = {"weights": "W_hh"}
GROWS = {
    "weights": "W_hh is too large: what passes through it grows at every timestep.",
    "merge": "The detour makes it grow: W_hh is too large.",
}


def through_time(look: Look) -> Cause | None:
    """Judged is what arrives (the transport); what the loss or a layer above injects stands apart."""
    hops = next((hops for hops in look.accounts.time if hops.layer == look.alert.layer), None)
    if hops is None:
        return None
    rows = _rows(look, hops)
    if not len(rows):  # one timestep, or one that truncation cuts off
        return None
    factors = {
        name: values[rows] for name, values in hops.factors.items() if name not in ("injection", "truncation")
    }
    passed = np.prod(list(factors.values()), axis=0)
    is_open = np.isfinite(passed) & (passed > 0)
    sentences, summary = [], []
    if is_open.any():
        means = {name: mean(values[is_open]) for name, values in factors.items()}
        sentences += [_hop(look, hops, rows[is_open], means)]
        summary += _blame(look, hops, len(rows), means)
        summary += _injected(mean(hops.factors["injection"][rows][is_open]), mean(passed[is_open]))
    summary += _closed(hops, rows[~is_open])
    said, brief = (" ".join(filter(None, words)) for words in (sentences + summary, summary))
    return Cause(said, tuple(counted(hops, row) for row in rows), summary=brief)


def _rows(look: Look, hops: Hops) -> Rows:
    """The hops in question, from the last timestep back: as far as the task needs and truncation lets the gradient
    come, or up to where it is largest."""
    rows = np.arange(len(hops.timesteps))[::-1]
    if "truncation" in hops.factors:
        cuts = np.flatnonzero(hops.factors["truncation"][rows] == 0)
        rows = rows[: cuts[0]] if len(cuts) else rows
    if look.shrinks:
        return rows[: look.started.dependency]
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = np.cumsum(np.log(hops.gain[rows] / hops.factors["injection"][rows]))
    return rows[: int(np.nanargmax(grown)) + 1] if np.isfinite(grown).any() else rows


def _hop(look: Look, hops: Hops, rows: Rows, means: Means) -> str:
    whole = f"{times(math.prod(means.values()))} per timestep"
    if not hops.detour:
        return f"{whole} = {product(means, NAMES)}."
    alone, merge = means.values()
    detour = {name: mean(values[rows]) for name, values in hops.detour.items()}
    beside = " and the peepholes" if "peephole" in hops.shares else ""
    passes = f"{times(math.prod(detour.values()))} = {product(detour, NAMES)}"
    gates = OPENS[look.site(hops.layer).type]
    return (
        f"{whole}: the {gates} alone let {times(alone)} through{_constant(look, hops, rows)}; the detour "
        f"through h and W_hh{beside} makes it {times(merge)} times that (the detour itself passes {passes})."
    )


def _constant(look: Look, hops: Hops, rows: Rows) -> str:
    """The mean of the gates that let the state through, and their time constant −1/ln f̄."""
    site = look.site(hops.layer)
    if site.type not in GATES or "gate" not in look.frame.readings:
        return ""
    gates = look.frame.readings["gate"][look.row(site.id), site.gates.index(GATES[site.type])]
    opened = float(gates[rows + 1].mean(dtype=np.float64))  # the hop to t uses the gate of t + 1
    if not 0 < opened < 1:
        return ""
    return f" ({GATE[site.type]} mean {opened:.2f}, time constant {-1 / math.log(opened):.1f} timesteps)"


def _blame(look: Look, hops: Hops, timesteps: int, means: Means) -> list[str]:
    """Which factors it is, and which path is missing."""
    if not look.shrinks:
        return [GROWS.get(name, "") for name in guilty(means, shrinks=False)]
    sentences = []
    for name in guilty(means, shrinks=True):
        match name:
            case "weights":
                sentences.append("W_hh shrinks what passes through it.")
            case "activation":
                sentences.append(slope(look, [hops.layer]))
            case "cell path" | "carry":
                gates = OPENS[look.site(hops.layer).type]
                sentences.append(f"The {gates} let too little through for {timesteps} timesteps.")
    if not hops.detour:
        sentences.append("Nothing leads around W_hh and the activation.")
    return sentences


def _injected(injection: float, passed: float) -> list[str]:
    if 1 / CLEAR < injection < CLEAR:
        return []
    return [
        f"Apart from that, the loss or a layer above enters on the way, × {times(injection)}: the plain hop gain of "
        f"{times(passed * injection)} says nothing of memory."
    ]


def _closed(hops: Hops, rows: Rows) -> list[str]:
    """The first hop through which nothing passes; later ones have nothing to pass on."""
    factors = {name: values for name, values in hops.factors.items() if name != "injection"}
    for row in rows:
        if any(values[row] == 0 for values in factors.values()):
            passes = product({name: float(values[row]) for name, values in factors.items()}, NAMES)
            return [f"From timestep {hops.timesteps[row] + 1} back nothing passes: {passes}."]
    return []
