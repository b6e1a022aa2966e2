"""scripts/ux.py: each test says its row's promise, and the script tells what came of it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ux_script", ROOT / "scripts" / "ux.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ux_script"] = module
    spec.loader.exec_module(module)
    return module


script = loaded()


FILES = sorted(script.TESTS.glob("test_ux_*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_a_test_of_the_checklist_says_the_promise_of_its_row(path: Path) -> None:
    name = path.stem.split("_")[2].upper()
    assert name in script.DUE
    assert path.read_text("utf-8").startswith(f'"""{name}: ')
    assert len(script.promise([path])) > 20


def test_that_a_row_holds_only_if_its_tests_ran_and_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted(script.TESTS.glob("test_ux_u14_*.py"))
    for outcomes, holds in (
        ({}, False),
        ({paths[0].stem: [("one", True)]}, True),
        ({paths[0].stem: [("one", True), ("other", False)]}, False),
    ):
        monkeypatch.setattr(script, "run", lambda given, told=outcomes: told)
        (row,) = script.judged(["U14"])
        assert row.holds is holds
        assert row.promise
