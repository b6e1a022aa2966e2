"""A view as a file, drawn without a window, in a size and theme of its own."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app import theme
from vgviewer.app.views import VIEWS, View
from vgviewer.frames import History

MOST_PIXELS = 100_000_000  # an image of 400 MB; what is larger was not meant
SVG_CELL = 16  # viewers of SVG blur small images, so that a cell is written as so many pixels each way


class FigureError(Exception):
    """Says in one sentence why there is no figure, and what would work."""


def render_view(
    name: str,
    history: History | None,
    out: Path,
    size: tuple[int, int] = (1600, 900),
    scale: float = 1.0,
    dress: theme.Theme = theme.LIGHT,
) -> None:
    """Writes the view `name` of the history as PNG or SVG, by the ending of `out`; needs a QApplication.

    A PNG has size × scale pixels. Raises FigureError.
    """
    if name not in VIEWS:
        raise FigureError(f"There is no view named {name}. The views are: {', '.join(VIEWS)}.")
    check(out, size, scale)
    is_svg = out.suffix.lower() == ".svg"
    shape = (1.0, SVG_CELL) if is_svg else (scale, 1)
    with _off_screen(VIEWS[name], history, size, dress, shape) as view:
        _writer(out)(view, out, scale)


def grab_window(widget: QWidget, out: Path, scale: float = 1.0) -> None:
    """Writes what the widget shows as PNG or SVG of its size × scale; raises FigureError."""
    check(out, (widget.width(), widget.height()), scale)
    _writer(out)(widget, out, scale)


def check(out: Path, size: tuple[int, int], scale: float) -> None:
    """Raises FigureError for what could not be written, before anything is drawn."""
    _writer(out)
    if not out.parent.is_dir():
        raise FigureError(f"The folder {out.parent} does not exist.")
    pixels = size[0] * size[1] * scale * scale
    if not (min(size) >= 1 and scale > 0 and pixels <= MOST_PIXELS):
        raise FigureError(
            f"A figure of {size[0]} × {size[1]} at scale {scale:g} cannot be drawn: "
            f"it needs at least 1 × 1 and at most {MOST_PIXELS // 1_000_000} million pixels."
        )


def _writer(out: Path) -> Callable[[QWidget, Path, float], None]:
    writers = {".png": _write_png, ".svg": _write_svg}
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise FigureError(f"A figure's name ends in {' or '.join(writers)}; {out.name} does not.")
    return writer


@contextlib.contextmanager
def _off_screen(
    view_type: type[View],
    history: History | None,
    size: tuple[int, int],
    dress: theme.Theme,
    shape: tuple[float, int],
) -> Iterator[View]:
    """The view laid out and drawn in its own theme, without ever appearing on the screen."""
    view = view_type()
    try:
        view.setPalette(theme.palette(dress))
        view.setStyleSheet(theme.stylesheet(dress))
        view.as_figure(*shape)
        view.resize(*size)
        view.set_history(history)
        for _ in range(2):  # the first time without knowing how much room the labels take
            view.grab()  # lays out what was never shown
            QApplication.sendPostedEvents()
            view.wear(dress)
        yield view
    finally:
        view.deleteLater()
        QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)


def _write_png(widget: QWidget, out: Path, scale: float) -> None:
    image = QImage((widget.size().toSizeF() * scale).toSize(), QImage.Format.Format_RGB32)
    if image.isNull():
        raise FigureError(f"There is not enough memory for the figure {out}.")
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().window().color())
    widget.render(image)
    _write(out, lambda part: image.save(str(part), "PNG"))  # type: ignore[call-overload]


def _write_svg(widget: QWidget, out: Path, scale: float) -> None:
    def draw(part: Path) -> bool:
        generator = QSvgGenerator()
        generator.setFileName(str(part))
        generator.setSize((widget.size().toSizeF() * scale).toSize())
        generator.setViewBox(QRect(QPoint(), widget.size()))
        generator.setResolution(96)  # CSS pixels per inch
        generator.setTitle(widget.accessibleName())
        generator.setDescription(widget.accessibleDescription())
        painter = QPainter()
        if not painter.begin(generator):
            return False
        widget.render(painter, QPoint())
        return painter.end()

    _write(out, draw)


def _write(out: Path, draw: Callable[[Path], bool]) -> None:
    """Draws into a file beside `out` and puts it in its place only when it is whole."""
    try:
        descriptor, name = tempfile.mkstemp(suffix=out.suffix, prefix=f".{out.stem}-", dir=out.parent)
    except OSError as error:
        raise FigureError(f"The folder {out.parent} cannot be written to: {error.strerror}.") from error
    os.close(descriptor)
    part = Path(name)
    try:
        if not draw(part) or not part.stat().st_size:
            raise FigureError(f"The figure {out} cannot be written. Is the disk full?")
        part.chmod(0o644)
        part.replace(out)
    except OSError as error:
        raise FigureError(f"The figure {out} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
