"""The real scans: their split is the same for everybody and for ever."""

import hashlib

import numpy as np
import pytest

from vgviewer.tasks import Digits, Table, batches


@pytest.fixture(scope="module")
def table() -> Table:
    return Digits().table()


def test_that_1437_digits_train_and_360_others_test(table: Table) -> None:
    assert len(table.x) == len(table.y) == 1437
    assert table.x_test is not None
    assert table.y_test is not None
    assert len(table.x_test) == len(table.y_test) == 360


def test_that_the_split_never_changes(table: Table) -> None:
    """Whoever sees this red has changed the results of everybody's runs."""
    told = hashlib.sha256(b"".join(np.ascontiguousarray(array).tobytes() for array in table)).hexdigest()
    assert told[:16] == "bebdde96a83b08a6"


def test_that_training_and_test_rows_are_disjoint_and_together_all(table: Table) -> None:
    training, test = ({row.tobytes() for row in rows} for rows in (table.x, table.x_test))
    assert len(training | test) == 1797
    assert not training & test


def test_that_brightness_goes_from_0_to_1_and_all_digits_occur_in_both_parts(table: Table) -> None:
    assert table.x.min() == table.x_test.min() == 0
    assert table.x.max() == table.x_test.max() == 1
    assert set(table.y) == set(table.y_test) == set(range(10))
    assert np.bincount(np.concatenate([table.y, table.y_test])).tolist() == [
        178, 182, 177, 183, 181, 182, 181, 179, 174, 180,
    ]  # fmt: skip


def test_that_the_same_picture_is_given_flat_by_rows_or_by_pixels(table: Table) -> None:
    for form, shape in (("rows", (8, 8)), ("pixels", (64, 1))):
        other = Digits.model_validate({"as": form}).table()
        np.testing.assert_array_equal(other.x, table.x.reshape(-1, *shape))
        np.testing.assert_array_equal(other.y_test, table.y_test)


def test_that_training_never_sees_a_test_row(table: Table) -> None:
    stream = batches(Digits(), 100, seed=0)
    seen = {row.tobytes() for _ in range(28) for row in next(stream)[0]}
    assert not seen & {row.tobytes() for row in table.x_test}
