"""A broken preset is refused with the path of what is wrong, whatever is wrong, and nothing else happens."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.experiment.broken_presets import GOOD, Broken, changed, every
from vgviewer.cli import main
from vgviewer.experiment import PresetError, loads

BROKEN = list(every())


def refused(content: bytes) -> PresetError:
    with pytest.raises(PresetError) as caught:
        loads(content, "broken.vgnet.json")
    return caught.value


def test_that_the_good_preset_is_good_and_the_broken_ones_are_many() -> None:
    assert loads(json.dumps(GOOD).encode(), "good").problems == ()
    assert len({broken.content for broken in BROKEN}) == len(BROKEN) >= 200


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.what for broken in BROKEN])
def test_that_one_mistake_is_named_once_at_its_path(broken: Broken) -> None:
    error = refused(broken.content)
    assert [problem.path for problem in error.problems] == [broken.path]
    (problem,) = error.problems
    assert str(error) == f"broken.vgnet.json: {problem}"
    assert problem.message.isprintable()
    assert 5 < len(problem.message) < 250
    assert "pydantic" not in problem.message


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("network.layers[0].units", -5, "must be between 1 and 4096, is -5"),
        ("network.layers[0].units", 8.5, "must be a whole number, is 8.5"),
        ("network.layers[0].units", "8", 'must be a whole number, is "8"'),
        ("network.layers[0].units", True, "must be a whole number, is true"),
        ("training.optimizer.lr", 1e31, "must be between 0 and 1e+30, is 1e+31"),
        ("training.clip.value", 0, "must be above 0 and at most 1e+30, is 0"),
        ("network.layers[3].p", 1.0, "must be at least 0 and below 1, is 1.0"),
        ("network.layers[0].activation", "gelu", 'must be one of tanh, relu, sigmoid, linear, is "gelu"'),
        ("training.optimizer.lr", None, "must be a number, is null"),
        ("training.steps", ..., None),
        ("task.type", ..., "is missing"),
        ("task.lenght", 3, "is not known here; check its spelling or remove it"),
        ("version", 2, "is 2; this vgviewer reads up to version 1. Open the file with a newer vgviewer."),
        ("name", "x" * 201, "must not be longer than 200"),
    ],
)
def test_that_the_sentence_tells_what_is_allowed_and_what_was_found(
    path: str, value: object, sentence: str | None
) -> None:
    content = changed(path, value)
    if sentence is None:
        assert loads(content, "without").training.steps == 1000
    else:
        assert refused(content).problems[0].message == sentence


def test_that_all_problems_of_a_file_are_named_at_once() -> None:
    preset = json.loads(json.dumps(GOOD))
    preset["network"]["layers"][0]["units"] = -5
    preset["network"]["layers"][1]["id"] = "rnn1"
    preset["network"]["layers"][6]["scale"] = "much"
    preset["task"] = {"type": "addign"}
    preset["training"]["optimizer"]["lr"] = float("nan")
    preset["wrong"] = 1
    content = json.dumps(preset).replace('"steps": 10,', '"steps": 10, "steps": 10,').encode()
    assert sorted(problem.path for problem in refused(content).problems) == [
        "network.layers[0].units",
        "network.layers[1].id",
        "network.layers[6].scale",
        "task.type",
        "training.optimizer.lr",
        "training.steps",
        "wrong",
    ]


@pytest.mark.parametrize("broken", BROKEN[::5], ids=[broken.what for broken in BROKEN[::5]])
def test_that_the_command_line_refuses_it_with_2_and_one_sentence(
    broken: Broken, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "broken.vgnet.json"
    file.write_bytes(broken.content)
    assert main(["check", str(file)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"{file}: {problem}" for problem in refused(broken.content).problems]
    assert file.read_bytes() == broken.content


@pytest.mark.parametrize("command", ["check", "train", "gradients"])
def test_that_a_process_ends_with_2_and_without_a_traceback(command: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.vgnet.json"
    file.write_bytes(changed("network.layers[0].units", -5))
    options = {"gradients": ["--out", str(tmp_path / "out.npz")]}.get(command, [])
    words = [sys.executable, "-m", "vgviewer", command, str(file), *options]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "network.layers[0].units: must be between 1 and 4096, is -5" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["broken.vgnet.json"]
