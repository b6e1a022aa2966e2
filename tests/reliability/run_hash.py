"""One number for everything that a run sends. Run as a program it prints that of a preset file."""

import hashlib
import struct
import sys
from pathlib import Path

from vgviewer import engine
from vgviewer.experiment import Experiment, load
from vgviewer.frames import Frame


def run_hash(experiment: Experiment) -> str:
    """SHA-256 over step, loss, metric, clipping and every reading of every frame, bit for bit."""
    told = hashlib.sha256()
    for message in engine.train(experiment):
        if isinstance(message, Frame):
            metric = float("nan") if message.metric is None else message.metric
            told.update(struct.pack("<qdd?", message.step, message.loss, metric, message.clipped))
            for name, values in sorted(message.readings.items()):
                told.update(name.encode() + values.tobytes())
    return told.hexdigest()


if __name__ == "__main__":
    print(run_hash(load(Path(sys.argv[1]))))
