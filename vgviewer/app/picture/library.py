"""pyqtgraph, for all pictures: `from vgviewer.app.picture.library import pg`.

WORKAROUND for pyqtgraph 0.14: it copies every name of Qt into modules of its own, and PySide6 makes a class when it is
first named. Here those modules ask Qt when they are asked, which saves half of the import. Without it all would work,
later.
"""

import sys
from functools import partial
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

QT = (QtCore, QtGui, QtWidgets)
SAID = [qt.__dir__ for qt in QT]  # PySide6's own, which tells of what is not made yet


def _no_names() -> list[str]:
    return []


for qt in QT:
    mirror = ModuleType(qt.__name__.replace("PySide6", "pyqtgraph.Qt"))
    vars(mirror)["__getattr__"] = partial(getattr, qt)
    sys.modules.setdefault(mirror.__name__, mirror)
    vars(qt)["__dir__"] = _no_names

import pyqtgraph as pg  # noqa: E402

for qt, said in zip(QT, SAID, strict=True):
    vars(qt)["__dir__"] = said

__all__ = ["pg"]
