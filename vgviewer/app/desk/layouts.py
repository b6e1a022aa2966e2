"""The three named arrangements of the panes, as data."""

from dataclasses import dataclass

Tabs = tuple[str, ...]  # panes that share a place, the first on top


@dataclass(frozen=True)
class Layout:
    """Names of panes: `left` and `right` from top to bottom, `below` the network row by row, each from left to right.

    What is not named is hidden. `network` is the network's part of the height, `rows`, `left_parts` and `right_parts`
    are the parts of what stands there.
    """

    id: str
    title: str
    left: tuple[Tabs, ...]
    right: tuple[Tabs, ...]
    below: tuple[tuple[Tabs, ...], ...]
    network: float
    rows: tuple[float, ...]
    left_parts: tuple[float, ...]
    right_parts: tuple[float, ...]

    @property
    def columns(self) -> tuple[tuple[tuple[Tabs, ...], tuple[float, ...]], ...]:
        """What stands at the sides, each with its parts of the height."""
        return ((self.left, self.left_parts), (self.right, self.right_parts))

    @property
    def groups(self) -> tuple[Tabs, ...]:
        """All places, in reading order."""
        return (*self.left, *(tabs for row in self.below for tabs in row), *self.right)


ABOVE_ALL: Tabs = ("through-time", "time-training", "units", "gates", "reach", "two-lenses")
OVER_STEPS: Tabs = ("layers-training", "distribution", "why")
CURVES: Tabs = ("curves", "output", "prediction")

BUILD = Layout(
    "build",
    "Build",
    left=(("palette",), ("presets",)),
    right=(("inspector",), ("alerts", "notes")),
    below=((("prediction", "output"), ("through-time", "curves")),),
    network=0.5,
    rows=(1.0,),
    left_parts=(0.6, 0.4),
    right_parts=(0.62, 0.38),
)
WATCH = Layout(
    "watch",
    "Watch",
    left=(("palette",), ("presets",)),
    right=(("inspector",), ("alerts", "notes")),
    below=((ABOVE_ALL,), (OVER_STEPS, CURVES)),
    network=0.24,
    rows=(0.46, 0.54),
    left_parts=(0.52, 0.48),
    right_parts=(0.42, 0.58),
)
TEACH = Layout(
    "teach",
    "Teach",
    left=(),
    right=(("notes", "presets"), ("alerts", "inspector")),
    below=((ABOVE_ALL,), (OVER_STEPS, CURVES)),
    network=0.22,
    rows=(0.55, 0.45),
    left_parts=(),
    right_parts=(0.45, 0.55),
)

LAYOUTS = {layout.id: layout for layout in (BUILD, WATCH, TEACH)}
