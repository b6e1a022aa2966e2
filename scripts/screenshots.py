"""Draws the window in every dress, size and state, for somebody who looks: `.venv/bin/python scripts/screenshots.py`.

Every theme × layout × size × text factor in four states, each view by itself, and the first page, laid on contact
sheets in --out: for each state and theme the window, the window with large texts, and the views. --single also keeps
the pictures themselves. Nothing is compared here; a person looks.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
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
LARGE = 2.0  # the text factor of the second half
VIEW_SIZE = (720, 360)
WELCOME_SIZES = SIZES[:2]
THUMBNAIL = QSize(640, 400)
COLUMNS = 3
GAP, LABEL = 16, 24  # px on a sheet
PRESET = "lstm-default"  # has an alert with a cause after some steps
STEPS = 60  # until it stands
GIVE_UP_S = 60.0
STOP_S = 30.0


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
    parser.add_argument("--chapter", nargs="+", choices=tuple(CHAPTERS), default=tuple(CHAPTERS))
    parser.add_argument("--single", action="store_true", help="keep each picture, too")
    options = parser.parse_args(words)
    options.out.mkdir(parents=True, exist_ok=True)
    application = QApplication(["vgviewer"])
    theme.apply(application, theme.LIGHT)
    for state, dress in product(options.state, options.theme):
        name = f"{state}-{dress}"
        with window() as shown:
            STATES[state](shown)  # for each theme anew: an alert is taken back when a run goes on for long
            for chapter in options.chapter:
                if chapter == "welcome" and state != "empty":
                    continue
                shots = list(CHAPTERS[chapter](application, shown, dress))
                sheet(shots, dress).save(str(options.out / f"{name}-{chapter}.png"))
                for shot in shots if options.single else ():
                    shot.picture.save(str(options.out / f"{name}-{shot.name}.png"))
                print(options.out / f"{name}-{chapter}.png", flush=True)
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
            shown.live.stop(STOP_S)
            shown.hide()  # closing would ask whether a long run may end
            shown.deleteLater()
            wait(0.1)


def of_window(application: QApplication, shown: Window, dress: str) -> Iterator[Shot]:
    """Each layout in each size."""
    yield from of_layouts(application, shown, dress, 1.0)


def of_large_texts(application: QApplication, shown: Window, dress: str) -> Iterator[Shot]:
    """The same for somebody who needs it larger."""
    yield from of_layouts(application, shown, dress, LARGE)
    theme.enlarge(1.0)


def of_layouts(application: QApplication, shown: Window, dress: str, factor: float) -> Iterator[Shot]:
    """Each layout in each size at one text factor."""
    theme.enlarge(factor)
    theme.apply(application, theme.THEMES[dress])
    for size, layout in product(SIZES, LAYOUTS.values()):
        shown.resize(*size)
        settle(shown)  # the desk has its size only now
        shown.desk.arrange(layout)
        unfold_again(shown)
        settle(shown)
        yield Shot(f"{layout.id}-{size[0]}x{size[1]}-{factor:g}", shown.grab())


def unfold_again(shown: Window) -> None:
    """An alert that is unfolded takes its room when that is done, not when the panes are put elsewhere."""
    for card in shown.desk.alerts.cards:
        if card.unfold.isChecked():
            settle(shown)
            card.unfold.setChecked(False)
            card.unfold.setChecked(True)


def of_welcome(application: QApplication, shown: Window, dress: str) -> Iterator[Shot]:
    """The first page, at each text factor; a run would bring the network back to the front."""
    for factor, size in product((1.0, LARGE), WELCOME_SIZES):
        theme.enlarge(factor)
        theme.apply(application, theme.THEMES[dress])
        shown.resize(*size)
        shown.stage.show_welcome()
        settle(shown)
        yield Shot(f"welcome-{size[0]}x{size[1]}-{factor:g}", shown.grab())
    shown.stage.show_desk()
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


CHAPTERS: dict[str, Callable[[QApplication, Window, str], Iterator[Shot]]] = {
    "window": of_window,
    "large": of_large_texts,
    "views": of_views,
    "welcome": of_welcome,
}


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
