"""From a task to the batches of a run, and to the set on which its metric is taken."""

from collections.abc import Iterator

import numpy as np

from vgviewer.tasks.task import Pair, Task

TEST_SEED = 512_000_512  # apart from every training seed of a 32-bit range
TEST_SIZE = 512
MOST_TRAINING_ROWS = 4096  # to be tested on at once; a person's table may have a million
DATA_BRANCH = 1  # of the seed: data and weights of one seed must not share a stream


def batches(task: Task, size: int, seed: int) -> Iterator[Pair]:
    """Endless batches, the same for the same seed.

    A finite set is shuffled anew for each pass; an incomplete last batch is dropped; a batch never holds
    more samples than the set.
    """
    rng = np.random.default_rng([seed, DATA_BRANCH])
    table = task.table()
    if table is None:
        while True:
            yield task.draw(rng, size)
    size = min(size, len(table.x))
    while True:
        order = rng.permutation(len(table.x))
        for start in range(0, len(order) - size + 1, size):
            rows = order[start : start + size]
            yield table.x[rows], table.y[rows]


def test_set(task: Task) -> Pair:
    """The set of the metric: the finite set's test rows, or 512 fresh samples. Where a finite set has none, its
    training rows, of many every second, third, … so that at most 4,096 are left."""
    table = task.table()
    if table is None:
        return task.draw(np.random.default_rng(TEST_SEED), TEST_SIZE)
    if table.x_test is None or table.y_test is None:
        rows = np.arange(0, len(table.x), -(-len(table.x) // MOST_TRAINING_ROWS))
        return table.x[rows], table.y[rows]
    return table.x_test, table.y_test
