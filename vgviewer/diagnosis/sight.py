"""What a rule looks at: one frame, and whether the loss is still high."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames import Frame, Site, Started

SUPERSCRIPTS = str.maketrans("-.0123456789", "⁻·⁰¹²³⁴⁵⁶⁷⁸⁹")

Sizes = NDArray[np.float32]


@dataclass(frozen=True)
class Sight:
    """`loss_is_high` is False once the network has learned: small gradients are then no trouble."""

    started: Started
    frame: Frame
    loss_is_high: bool = True

    def reading(self, quantity: str) -> Sizes:
        """log10 sizes, float32 (L,) or (L, T); NaN everywhere where the frame has none."""
        if quantity in self.frame.readings:
            return self.frame.readings[quantity]
        return np.full(len(self.started.sites), np.nan, np.float32)

    def chain(self) -> list[int]:
        """The rows of the layers that hold weights, from the input on; the output head does not count."""
        return [
            row for row, site in enumerate(self.started.sites) if site.has_weights and site.id != "output"
        ]

    def recurrent(self) -> list[int]:
        """The rows of the recurrent layers, from the one nearest the loss back to the input."""
        return [row for row, site in enumerate(self.started.sites) if site.recurrent][::-1]

    def travelled(self, row: int) -> NDArray[np.float64]:
        """log10 of what is left of the signal after 1, 2, … hops back from the last timestep, float64.

        Ends where truncation cuts the gradient, or where nothing is left of it: at most T − 1 hops.
        """
        transport = self.reading("transport")
        if transport.ndim < 2:
            return np.empty(0)
        hops = transport[row, -2::-1].astype(np.float64)
        unknown = np.flatnonzero(np.isnan(hops))
        return np.cumsum(hops[: unknown[0]] if len(unknown) else hops)


def power(exponent: float) -> str:
    """A ratio for a sentence: 10⁻¹²·³, or plainly where it is near 1; in words where nothing is left."""
    if exponent == -np.inf:
        return "nothing (0, or less than float32 holds)"
    if abs(exponent) < 2:
        return f"{10**exponent:.2g}"
    return "10" + f"{exponent:.1f}".translate(SUPERSCRIPTS)


def layer_example(*gradients: float) -> Sight:
    """A frame by hand: log10 sizes of the output gradient of dense layers from the input on, then of the head."""
    places = len(gradients) - 1
    sites = tuple(Site(f"dense{number}", "dense", has_weights=True) for number in range(1, places + 1))
    started = Started((*sites, Site("output", "output", has_weights=True)), 0, 100, "accuracy")
    return Sight(started, Frame(0, 1.0, readings={"output_gradient": np.array(gradients, np.float32)}))


def time_example(transport: float, timesteps: int = 100) -> Sight:
    """A frame by hand: one recurrent layer that lets the same share through at every hop, and the head."""
    hops = np.full((2, timesteps), np.nan, np.float32)
    hops[0, :-1] = np.log10(transport)
    sites = (
        Site("rnn1", "rnn", recurrent=True, has_weights=True),
        Site("output", "output", has_weights=True),
    )
    started = Started(sites, timesteps, 100, "mse", dependency=timesteps // 2)
    return Sight(started, Frame(0, 1.0, readings={"transport": hops}))
