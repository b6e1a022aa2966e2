"""Programs forked from one that has imported the window already: a start costs a third of what it costs otherwise.

Each is a process of its own, with its own home, and ends as any interpreter does. Run as a program it is the nursery:
argv is the number of a socket and the modules to import.
"""

import array
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]
LONGEST = 65_536  # bytes of a request
FOLDERS = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")


def at_home(home: Path) -> dict[str, str]:
    """The variables of somebody who has nothing but this folder."""
    return dict.fromkeys(FOLDERS, str(home))


class Child:
    """What `subprocess.Popen` is, as far as it is needed here."""

    def __init__(self, nursery: "Nursery", pid: int, out: int, errors: int) -> None:
        self.pid = pid
        self.stdout, self.stderr = os.fdopen(out), os.fdopen(errors)
        self.returncode: int | None = None
        self.queued = 0.0  # at its end
        self._nursery = nursery

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.returncode is None:
            self.send_signal(signal.SIGKILL)
            self.wait()
        self.stdout.close()
        self.stderr.close()

    def send_signal(self, number: int) -> None:
        """As the system or a person does."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """At once, and reaped: it holds no lock any more."""
        self.send_signal(signal.SIGKILL)
        self.wait()

    def wait(self) -> int:
        """Its exit code, negative for the signal that ended it."""
        if self.returncode is None:
            self.returncode, self.queued = json.loads(self._nursery.ask({"wait": self.pid}))
            assert self.returncode is not None
        return self.returncode

    def said(self) -> str:
        """All that is still to come, until it ends."""
        text = self.stdout.read()
        self.wait()
        return text


class Nursery:
    """Has imported these modules, and starts others from there; one at a time is waited for."""

    def __init__(self, *modules: str) -> None:
        self._mine, theirs = socket.socketpair()
        words = [sys.executable, "-m", "tests.reliability.nursery", str(theirs.fileno()), *modules]
        self._process = subprocess.Popen(words, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mine.close()
        self._process.wait()

    def start(self, module: str, words: Sequence[str], variables: Mapping[str, str]) -> Child:
        """`python -m module words`, with these variables besides its own."""
        (out, its_out), (errors, its_errors) = os.pipe(), os.pipe()
        request = {"module": module, "words": list(words), "variables": dict(variables)}
        pid = int(self.ask(request, (its_out, its_errors)))
        os.close(its_out)
        os.close(its_errors)
        return Child(self, pid, out, errors)

    def ask(self, request: Mapping[str, Any], files: Sequence[int] = ()) -> str:
        """What it answers."""
        numbers = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))] if files else []
        self._mine.sendmsg([json.dumps(request).encode()], numbers)
        return self._mine.recv(LONGEST).decode()


def queued(pid: int) -> float:
    """For how many seconds its first thread could have run, while others had the processors."""
    told = Path(f"/proc/{pid}/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


def serve(connection: socket.socket) -> dict[str, Any] | None:
    """Comes back with what it is to become in each new process, and with nothing at the end."""
    while True:
        content, files, _, _ = socket.recv_fds(connection, LONGEST, 2)
        if not content:
            return None
        request = json.loads(content)
        if "wait" in request:
            pid = request["wait"]
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            waited = queued(pid)
            _, status = os.waitpid(pid, 0)
            connection.send(json.dumps([os.waitstatus_to_exitcode(status), waited]).encode())
            continue
        pid = os.fork()
        if pid == 0:
            connection.close()
            for number, file in enumerate(files, 1):
                os.dup2(file, number)
                os.close(file)
            return dict(request)
        for file in files:
            os.close(file)
        connection.send(str(pid).encode())


def main() -> None:
    gc.disable()  # as the command does until its window is painted
    for module in sys.argv[2:]:
        importlib.import_module(module)
    request = serve(socket.socket(fileno=int(sys.argv[1])))
    if request is not None:
        os.environ.update(request["variables"])
        sys.argv = [request["module"], *request["words"]]
        runpy.run_module(request["module"], run_name="__main__")


if __name__ == "__main__":
    main()
