"""The pictures on the cards are measured, not drawn."""

from pathlib import Path

import numpy as np
import pytest

from vgviewer.app.welcome.sketch import Sketch, fingerprint, sketches
from vgviewer.experiment import load, shipped


def test_that_every_shipped_preset_has_been_trained_as_it_is_now() -> None:
    """After a change of a preset: python scripts/thumbnails.py NAME."""
    known = sketches()
    stale = [card.id for card in shipped() if known[card.id].source != fingerprint(card.path)]
    assert not stale


def test_that_a_recurrent_preset_shows_time_and_another_one_depth() -> None:
    known = sketches()
    for card in shipped():
        recurrent = any(layer.recurrent for layer in load(card.path).network.layers)
        assert known[card.id].axis == ("time" if recurrent else "depth"), card.id


def test_that_the_signal_enters_unharmed_and_the_classic_examples_show_what_they_teach() -> None:
    known = sketches()
    forgets, xavier = known["rnn-forgets"].sizes, known["relu-30-xavier"].sizes
    assert np.all(forgets[:, -1] == 0)
    assert np.all(forgets[:, 0] < -10)
    assert np.all(xavier[0] == 0)
    assert np.all(xavier[-1] < -2)
    assert known["rnn-explodes"].sizes[:, 0].max() > 2
    assert known["rnn-explodes"].alerts[0][0] == "exploding"


@pytest.mark.parametrize("content", ["", "[]", "3", '{"a": 1}', '{"a": {"axis": "time"}}', "\x00"])
def test_that_without_the_file_there_are_cards_without_pictures(tmp_path: Path, content: str) -> None:
    file = tmp_path / "thumbnails.json"
    assert sketches(file) == {}
    file.write_text(content)
    assert sketches(file) == {}


def test_that_zero_not_finite_and_no_value_survive_the_file() -> None:
    sizes = np.array([[np.nan, -np.inf, np.inf, -1.25]], np.float32)
    packed = Sketch("time", 1, sizes, (), "").pack()["tenths"]
    assert packed == [[None, "0", "inf", -12]]
