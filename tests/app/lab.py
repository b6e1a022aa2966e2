"""How far apart two colors look."""

import numpy as np
from numpy.typing import NDArray


def lab(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """float64 (..., 3): CIE L*a*b* (D65) of sRGB colors; distances in it are ΔE*ab of 1976."""
    rgb = colors[..., :3] / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
