"""A few letters find what is meant."""

import pytest

from vgviewer.app.finding.fuzzy import fit

TITLES = ("Save", "Save As…", "Undo", "Whole Network", "Show in Full Screen", "Batch Norm", "LSTM")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("save", "Save"), ("sa as", "Save As…"), ("wn", "Whole Network"), ("norm", "Batch Norm"), ("UND", "Undo"),
     ("fulsc", "Show in Full Screen"), ("lst", "LSTM")],
)  # fmt: skip
def test_that_what_is_meant_comes_first(typed: str, meant: str) -> None:
    found = {title: value for title in TITLES if (value := fit(typed, title)) is not None}
    assert max(found, key=lambda title: found[title]) == meant


def test_that_letters_in_another_order_find_nothing() -> None:
    assert fit("evas", "Save") is None
    assert fit("save undo", "Save") is None


def test_that_nothing_typed_fits_everything() -> None:
    assert all(fit(" ", title) is not None for title in TITLES)
