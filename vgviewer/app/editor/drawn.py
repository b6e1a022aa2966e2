"""What an initializer draws for a parameter of this layer: an example, by the formulas of the initializers. No Qt.

The entries are drawn with NumPy, so that nobody waits for torch; a test holds them against the engine's own.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vgviewer.app.numerals import short
from vgviewer.network import initializers as kinds
from vgviewer.network.initializers import Default, Initializer
from vgviewer.network.layers.lstm import Chrono
from vgviewer.network.recurrence import LearnedRecurrent
from vgviewer.settings import Settings

MOST = 8192  # entries: their histogram is smooth, and drawing them takes less than a millisecond
HARD = "\u00a0"  # a space at which no line breaks
SEED = 7  # always the same example: a histogram that jumps at every stroke tells nothing

Entries = NDArray[np.float64]
Weights = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Drawing:
    """Up to MOST entries, float64 (N,), and what is known of all of them, in words."""

    entries: Entries
    words: str


@dataclass(frozen=True)
class Block:
    """A matrix (rows, columns) that is drawn at once, or a bias (one column); `gates` of them are stacked."""

    rows: int
    columns: int
    fan_in: int
    fan_out: int
    gates: int = 1
    name: str = "W"

    @property
    def size(self) -> int:
        """How many entries."""
        return self.rows * self.columns


def drawings(part: Settings, weights: Weights) -> dict[str, Drawing]:
    """By the name of the field that says how to draw; nothing for a layer that does not fit."""
    blocks = _recurrent_blocks(part, weights) if isinstance(part, LearnedRecurrent) else _blocks(weights)
    found = {}
    for field, block in blocks.items():
        init = getattr(part, field, None)
        if field in type(part).model_fields:
            found[field] = _drawn(init or Default(), block, getattr(init, "type", None) is None)
    bias = getattr(part, "forget_bias", None)
    if isinstance(bias, Chrono):
        found["forget_bias"] = _chrono(bias, weights)
    return found


def _blocks(weights: Weights) -> dict[str, Block]:
    if len(weights.get("weight", ())) != 2:  # a normalization's starts at 1
        return {}
    rows, columns = weights["weight"]
    blocks = {"weight_init": Block(rows, columns, columns, rows)}
    return blocks | ({"bias_init": Block(rows, 1, columns, rows, name="b")} if "bias" in weights else {})


def _recurrent_blocks(layer: LearnedRecurrent, weights: Weights) -> dict[str, Block]:
    """Each gate's block is drawn by itself; PyTorch's own draws all within ±1/√units."""
    if "weight_ih" not in weights:
        return {}
    units, gates, features = layer.units, layer.gates, weights["weight_ih"][1]
    fan_in = units if isinstance(layer.weight_init, Default) else features
    return {
        "weight_init": Block(units, features, fan_in, units, gates, "W_ih"),
        "recurrent_init": Block(units, units, units, units, gates, "W_hh"),
        "bias_init": Block(units, 1, units, units, gates, "b_ih"),
    }


@lru_cache(maxsize=64)
def _drawn_once(init: Initializer, block: Block) -> Entries:
    rng = np.random.default_rng(SEED)
    count = min(block.gates * block.size, MOST)
    match init:
        case kinds.Zeros():
            entries = np.zeros(count)
        case kinds.Constant():
            entries = np.full(count, init.value)
        case kinds.Identity():
            entries = np.zeros(count)
            entries[: max(1, round(count * min(block.rows, block.columns) / block.size))] = 1
        case kinds.Orthogonal():
            entries = _orthogonal(block, count, rng)
        case kinds.Normal() | kinds.XavierNormal() | kinds.KaimingNormal() | kinds.LecunNormal():
            entries = rng.normal(0, sigma(init, block), count)
        case kinds.ScaledNormal():
            entries = rng.normal(0, sigma(init, block), count)
        case _:
            limit = math.sqrt(3) * sigma(init, block)
            entries = rng.uniform(-limit, limit, count)
    return entries * init.gain


def _orthogonal(block: Block, count: int, rng: np.random.Generator) -> Entries:
    """Each column of such a matrix (row, where it is wide) is a random direction: by itself a normal vector that is
    scaled to length 1. Only the angles between columns are left out, which a histogram does not show."""
    length = max(block.rows, block.columns)
    vectors = rng.normal(size=(-(-count // length), length))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors.ravel()[:count])


def sigma(init: Initializer, block: Block) -> float:
    """The standard deviation of the entries that are drawn at random, without the gain."""
    match init:
        case kinds.Normal():
            return init.std
        case kinds.Uniform():
            return init.limit / math.sqrt(3)
        case kinds.XavierUniform() | kinds.XavierNormal():
            return math.sqrt(2 / (block.fan_in + block.fan_out))
        case kinds.KaimingUniform() | kinds.KaimingNormal():
            return math.sqrt(2 / block.fan_in)
        case kinds.Default():
            return 1 / math.sqrt(3 * block.fan_in)
        case kinds.Orthogonal():
            return 1 / math.sqrt(max(block.rows, block.columns))
        case _:
            return 1 / math.sqrt(block.fan_in)


def _drawn(init: Initializer, block: Block, is_both: bool) -> Drawing:
    if isinstance(init, kinds.Values):
        entries = init.gain * np.array(init.values, np.float64).ravel()[:MOST]
    else:
        entries = _drawn_once(init, block)
    shape = f"{block.rows} × {block.columns}" if block.columns > 1 else f"{block.rows}"
    name = f"{block.name} and b_hh" if is_both else block.name
    stacked = f"{block.gates} × ({shape})" if block.gates > 1 else shape
    return Drawing(entries, f"{name}, {stacked}: {_words(init, block)}")


def _words(init: Initializer, block: Block) -> str:
    gain = abs(init.gain)
    match init:
        case kinds.Zeros():
            return "all 0"
        case kinds.Constant():
            return f"all {short(init.value * init.gain)}"
        case kinds.Identity():
            return f"{short(init.gain)} on the diagonal, 0 elsewhere"
        case kinds.Values():
            return "as written"
    spread = gain * sigma(init, block)
    said = f"σ{HARD}={HARD}{short(spread)}"
    if isinstance(init, kinds.Orthogonal):
        return f"orthogonal, all singular values {short(gain)}; entries {said}"
    if isinstance(init, Default | kinds.Uniform | kinds.XavierUniform | kinds.KaimingUniform):
        said = f"within ±{short(math.sqrt(3) * spread)}, {said}"
    if block.name == "W_hh" and block.gates == 1:
        # The circular law: entries of spread σ make eigenvalues within σ√n, the closer the larger n is.
        said += f", spectral radius about {short(spread * math.sqrt(block.rows), 2)}"
    return said


def _chrono(bias: Chrono, weights: Weights) -> Drawing:
    """Tallec & Ollivier 2018, arXiv 1804.11188, eq. 16."""
    units = weights.get("bias_ih", (4,))[0] // 4
    lag = np.random.default_rng(SEED).uniform(1, bias.t_max - 1, min(units, MOST))
    most = short(math.log(bias.t_max - 1))
    return Drawing(
        np.log(lag), f"b_f, {units}: from 0 to {most}; time constants up to {bias.t_max - 1} timesteps"
    )
