"""What theory expects, and what was measured, in the form of two curves. No Qt.

Theory is imported when there is something to expect: the window is painted before.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vgviewer.app.numerals import localized
from vgviewer.app.picture.numbers import plain, size
from vgviewer.frames import Frame, Started

if TYPE_CHECKING:
    from vgviewer.theory import Measured, Memory, Place, Prediction

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Foretold:
    """`expected` and `measured` float64 (N,): log10 sizes, NaN where nothing is known; `measured` is None where there
    is no run of this network. `facts` are the numbers behind the curve, `verdict` says in a sentence what is expected,
    or what was measured beside it."""

    columns: tuple[str, ...]
    expected: Floats
    measured: Floats | None
    verdict: str
    facts: tuple[str, ...]


def with_depth(prediction: "Prediction", measured: "Measured | None", started: Started | None) -> Foretold:
    """One column for each layer from the input on, the head last; sizes are relative to the head's output."""
    from vgviewer.app.expected import along_depth as compared
    from vgviewer.theory.verdicts import along_depth

    places = prediction.places
    found = None
    if measured is not None and started is not None:
        by_id = {site.id: float(value) for site, value in zip(started.sites, measured.sizes, strict=True)}
        found = np.array([by_id.get(place.id, math.nan) for place in places])
    chain = [place for place in places if place.has_weights and place.id != "output"]
    verdict = " ".join(along_depth(chain)) if len(chain) > 1 else ""
    if found is not None:
        seen = [replace(place, size=float(value)) for place, value in zip(places, found, strict=True)]
        verdict = compared(places, seen) or verdict
    return Foretold(tuple(place.id for place in places), prediction.sizes, found, verdict, _settled(chain))


def through_time(memory: "Memory", measured: "Measured | None") -> Foretold:
    """One column for each timestep of a recurrent layer; sizes are what is left of a gradient that enters at the
    last."""
    from vgviewer.app.expected import along_time as compared
    from vgviewer.theory.verdicts import along_time

    found = next((one for one in measured.memories if one.layer == memory.layer), None) if measured else None
    verdict = along_time(memory) if len(memory.sizes) > 1 else ""
    if found is not None and verdict:
        verdict = compared(memory, found) or verdict
    columns = tuple(str(t) for t in range(1, len(memory.sizes) + 1))
    return Foretold(columns, memory.sizes, found.sizes if found else None, verdict, _kept(memory, found))


def measured(prediction: "Prediction", started: Started, frame: Frame) -> "Measured | None":
    """What a frame says of a prediction; None where it is of another network, or was not looked at."""
    from vgviewer.theory import measure

    ids = [place.id for place in prediction.places]
    if not frame.readings or ids != [site.id for site in started.sites]:
        return None
    lengths = {len(memory.sizes) for memory in prediction.memories}
    return measure(started, frame) if lengths <= {started.timesteps} else None


def place_words(place: "Place") -> str:
    """What theory knows of one layer, beside its size."""
    words = []
    if place.gain is not None and math.isfinite(place.gain) and place.gain >= 0:
        words.append(f"passes on {plain(math.sqrt(place.gain), 3)} of a gradient's size")
    if place.variance is not None and math.isfinite(place.variance):
        words.append(f"pre-activations of variance {plain(place.variance, 3)}")
    if place.settled is not None and math.isfinite(place.settled.chi):
        words.append(_chi(place.settled.chi, place.settled.size_scale))
    return ", ".join(words)


def _settled(chain: "Sequence[Place]") -> tuple[str, ...]:
    """χ₁ and depth scale of the layers that have a fixed point: once where all have the same."""
    found: dict[str, list[str]] = {}
    for place in chain:
        if place.settled is not None and math.isfinite(place.settled.chi):
            found.setdefault(_chi(place.settled.chi, place.settled.size_scale), []).append(place.id)
    if not found:
        return ()
    words, layers = max(found.items(), key=lambda item: len(item[1]))
    rest = "" if len(found) == 1 else f" ({len(layers)} of {len(chain)} layers)"
    return (f"in a plain stack of such layers: {words}{rest}",)


def _chi(chi: float, scale: float) -> str:
    depth = "no end of it" if math.isinf(scale) else f"{plain(scale)} layers"
    return f"χ₁ {plain(chi, 3)}, depth scale {depth}"


def _kept(memory: "Memory", found: "Memory | None") -> tuple[str, ...]:
    facts = []
    if not math.isnan(memory.factor):
        was = "" if found is None or math.isnan(found.factor) else f", measured {_ratio(found.factor)}"
        facts.append(f"keeps {_ratio(memory.factor)} per timestep{was}")
    if memory.gate is not None:
        gate = "update gate" if memory.type == "gru" else "forget gate"
        was = (
            ""
            if found is None or found.gate is None or math.isnan(found.gate)
            else f", measured {localized(f'{found.gate:.2f}')}"
        )
        facts.append(f"{gate} {localized(f'{memory.gate:.2f}')}{was}")
    constant = memory.time_constant
    if constant is not None:
        facts.append(
            f"time constant {'without end' if math.isinf(constant) else f'{plain(constant)} timesteps'}"
        )
    if memory.spectrum is not None:
        facts.append(
            f"ρ(W_hh) {plain(memory.spectrum.radius)}, σ_max {plain(memory.spectrum.largest_singular)}"
        )
    return tuple(facts)


def _ratio(value: float) -> str:
    return size(math.log10(value)) if 0 < value < math.inf else "0" if value == 0 else "not finite"
