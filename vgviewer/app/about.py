"""What the program is, for a person and for a report of a fault."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vgviewer import __version__
from vgviewer.app.log import log_file
from vgviewer.app.report import Report

PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "pydantic")
SENTENCE = f"vgviewer {__version__}: watch gradients vanish and explode while a network trains."
ADVICE = "Free software under the MIT license. It works without the internet and sends nothing to anybody."


def diagnostics() -> str:
    """Versions, system and screen, one per line."""
    lines = [f"vgviewer {__version__}", f"Python {platform.python_version()} on {platform.platform()}"]
    lines += [f"{name} {_version(name)}" for name in PACKAGES]
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    lines.append(f"Screen {size.width()} × {size.height()} at scale {screen.devicePixelRatio():g}")
    lines.append(f"Log {log_file()}")
    return "\n".join(lines)


def about(parent: QWidget) -> Report:
    """The dialog, which can copy what it says."""
    return Report(parent, "About vgviewer", SENTENCE, ADVICE, diagnostics(), sign="info")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
