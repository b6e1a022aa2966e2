"""Runs on the command line: recorded, checked, exported, compared."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engine.cases import LAST, layer, preset
from tests.recording.runs import messages, written
from vgviewer.cli import main
from vgviewer.recording import Recording

Capture = pytest.CaptureFixture[str]


def saved(folder: Path, name: str = "case", kind: str = "rnn", **training: Any) -> str:
    file = folder / f"{name}.vgnet.json"
    still = {"type": "sgd", "lr": 1e-6}
    content = preset(
        layer(kind, units=16), LAST, task={"type": "adding", "length": 40}, steps=40, optimizer=still
    )
    content["name"] = name
    content["training"] |= training
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


@pytest.fixture
def recorded(tmp_path: Path, capsys: Capture) -> str:
    run = tmp_path / "case.vgrun"
    assert main(["train", saved(tmp_path), "--record", str(run), "--json"]) == 0
    capsys.readouterr()
    return str(run)


def test_that_a_run_is_recorded_whole(recorded: str) -> None:
    with Recording(Path(recorded)) as recording:
        assert recording.steps.tolist() == list(range(40))
        assert recording.end is not None
        assert not recording.lost


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("run.txt", "--record: must end in .vgrun, is "),
        ("case.vgrun", "exists already. Remove it or choose another name."),
        ("nowhere/run.vgrun", "cannot be made: No such file or directory. Choose another place."),
    ],
)
def test_that_a_place_where_no_run_can_be_is_refused(
    tmp_path: Path, capsys: Capture, recorded: str, out: str, words: str
) -> None:
    before = Path(recorded).read_bytes()
    assert main(["train", saved(tmp_path), "--record", str(tmp_path / out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert out in captured.err
    assert Path(recorded).read_bytes() == before


def test_that_a_check_fails_with_3_where_such_an_alert_stands(recorded: str, capsys: Capture) -> None:
    assert main(["check-run", recorded, "--fail-on", "vanishing"]) == 3
    assert "Vanishing in time, rnn1: critical, raised at step 4" in capsys.readouterr().out
    assert main(["check-run", recorded]) == 3
    assert main(["check-run", recorded, "--fail-on", "exploding,non_finite"]) == 0
    assert "No alert of exploding, non_finite stands after step 39." in capsys.readouterr().out


def test_that_what_is_no_alert_and_what_is_no_run_is_refused(
    tmp_path: Path, recorded: str, capsys: Capture
) -> None:
    assert main(["check-run", recorded, "--fail-on", "vanishing,sad"]) == 2
    assert "--fail-on: must be among vanishing, exploding" in capsys.readouterr().err
    assert main(["check-run", saved(tmp_path)]) == 2
    assert "is no run file" in capsys.readouterr().err
    empty = written(tmp_path / "empty.vgrun", messages(0)[:1])
    assert main(["check-run", str(empty)]) == 2
    assert "holds no training step" in capsys.readouterr().err


def test_that_tables_hold_what_the_run_held(tmp_path: Path, recorded: str, capsys: Capture) -> None:
    assert main(["export", recorded, "--to", "csv", "--out", str(tmp_path / "a.csv")]) == 0
    assert main(["export", recorded, "--to", "npz", "--out", str(tmp_path / "a.npz")]) == 0
    capsys.readouterr()
    with Recording(Path(recorded)) as recording:
        frames = [recording.frame(step) for step in range(40)]
        sites = [site.id for site in recording.started.sites]
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["loss"]) for row in rows] == [frame.loss for frame in frames]
    assert [int(row["step"]) for row in rows] == list(range(40))
    for place, site in enumerate(sites):
        sizes = [float(row[f"output_gradient of {site}"]) for row in rows]
        logs = [float(frame.readings["output_gradient"][place]) for frame in frames]
        assert np.log10(sizes) == pytest.approx(logs)
    with np.load(tmp_path / "a.npz", allow_pickle=False) as arrays:
        assert arrays["layers"].tolist() == sites
        assert arrays["steps"].tolist() == list(range(40))
        for name, first in frames[0].readings.items():
            wanted = np.array([frame.readings[name] for frame in frames])
            assert np.array_equal(arrays[name], wanted, equal_nan=True)
            assert arrays[name][0].shape == first.shape


def test_that_two_presets_are_compared_from_one_seed(tmp_path: Path, capsys: Capture) -> None:
    one, other = saved(tmp_path, "one", seed=5), saved(tmp_path, "other", "gru", seed=6)
    assert main(["compare", one, other, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[side]["seed"] for side in "ab"] == [5, 5]
    assert {each["path"] for each in told["differences"]} == {"network.layers.rnn1", "network.layers.gru1"}
    assert told["a"]["verdict"] == "vanishing"
    assert main(["compare", one, other]) == 0
    text = capsys.readouterr().out
    assert "verdict" in text
    assert "what differs" in text


def test_that_a_run_is_compared_as_it_was(tmp_path: Path, recorded: str, capsys: Capture) -> None:
    assert main(["compare", recorded, saved(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["differences"] == []
    alike = ("seed", "steps", "loss", "verdict", "reason", "alerts", "metric")
    assert {name: told["a"][name] for name in alike} == {name: told["b"][name] for name in alike}
