"""R40: `vgviewer --self-test` runs a 20 s subset on the user's machine and prints a copyable report."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.nursery import ROOT, at_home
from vgviewer.cli import main, self_test

BUDGET_S = 20


def test_that_the_self_test_says_that_everything_works(
    tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    words = [sys.executable, "-m", "vgviewer", "--self-test"]
    begun = time.monotonic()
    done = subprocess.run(
        words, cwd=ROOT, env=os.environ | at_home(tmp_path), capture_output=True, text=True, check=False
    )
    seconds = round(time.monotonic() - begun, 1)
    lines = done.stdout.splitlines()
    works = sum(line.startswith("ok ") for line in lines)
    passed = done.returncode == 0 and works == len(self_test.CHECKS) and lines[-1] == "Everything works."
    told = f"--self-test: every check works, exit code 0; meant to take {BUDGET_S} s"
    value = {"checks": works, "seconds": seconds}
    assert scoreboard("R40", told, value, passed and not done.stderr), (done.stdout, done.stderr)


def test_that_what_fails_is_named_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, scoreboard: Callable[..., bool]
) -> None:
    def refused() -> str:
        raise PermissionError("no place to write to")

    checks = (("Preferences", refused), ("Saving", self_test.saving))
    monkeypatch.setattr(self_test, "CHECKS", checks)
    code = main(["--self-test"])
    said = capsys.readouterr().out.splitlines()[2:]
    passed = (
        code == 1
        and said[0].startswith("FAILED  Preferences: PermissionError: no place to write to")
        and said[1].startswith("ok      Saving: ")
        and said[2] == "1 of 2 checks failed."
    )
    assert scoreboard("R40", "a check that fails is named, exit code 1", {"exit code": code}, passed), said


def test_that_a_wrong_gradient_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from vgviewer.engine.bench import errors

    exact = errors._unrolled

    def nudged(kind: str, arrays: dict[str, object]) -> dict[str, object]:
        return {key: found * 1.0001 for key, found in exact(kind, arrays).items()}

    monkeypatch.setattr(errors, "_unrolled", nudged)
    with pytest.raises(self_test.Failed, match="RNN: worst error of ∂L/∂h"):
        self_test.exactness()
