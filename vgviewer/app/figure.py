"""A view as a file, drawn without a window, in a size and theme of its own."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QFile, QIODevice, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app import theme
from vgviewer.app.numerals import as_in_files
from vgviewer.app.views import VIEWS, View
from vgviewer.experiment import Experiment
from vgviewer.frames import History

MOST_PIXELS = 100_000_000  # an image of 400 MB; what is larger was not meant
COPY_SCALE = 2.0  # pixels of a copied picture for one of the screen: it will be enlarged
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
    like: View | None = None,
    experiment: Experiment | None = None,
) -> None:
    """Writes the view `name` of the history as PNG or SVG, by the ending of `out`; needs a QApplication.

    A PNG has size × scale pixels. What was chosen in the view `like`, which is of the same kind, is chosen here too;
    a view of what theory expects is told of the experiment. Raises FigureError.
    """
    if name not in VIEWS:
        raise FigureError(f"There is no view named {name}. The views are: {', '.join(VIEWS)}.")
    check(out, size, scale)
    is_svg = out.suffix.lower() == ".svg"
    shape = (1.0, SVG_CELL) if is_svg else (scale, 1)
    with as_in_files(), _off_screen(VIEWS[name], history, size, dress, shape, like, experiment) as view:
        _writer(out)(view, out, scale)


def picture_of(view: View) -> tuple[QImage, QByteArray]:
    """What a view shows, in its size and theme and without its buttons: an image of COPY_SCALE, and SVG. Raises
    FigureError."""
    size, dress = (view.width(), view.height()), theme.current()
    with as_in_files(), _off_screen(type(view), view.history, size, dress, (COPY_SCALE, 1), view) as drawn:
        image = _image(drawn, COPY_SCALE)
    with as_in_files(), _off_screen(type(view), view.history, size, dress, (1.0, SVG_CELL), view) as drawn:
        written = QBuffer()
        _paint_svg(drawn, written, 1.0)
    return image, written.data()


def grab_window(widget: QWidget, out: Path, scale: float = 1.0) -> None:
    """Writes what the widget shows as PNG or SVG of its size × scale; raises FigureError."""
    check(out, (widget.width(), widget.height()), scale)
    _writer(out)(widget, out, scale)


def check(out: Path, size: tuple[int, int], scale: float) -> None:
    """Raises FigureError for what could not be written, before anything is drawn."""
    _writer(out)
    if not os.path.isdir(out.parent):
        raise FigureError(f"The folder {out.parent} does not exist. Choose another one.")
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
    like: View | None = None,
    experiment: Experiment | None = None,
) -> Iterator[View]:
    """The view laid out and drawn in its own theme, without ever appearing on the screen."""
    view = view_type()
    try:
        view.setPalette(theme.palette(dress))
        view.setStyleSheet(theme.stylesheet(dress))
        view.as_figure(*shape)
        view.resize(*size)
        if experiment is not None:
            _announce(view, experiment)
        view.set_history(history)
        if like is not None:
            view.adopt(like)
        for _ in range(2):  # the first time without knowing how much room the labels take
            view.grab()  # lays out what was never shown
            QApplication.sendPostedEvents()
            view.wear(dress)
        yield view
    finally:
        view.deleteLater()
        QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)


def _announce(view: View, experiment: Experiment) -> None:
    """Theory takes its time, and is loaded only for those who want to hear it."""
    view.foresee(experiment)
    if type(view).expect is not View.expect and not experiment.problems:
        from vgviewer.theory import predict

        view.expect(predict(experiment))


def _write_png(widget: QWidget, out: Path, scale: float) -> None:
    image = _image(widget, scale)
    _write(out, lambda part: image.save(str(part), "PNG"))  # type: ignore[call-overload]


def _write_svg(widget: QWidget, out: Path, scale: float) -> None:
    def draw(part: Path) -> bool:
        return _paint_svg(widget, QFile(str(part)), scale)

    _write(out, draw)


def _image(widget: QWidget, scale: float) -> QImage:
    image = QImage((widget.size().toSizeF() * scale).toSize(), QImage.Format.Format_RGB32)
    if image.isNull():
        raise FigureError("There is not enough memory for a picture of this size. Take a smaller one.")
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().window().color())
    widget.render(image)
    return image


def _paint_svg(widget: QWidget, device: QIODevice, scale: float) -> bool:
    """Whether it could be written."""
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
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


def _write(out: Path, draw: Callable[[Path], bool]) -> None:
    """Draws into a file beside `out` and puts it in its place only when it is whole."""
    try:
        descriptor, name = tempfile.mkstemp(suffix=out.suffix, prefix=f".{out.stem}-", dir=out.parent)
    except OSError as error:
        reason = f"The folder {out.parent} cannot be written to: {error.strerror}."
        raise FigureError(f"{reason} Choose another one.") from error
    os.close(descriptor)
    part = Path(name)
    try:
        if not draw(part) or not part.stat().st_size:
            raise FigureError(
                f"The figure {out} cannot be written. Free some space, or choose another folder."
            )
        part.chmod(0o644)
        part.replace(out)
    except OSError as error:
        reason = f"The figure {out} cannot be written: {error.strerror}."
        raise FigureError(f"{reason} Choose another place.") from error
    finally:
        part.unlink(missing_ok=True)
