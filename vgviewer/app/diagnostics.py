"""What somebody who is to help has to know: versions, system, screen, how the window is dressed. Nothing personal."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from vgviewer import __version__
from vgviewer.app import theme
from vgviewer.app.log import log_file

PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "pydantic")


def diagnostics() -> str:
    """One fact per line."""
    lines = [
        f"vgviewer {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        f"Qt {qVersion()}, drawn by {QGuiApplication.platformName()}",
        *(f"{name} {_version(name)}" for name in PACKAGES),
        *(_screens()),
        f"Theme {theme.current().name}, text at {theme.factor():.0%}, language {QLocale().name()}",
        f"Log {log_file()}",
    ]
    return "\n".join(lines)


def _screens() -> list[str]:
    """The first one is the desktop's own."""
    found = []
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        size, scale = screen.size(), screen.devicePixelRatio()
        found.append(f"Screen {number}: {size.width()} × {size.height()} at scale factor {scale:g}")
    return found


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
