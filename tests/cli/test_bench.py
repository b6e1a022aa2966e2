"""`vgviewer bench`: what it prints, and the programs that measure the window."""

import json
from collections.abc import Iterator

import pytest

from vgviewer.cli import bench, main
from vgviewer.engine.bench import Goal, Reading


def two_goals(quick: bool) -> Iterator[Goal]:
    assert quick
    yield Goal("a ratio", 1.2, Reading(1.23456, 7, 0.0321))
    yield Goal("a share, at least", 0.8, Reading(0.9, 3, 0.1), at_least=True)


def one_frame(rounds: int) -> Goal:
    assert rounds == bench.QUICK_FRAMES
    return Goal("ms to judge", 1.0, Reading(0.5, rounds, 0.1))


def no_keeping(pairs: int, frames: int) -> Iterator[Goal]:
    assert (pairs, frames) == bench.QUICK_KEPT
    return iter(())


def test_that_json_is_as_promised(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vgviewer.engine.bench.promises", two_goals)
    monkeypatch.setattr(bench, "of_judging", one_frame)
    monkeypatch.setattr(bench, "of_keeping", no_keeping)
    assert main(["bench", "--quick", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["goals"] == [
        {"goal": "ms to judge", "value": 0.5, "bound": 1.0, "holds": True, "pairs": 100, "spread": 0.1},
        {"goal": "a ratio", "value": 1.23, "bound": 1.2, "holds": False, "pairs": 7, "spread": 0.032},
        {"goal": "a share, at least", "value": 0.9, "bound": 0.8, "holds": True, "pairs": 3, "spread": 0.1},
    ]
    assert told["versions"].keys() >= {"vgviewer", "python", "torch", "numpy", "machine"}


def test_that_a_person_reads_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vgviewer.engine.bench.promises", two_goals)
    monkeypatch.setattr(bench, "of_judging", one_frame)
    monkeypatch.setattr(bench, "of_keeping", no_keeping)
    assert main(["bench", "--quick"]) == 0
    told = capsys.readouterr().out
    assert "a ratio" in told
    assert "MISSED" in told
    assert "holds" in told


def test_that_the_window_is_measured_beside_a_run_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "PRESETS", ("worked-example",))
    monkeypatch.setattr(bench, "SECONDS", 0.2)
    monkeypatch.setattr(bench, "WINDOW_PAIRS", 2)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    share, later, edit, start, frame = bench._of_window()
    assert 0 < share.reading.value < 3
    assert share.at_least
    assert later.reading.value > -1000
    assert edit.reading.value > 0
    assert 0 < start.reading.value < 1
    assert frame.reading.value > start.reading.value


def test_that_keeping_a_run_is_measured() -> None:
    share, size, opened, sought = bench.of_keeping(2, 200)
    assert 0 < share.reading.value < 5
    assert share.at_least
    assert 0 < size.reading.value < 1
    assert 0 < opened.reading.value < 5
    assert 0 < sought.reading.value < 1000
