"""Where the loss enters: what relative sizes are relative to."""

import numpy as np
from numpy.typing import NDArray


def entry_sizes(sizes: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 (rows,): each row's last finite size, where the loss enters; NaN if there is none."""
    finite = np.isfinite(sizes)
    if not sizes.shape[1]:
        return np.full(len(sizes), np.nan, np.float32)
    last = sizes.shape[1] - 1 - np.argmax(finite[:, ::-1], axis=1)
    return np.where(finite.any(axis=1), sizes[np.arange(len(sizes)), last], np.float32(np.nan))


def root_mean_square(sizes: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 (...,) of log10 sizes (..., N): log10 of the root of the mean square of the finite ones, exactly 0 (−inf)
    among them; NaN where there is none."""
    counted = ~np.isnan(sizes) & ~np.isposinf(sizes)
    known = np.where(counted, sizes, np.float32(-np.inf))
    most = np.max(known, axis=-1, keepdims=True, initial=-np.inf)
    shift = np.where(np.isfinite(most), most, np.float32(0))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # no size, only zeros, or far apart
        squares = np.exp((known - shift) * np.float32(2 * np.log(10)))
        mean = squares.sum(axis=-1, dtype=np.float64) / counted.sum(axis=-1)
        return np.asarray(shift[..., 0] + np.log10(mean) / 2, np.float32)
