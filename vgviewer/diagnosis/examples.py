"""Frames by hand, for the examples that each rule carries."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vgviewer.diagnosis.course import Course
from vgviewer.diagnosis.sight import Sight
from vgviewer.frames import Frame, Site, Started

OUTPUT = Site("output", "output", has_weights=True)
RECURRENT = Site("rnn1", "rnn", recurrent=True, has_weights=True)


def seen(started: Started, frames: Sequence[Frame]) -> Sight:
    """The sight of the last of these frames."""
    course = Course(started)
    for step, frame in enumerate(frames):
        course.take(replace(frame, step=step))
    return Sight(started, replace(frames[-1], step=len(frames) - 1), course)


def dense_layers(count: int, **started: object) -> Started:
    """Of a network of so many dense layers and the head, on a task whose baseline is 1."""
    sites = (*(Site(f"dense{number}", "dense", has_weights=True) for number in range(1, count + 1)), OUTPUT)
    return replace(Started(sites, 0, 100, "accuracy", baseline=1.0), **started)  # type: ignore[arg-type]


def layer_example(*gradients: float) -> Sight:
    """log10 sizes of the output gradient of dense layers from the input on, then of the head."""
    frame = Frame(0, 1.0, readings={"output_gradient": np.array(gradients, np.float32)})
    return seen(dense_layers(len(gradients) - 1), [frame])


def share_example(quantity: str, *shares: float) -> Sight:
    """What is read of dense layers from the input on; the head has none."""
    frame = Frame(0, 1.0, readings={quantity: np.array([*shares, np.nan], np.float32)})
    return seen(dense_layers(len(shares)), [frame])


def time_example(transport: float, timesteps: int = 100) -> Sight:
    """One recurrent layer that lets the same share through at every hop, and the head."""
    hops = np.full((2, timesteps), np.nan, np.float32)
    hops[0, :-1] = np.log10(transport)
    started = Started((RECURRENT, OUTPUT), timesteps, 100, "mse", baseline=1.0, dependency=timesteps // 2)
    return seen(started, [Frame(0, 1.0, readings={"transport": hops})])


def loss_example(losses: Sequence[float], update_ratio: float = -2.0) -> Sight:
    """A run of one layer, by its losses; log10 of how far each step moves the weights."""
    readings = {"update_ratio": np.full(2, update_ratio, np.float32)}
    return seen(dense_layers(1), [Frame(0, loss, gradient_norm=1.0, readings=readings) for loss in losses])
