"""How large the canvas draws the network."""

from PySide6.QtWidgets import QGraphicsView

from vgviewer.app import theme
from vgviewer.app.editor.face import READABLE

SMALLEST, LARGEST = 0.02, 2.5  # 256 layers fit into a small window; times the text's factor
GROWS_TO = 1.5  # a few blocks fill the room, and do not become posters
SHRINKS_TO = 0.85  # a network a little too wide is made smaller, a wider one is scrolled
LARGE_SHRINKS_TO = 0.65  # of large texts, which stay larger than the usual ones
AFAR_SHRINKS_TO = 0.72  # of what is read from afar
STEP = 1.15


class Zoom:
    """Scales a view of the diagram; all words in it grow with the text of the window."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        self._chosen: float | None = None  # None: as large as fits and can be read

    def fit(self) -> None:
        """All of it at once, however small that makes the blocks."""
        self._chosen = min(GROWS_TO, max(SMALLEST, min(self._room())))
        self.apply()

    def fill(self) -> None:
        """As large as can be read comfortably."""
        self._chosen = None
        self.apply()

    def by(self, steps: float) -> None:
        """Closer, or farther away."""
        now = self._view.transform().m11() / theme.zoom()
        self._chosen = min(LARGEST, max(SMALLEST, now * STEP**steps))
        self.apply()

    def apply(self) -> None:
        """After the network, the view or the text has another size."""
        filling = min(GROWS_TO, max(self._least(), min(self._room())))
        zoom = theme.zoom() * (filling if self._chosen is None else self._chosen)
        if abs(zoom - self._view.transform().m11()) > 1e-6:
            self._view.resetTransform()
            self._view.scale(zoom, max(zoom, READABLE))  # from afar a strip of tall, narrow blocks

    @staticmethod
    def _least() -> float:
        factor, is_afar = theme.enlarged()
        return AFAR_SHRINKS_TO if is_afar else min(SHRINKS_TO, max(LARGE_SHRINKS_TO, 1 / factor))

    def _room(self) -> tuple[float, float]:
        """How often the network goes into the view, across and down, at the text's size. Scroll bars have no say: one
        that came with a zoom would take it back, and come again."""
        area, view = self._view.sceneRect(), self._view.maximumViewportSize()
        return (
            view.width() / max(area.width(), 1.0) / theme.zoom(),
            view.height() / max(area.height(), 1.0) / theme.zoom(),
        )
