"""How well two colors are told apart (WCAG 2.2), and what of it reaches the screen."""

from collections import Counter

from PySide6.QtGui import QImage


def luminance(color: str) -> float:
    """Relative luminance of "#rrggbb", from 0 to 1."""
    parts = [part / 255 for part in bytes.fromhex(color[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ground_and_ink(image: QImage) -> tuple[str, str]:
    """The commonest color, and the one that stands out from it most."""
    seen = Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))
    ground = seen.most_common(1)[0][0]
    return ground, max(seen, key=lambda color: contrast(color, ground))
