"""The command line, in this process: exit codes, what goes to stdout and what to stderr."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vgviewer import __version__
from vgviewer.cli import main
from vgviewer.resources import RESOURCES

SHIPPED = tuple((RESOURCES / "presets" / "order.txt").read_text(encoding="utf-8").split())


def reported(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The one JSON value on stdout."""
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What stderr says of a wrong input; stdout stays empty."""
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return captured.err


def test_that_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"vgviewer {__version__}\n"


def test_that_all_shipped_presets_are_listed_with_what_they_show(capsys: pytest.CaptureFixture[str]) -> None:
    cards = reported(capsys, "presets", "--json")
    assert tuple(card["id"] for card in cards)[: len(SHIPPED)] == SHIPPED
    assert {f"{name}.vgnet.json" for name in SHIPPED} == {
        path.name for path in (RESOURCES / "presets").glob("*.json")
    }
    for card in cards:
        assert card["title"]
        assert card["summary"]
        assert Path(card["path"]).is_file()


@pytest.mark.parametrize("name", SHIPPED)
def test_that_every_shipped_preset_is_valid_and_says_what_to_watch(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reported(capsys, "check", name, "--json") == [{"file": name, "problems": []}]
    notes = json.loads(Path(next(iter(_paths(capsys, name)))).read_text(encoding="utf-8"))["notes"]
    assert "**What to watch.**" in notes


def _paths(capsys: pytest.CaptureFixture[str], name: str) -> list[str]:
    return [card["path"] for card in reported(capsys, "presets", "--json") if card["id"] == name]


def test_that_a_run_is_reported_as_promised(capsys: pytest.CaptureFixture[str]) -> None:
    report = reported(capsys, "train", "rnn-forgets", "--steps", "60", "--json")
    assert report["steps"] == 60
    assert report["loss"].keys() == {"first", "last", "best"}
    assert report["metric"].keys() == {"name", "first", "last", "best"}
    assert report["metric"]["name"] == "mse"
    assert report["seconds"].keys() >= {"training", "capture"}
    assert report["verdict"] == "vanishing"
    (alert,) = report["alerts"]
    assert (alert["kind"], alert["axis"], alert["layer"]) == ("vanishing", "time", "rnn1")
    assert alert["step"] < 50
    assert 1 <= alert["timestep"] <= 100
    assert alert["value"] < alert["threshold"]
    assert alert["until"] is None
    assert alert["severity"] == "critical"
    assert alert["message"].endswith(".")
    assert alert.keys() >= {"cause", "remedies"}


def test_that_another_seed_gives_another_run(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("train", "sigmoid-10", "--steps", "3", "--json")
    first, again, other = (reported(capsys, *words, "--seed", seed) for seed in ("1", "1", "2"))
    assert first["loss"] == again["loss"]
    assert first["loss"] != other["loss"]


def test_that_training_without_looking_gives_the_same_loss(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("train", "gru-digits", "--steps", "5", "--json")
    looked, blind = reported(capsys, *words), reported(capsys, *words, "--no-capture")
    assert looked["loss"] == blind["loss"]
    assert blind["seconds"]["capture"] == 0


def test_that_a_run_that_overflows_stops_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preset = json.loads(Path(_paths(capsys, "relu-30-he")[0]).read_text(encoding="utf-8"))
    preset["training"]["optimizer"] = {"type": "sgd", "lr": 1e30}
    path = tmp_path / "overflow.vgnet.json"
    path.write_text(json.dumps(preset), encoding="utf-8")
    report = reported(capsys, "train", str(path), "--json")
    assert report["verdict"] == "non_finite"
    assert report["steps"] < 5
    assert main(["train", str(path)]) == 0
    assert "stopped by itself" in capsys.readouterr().out


def test_that_gradients_are_written_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "g.npz"
    assert main(["gradients", "gru-digits", "--batch", "5", "--float64", "--out", str(out)]) == 0
    capsys.readouterr()
    with np.load(out, allow_pickle=False) as arrays:
        assert arrays["x"].shape == (5, 8, 8)
        assert arrays["y"].dtype == np.int64
        assert arrays["output_grad/gru1"].shape == (5, 8, 48)
        assert arrays["gate_grad/gru1/z"].dtype == np.float64


@pytest.mark.parametrize("view", ["through-time", "layers-training", "curves", "window"])
@pytest.mark.usefixtures("qapp")
def test_that_every_view_can_be_drawn_without_a_window(view: str, tmp_path: Path) -> None:
    out = tmp_path / f"{view}.png"
    words = ["figure", "gru-digits", "--view", view, "--steps", "3", "--size", "800x500", "--out", str(out)]
    assert main(words) == 0
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (["check", "no-such-preset"], "the shipped presets are"),
        (["train", "missing.vgnet.json"], "does not exist"),
        (["train", "gru-digits", "--steps", "-1"], "--steps"),
        (["train", "gru-digits", "--seed", "-1"], "training.seed"),
        (["train"], "FILE"),
        (["train", "gru-digits", "--frobnicate"], "--frobnicate"),
        (["no-such-command-or-file"], "neither a file nor a preset"),
        (["gradients", "gru-digits", "--out", "g.txt"], "--out"),
        (["gradients", "gru-digits", "--batch", "0", "--out", "g.npz"], "training.batch_size"),
        (["figure", "gru-digits", "--view", "nothing", "--out", "f.png"], "through-time"),
        (["figure", "gru-digits", "--view", "curves", "--out", "f.png", "--size", "huge"], "--size"),
        (["figure", "gru-digits", "--view", "curves", "--out", "f.png", "--theme", "pink"], "--theme"),
        (["figure", "gru-digits", "--view", "curves", "--steps", "2", "--out", "f.bmp"], "f.bmp"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
@pytest.mark.usefixtures("qapp")
def test_that_a_wrong_input_gets_one_sentence(
    words: list[str], saying: str, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused(capsys, *words)
    assert saying in message
    assert message.count("\n") == 1


def test_that_a_network_that_does_not_fit_is_not_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preset = json.loads(Path(_paths(capsys, "rnn-forgets")[0]).read_text(encoding="utf-8"))
    preset["network"]["layers"].pop()
    path = tmp_path / "open-end.vgnet.json"
    path.write_text(json.dumps(preset), encoding="utf-8")
    for command in ("check", "train"):
        assert "network.output: The task wants one answer" in refused(capsys, command, str(path))


def test_that_without_a_display_the_window_names_the_other_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "vgviewer figure" in refused(capsys)


def test_that_a_fault_of_ours_is_logged_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import vgviewer.cli.presets

    def broken() -> list[object]:
        raise ZeroDivisionError("of course")

    monkeypatch.setattr(vgviewer.cli.presets, "shipped", broken)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert main(["presets"]) == 1
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert "ZeroDivisionError: of course" in (tmp_path / "vgviewer" / "log" / "crash.log").read_text()


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: 137 GB")]
)
def test_that_a_network_too_large_for_the_machine_is_refused_in_words(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import vgviewer.engine

    def too_large(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(vgviewer.engine, "train", too_large)
    assert "not enough memory" in refused(capsys, "train", "gru-digits", "--json")
