"""The scripts decide rightly what to start and what has failed."""

import importlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import environment
import pytest
import run
import soak

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tester() -> ModuleType:
    """scripts/test.py, loaded by its path: Python has a package named test of its own."""
    spec = importlib.util.spec_from_file_location("test_script", ROOT / "scripts" / "test.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_an_unsupported_python_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "OLDEST", (3, 99))
    monkeypatch.setattr(environment, "NEWEST", (3, 99))
    with pytest.raises(SystemExit) as exit_:
        run.main(["--version"])
    assert exit_.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "opens"),
    [
        ([], True),
        (["lstm-remembers"], True),
        (["my/net.vgnet.json"], True),
        (["train", "rnn-forgets"], False),
        (["check-run", "a.vgrun"], False),
        (["--version"], False),
        (["--help"], False),
    ],
)
def test_that_only_a_file_or_nothing_opens_the_window(arguments: list[str], opens: bool) -> None:
    assert run.opens_the_window(arguments) is opens


@pytest.mark.parametrize(
    ("variables", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": "", "QT_QPA_PLATFORM": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_that_a_display_is_known_by_its_variables(
    variables: dict[str, str], platform: str, shown: bool
) -> None:
    assert run.has_display(variables, platform) is shown


@pytest.mark.parametrize(("arguments", "preset"), [([], "rnn-forgets"), (["net.json"], "net.json")])
def test_that_without_a_display_the_window_is_drawn(
    arguments: list[str], preset: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[tuple[Any, Any]] = []
    monkeypatch.setattr(environment, "prepare", lambda: None)
    monkeypatch.setattr(run, "start", lambda *called: started.append(called))
    monkeypatch.setattr(run, "has_display", lambda *_: False)
    run.main(arguments)
    ((command, variables),) = started
    assert command == ["figure", preset, "--view", "window", "--out", "vgviewer-window.png"]
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    assert "no display" in capsys.readouterr().err


def test_that_no_command_of_vgviewer_is_taken_for_a_file() -> None:
    cli = importlib.import_module("vgviewer.cli.main")
    names = {command.name for command in cli.app.registered_commands if not command.hidden}
    assert names
    assert names <= run.COMMANDS


def test_that_one_empty_kind_of_tests_is_forgiven_and_two_are_not(tester: ModuleType) -> None:
    empty = [tester.Outcome(name, 5, 0.0, "no tests ran") for name in ("system tests", "tests")]
    full = tester.Outcome("tests", 0, 0.0, "1 passed")
    assert tester.failed([empty[0], full]) == []
    assert tester.failed(empty) == ["system tests", "tests"]
    assert tester.failed([tester.Outcome("lint", 1, 0.0, ""), full]) == ["lint"]


def test_that_a_newer_measurement_replaces_the_older_one() -> None:
    def line(value: int) -> str:
        row = {
            "id": "R99",
            "target": "none lost",
            "value": value,
            "passed": not value,
            "seed": 7,
            "versions": {},
        }
        return json.dumps(row)

    rows = soak.merged([line(3)], [line(0)])
    assert soak.rendered(rows).splitlines()[-1] == "| R99 | none lost | 0 | yes | 7 |  |"
