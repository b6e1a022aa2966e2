"""What an initializer is expected to draw: the size of the entries, and the spectrum of a square matrix."""

import math
from typing import NamedTuple

import numpy as np

from vgviewer.network import initializers as kinds
from vgviewer.network.initializers import Initializer


class Entries(NamedTuple):
    """`square` is the mean square of the entries, `middle` their mean. `copies` where each unit takes one number times
    that factor instead of a random mixture of all."""

    square: float
    middle: float = 0.0
    copies: float | None = None


class Spectrum(NamedTuple):
    """`radius` is the largest absolute eigenvalue that is expected, `largest_singular` the largest singular value."""

    radius: float
    largest_singular: float


def entries(init: Initializer, rows: int, columns: int, fan_in: int | None = None) -> Entries:
    """Of a matrix (rows, columns). `fan_in` where it is not the columns: PyTorch's bound of recurrent layers."""
    square, middle = _drawn(init, rows, columns, fan_in or columns)
    copies = init.gain if isinstance(init, kinds.Identity) and rows == columns else None
    return Entries(init.gain**2 * square, init.gain * middle, copies)


def bias_entries(init: Initializer, units: int, fan_in: int) -> Entries:
    """Of a bias, which counts as one column with the fan of its layer's weights."""
    square, middle = _drawn(init, units, 1, fan_in)
    return Entries(init.gain**2 * square, init.gain * middle)


def spectrum(init: Initializer, units: int) -> Spectrum:
    """Of a recurrent matrix (units, units), as wide layers approach it: independent entries of standard deviation s
    fill a disk of radius s√H (circular law, Tao & Vu 2010) and have the largest singular value 2s√H (Bai & Yin 1993).
    """
    gain = abs(init.gain)
    match init:
        case kinds.Orthogonal() | kinds.Identity():
            return Spectrum(gain, gain)
        case kinds.Constant():
            return Spectrum(gain * abs(init.value) * units, gain * abs(init.value) * units)
        case kinds.Values():
            matrix = init.gain * np.array(init.values, np.float64)[-units:]
            radius = np.abs(np.linalg.eigvals(matrix)).max()
            return Spectrum(float(radius), float(np.linalg.norm(matrix, 2)))
        case _:
            size = math.sqrt(units * entries(init, units, units).square)
            return Spectrum(size, 2 * size if units > 1 else size)


def _drawn(init: Initializer, rows: int, columns: int, fan_in: int) -> tuple[float, float]:
    """Mean square and mean for gain 1."""
    match init:
        case kinds.Constant():
            return init.value**2, init.value
        case kinds.Orthogonal():
            return 1 / max(rows, columns), 0.0
        case kinds.Identity():
            return min(rows, columns) / (rows * columns), 0.0
        case kinds.Values():
            # Given, not drawn: taken as a draw of entries of that size and no mean.
            return float(np.mean(np.square(np.array(init.values, np.float64)))), 0.0
        case _:
            return _variance(init, rows, fan_in), 0.0


def _variance(init: Initializer, fan_out: int, fan_in: int) -> float:
    """Of independent entries with mean 0."""
    match init:
        case kinds.Default():
            return 1 / (3 * fan_in)
        case kinds.Uniform():
            return init.limit**2 / 3
        case kinds.Normal():
            return init.std**2
        case kinds.XavierUniform() | kinds.XavierNormal():
            return 2 / (fan_in + fan_out)
        case kinds.KaimingUniform() | kinds.KaimingNormal():
            return 2 / fan_in
        case kinds.LecunNormal() | kinds.ScaledNormal():
            return 1 / fan_in
        case _:  # zeros
            return 0.0
