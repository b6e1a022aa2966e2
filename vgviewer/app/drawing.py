"""Pictures for those who have no window: a view, or the window as it would look."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from vgviewer.app import theme
from vgviewer.app.figure import FigureError, check, render_view
from vgviewer.app.theme import THEMES
from vgviewer.app.views import VIEWS
from vgviewer.app.window_figure import render_window
from vgviewer.frames.wishes import Wanted
from vgviewer.runner import Session

__all__ = ["THEMES", "VIEWS", "FigureError", "check", "draw", "wanted"]


def wanted(name: str) -> frozenset[Wanted]:
    """What a run has to be asked for, so that the view can be drawn."""
    return VIEWS[name].wants if name in VIEWS else frozenset()


def draw(name: str, session: Session, out: Path, size: tuple[int, int], scale: float, dress: str) -> None:
    """Writes the view `name`, or "window", of a session by the theme's name; raises FigureError."""
    application = QApplication.instance() or QApplication(["vgviewer"])
    assert isinstance(application, QApplication)
    theme.apply(application, THEMES[dress])
    if name == "window":
        render_window(session, out, size, scale, THEMES[dress])
    else:
        render_view(name, session.history, out, size, scale, THEMES[dress], experiment=session.experiment)
