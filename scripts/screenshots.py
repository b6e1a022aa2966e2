"""Draws the window in every dress, size and state, for somebody who looks: `.venv/bin/python scripts/screenshots.py`.

Every theme × layout × size × text factor in four states, and each view by itself, laid on contact sheets in --out: a
sheet for each theme and state. --single also keeps the pictures themselves. Nothing is compared here; a person looks.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from PySide6.QtCore import QEventLoop, QRect, QSize, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QLayout  # noqa: E402

from vgviewer.app import theme  # noqa: E402
from vgviewer.app.desk import LAYOUTS  # noqa: E402
from vgviewer.app.preferences import Preferences  # noqa: E402
from vgviewer.app.views import VIEWS  # noqa: E402
from vgviewer.app.window import Window  # noqa: E402
from vgviewer.experiment import find, load  # noqa: E402

SIZES = ((1024, 768), (1440, 900), (1920, 1080), (3840, 2160))
FACTORS = (1.0, 2.0)
VIEW_SIZE = (720, 360)
THUMBNAIL = QSize(640, 400)
COLUMNS = 4
GAP, LABEL = 16, 24  # px on a sheet
PRESET = "lstm-default"  # has an alert with a cause after some steps
STEPS = 60  # until it stands
GIVE_UP_S = 60.0


@dataclass(frozen=True)
class Shot:
    """One picture and what it is of."""

    name: str
    picture: QPixmap


def main(words: Sequence[str] | None = None) -> int:
    """Writes the sheets and says where they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots", metavar="FOLDER")
    parser.add_argument("--state", nargs="+", choices=tuple(STATES), default=tuple(STATES))
    parser.add_argument("--theme", nargs="+", choices=themes(), default=themes())
    parser.add_argument("--single", action="store_true", help="keep each picture, too")
    options = parser.parse_args(words)
    options.out.mkdir(parents=True, exist_ok=True)
    application = QApplication(["vgviewer"])
    theme.apply(application, theme.LIGHT)
    for state in options.state:
        with window() as shown:
            STATES[state](shown)
            for dress in options.theme:
                shots = [*of_window(application, shown, dress), *of_views(application, shown, dress)]
                sheet(shots, dress).save(str(options.out / f"{state}-{dress}.png"))
                for shot in shots if options.single else ():
                    shot.picture.save(str(options.out / f"{state}-{dress}-{shot.name}.png"))
                print(options.out / f"{state}-{dress}.png", flush=True)
    return 0


def themes() -> tuple[str, ...]:
    """Those of the window; print is for figures."""
    return tuple(name for name in theme.THEMES if name != "print")


def empty(shown: Window) -> None:
    """As it is before anything was trained."""
    shown.document.replace(load(find(PRESET)), None)


def running(shown: Window) -> None:
    """While it trains, without end."""
    experiment = load(find(PRESET))
    shown.document.replace(experiment.replace(training=experiment.training.replace(steps=100_000)), None)
    shown.live.train_or_pause()
    until(lambda: shown.live.steps_made >= STEPS)


def alert(shown: Window) -> None:
    """With the gravest alert unfolded."""
    running(shown)
    until(lambda: any(alert.cause is not None for alert in shown.live.alerts))
    wait(1.2)  # the words come once a second
    card = shown.desk.alerts.cards[0]
    card.unfold.setChecked(True)


def paused(shown: Window) -> None:
    """After a pause."""
    running(shown)
    shown.live.train_or_pause()
    wait(1.2)


STATES: dict[str, Callable[[Window], None]] = {
    "empty": empty,
    "running": running,
    "alert": alert,
    "paused": paused,
}


@contextmanager
def window() -> Iterator[Window]:
    """A window that nobody has used before, of any size."""
    with tempfile.TemporaryDirectory() as folder:
        shown = Window(Preferences(Path(folder) / "settings.ini"))
        shown.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        layout = shown.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        shown.resize(*SIZES[1])
        shown.show()
        try:
            yield shown
        finally:
            shown.live.stop(5.0)
            shown.document.undo.setClean()
            shown.close()
            shown.deleteLater()
            wait(0.1)


def of_window(application: QApplication, shown: Window, dress: str) -> Iterator[Shot]:
    """Each layout in each size at each text factor."""
    for factor in FACTORS:
        theme.enlarge(factor)
        theme.apply(application, theme.THEMES[dress])
        for size in SIZES:
            for layout in LAYOUTS.values():
                shown.resize(*size)
                shown.desk.arrange(layout)
                settle(shown)
                name = f"{layout.id}-{size[0]}x{size[1]}-{factor:g}"
                yield Shot(name, shown.grab())
    theme.enlarge(1.0)


def of_views(application: QApplication, shown: Window, dress: str) -> Iterator[Shot]:
    """Each view by itself."""
    theme.apply(application, theme.THEMES[dress])
    for name in VIEWS:
        view = shown.desk.view(name)
        pane = shown.desk.panes[name]
        shown.desk.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, pane)
        pane.setFloating(True)
        pane.resize(*VIEW_SIZE)
        pane.show()
        wait(1.5 if view.wants else 0.2)
        view.refresh()
        settle(shown)
        yield Shot(name, pane.grab())
        pane.hide()


def settle(shown: Window) -> None:
    """Layout and drawing, until labels have found their room."""
    for _ in range(3):
        wait(0.03)
        for view in shown.desk.views.values():
            if view.isVisible():
                view.refresh()


def sheet(shots: Sequence[Shot], dress: str) -> QImage:
    """All pictures, small, each above its name."""
    now = theme.THEMES[dress]
    cell = THUMBNAIL + QSize(GAP, GAP + LABEL)
    rows = -(-len(shots) // COLUMNS)
    whole = QImage(cell.width() * COLUMNS + GAP, cell.height() * rows + GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor(now.hover))
    painter = QPainter(whole)
    painter.setPen(QColor(now.text))
    painter.setFont(theme.font())
    for place, shot in enumerate(shots):
        left = GAP + place % COLUMNS * cell.width()
        top = GAP + place // COLUMNS * cell.height()
        small = shot.picture.scaled(
            THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawPixmap(left, top, small)
        below = QRect(left, top + THUMBNAIL.height(), THUMBNAIL.width(), LABEL)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shot.name)
    painter.end()
    return whole


def until(condition: Callable[[], bool]) -> None:
    """Lets the window live until it holds; raises TimeoutError."""
    waited = 0.0
    while not condition():
        wait(0.1)
        waited += 0.1
        if waited > GIVE_UP_S:
            raise TimeoutError("the run did not come to the state that is to be drawn")


def wait(seconds: float) -> None:
    """Lets the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
