"""The bundled font in four sizes, digits of equal width."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from vgviewer.resources import RESOURCES

GRID = 8  # px; distances are multiples of it, or its half
CAPTION, BODY, SECTION, TITLE = 12, 13, 15, 20  # px


@cache
def family() -> str:
    """Loads the bundled font at the first call; needs a running QGuiApplication."""
    for file in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    return "Inter"


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The bundled font at `size` px with tabular figures, so that a changing number does not jitter."""
    made = QFont(family())
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
