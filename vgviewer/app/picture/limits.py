"""Between which limits pictures are colored, and in which maps: one choice for all that are to be compared."""

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, get_args
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vgviewer.app.colormaps import DIVERGING, SEQUENTIAL, Maps, real
from vgviewer.app.picture.meaning import Meaning
from vgviewer.app.picture.steps import round_step

Mode = Literal["fixed", "automatic", "pinned"]
MODES: tuple[Mode, ...] = get_args(Mode)
MARK_S = 4.0  # how long a picture says that its scale has changed
NARROWER = 0.5  # automatic limits follow smaller data only when these fill no more than this part of them
PARTS = 5  # round steps of a linear scale
FARTHEST = {True: 64.0, False: 1e30}  # limits never lie beyond: decades where log10, else values
Range = tuple[float, float]


class Limits(QObject):
    """Pictures of one group share mode and limits, all share the colormaps.

    `fixed` limits are the meaning's, `automatic` ones hold the data of all visible pictures of the group, rounded
    outward, and change only when they must; `pinned` ones stay as they were when they were pinned. Signed groups stay
    symmetric, so that 0 keeps its color.
    """

    changed = Signal(str)  # the group whose pictures are to be drawn again; empty: all

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.maps = Maps()
        self._modes: dict[str, Mode] = {}
        self._shown: dict[str, Range] = {}
        self._seen: dict[str, WeakKeyDictionary[QWidget, Range]] = {}
        self._changed_at: dict[str, float] = {}

    def mode(self, group: str) -> Mode:
        """How the limits of the group are found."""
        return self._modes.get(group, "fixed")

    def choose(self, group: str, mode: Mode) -> None:
        """Finds them another way from now on; pinned ones are those that are shown now."""
        if mode == "pinned" and group not in self._shown:
            return
        self._modes[group] = mode
        self._changed_at.pop(group, None)
        if mode == "automatic":
            self._shown.pop(group, None)
        self.changed.emit(group)

    def choose_map(self, name: str, signed: bool) -> None:
        """Colors signed values, or those that go one way, in this map from now on."""
        maps = replace(self.maps, diverging=name) if signed else replace(self.maps, sequential=name)
        self.choose_maps(maps)

    def choose_maps(self, maps: Maps) -> None:
        """Takes both maps at once; a name that nobody knows is left to the theme."""
        known = Maps(
            maps.sequential if maps.sequential in SEQUENTIAL else "",
            maps.diverging if maps.diverging in DIVERGING else "",
        )
        if known != self.maps:
            self.maps = known
            self.changed.emit("")

    def limited(self, meaning: Meaning) -> Meaning:
        """The meaning with the limits that its group has now."""
        chosen = self.mode(meaning.group) != "fixed"
        low, high = self._shown.get(meaning.group, (0, 0)) if chosen else (meaning.low, meaning.high)
        return replace(meaning, low=low, high=high) if low < high else meaning

    def fit(self, meaning: Meaning, values: NDArray[Any], picture: QWidget) -> Meaning:
        """The meaning with the limits for a picture of these values; tells the group's others when they change. What is
        drawn while it is hidden has no part in them."""
        group = meaning.group
        if self.mode(group) == "automatic" and picture.isVisible():
            self._note(group, values, picture)
            self._adjust(meaning)
        fitted = self.limited(meaning)
        self._shown[group] = (fitted.low, fitted.high)
        return fitted

    def forget(self, picture: QWidget) -> None:
        """What is no longer seen needs no room on the scale."""
        for seen in self._seen.values():
            seen.pop(picture, None)

    def has_changed(self, group: str) -> bool:
        """Whether automatic limits have changed by themselves a moment ago."""
        return time.monotonic() - self._changed_at.get(group, -math.inf) < MARK_S

    def kept(self) -> dict[str, str]:
        """What a person has chosen, by group, as text: "automatic", or "pinned -3.0 2.0"."""
        chosen = {group: mode for group, mode in self._modes.items() if mode != "fixed"}
        pins = {group: f"pinned {low!r} {high!r}" for group, (low, high) in self._shown.items()}
        return {group: pins[group] if mode == "pinned" else mode for group, mode in chosen.items()}

    def restore(self, kept: Mapping[str, str]) -> None:
        """Takes what `kept` gave; a text that means nothing is passed over."""
        for group, text in kept.items():
            mode, *numbers = text.split(" ")
            limits = _limits(numbers)
            if mode == "pinned" and limits:
                self._shown[group] = limits
                self._modes[group] = "pinned"
            elif mode == "automatic" and not numbers:
                self._modes[group] = "automatic"
        self.changed.emit("")

    def _note(self, group: str, values: NDArray[Any], picture: QWidget) -> None:
        seen = self._seen.setdefault(group, WeakKeyDictionary())
        given = real(values)
        finite = given[np.isfinite(given)]
        if finite.size:
            seen[picture] = (float(finite.min()), float(finite.max()))
        else:
            seen.pop(picture, None)

    def _adjust(self, meaning: Meaning) -> None:
        """Widens at once, narrows only for much smaller data."""
        group, seen = meaning.group, list(self._seen[meaning.group].values())
        if not seen:
            return
        wanted = rounded(meaning, min(low for low, _ in seen), max(high for _, high in seen))
        now = self._shown.get(group)
        if now is None:
            self._shown[group] = wanted
            return
        fits = now[0] <= wanted[0] and wanted[1] <= now[1]
        if fits and wanted[1] - wanted[0] > NARROWER * (now[1] - now[0]):
            return
        self._shown[group] = wanted if fits else (min(now[0], wanted[0]), max(now[1], wanted[1]))
        if self._shown[group] != now:
            self._changed_at[group] = time.monotonic()
            self.changed.emit(group)


def rounded(meaning: Meaning, low: float, high: float) -> Range:
    """Limits around data from `low` to `high`: whole decades, or round steps on a linear scale."""
    farthest = FARTHEST[meaning.log10]
    low, high = (min(max(value, -farthest), farthest) for value in (low, high))
    if meaning.signed:
        high = max(abs(low), abs(high))
        low = -high
    step = 1.0 if meaning.log10 else round_step(high - low or abs(high), PARTS)
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if low < high:
        return low, high
    return (-step, step) if meaning.signed else (low - step, high) if meaning.log10 else (low, low + step)


def _limits(numbers: list[str]) -> Range | None:
    try:
        low, high = map(float, numbers)
    except ValueError:
        return None
    return (low, high) if math.isfinite(high - low) and low < high else None
