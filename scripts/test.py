"""Everything a change must pass: `python3 scripts/test.py [arguments of pytest]`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

import environment

NO_TESTS_COLLECTED = 5


class Step(NamedTuple):
    """One program that must be content."""

    name: str
    command: list[str]


class Outcome(NamedTuple):
    """How a step ended; `last_line` is pytest's own summary."""

    name: str
    code: int
    seconds: float
    last_line: str


def checks() -> list[Step]:
    """What is looked at without running vgviewer."""
    ruff = str(environment.program("ruff"))
    return [
        Step("format", [ruff, "format", "--check", "--quiet", "."]),
        Step("lint", [ruff, "check", "--quiet", "."]),
        Step("types", [str(environment.program("mypy"))]),
        Step("imports", [str(environment.program("lint-imports"))]),
    ]


def tests(arguments: Sequence[str], with_system: bool) -> list[Step]:
    """The tests that share the machine run side by side, those that need it to themselves one by one."""
    pytest = [str(environment.program("python")), "-m", "pytest", "--quiet"]
    together = ["-n", "2", "--dist", "worksteal", "-m", "not system"]
    alone = Step("system tests", [*pytest, "-n", "0", "-m", "system", *arguments])
    return ([alone] if with_system else []) + [Step("tests", [*pytest, *together, *arguments])]


def run(step: Step) -> Outcome:
    """Run one step, passing on what it says."""
    print(f"── {step.name}", flush=True)
    began, last_line = time.monotonic(), ""
    with subprocess.Popen(
        step.command, cwd=environment.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last_line = line.strip() or last_line
    return Outcome(step.name, process.returncode, time.monotonic() - began, last_line)


def failed(outcomes: Sequence[Outcome]) -> list[str]:
    """The steps that failed; one kind of tests may be empty, both may not."""
    empty = [outcome for outcome in outcomes if outcome.code == NO_TESTS_COLLECTED]
    kinds = [outcome for outcome in outcomes if outcome.name.endswith("tests")]
    forgiven = empty if len(empty) < len(kinds) else []
    return [outcome.name for outcome in outcomes if outcome.code and outcome not in forgiven]


def report(outcomes: Sequence[Outcome]) -> None:
    """The summary; pytest's own last lines close it, the tests that run together last."""
    bad = failed(outcomes)
    print("── summary")
    for outcome in outcomes:
        print(f"{outcome.seconds:7.1f} s  {outcome.name}: {'FAILED' if outcome.name in bad else 'ok'}")
    print(f"failed: {', '.join(bad)}" if bad else "every step is ok")
    for outcome in outcomes:
        if outcome.name.endswith("tests"):
            print(outcome.last_line)


def main(arguments: Sequence[str]) -> int:
    """Run every step, also after one has failed."""
    try:
        environment.prepare()
    except environment.Refusal as refusal:
        environment.say(str(refusal))
        return 2
    with_system = environment.can_run_system_tests()
    outcomes = [run(step) for step in checks() + tests(arguments, with_system)]
    if not with_system:
        print(environment.SYSTEM_TESTS_LEFT_OUT)
    report(outcomes)
    return 1 if failed(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
