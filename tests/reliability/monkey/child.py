"""A child: plays with the program at random; prints what it found as JSON.

argv: a seed, how many actions, a folder of its own.
"""

import faulthandler
import gc
import json
import os
import sys
import time
from pathlib import Path

from tests.reliability.monkey.monkey import Monkey
from vgviewer.app.arrivals import Application
from vgviewer.app.heap import share_heap
from vgviewer.app.log import open_log
from vgviewer.experiment import memory
from vgviewer.tasks.files import PATIENCE

LARGEST_RUN = 1e8  # bytes: a monkey's networks shall cost little time
HUNG_S = 120.0  # an action that takes so long will not come back


def main(seed: int, count: int, folder: Path) -> int:
    """Plays, and prints."""
    share_heap()
    memory.MOST = LARGEST_RUN
    open_log()
    application = Application(["vgviewer"])
    application.setApplicationName("vgviewer")
    application.setQuitOnLastWindowClosed(False)
    PATIENCE.waits = False  # as in the program: this thread paints
    gc.disable()  # the program collects on this thread alone
    begun = time.monotonic()
    monkey = Monkey(seed, count, folder, application)
    monkey.warm_up()
    for number in range(count):
        faulthandler.dump_traceback_later(HUNG_S, exit=True)
        monkey.act(number)
        if monkey.is_fed_up:
            break
    faulthandler.cancel_dump_traceback_later()
    found = monkey.end()
    found["seconds"] = round(time.monotonic() - begun)
    print(json.dumps(found), flush=True)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
