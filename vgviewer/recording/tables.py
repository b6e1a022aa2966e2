"""A run as data for other programs."""

import csv
import io
import math
from pathlib import Path

import numpy as np

from vgviewer.experiment.saver import save_bytes
from vgviewer.frames import QUANTITIES
from vgviewer.recording.recording import Recording


def write_csv(recording: Recording, path: Path) -> None:
    """A row for each step: loss, metric, the norm of all gradients before clipping, whether clipping struck, then each
    quantity of each layer that has it, as `quantity of layer`, sizes as numbers (not as logarithms). What there is not
    is empty. Raises SaveError or Damaged."""
    sites = recording.started.sites
    names = [name for name in recording.header.per_layer if name in QUANTITIES]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        ["step", "loss", recording.started.metric_name, "gradient_norm", "clipped"]
        + [f"{name} of {site.id}" for name in names for site in sites]
    )
    for step in recording.steps.tolist():
        frame = recording.frame(step)
        row: list[object] = [step, _number(frame.loss), _number(frame.metric), _number(frame.gradient_norm)]
        row.append(int(frame.clipped))
        for name in names:
            readings = frame.readings.get(name)
            sizes = [None] * len(sites) if readings is None else readings.tolist()
            row += [_number(_size(value, QUANTITIES[name].scale == "log10")) for value in sizes]
        writer.writerow(row)
    save_bytes(file.getvalue().encode(), path)


def write_npz(recording: Recording, path: Path) -> None:
    """NumPy arrays: `steps` (N,), `loss`, `metric`, `gradient_norm` (N,), `layers`, then each quantity (N, …) as it is
    measured: sizes are log10, NaN where there is none. Raises SaveError or Damaged."""
    frames = [recording.frame(step) for step in recording.steps.tolist()]
    names = sorted({name for frame in frames for name in frame.readings}, key=list(QUANTITIES).index)
    arrays = {
        "steps": recording.steps,
        "loss": np.array([frame.loss for frame in frames]),
        "metric": np.array([math.nan if frame.metric is None else frame.metric for frame in frames]),
        "gradient_norm": np.array([math.nan if f.gradient_norm is None else f.gradient_norm for f in frames]),
        "clipped": np.array([frame.clipped for frame in frames], bool),
        "layers": np.array([site.id for site in recording.started.sites]),
    }
    for name in names:
        shape = next(frame.readings[name].shape for frame in frames if name in frame.readings)
        empty = np.full(shape, np.nan, np.float32)
        arrays[name] = np.array([frame.readings.get(name, empty) for frame in frames])
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    save_bytes(file.getvalue(), path)


def _size(value: float | None, is_log: bool) -> float | None:
    """10 to its power; 0 for −inf."""
    if value is None or not is_log or math.isnan(value):
        return value
    return math.inf if value > 308 else 10.0**value


def _number(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else repr(float(value))
