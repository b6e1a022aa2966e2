"""A run file read back: the same history as a live run's, at every step."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.recording.runs import EXPERIMENT, facts, lived, messages, same, written
from vgviewer.experiment import dumps
from vgviewer.frames import Frame, history
from vgviewer.recording import BadRun, Bookmark, Recorder, Recording, Remarks, recording, remark


@pytest.mark.parametrize("most", [(4096, 512), (16, 8), (8, 16)])
def test_that_a_step_of_the_file_is_what_a_live_run_showed_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: tuple[int, int]
) -> None:
    for place in (history, recording):
        monkeypatch.setattr(place, "MOST_COLUMNS", most[0])
        monkeypatch.setattr(place, "MOST_ROWS", most[1])
    told = messages(40)
    opened = Recording(written(tmp_path / "a.vgrun", told))
    assert opened.steps.tolist() == list(range(40))
    assert opened.lost == ""
    compared = 0
    for step, live in lived(told):
        wanted, found = facts(live), facts(opened.history(step))
        different = [name for name in wanted if not same(wanted[name], found[name])]
        assert not different, step
        compared += 1
    assert compared == 40
    opened.close()


def test_that_the_head_tells_what_was_trained_with_what_and_when(tmp_path: Path) -> None:
    opened = Recording(written(tmp_path / "a.vgrun", messages(3)))
    assert dumps(opened.experiment) == dumps(EXPERIMENT)
    assert opened.header.versions.keys() == {"python", "vgviewer", "torch", "numpy"}
    assert opened.header.began.endswith("+00:00")
    assert opened.end is not None
    opened.close()


def test_that_steps_are_found_in_any_order(tmp_path: Path) -> None:
    told = messages(40)
    frames = {message.step: message for message in told if isinstance(message, Frame)}
    opened = Recording(written(tmp_path / "a.vgrun", told))
    for step in np.random.default_rng(1).permutation(40):
        assert same(opened.frame(int(step)), frames[int(step)])
    with pytest.raises(KeyError):
        opened.frame(40)
    opened.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no run file"),
        (b"\x89vgrun\n", "is no run file"),
        (b"\x89vgrun\r\n", "is a damaged run file"),
        (b"\x89vgrun\r\n" + b"vgR\n" * 100, "is a damaged run file"),
    ],
)
def test_that_what_is_no_run_is_refused_in_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.vgrun"
    path.write_bytes(content)
    with pytest.raises(BadRun, match=words) as caught:
        Recording(path)
    assert str(path) in str(caught.value)


def test_that_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(BadRun, match="cannot be read: No such file"):
        Recording(tmp_path / "nothing.vgrun")


def test_that_a_file_is_read_on_while_it_grows(tmp_path: Path) -> None:
    told = messages(40)
    path = tmp_path / "a.vgrun"
    recorder = Recorder(path, EXPERIMENT)
    lives, opened = dict(as_facts(told)), None
    for message in told:
        recorder.take(message)
        if isinstance(message, Frame) and message.step % 10 == 9:
            while recorder.waiting:
                pass
            opened = opened or Recording(path)
            opened.extend()
            assert opened.steps.tolist() == list(range(message.step + 1))
            for step in (message.step, message.step - 5, message.step - 1):
                found = facts(opened.history(step))
                different = [name for name in found if not same(found[name], lives[step][name])]
                assert different in ([], ["ended"]), step
    assert opened is not None
    assert recorder.close()
    opened.extend()
    assert opened.end is not None
    opened.close()


def as_facts(told: list[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    for step, live in lived(told):
        yield step, copy.deepcopy(facts(live))


def test_that_the_last_remarks_count_also_those_made_afterwards(tmp_path: Path) -> None:
    path = written(tmp_path / "a.vgrun", messages(3))
    first = Remarks((Bookmark(1, "Here it dies."),), "")
    last = Remarks((*first.bookmarks, Bookmark(2, "")), "For Monday.")
    for remarks in (first, last):
        remark(path, remarks)
    with Recording(path) as opened:
        assert opened.remarks == last
        assert opened.steps.tolist() == [0, 1, 2]
        assert not opened.lost
