"""The bundled font in four sizes, digits of equal width, and the one factor that text and distances grow by."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from vgviewer.resources import RESOURCES

GRID = 8  # px; distances are multiples of it, or its half
CAPTION, BODY, SECTION, TITLE = 12, 13, 15, 20  # px
SMALLEST, LARGEST = 0.8, 3.0  # factors; beyond them nothing is readable, or nothing fits
_grown = {"factor": 1.0}


def enlarge(factor: float) -> None:
    """Makes all fonts and lengths asked for from now on larger; between SMALLEST and LARGEST."""
    _grown["factor"] = min(LARGEST, max(SMALLEST, factor))


def factor() -> float:
    """By how much everything is larger than drawn: 1 at the first start."""
    return _grown["factor"]


def px(length: float) -> int:
    """A length that grows with the text, such as a bar's height."""
    return round(length * _grown["factor"])


@cache
def family() -> str:
    """Loads the bundled font at the first call; needs a running QGuiApplication."""
    for file in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    return "Inter"


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The bundled font at `size` px times the factor, with tabular figures: a changing number does not jitter."""
    made = QFont(family())
    made.setPixelSize(px(size))
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
