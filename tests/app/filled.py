"""A window in which a run made by hand has ended: the same picture at every time and on every machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.app.runs_by_hand import HandRun, experiment, messages
from vgviewer.app import theme
from vgviewer.app.dress import wear
from vgviewer.app.preferences import Preferences
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.runner import Run

SIZE = (1280, 800)
ROUNDS = 4  # of layout and drawing, until labels have found their room


@contextmanager
def filled_window(
    folder: Path, size: tuple[int, int] = SIZE, layout: str = "watch", **choices: object
) -> Iterator[Window]:
    """With these choices of the preferences; the program's theme and text size are as before afterwards."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    HandRun.made, HandRun.script = [], messages(30)
    preferences = Preferences(folder / "preferences.json")
    preferences.choose(layout=layout, **choices)
    wear(application, preferences.theme)
    window = Window(preferences, cast(Callable[[Experiment], Run], HandRun))
    try:
        window.document.replace(experiment(), None)
        window.resize(*size)
        window.show()
        window.desk.change_to(window.desk.arrangement)
        window.live.train_or_pause()
        while window.live.state != "ended":
            window.live.drain()
        settle(window)
        yield window
    finally:
        window.live.stop(1)
        window.document.let_go()
        window.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        theme.enlarge(1.0)
        theme.apply(application, theme.LIGHT)


def settle(window: Window) -> None:
    """Lets everything find its place, and draws what is seen."""
    window.desk.network.foresight.finish()
    for _ in range(ROUNDS):
        QApplication.processEvents()
        for view in window.desk.views.values():
            if view.isVisible():
                view.refresh()


def picture(widget: QWidget) -> QImage:
    """What the widget shows, with four bytes a pixel."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def seen(widget: QWidget) -> bool:
    """Whether some of it is on the screen."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def words_of(widget: QWidget) -> str:
    """What a label or a button says, without the marks of mnemonics."""
    text = widget.text() if isinstance(widget, QLabel) else getattr(widget, "text", str)()
    return str(text).replace("&", "")
