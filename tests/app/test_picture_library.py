"""pyqtgraph finds all of Qt where it looks for it, and nothing of it is made before somebody names it."""

import subprocess
import sys

SCRIPT = """
from PySide6 import QtCore, QtWidgets
from vgviewer.app.picture.library import pg
assert pg.QtCore.QObject is QtCore.QObject
assert pg.QtWidgets.QWidget is QtWidgets.QWidget
assert not hasattr(pg.QtCore, "NoSuchClass")
assert "QSharedMemory" in dir(QtCore)
print("QSharedMemory" in vars(QtCore), "QWizard" in vars(QtWidgets))
"""


def test_that_only_what_is_named_of_qt_is_made() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "False False\n", "")
