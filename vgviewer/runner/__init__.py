"""Who runs it: one run, one worker thread, one queue."""

from vgviewer.runner.follow import follow
from vgviewer.runner.race import Race
from vgviewer.runner.replay import Replay
from vgviewer.runner.run import Run, warm_up
from vgviewer.runner.session import Session

__all__ = ["Race", "Replay", "Run", "Session", "follow", "warm_up"]
