"""The bundled font in four sizes, digits of equal width, and the one factor that text and distances grow by."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from vgviewer.resources import RESOURCES

GRID = 8  # px; distances are multiples of it, or its half
CAPTION, BODY, SECTION, TITLE = 12, 13, 15, 20  # px
SMALLEST, LARGEST = 0.8, 3.0  # factors; beyond them nothing is readable, or nothing fits
AFAR = 27  # px, 20 points at 96 dots per inch: what is still read from the last row of a room
_grown = {"factor": 1.0, "least": 0.0}


def enlarge(factor: float, from_afar: bool = False) -> None:
    """Makes all fonts and lengths asked for from now on larger; between SMALLEST and LARGEST.

    What shall be read `from_afar` is at least AFAR high, captions excepted.
    """
    _grown["factor"] = min(LARGEST, max(SMALLEST, factor))
    _grown["least"] = AFAR if from_afar else 0.0


def enlarged() -> tuple[float, bool]:
    """What `enlarge` was told last."""
    return _grown["factor"], _grown["least"] > 0


def factor() -> float:
    """By how much everything is larger than drawn: 1 at the first start."""
    return _grown["factor"]


def px(length: float) -> int:
    """A length that grows with the text, such as a bar's height."""
    return round(length * _grown["factor"])


def text_px(size: int = BODY) -> int:
    """How high a text of one of the four sizes is now."""
    grown = px(size)
    return grown if size < BODY else max(grown, round(_grown["least"]))


def zoom() -> float:
    """By how much a picture is enlarged that is drawn at its first size, words included (`drawn_font`)."""
    return text_px(BODY) / BODY


@cache
def family() -> str:
    """Loads the bundled font at the first call; needs a running QGuiApplication."""
    for file in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    return "Inter"


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The bundled font at `size` px times the factor, with tabular figures: a changing number does not jitter."""
    return _font(text_px(size), weight)


def drawn_font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The bundled font at exactly `size` px, for what is enlarged as a whole, such as the canvas."""
    return _font(size, weight)


def _font(pixels: int, weight: QFont.Weight) -> QFont:
    made = QFont(family())
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
