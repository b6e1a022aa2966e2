"""The shape of what flows, per sample: a vector of features, or a sequence of them."""

from typing import NamedTuple

LARGEST_NUMBER = 1e30  # squares and sums of it leave float32 anyway


class Shape(NamedTuple):
    """`timesteps` is None for a vector; with `tokens` each timestep is one of `features` symbols (one-hot)."""

    features: int
    timesteps: int | None = None
    tokens: bool = False

    def __str__(self) -> str:
        return f"{self.features}" if self.timesteps is None else f"{self.timesteps} × {self.features}"

    @property
    def words(self) -> str:
        """As said to a person: "a vector of 64", "a sequence of 100 timesteps with 2 features"."""
        if self.timesteps is None:
            return f"a vector of {self.features}"
        kind = "symbols to choose from" if self.tokens else "features"
        return f"a sequence of {self.timesteps} timesteps with {self.features} {kind}"


def block_shape(values: object) -> tuple[int, ...]:
    """The shape of a nested list of numbers, () for a number; raises ValueError where it is not a full block."""
    if isinstance(values, int | float) and not isinstance(values, bool):
        if abs(values) > LARGEST_NUMBER:
            raise ValueError("must hold numbers between -1e30 and 1e30")
        return ()
    if not isinstance(values, list):
        raise ValueError("must hold numbers only")
    if not values:
        raise ValueError("must not be empty")
    shapes = {block_shape(value) for value in values}
    if len(shapes) > 1:
        raise ValueError("must be a full block: all rows of one length")
    return (len(values), *shapes.pop())
