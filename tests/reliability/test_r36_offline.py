"""R36: Offline: 0 sockets opened; starts without HOME, with ro HOME, without DISPLAY (clear message, `--version`)."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import OPENED_SOCKETS
from tests.reliability.nursery import FOLDERS, ROOT, at_home

NOBODY = "65534"  # tests may run as root, whom no permission stops
LAUNCH = [sys.executable, "-m", "tests.reliability.launching_child"]
TRAIN = [sys.executable, "-m", "vgviewer", "train", "rnn-forgets", "--steps", "5", "--json"]


def run(words: list[str], variables: Mapping[str, str]) -> tuple[int, str, str]:
    """Its exit code, stdout and stderr, with these variables and no folders of somebody else."""
    kept = {name: value for name, value in os.environ.items() if name not in (*FOLDERS, "DISPLAY")}
    done = subprocess.run(
        words, cwd=ROOT, env=kept | dict(variables), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_that_no_test_opens_a_socket_to_a_network(scoreboard: Callable[..., bool]) -> None:
    """The guard stands around every test; here it is shown to see one."""
    OPENED_SOCKETS.clear()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM):
        seen = list(OPENED_SOCKETS)
    OPENED_SOCKETS.clear()
    with socket.socket(socket.AF_UNIX):
        unseen = list(OPENED_SOCKETS)
    passed = seen == [socket.AF_INET] and not unseen
    told = (
        "every test of the suite fails when it opens a socket to a network; the program's own is a local pair"
    )
    assert scoreboard("R36", told, {"the guard sees one": bool(seen)}, passed)


@pytest.mark.system
def test_that_neither_the_window_nor_training_asks_the_system_for_a_socket(
    tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    """Also not from the libraries' own code."""
    sockets, codes = [], []
    for number, command in enumerate((LAUNCH, TRAIN)):
        calls = tmp_path / f"calls{number}"
        words = ["strace", "-f", "--seccomp-bpf", "-e", "trace=socket,connect", "-o", str(calls), *command]
        codes.append(run(words, at_home(tmp_path))[0])
        sockets += [line for line in calls.read_text().splitlines() if "AF_INET" in line]
    told = "window and training, every thread and library: no socket to a network"
    assert scoreboard("R36", told, {"sockets": len(sockets)}, codes == [0, 0] and not sockets), sockets


def test_that_it_starts_wherever_it_is(tmp_path: Path, scoreboard: Callable[..., bool]) -> None:
    home = tmp_path / "home"  # as root its folder cannot even be entered
    home.mkdir(mode=0o555)
    as_nobody = ["setpriv", f"--reuid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    headless = {"QT_QPA_PLATFORM": ""} | at_home(tmp_path)
    ends = {
        "no HOME": run([*as_nobody, *LAUNCH], {} if as_nobody else at_home(tmp_path) | {"HOME": ""}),
        "read-only HOME": run([*as_nobody, *LAUNCH], {"HOME": str(home)}),
        "no display, --version": run([sys.executable, "-m", "vgviewer", "--version"], headless),
    }
    refused = run([sys.executable, "-m", "vgviewer"], headless)
    value: dict[str, object] = {name: end[0] for name, end in ends.items()} | {"no display": refused[0]}
    is_clear = refused[0] == 2 and "no display" in refused[2] and refused[2].count("\n") == 1
    passed = is_clear and all(code == 0 and not said for code, _, said in ends.values())
    told = "starts without HOME and with a read-only one; without a display it says so, --version works"
    assert scoreboard("R36", told, value, passed), (ends, refused)
