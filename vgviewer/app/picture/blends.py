"""Shades between two colors of the theme, for what is no gradient: blue and red are left to those."""

import numpy as np
from numpy.typing import NDArray


def blend(one: str, other: str, parts: NDArray[np.floating]) -> NDArray[np.uint8]:
    """uint8 (..., 4): RGBA from `one` at 0 to `other` at 1; "#rrggbb" each. What is NaN is clear."""
    low, high = (np.array([*bytes.fromhex(color[1:])], np.float64) for color in (one, other))
    known = np.clip(np.nan_to_num(parts, nan=0.0), 0.0, 1.0)[..., None]
    colors = np.concatenate([low + known * (high - low), np.full_like(known, 255.0)], axis=-1)
    colors[np.isnan(parts)] = 0.0
    return np.round(colors).astype(np.uint8)


def mixed(one: str, other: str, part: float) -> str:
    """One such color as "#rrggbb"."""
    red, green, blue, _ = blend(one, other, np.array(part))
    return f"#{red:02x}{green:02x}{blue:02x}"
