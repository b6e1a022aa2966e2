"""Inspections made by hand, of the network of `frames_by_hand`, whose every number is known."""

from typing import Any

import numpy as np

from tests.app.frames_by_hand import RECURRENT, T, vanishing_history
from vgviewer.frames import History, Inspection
from vgviewer.frames.inspections import (
    Answers,
    Block,
    DenseJacobians,
    HopAccounts,
    Hops,
    Jacobians,
    LayerReach,
    Plane,
    Reach,
    StateJacobians,
)

STEP = 3


def hops(value: float | None = None, timesteps: int = T) -> HopAccounts:
    """rnn1 loses half by its slope and keeps its weights' 0.9; lstm2 keeps 0.6, and 1.2 with its detour. Along depth
    only lstm2's gates lose. Every ratio is `value` where one is given."""
    count = timesteps - 1

    def constant(ratio: float) -> np.ndarray:
        return np.full(count, ratio if value is None else value)

    at = np.arange(1, timesteps)
    plain = {"activation": constant(0.5), "weights": constant(0.9), "injection": constant(1.0)}
    gated = {"cell path": constant(0.6), "merge": constant(1.2), "injection": constant(1.0)}
    detour = {"gates": constant(0.3), "weights": constant(0.8)}
    time = (
        Hops("time", "rnn1", "rnn1", "hidden", at, constant(0.45), plain, {}, {}),
        Hops("time", "lstm2", "lstm2", "cell", at, constant(0.72), gated, detour, {}),
    )
    names = [site.id for site in reversed(RECURRENT)]
    factors = (
        {"weights": 1.0},
        {"activation": 0.8, "weights": 1.25},
        {"spread over time": 1.0},
        {"gates": 0.01},
    )
    depth = tuple(
        _hop(start, layer, {name: ratio if value is None else value for name, ratio in parts.items()})
        for start, layer, parts in zip(names, names[1:], factors, strict=False)
    )
    return HopAccounts(STEP, depth, time)


def jacobians(value: float | None = None) -> Jacobians:
    """rnn1's singular values are 0.01, 0.1 and 1 at each of three timesteps; dense1's 0.5 and 2."""
    singular = np.tile([1.0, 0.1, 0.01], (3, 1)) if value is None else np.full((3, 3), value)
    block = Block("", 0.9, 1.1, estimated=False)
    states = StateJacobians("rnn1", np.array([1, 50, 99]), singular, (block,))
    wide = StateJacobians("lstm2", np.empty(0, np.int64), np.empty((0, 64)), ())
    dense = tuple(DenseJacobians(name, np.array([[2.0, 0.5]])) for name in ("dense1", "output"))
    return Jacobians(STEP, (states, wide), dense)


def reach(value: float | None = None, timesteps: int = T) -> Reach:
    """rnn1 with a loss at every timestep keeps a tenth per timestep; lstm2, whose cell keeps the root of it, has one
    at the last. The share of each use is that of the distance: nine tenths at the loss itself."""
    targets = np.arange(1, timesteps + 1)
    back = targets[:, None] - targets
    states = np.where(back >= 0, -1.0 - back, np.nan).astype(np.float32)
    shares = np.where(back >= 0, 0.9 * 0.1 ** np.maximum(back, 0), 0.0)
    if value is not None:
        with np.errstate(over="ignore"):
            states, shares = np.full_like(states, value), np.full_like(shares, value)
    whole = shares.sum() if value is None else 1.0
    many = LayerReach("rnn1", targets, states, None, shares / whole)
    last = slice(timesteps - 1, None)
    cells = np.float32(0.5) * states[last]
    rest = shares[last].sum() if value is None else 1.0
    one = LayerReach("lstm2", targets[last], states[last].copy(), cells, shares[last] / rest)
    return Reach(STEP, (many, one))


def classes(plane: bool = True) -> Answers:
    """Four points of the plane in two classes, one of them answered wrongly, on a grid of 3 × 2."""
    grid = Plane(
        np.array([0.0, 1.0, 2.0], np.float32),
        np.array([0.0, 1.0], np.float32),
        np.array([[0.0, 0.5, 1.0], [0.25, np.nan, 1.0]], np.float32),
    )
    inputs = np.array([[0, 0], [1, 0], [2, 0], [2, 1]], np.float32)
    said = np.array([0, 0, 1, 1])
    wanted = np.array([0, 1, 1, 1])
    return Answers(STEP, 4, 2, inputs if plane else None, wanted, said, plane=grid if plane else None)


def values(**changes: Any) -> Answers:
    """Three samples of one input, in no order, the answers half of what is wanted."""
    wanted = np.array([[2.0], [-2.0], [0.0]], np.float32)
    given: dict[str, Any] = {"inputs": np.array([[1.0], [-1.0], [0.0]], np.float32), "targets": wanted}
    given |= {"answers": wanted / 2} | changes
    return Answers(step=STEP, count=3, classes=None, **given)


def inspected(*found: Inspection, steps: int = 5) -> History:
    """A run that has answered with these."""
    history = vanishing_history(steps)
    history.inspections = {type(one): one for one in found}
    return history


def _hop(start: str, layer: str, factors: dict[str, float]) -> Hops:
    parts = {name: np.array([ratio]) for name, ratio in factors.items()}
    with np.errstate(over="ignore"):
        gain = np.prod(list(parts.values()), axis=0)
    return Hops("depth", start, layer, "output", np.array([], np.int64), gain, parts, {}, {})
