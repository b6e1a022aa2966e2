"""The pictures that must not change unnoticed: `python -m tests.reliability.references` draws them anew.

Look at each that git says has changed before it is kept.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.app.frames_by_hand import deep_history
from tests.app.inspections_by_hand import classes, hops, inspected, jacobians, reach
from vgviewer.app import theme
from vgviewer.app.figure import render_view
from vgviewer.app.views import VIEWS
from vgviewer.frames import History

FOLDER = Path(__file__).with_name("reference")
SIZE = (480, 270)
KINDS = (("light", 1.0), ("dark", 1.0), ("contrast", 1.0), ("light", 2.0))
DEEP = ("layers-training", "two-lenses")  # drawn of forty layers, too


def names() -> list[str]:
    """Of all pictures, as files are called."""
    kinds = [f"{dress}-{scale:g}" for dress, scale in KINDS]
    return [f"{view}-{kind}" for view in VIEWS for kind in kinds] + [f"{view}-deep-light-1" for view in DEEP]


def drawn(name: str, folder: Path) -> QImage:
    """The picture as it is now."""
    view, dress, scale = name.rsplit("-", 2)
    history = deep_history() if view.endswith("-deep") else _history()
    out = folder / f"{name}.png"
    render_view(
        view.removesuffix("-deep"), history, out, size=SIZE, scale=float(scale), dress=theme.THEMES[dress]
    )
    return QImage(str(out))


def _history() -> History:
    """A run by hand that has answered everything that a view may ask for."""
    return inspected(hops(), jacobians(), reach(), classes(), steps=60)


def written() -> Iterator[Path]:
    """Draws all of them into the folder."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in names():
            out = FOLDER / f"{name}.png"
            drawn(name, Path(folder)).save(str(out), "PNG", 0)
            yield out


def main() -> int:
    """Says what was drawn, and takes away what is none of them any more."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    theme.apply(application, theme.LIGHT)
    kept = set(written())
    for file in set(FOLDER.glob("*.png")) - kept:
        file.unlink()
    print(f"{len(kept)} pictures, {sum(file.stat().st_size for file in kept) // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
