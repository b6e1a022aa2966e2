"""What the colors of a picture mean."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """A quantity with its unit and the limits it has while nobody chooses others.

    Pictures of one `group` share their limits, so that they can be compared. `signed` quantities are colored from the
    middle, white or black, to both sides; `log10` says that the values are logarithms of what the unit names.
    """

    group: str
    unit: str
    low: float
    high: float
    signed: bool = False
    log10: bool = True


RELATIVE_LIMIT = 8.0  # decades either way; beyond it a signal is gone, or the run is lost, by any measure


def relative(unit: str) -> Meaning:
    """log10 of a size over the size where the loss enters: blue has shrunk, red has grown."""
    return Meaning("relative", unit, -RELATIVE_LIMIT, RELATIVE_LIMIT, signed=True)


def gradient(unit: str) -> Meaning:
    """log10 of a gradient's size."""
    return Meaning("gradient", unit, -12.0, 4.0)
