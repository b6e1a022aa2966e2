"""How colors look to people who lack one kind of cones.

Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE
Transactions on Visualization and Computer Graphics 15(6), 2009, pages 1291 to 1298: the matrices of severity 1, for
linear RGB.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NORMAL = "normal"
DEFICIENCIES: dict[str, Floats] = {
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def seen(colors: NDArray[np.uint8], deficiency: str) -> NDArray[np.uint8]:
    """uint8 (..., 4): RGBA colors as they look with one of DEFICIENCIES, or unchanged when NORMAL."""
    if deficiency == NORMAL:
        return colors
    simulated = np.clip(linear(colors) @ DEFICIENCIES[deficiency].T, 0.0, 1.0)
    encoded = np.where(simulated <= 0.0031308, 12.92 * simulated, 1.055 * simulated ** (1 / 2.4) - 0.055)
    shown = colors.copy()
    shown[..., :3] = np.round(255 * encoded)
    return shown


def linear(colors: NDArray[np.uint8]) -> Floats:
    """float64 (..., 3): linear RGB of sRGB colors (IEC 61966-2-1)."""
    rgb = colors[..., :3] / 255
    decoded: Floats = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return decoded
