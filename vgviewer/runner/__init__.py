"""Who runs it: one run, one worker thread, one queue."""

from vgviewer.runner.run import Run, is_warm, warm_up
from vgviewer.runner.session import Session

__all__ = ["Run", "Session", "is_warm", "warm_up"]
