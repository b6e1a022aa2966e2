"""What `vgviewer train` says of clipping and of a device that is not there."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.engine.cases import LAST, layer, preset
from vgviewer.cli import main

EVERY_COMMAND = (
    ["train"],
    ["train", "--json"],
    ["gradients", "--out", "OUT"],
    ["figure", "--view", "curves", "--out", "OUT"],
)


def saved(folder: Path, **training: Any) -> str:
    file = folder / "case.vgnet.json"
    file.write_text(json.dumps(preset(layer("rnn", units=4), LAST, steps=8, **training)), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(("threshold", "struck"), [(1e-6, 8), (1e6, 0)])
def test_that_it_is_told_how_often_clipping_struck(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], threshold: float, struck: int
) -> None:
    file = saved(tmp_path, clip={"type": "norm", "value": threshold})
    assert main(["train", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["clipped"] == struck
    assert main(["train", file]) == 0
    assert ("clipping struck at 8 of 8 steps" in capsys.readouterr().out) == bool(struck)


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=" ".join)
def test_that_a_missing_device_is_refused_by_every_command_that_computes(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    ending = "png" if words[0] == "figure" else "npz"
    out = tmp_path / f"out.{ending}"
    given = [str(out) if word == "OUT" else word for word in words]
    assert main([given[0], saved(tmp_path, device="cuda"), *given[1:]]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "training.device: must be cpu or auto here, is cuda" in captured.err
    assert not out.exists()


def test_that_a_file_that_asks_for_cuda_is_valid_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, device="cuda")
    assert main(["check", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"file": file, "problems": []}]
