"""Which hops from layer to layer lose or gain, and whether they are many or one cut."""

import math
from dataclasses import dataclass

import numpy as np

from vgviewer.diagnosis.alert import Cause, Hop
from vgviewer.diagnosis.causes.look import Look
from vgviewer.diagnosis.causes.numbers import counted, guilty, mean, product, times
from vgviewer.diagnosis.causes.slopes import slope

MOST = 0.8  # of the whole loss or gain, in decades: hops that make up so much are named one by one
FEW = 3  # hops at most are named so
ALIKE = 1.1  # largest over smallest gain up to which no range is given
SHRINKS = {
    "weights": "The weights are too small for what the activation lets through.",
    "gates": "The gates pass little of it to the layer below.",
    "normalization": "A normalization divides by the spread of its inputs, which is large.",
    "skip": "The skips scale it down.",
    "merge": "The paths cancel where they meet.",
}
GROWS = {
    "weights": "The weights are too large for what the activation lets through.",
    "normalization": "A normalization divides by the spread of its inputs, which is small.",
    "skip": "Each skip adds its path without scaling it down.",
    "merge": "Each skip adds its path without scaling it down.",
    "later timesteps": "It grows on its way back through time.",
}


@dataclass(frozen=True)
class Leg:
    """The hops from one layer with weights to the next one below; factors of the same name are multiplied."""

    start: str
    layer: str
    gain: float
    factors: dict[str, float]


def along_depth(look: Look) -> Cause | None:
    """Tells of the stretch from the last layer with weights down to where the gradient is smallest (or largest); the
    hops are all those between layers with weights, the output head not counted."""
    hops = _hops(look)
    if not hops:
        return None
    legs = _stretch(_legs(look, hops), look.shrinks)
    sentences = [_whole(legs, look.shrinks)]
    if legs[-1].gain > 0:
        sentences += [_spread(legs, look.shrinks)]
    else:
        legs = legs[-1:]
        sentences += [f"Nothing passes from {legs[0].start} to {legs[0].layer}: {product(legs[0].factors)}."]
    blame = _blame(look, legs)
    return Cause(" ".join(filter(None, sentences + blame)), hops, summary=" ".join(filter(None, blame)))


def _hops(look: Look) -> tuple[Hop, ...]:
    if len(look.chain) < 2:
        return ()
    first = [hops.start for hops in look.accounts.depth].index(look.chain[-1])
    last = [hops.layer for hops in look.accounts.depth].index(look.chain[0])
    return tuple(counted(hops, 0) for hops in look.accounts.depth[first : last + 1])


def _legs(look: Look, hops: tuple[Hop, ...]) -> list[Leg]:
    legs: list[Leg] = []
    begun: list[Hop] = []
    for hop in hops:
        begun.append(hop)
        if hop.layer in look.chain:
            factors: dict[str, float] = {}
            for each in begun:
                for name, value in each.factors.items():
                    factors[name] = factors.get(name, 1.0) * value
            legs.append(Leg(begun[0].start, hop.layer, math.prod(each.gain for each in begun), factors))
            begun = []
    return legs


def _stretch(legs: list[Leg], shrinks: bool) -> list[Leg]:
    """From the loss down to the layer where the gradient is farthest from its size in the last layer."""
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.cumsum(np.log([leg.gain for leg in legs])) * (-1 if shrinks else 1)
    if not (left > 0).any():
        return legs
    return legs[: int(np.nanargmax(left)) + 1]


def _whole(legs: list[Leg], shrinks: bool) -> str:
    gain = math.prod(leg.gain for leg in legs)
    hops = "1 hop" if len(legs) == 1 else f"{len(legs)} hops"
    if gain == 0:
        return f"From {legs[0].start} back to {legs[-1].layer}, {hops}, nothing is left of the gradient."
    becomes = f"shrinks to {times(gain)} of its" if shrinks else f"grows to {times(gain)} times its"
    return f"From {legs[0].start} back to {legs[-1].layer}, {hops}, the gradient {becomes} size."


def _spread(legs: list[Leg], shrinks: bool) -> str:
    """Many hops a little each, or a few that are named."""
    if len(legs) == 1:
        return f"That is {product(legs[0].factors)}."
    gains = np.array([leg.gain for leg in legs])
    logs = np.log(gains) * (-1 if shrinks else 1)
    order = np.argsort(-logs)
    count = int(np.argmax(np.cumsum(logs[order]) >= MOST * logs.sum())) + 1
    if count <= min(FEW, len(legs) // 3):
        hops = "one hop" if count == 1 else f"{count} hops"
        listed = "; ".join(_named(legs[place]) for place in sorted(order[:count]))
        return (
            f"Most is {'lost' if shrinks else 'gained'} in {hops}: {listed}. "
            f"The others pass about {times(mean(gains[order[count:]]))} each."
        )
    extent = "" if gains.max() < ALIKE * gains.min() else f" ({times(gains.min())} to {times(gains.max())})"
    return f"Each hop passes about {times(mean(gains))}{extent} = {product(_means(legs))}."


def _named(leg: Leg) -> str:
    return f"{leg.start} → {leg.layer} passes {times(leg.gain)} = {product(leg.factors)}"


def _means(legs: list[Leg]) -> dict[str, float]:
    names = dict.fromkeys(name for leg in legs for name in leg.factors)
    return {name: mean(np.array([leg.factors.get(name, 1.0) for leg in legs])) for name in names}


def _blame(look: Look, legs: list[Leg]) -> list[str]:
    """Which factors it is, and which path is missing."""
    means = _means(legs)
    if not look.shrinks:
        return list(dict.fromkeys(GROWS.get(name, "") for name in guilty(means, shrinks=False)))
    sentences = [
        slope(look, _passed(look, legs)) if name == "activation" else SHRINKS.get(name, "")
        for name in guilty(means, shrinks=True)
    ]
    if not {"merge", "skip"} & means.keys():
        sentences.append(f"No skip leads past {'it' if len(legs) == 1 else 'them'}.")
    return sentences


def _passed(look: Look, legs: list[Leg]) -> list[str]:
    """The layers that a gradient goes through on these legs: all but the one where it arrives."""
    places = [site.id for site in look.started.sites]
    return places[look.row(legs[-1].layer) + 1 : look.row(legs[0].start) + 1]
