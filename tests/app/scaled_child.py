"""A program of its own for a scale factor, which Qt reads at the start: `python -m tests.app.scaled_child WHAT`.

Prints one JSON object: for `icons` what an icon and a hairline are made of, for `sizes` which words were cut off where.
"""

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QFrame

from tests.app.clipped import cut_off
from tests.app.filled import filled_window, seen, settle
from vgviewer.app import theme
from vgviewer.app.icons import icon, paint

SIZES = ((1, 1), (40, 3000), (300, 200), (1920, 1080), (8000, 4000))


def main() -> None:
    """Does what is asked for."""
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        found = icons(Path(folder)) if sys.argv[1] == "icons" else sizes(Path(folder), int(sys.argv[2]))
    application.processEvents()
    print(json.dumps(found))


def icons(folder: Path) -> dict[str, object]:
    """An icon of 16 px as a button shows it and as it would be drawn at that size; all that is a line."""
    with filled_window(folder) as window:
        ratio = window.devicePixelRatioF()
        shown = icon("rotate-ccw").pixmap(QSize(16, 16), ratio).toImage()
        button = window.top_bar.dress.grab()
        lines = [frame for frame in window.findChildren(QFrame) if frame.property("role") == "hairline"]
        heights = [min(frame.grab().width(), frame.grab().height()) for frame in lines if seen(frame)]
        curves = window.desk.view("curves")
        grabbed = curves.plot.grab().toImage()
        return {
            "ratio": ratio,
            "icon": shown.width(),
            "same": shown.convertToFormat(QImage.Format.Format_ARGB32) == _drawn(shown.width()),
            "button": button.width() / window.top_bar.dress.width(),
            "lines": heights,
            "pen": curves.pen("#000000", 1).widthF(),
            "curve": _thinnest(grabbed, theme.current().curve),
        }


def sizes(folder: Path, percent: int) -> dict[str, list[str]]:
    """What is cut off at 1024 × 768 in the three layouts; then the window takes all sizes."""
    cut: dict[str, list[str]] = {}
    for layout in ("build", "watch", "teach"):
        with filled_window(folder / layout, size=(1024, 768), layout=layout, text_size=percent) as window:
            cut[layout] = cut_off(window)
            window.setMinimumSize(0, 0)
            for size in SIZES:
                window.resize(*size)
                settle(window)
                window.grab()
    return cut


def _drawn(side: int) -> QImage:
    made = QPixmap(side, side)
    made.fill("#00000000")
    painter = QPainter(made)
    paint(painter, "rotate-ccw", made.rect().toRectF(), theme.current().text)
    painter.end()
    return made.toImage().convertToFormat(QImage.Format.Format_ARGB32)


def _thinnest(image: QImage, color: str) -> int:
    """Of the columns that a curve crosses, how many pixels of its color the thinnest has."""
    columns = []
    for x in range(image.width()):
        hits = sum(_near(image, x, y, color) for y in range(image.height()))
        if hits:
            columns.append(hits)
    inner = columns[2:-2]
    return min(inner) if inner else 0


def _near(image: QImage, x: int, y: int, color: str) -> bool:
    seen_color = image.pixelColor(x, y)
    wanted = bytes.fromhex(color[1:])
    parts = (seen_color.red(), seen_color.green(), seen_color.blue())
    return all(abs(one - other) <= 60 for one, other in zip(parts, wanted, strict=True))


if __name__ == "__main__":
    main()
