"""An inspector that is seen, for the tests of what it shows."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.inspector import Inspector


@contextmanager
def shown_inspector(qapp: QApplication, document: Document) -> Iterator[Inspector]:
    theme.apply(qapp, theme.LIGHT)
    host = QWidget()  # without a layout: the offscreen platform warns about a window's least size
    host.resize(320, 700)
    host.show()
    inspector = Inspector(document, host)
    inspector.resize(320, 700)
    inspector.show()
    yield inspector
    host.close()
    host.deleteLater()
