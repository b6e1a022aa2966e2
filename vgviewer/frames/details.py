"""What is measured only at a step that somebody looks at closely."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS_PER_OCTAVE = 4  # the two leading bits of a float's mantissa
LOWEST_OCTAVE = -126  # float32's smallest normal numbers; the bins below it hold its subnormal ones

Maps = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Histograms:
    """How often entries of each absolute size occur, one row per layer, in the layers' order.

    `counts` int64 (L, bins): entry k counts those from edges[k] up to, but without, edges[k + 1]; `zeros` and
    `not_finite` int64 (L,) count apart. A row of zeros: the layer has none. `first` is the number of the first bin,
    `factor` what each entry is multiplied with.
    """

    first: int
    counts: NDArray[np.int64]
    zeros: NDArray[np.int64]
    not_finite: NDArray[np.int64]
    factor: float = 1.0

    @property
    def edges(self) -> NDArray[np.float64]:
        """float64 (bins + 1,): (1 + q/4) · 2ᵉ, times the factor; q/4 · 2⁻¹²⁶ for subnormal numbers."""
        bins = np.arange(self.first, self.first + self.counts.shape[1] + 1)
        octave, quarter = np.divmod(bins, BINS_PER_OCTAVE)
        whole = np.where(octave > 0, 1.0, 0.0) + quarter / BINS_PER_OCTAVE
        edges: NDArray[np.float64] = self.factor * np.ldexp(whole, LOWEST_OCTAVE + np.maximum(octave - 1, 0))
        return edges


@dataclass(frozen=True)
class Details:
    """Arrays are read-only; maps are float32, log10(rms) over the batch, by the layer's id.

    `units`: of the gradient with respect to each unit's output, (T, H) where the layer is along time, else (H,); of a
    recurrent layer the total ∂L/∂h. `cells` (T, H): ∂L/∂c. `gates` (G, T, H): of the gates' pre-activations, in the
    order of the site's gates. `histograms` by quantity: output_gradient, weight_gradient, output, weight.
    `timestep_shares` float64 (T,) of a recurrent layer: ⟨G_t, G⟩/‖G‖², the signed share of each timestep in ∂L/∂W_hh =
    G = Σ G_t; they sum to 1, and are NaN where G is 0.
    """

    units: Maps
    cells: Maps
    gates: Maps
    histograms: Mapping[str, Histograms]
    timestep_shares: Mapping[str, NDArray[np.float64]]
