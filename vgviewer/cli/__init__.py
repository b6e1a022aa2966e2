"""The command line: opens the window, or works without one."""

from vgviewer.cli.main import main

__all__ = ["main"]
