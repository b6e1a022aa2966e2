"""U33: Compare two runs: overlay and side by side, same scale, same step, what differs in words."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.recorded import FRAMES, run_file
from tests.app.windows import make_window
from tests.engine.cases import LAST, layer, preset
from vgviewer.app.compare.choosing import MIXED, ChooseDialog
from vgviewer.app.compare.window import CompareWindow
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.experiment.preset import loads

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
STEPS = 30


def network(kind: str, seed: int = 1, steps: int = STEPS) -> Experiment:
    task = {"type": "adding", "length": 20}
    made = preset(layer(kind, units=8), LAST, task=task, steps=steps, seed=seed)
    return loads(json.dumps(made).encode(), kind)


def trained(qtbot: QtBot, window: Window, *kinds: str) -> CompareWindow:
    shown = window.comparing.race([(kind, network(kind, seed)) for seed, kind in enumerate(kinds)])
    qtbot.waitUntil(lambda: shown.comparison.state == "ended", timeout=60_000)
    QApplication.processEvents()
    return shown


def put_away(qtbot: QtBot, window: Window) -> None:
    window.comparing.close()
    qtbot.wait(10)


def test_that_networks_are_trained_side_by_side_from_one_seed(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    shown = trained(qtbot, window, "rnn", "lstm", "gru")
    sides = shown.comparison.sides
    assert {side.experiment.training.seed for side in sides} == {0}
    assert [side.steps for side in sides] == [STEPS - 1] * 3
    first = [side.session.history.losses[0] for side in sides if side.session.history]
    assert len(first) == 3
    for column in shown.columns:
        assert column.view is not None
        column.view.refresh()
        assert column.view.history is column.side.session.history
        assert column.view.limits is shown.limits
    text = shown.words.toPlainText()
    assert "Settings that differ" in text
    for words in ("rnn1", "lstm1", "gru1", "memory horizon", "baseline"):
        assert words in text
    assert "seed" not in text.split("How they stand")[0]
    put_away(qtbot, window)


def test_that_all_of_them_go_to_the_step_that_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    shown = trained(qtbot, window, "rnn", "gru")
    track = shown.track
    middle = track.height() // 2
    x = round(track.x_of(10))
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
    step = track.step_at(x)
    for column in shown.columns:
        history = column.side.shown.history
        assert history is not None
        assert history.latest is not None
        assert history.latest.step == step
        assert column.view is not None
        assert column.view.history is history
        assert f"step {step}" in column.word.text()
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.comparison.at == step + 1
    shown.newest.click()
    assert shown.comparison.at is None
    put_away(qtbot, window)


def test_that_they_are_set_side_by_side_at_the_same_loss(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    fast, slow = (run_file(tmp_path / f"{name}.vgrun") for name in ("fast", "slow"))
    shown = window.comparing.open_runs([fast, slow])
    assert shown is not None
    shown.aligned.choose("loss")
    shown.comparison.go_to(20)
    one, other = (side.shown.history for side in shown.comparison.sides)
    assert one is not None
    assert other is not None
    assert one.latest is not None
    assert other.latest is not None
    assert one.latest.step == other.latest.step == 20  # they are the same run
    put_away(qtbot, window)


def test_that_losses_lie_over_each_other_and_the_difference_is_a_log_ratio(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(qtbot, tmp_path)
    shown = trained(qtbot, window, "rnn", "gru")
    shown.overlay.refresh()
    assert [
        line.getData()[0] is not None and len(line.getData()[0]) > 5 for line in shown.overlay._lines
    ] == [
        True,
        True,
        False,
        False,
    ]
    difference = shown.difference
    difference.refresh()
    one, other = (side.session.history for side in shown.comparison.sides)
    assert one is not None
    assert other is not None
    assert one.latest is not None
    assert other.latest is not None
    wanted = other.latest.readings["state_gradient"][0] - one.latest.readings["state_gradient"][0]
    np.testing.assert_allclose(difference._sizes[0], wanted, rtol=1e-6)
    difference._what.choose("layers")
    difference.refresh()
    rows = dict(zip(difference.names, difference._sizes, strict=True))
    assert set(rows) == {"output", "last1"}  # what only one of them has is left out
    wanted = other.layers("output_gradient")[:, -1] - one.layers("output_gradient")[:, -1]
    np.testing.assert_allclose(rows["output"], wanted, rtol=1e-6)
    put_away(qtbot, window)


def test_that_a_pointer_in_one_picture_is_read_in_all(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    shown = trained(qtbot, window, "rnn", "gru")
    views = [column.view for column in shown.columns]
    for view in views:
        assert view is not None
        view.refresh()
    first, second = views
    assert first is not None
    assert second is not None
    first.pointing._show((5.0, 0.5))
    assert second.pointing.at == (5.0, 0.5)
    assert "timestep 5" in first.caption_at(5.0, 0.5)
    assert "timestep 5" in second.caption_at(*second.pointing.at)
    put_away(qtbot, window)


def test_that_kept_runs_are_opened_without_training(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    paths = [run_file(tmp_path / "a.vgrun", FRAMES), run_file(tmp_path / "b.vgrun", 20)]
    shown = window.comparing.open_runs(paths)
    assert shown is not None
    assert shown.comparison.state == "ended"
    assert not shown.train.isVisible()
    assert [side.steps for side in shown.comparison.sides] == [FRAMES - 1, 19]
    assert "Network, task and training are the same." in shown.words.toPlainText()
    (tmp_path / "bad.vgrun").write_bytes(b"nothing")
    said: list[str] = []
    window.comparing.said.connect(said.append)
    assert window.comparing.open_runs([paths[0], tmp_path / "bad.vgrun"]) is None
    assert "is no run file" in said[0]
    put_away(qtbot, window)


def test_that_two_to_four_of_a_kind_can_be_chosen(qtbot: QtBot) -> None:
    entries = [("Networks", f"n{number}", network("rnn", number)) for number in range(5)]
    dialog = ChooseDialog([*entries, ("Kept runs", "old", Path("old.vgrun"))], None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    rows = [row for row, _ in dialog._rows()]
    enabled = []
    for row in rows:
        row.setCheckState(Qt.CheckState.Checked)
        enabled.append(dialog.go.isEnabled())
    assert enabled == [False, True, True, True, False, False]
    assert dialog.words.text() == MIXED
    rows[-1].setCheckState(Qt.CheckState.Unchecked)
    rows[0].setCheckState(Qt.CheckState.Unchecked)
    assert dialog.go.isEnabled()
    assert [words for _, words, _ in dialog.chosen] == ["n1", "n2", "n3", "n4"]


def test_that_the_command_offers_the_open_network_the_presets_and_kept_runs(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(qtbot, tmp_path)
    window.runs.shelf.folder.mkdir()
    run_file(window.runs.shelf.folder / "kept.vgrun")
    window.document.replace(network("rnn"), None)
    asked: list[list[str]] = []
    monkeypatch.setattr(
        ChooseDialog,
        "exec",
        lambda dialog: asked.append([words for _, words, _ in dialog._entries]) or 0,
    )
    window.commands["compare"].trigger()
    (found,) = asked
    assert found[0] == window.document.title
    assert "kept" in found
    assert len(found) > 20
    assert window.comparing.shown is None


def test_that_closing_ends_what_trains(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    shown = window.comparing.race([(kind, network(kind, steps=100_000)) for kind in ("rnn", "gru")])
    qtbot.waitUntil(lambda: shown.comparison.steps > 3, timeout=60_000)
    race = shown.comparison._race
    assert race is not None
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert window.comparing.shown is None
    assert all(entry.run.join(5.0) for entry in race.entries)
    qtbot.wait(10)
