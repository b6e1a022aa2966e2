"""The project's own benchmark: every promise about speed, memory and exactness, measured side by side."""

from collections.abc import Iterator

from vgviewer.engine.bench.errors import of_errors
from vgviewer.engine.bench.memory import of_memory
from vgviewer.engine.bench.pairs import Reading, middle
from vgviewer.engine.bench.speed import Goal, of_dense, of_gates, of_growth, of_recurrent

__all__ = ["Goal", "Reading", "middle", "promises"]

PAIRS, QUICK_PAIRS = 31, 5
GROWTH_PAIRS = 9  # a step of 1,000 timesteps takes a while
MEMORY_PAIRS = 3
SEEDS = 3


def promises(quick: bool) -> Iterator[Goal]:
    """One by one as they are measured; `quick` leaves out what is long or wide."""
    pairs = QUICK_PAIRS if quick else PAIRS
    yield from of_errors(2 if quick else SEEDS)
    yield from of_recurrent(pairs, (32, 128) if quick else (32, 64, 128, 256))
    yield from of_gates(pairs, (64,) if quick else (64, 128))
    yield from of_dense(pairs, (20,) if quick else (20, 40, 100))
    if not quick:
        yield from of_growth(GROWTH_PAIRS)
        yield from of_memory(MEMORY_PAIRS)
