"""The whole window as a picture, for where there is no display."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLayout

from vgviewer.app import theme
from vgviewer.app.figure import grab_window
from vgviewer.app.preferences import Preferences
from vgviewer.app.window import Window
from vgviewer.runner import Session

ROUNDS = 4  # of layout and drawing, until labels have found their room


def render_window(
    session: Session,
    out: Path,
    size: tuple[int, int] = (1600, 900),
    scale: float = 1.0,
    dress: theme.Theme = theme.LIGHT,
) -> None:
    """Writes the window on the session, whose messages have been taken, as a PNG of size × scale pixels.

    Needs a QApplication, and leaves its theme as it was. Raises FigureError.
    """
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before, enlarged = theme.current(), theme.enlarged()
    theme.apply(application, dress)
    nobody = tempfile.TemporaryDirectory()  # the picture is the same whatever somebody has chosen
    window = Window(Preferences(Path(nobody.name) / "settings.ini"))
    try:
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.setMinimumSize(0, 0)
        layout = window.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # offscreen knows no least size
        window.document.replace(session.experiment, None)
        window.resize(*size)
        window.show()
        window.live.show(session)
        window.desk.network.foresight.finish()
        for _ in range(ROUNDS):
            application.processEvents()  # timers of no time, too
            for view in window.desk.views.values():
                view.refresh()
        grab_window(window, out, scale)
    finally:
        window.live.stop(0)
        window.hide()
        window.deleteLater()
        application.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
        nobody.cleanup()
        theme.enlarge(*enlarged)
        theme.apply(application, before)
