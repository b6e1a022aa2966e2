"""The environment is made once, renewed when what is asked changes, and healed after an interruption."""

import sys
from pathlib import Path
from typing import Any

import environment
import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A place with a lock, a pyproject and an empty environment."""
    (tmp_path / "requirements.lock").write_text("torch==2.13.0\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / ".venv").mkdir()
    return tmp_path


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been run, instead of running it."""
    commands: list[str] = []

    def note(command: list[str], *_: Any) -> None:
        commands.append(" ".join(command))
        if command[1:3] == ["-m", "venv"]:
            make_python(Path(command[3]).parent)

    monkeypatch.setattr(environment, "run_quietly", note)
    monkeypatch.setattr(environment, "provide_qt_libraries", lambda root: None)
    return commands


def make_python(root: Path) -> Path:
    """What Python's venv would make, as far as we look at it."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (root / ".venv" / "pyvenv.cfg").write_text(f"version = {here}.0\ncommand = {root / '.venv'}\n")
    python = environment.program("python", root)
    python.parent.mkdir()
    python.touch()
    return python


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 2)])
def test_that_a_supported_python_is_accepted(version: tuple[int, ...]) -> None:
    assert environment.version_problem(version) is None


@pytest.mark.parametrize("version", [(3, 7, 3), (3, 10, 12), (3, 14, 0), (4, 0, 0)])
def test_that_any_other_python_is_refused_in_one_sentence(version: tuple[int, ...]) -> None:
    problem = environment.version_problem(version)
    assert problem is not None
    assert "3.11, 3.12 or 3.13" in problem
    assert ".".join(map(str, version)) in problem
    assert "\n" not in problem


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_that_a_change_of_what_is_asked_makes_the_environment_stale(root: Path, changed: str) -> None:
    version = (3, 11, 7)
    make_python(root)
    environment.stamp_path(root).write_text(environment.wanted_stamp(root, version))
    assert environment.is_ready(root, version)
    assert not environment.is_ready(root, (3, 12, 1))
    (root / changed).write_text("other\n")
    assert not environment.is_ready(root, version)


def test_that_an_interrupted_build_starts_afresh(root: Path, installs: list[str]) -> None:
    environment.stamp_path(root).write_text(environment.BUILDING)
    half = root / ".venv" / "lib" / "half"
    half.mkdir(parents=True)
    environment.prepare(root)
    assert "-m venv" in installs[0]
    assert not half.exists()
    assert environment.is_ready(root)


def test_that_a_change_of_the_lock_keeps_the_environment(root: Path, installs: list[str]) -> None:
    python = make_python(root)
    environment.stamp_path(root).write_text("of an older lock")
    environment.prepare(root)
    assert not any("-m venv" in command for command in installs)
    assert python.exists()


def test_that_torch_is_installed_before_everything_else(root: Path, installs: list[str]) -> None:
    environment.prepare(root)
    titles = [command.split("--disable-pip-version-check ")[-1] for command in installs]
    assert titles[1] == "torch==2.13.0"
    assert titles[2].startswith("--requirement")
    assert "--no-deps --no-build-isolation --editable" in installs[3]


def test_that_a_finished_environment_is_left_alone(root: Path, installs: list[str]) -> None:
    environment.prepare(root)
    installs.clear()
    environment.prepare(root)
    assert installs == []


def test_that_a_failed_build_is_not_taken_for_a_finished_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "WINDOWS", False)

    def fail(_: list[str], name: str, *__: Any) -> None:
        raise environment.Refusal(name)

    monkeypatch.setattr(environment, "run_quietly", fail)
    with pytest.raises(environment.Refusal):
        environment.prepare(root)
    assert not environment.is_ready(root)
    assert environment.stamp_path(root).read_text() == environment.BUILDING


def test_that_missing_system_libraries_do_not_cost_a_second_installation(
    root: Path, installs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise environment.Refusal("libraries")

    monkeypatch.setattr(environment, "provide_qt_libraries", refuse)
    for _ in range(2):
        with pytest.raises(environment.Refusal, match="libraries"):
            environment.prepare(root)
    assert sum("-m venv" in command for command in installs) == 1


def test_that_an_environment_whose_python_went_away_is_made_again(root: Path, installs: list[str]) -> None:
    environment.prepare(root)
    environment.program("python", root).unlink()
    environment.program("python", root).parent.rmdir()
    installs.clear()
    environment.prepare(root)
    assert "-m venv" in installs[0]


def test_that_the_last_words_of_a_failed_program_are_shown() -> None:
    with pytest.raises(environment.Refusal, match="no such thing"):
        environment.run_quietly([sys.executable, "-c", "raise SystemExit('no such thing')"], "it")
