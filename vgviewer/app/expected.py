"""What is expected before training, and beside it what was measured, in words. No Qt."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from vgviewer.app.numerals import counted, short
from vgviewer.app.picture.numbers import SUPERSCRIPT, size
from vgviewer.frames import Frame, Started
from vgviewer.theory import Measured, Memory, Place, Prediction, measure
from vgviewer.theory.verdicts import verdicts

POWER = re.compile(r"10\^(-?\d+(?:\.\d+)?)")


def expected(prediction: Prediction) -> tuple[str, str]:
    """One line, and the whole of it; both empty where theory has nothing to say."""
    if not prediction.verdicts:
        return "", ""
    said = " ".join(in_powers(verdict) for verdict in prediction.verdicts)
    is_word = said.startswith(("Signal ", "The ", "From ", "Nothing ", "More "))
    return f"Expected: {said[0].lower() + said[1:] if is_word else said}", _listed(
        "Expected", prediction.verdicts
    )


def compared(prediction: Prediction, started: Started, frame: Frame) -> tuple[str, str]:
    """The same with the numbers of a frame beside those that were expected."""
    if not prediction.verdicts:
        return "", ""
    measured = measure(started, frame)
    by_id = dict(zip((site.id for site in started.sites), map(float, measured.sizes), strict=True))
    places = [replace(place, size=by_id.get(place.id, math.nan)) for place in prediction.places]
    parts = [along_depth(prediction.places, places), *_times(prediction.memories, measured)]
    lines = _listed(f"Measured at step {counted(frame.step)}", verdicts(places, measured.memories))
    return " · ".join(filter(None, parts)), f"{_listed('Expected', prediction.verdicts)}\n{lines}"


def along_depth(expected: Sequence[Place], measured: Sequence[Place]) -> str:
    """What arrives at the first layer with weights, beside what was expected; empty where there are not two."""
    rows = [row for row, place in enumerate(expected) if place.has_weights and place.id != "output"]
    if len(rows) < 2:
        return ""
    first, last = rows[0], rows[-1]
    was, will = (each[first].size - each[last].size for each in (measured, expected))
    return f"{expected[first].id} gets {size(was)} of {expected[last].id}'s, expected {size(will)}"


def _times(expected: Sequence[Memory], measured: Measured) -> list[str]:
    """Only layers of which both sides know something."""
    found = {memory.layer: memory for memory in measured.memories}
    pairs = [(memory, found[memory.layer]) for memory in expected if memory.layer in found]
    return [along_time(will, was) for will, was in pairs if len(will.sizes) > 1]


def along_time(expected: Memory, measured: Memory) -> str:
    """How far back it reaches, or what each timestep keeps where both reach the first; empty where one is not known."""
    if math.isnan(expected.horizon) or math.isnan(measured.horizon):
        return ""
    ends = [memory.horizon >= len(memory.sizes) - 1 for memory in (measured, expected)]
    if all(ends):
        return (
            f"{expected.layer} keeps {short(measured.factor)} per timestep, expected {short(expected.factor)}"
        )
    back, foretold = (f"{memory.horizon:.0f}" for memory in (measured, expected))
    was = "to the first timestep" if ends[0] else f"{back} timestep{'s' * (back != '1')}"
    will = "to the first" if ends[1] else f"{foretold} timesteps" if ends[0] else foretold
    return f"{expected.layer} reaches back {was}, expected {will}"


def _listed(head: str, sentences: Sequence[str]) -> str:
    return "\n".join([f"{head}:", *(f"• {in_powers(sentence)}" for sentence in sentences)])


def in_powers(sentence: str) -> str:
    """10^-4.4 as 10⁻⁴·⁴, as alerts write it."""
    return POWER.sub(lambda found: "10" + found[1].replace(".", "·").translate(SUPERSCRIPT), sentence)
