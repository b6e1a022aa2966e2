"""How a finite set becomes batches."""

import numpy as np
import pytest

from vgviewer.tasks import Fixed, batches
from vgviewer.tasks import test_set as held_out  # by this name pytest would take it for a test

TEN = Fixed.model_validate(
    {"inputs": [[float(n)] for n in range(10)], "targets": [[-float(n)] for n in range(10)]}
)


def passes(size: int, count: int, seed: int = 0) -> list[list[float]]:
    stream = batches(TEN, size, seed)
    return [next(stream)[0][:, 0].tolist() for _ in range(count)]


def in_pairs(taken: list[list[float]]) -> list[tuple[list[float], list[float]]]:
    return list(zip(taken[::2], taken[1::2], strict=True))


def test_that_a_pass_takes_every_row_once_in_a_new_order() -> None:
    first, second, third = ([*one, *two] for one, two in in_pairs(passes(5, 6)))
    assert sorted(first) == sorted(second) == sorted(third) == list(range(10))
    assert len({tuple(first), tuple(second), tuple(third), tuple(range(10))}) == 4


def test_that_an_incomplete_last_batch_is_dropped() -> None:
    taken = passes(4, 200)
    assert all(len(batch) == 4 for batch in taken)
    for first, second in in_pairs(taken):
        assert not set(first) & set(second)
    dropped = [set(range(10)) - {*first, *second} for first, second in in_pairs(taken)]
    assert set.union(*dropped) == set(range(10))  # never the same two rows


@pytest.mark.parametrize("size", [10, 11, 65_536])
def test_that_a_batch_holds_no_more_than_there_is(size: int) -> None:
    for batch in passes(size, 3):
        assert sorted(batch) == list(range(10))


def test_that_rows_keep_their_targets() -> None:
    stream = batches(TEN, 3, seed=1)
    for _ in range(20):
        x, y = next(stream)
        np.testing.assert_array_equal(y, -x)


def test_that_a_set_without_test_rows_is_tested_on_all_it_has() -> None:
    np.testing.assert_array_equal(held_out(TEN)[0][:, 0], np.arange(10))
