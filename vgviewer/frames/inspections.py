"""What is computed only when somebody asks: reach, Jacobians and the account of every hop, which tell of the batch of
the coming step, and the answers on the test set; all with the weights after `step` updates. Timesteps count from 1,
arrays are read-only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames.wishes import InspectionKind

Floats = NDArray[np.float64]
Ratios = Mapping[str, Floats]


class _ReadOnly:
    """Locks every array of a dataclass, also those in its mappings."""

    def __post_init__(self) -> None:
        for value in vars(self).values():
            for array in value.values() if isinstance(value, Mapping) else [value]:
                if isinstance(array, np.ndarray):
                    array.flags.writeable = False


@dataclass(frozen=True)
class LayerReach(_ReadOnly):
    """How far back the loss of each target timestep t₂ = `targets[row]` reaches in one recurrent layer; column t₁ − 1.

    `states` float32 (R, T): log10 size of ∂L_t₂/∂h_t₁, L_t₂ being t₂'s part of L; −inf is exactly 0, NaN where t₁ lies
    after t₂ and nothing can be (batch normalization mixes timesteps: then there is). `cells` likewise for an LSTM's
    cell. `shares` float64 (R, T): ⟨G_t₂t₁, G⟩/‖G‖², the signed share in ∂L/∂W_hh of what t₂'s loss says about the use
    of W_hh at t₁; they sum to 1, and are NaN where ∂L/∂W_hh is 0 or not finite.
    """

    layer: str
    targets: NDArray[np.int64]
    states: NDArray[np.float32]
    cells: NDArray[np.float32] | None
    shares: Floats

    def long_range(self, lag: int) -> float:
        """The signed share of ∂L/∂W_hh that comes from more than `lag` timesteps back: t₂ − t₁ > lag."""
        used = np.arange(1, self.shares.shape[1] + 1)
        return float(self.shares[self.targets[:, None] - used > lag].sum())

    def timestep_shares(self) -> Floats:
        """float64 (T,): the signed share of each timestep's use of W_hh."""
        shares: Floats = self.shares.sum(0)
        return shares


@dataclass(frozen=True)
class Reach:
    """One entry for each recurrent layer. A task with a single answer has one row, its last timestep. Of long sequences
    (above 141 timesteps) evenly spread targets are taken, the last among them; shares are then of their loss alone."""

    step: int
    layers: tuple[LayerReach, ...]


@dataclass(frozen=True)
class Block:
    """W_hh, or one gate's block of it (`gate` is "" for a plain RNN). Those of wide layers are `estimated`, from a
    Krylov space: the spectral radius to about a percent, the largest singular value to many digits."""

    gate: str
    spectral_radius: float
    largest_singular: float
    estimated: bool


@dataclass(frozen=True)
class StateJacobians(_ReadOnly):
    """∂s_{t+1}/∂s_t of the batch's first sample, s = h, or (h, c) for an LSTM; truncation does not count.

    `timesteps` int64 (N,): the t's, thinned for wide layers, none for very wide ones. `singular` float64 (N, n): all
    singular values, the largest first. `blocks` tell of W_hh alone.
    """

    layer: str
    timesteps: NDArray[np.int64]
    singular: Floats
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class DenseJacobians(_ReadOnly):
    """∂a_l/∂a_{l−1} of the batch's first samples, at the last timestep of a sequence: `singular` float64 (N, n), the
    largest first; no rows for very wide layers."""

    layer: str
    singular: Floats


@dataclass(frozen=True)
class Jacobians:
    """One entry for each recurrent layer, and one for each dense layer and the output head."""

    step: int
    recurrent: tuple[StateJacobians, ...]
    dense: tuple[DenseJacobians, ...]


@dataclass(frozen=True)
class Hops(_ReadOnly):
    """Hops of one kind, from `start` back to `layer`: all those through time of one recurrent layer (start = layer,
    arriving at `timesteps`), or the one from a layer to the layer below it (`timesteps` is empty).

    All arrays are float64 (N,), NaN where a denominator is 0. `gain` is the ratio of gradient sizes across the hop and
    the product of `factors`, in the order in which a gradient meets them. `detour` is the product of a second path, by
    itself. `shares` are the signed shares of the paths in what arrives, ⟨P, g⟩/‖g‖²; they sum to 1.
    """

    axis: Literal["depth", "time"]
    start: str
    layer: str
    state: Literal["output", "hidden", "cell"]
    timesteps: NDArray[np.int64]
    gain: Floats
    factors: Ratios
    detour: Ratios
    shares: Ratios

    def mean(self) -> dict[str, float]:
        """Geometric means over the hops where all factors exist, by name, and their product as "gain"."""
        return _means({"gain": self.gain, **self.factors})

    def mean_detour(self) -> dict[str, float]:
        """Geometric means of the detour's factors, over the hops where all of them exist."""
        return _means(self.detour)


def _means(ratios: Ratios) -> dict[str, float]:
    whole = np.isfinite(list(ratios.values())).all(0)
    with np.errstate(divide="ignore"):
        return {
            name: float(np.exp(np.mean(np.log(values[whole])))) if whole.any() else np.nan
            for name, values in ratios.items()
        }


@dataclass(frozen=True)
class HopAccounts:
    """`depth` from the output head down, `time` one entry for each recurrent layer."""

    step: int
    depth: tuple[Hops, ...]
    time: tuple[Hops, ...]


@dataclass(frozen=True)
class Plane(_ReadOnly):
    """The answers over a grid of the plane that a task's two inputs span: float32 `first` (C,) and `second` (R,) are
    the inputs, ascending, `answers` (R, C) the first value, or the class; of two classes whose outputs are
    probabilities that of class 1. NaN where an output is not finite."""

    first: NDArray[np.float32]
    second: NDArray[np.float32]
    answers: NDArray[np.float32]


@dataclass(frozen=True)
class Answers(_ReadOnly):
    """What the network answers in evaluation mode on the samples of its metric, `count` in all; of many, evenly spread
    ones are here.

    `targets` and `answers` are float32 (N, K) or (N, T, K) values (an answer may be NaN or inf), or with `classes`
    int64 (N,) or (N, T) labels, −1 for an answer that is not finite. `inputs` float32 (N, F) are those of samples
    without timesteps and at most two features. `in_order` says that the samples follow one another in time."""

    step: int
    count: int
    classes: int | None
    inputs: NDArray[np.float32] | None
    targets: NDArray[np.float32] | NDArray[np.int64]
    answers: NDArray[np.float32] | NDArray[np.int64]
    in_order: bool = False
    plane: Plane | None = None


Inspection = Reach | Jacobians | HopAccounts | Answers
KINDS: dict[type, InspectionKind] = {
    Reach: "reach",
    Jacobians: "jacobians",
    HopAccounts: "hops",
    Answers: "answers",
}
