"""What is expected, as a person would say it."""

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from vgviewer.theory.memory import LEFT, Memory

GROWS = 2.0  # log10: a hundredfold
UNKNOWN = "a layer above has constant weights, numbers that overflow, or too few samples for its batch norm"


class Sized(Protocol):
    """What a verdict needs to know of a place."""

    @property
    def id(self) -> str: ...
    @property
    def size(self) -> float: ...
    @property
    def has_weights(self) -> bool: ...


def verdicts(places: Sequence[Sized], memories: Sequence[Memory]) -> tuple[str, ...]:
    """On depth where there are two layers with weights below the head; then one sentence for each recurrent layer."""
    chain = [place for place in places if place.has_weights and place.id != "output"]
    depth = along_depth(chain) if len(chain) > 1 else ()
    return (*depth, *(along_time(memory) for memory in memories if len(memory.sizes) > 1))


def along_depth(chain: Sequence[Sized]) -> tuple[str, ...]:
    """`chain` from the input on; 1 % of what arrives at the last layer counts as arriving. Two sentences where the
    gradient grows a hundredfold on its way and shrinks again."""
    last = chain[-1]
    unknown = [place.id for place in chain if math.isnan(place.size)]
    if unknown:
        return (f"From {unknown[-1]} on down nothing can be foretold: {UNKNOWN}.",)
    if not math.isfinite(last.size):
        arrives = "Nothing arrives" if last.size < 0 else "More than can be counted arrives"
        return (f"{arrives} at {last.id}, the last of {len(chain)} layers.",)
    left = [place.size - last.size for place in chain]
    names = [place.id for place in chain]
    peak = int(np.argmax(left))
    if left[peak] <= GROWS:
        return (_reach(names, left),)
    where = f"through {len(left)} layers" if peak == 0 else f"to {names[peak]}"
    grows = f"The gradient grows {amount(left[peak])} times on its way back {where}."
    if peak == 0 and min(left) >= LEFT:
        return (grows,)
    return grows, _reach(names, left)


def _reach(names: Sequence[str], left: Sequence[float]) -> str:
    """Where it dies only inside, as in a stretch that a skip goes around, the layer with least is named."""
    reached, first = sum(size >= LEFT for size in left), f"{amount(left[0])} of it is left at {names[0]}"
    if reached == len(left):
        return f"Signal reaches all {len(left)} layers; {first}."
    least = int(np.argmin(left))
    inside = f", but {amount(left[least])} at {names[least]}" if left[0] >= LEFT else ""
    return f"Signal reaches about {reached} of {len(left)} layers; {first}{inside}."


def along_time(memory: Memory) -> str:
    """The horizon, and what is left as far back as the task needs."""
    hops = len(memory.sizes) - 1
    if math.isnan(memory.horizon):
        return f"{memory.layer}: nothing can be foretold: constant weights, or numbers that overflow."
    need = ""
    if memory.dependency is not None and memory.left is not None:
        need = f"; the task needs {memory.dependency}, where {amount(memory.left)} of it is left"
    if max(memory.sizes) > GROWS:
        return f"{memory.layer}: the gradient grows {memory.factor:.3g} times per timestep, going back{need}."
    if memory.horizon >= hops:
        return f"{memory.layer}: signal reaches back all {hops + 1} timesteps{need}."
    return f"{memory.layer}: signal reaches back about {memory.horizon:.0f} of {hops + 1} timesteps{need}."


def amount(exponent: float) -> str:
    """10 to that power, plainly where it is near 1."""
    if exponent == -math.inf:
        return "nothing"
    if abs(exponent) < 2:
        return f"{10**exponent:.2g}"
    return f"10^{exponent:.0f}" if abs(exponent) >= 10 else f"10^{exponent:.1f}"
