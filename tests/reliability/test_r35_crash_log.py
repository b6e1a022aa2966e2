"""R35: faulthandler to crash.log; next start says so, offers copy + recovery; shown by a child that os.abort()s."""

import signal
from collections.abc import Callable
from pathlib import Path

from tests.reliability.crashes import FIRST, IMPORTED, restart, saved_file, start
from tests.reliability.nursery import Nursery


def abort(nursery: Nursery, file: Path, deed: str) -> str:
    """The trace that it leaves."""
    with start(nursery, file, deed) as child:
        child.said()
        assert child.returncode == -signal.SIGABRT
    return (file.parent / "home" / "vgviewer" / "crash.log").read_text()


def test_that_a_crash_is_told_once_with_its_trace_and_what_was_unsaved(
    tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    (tmp_path / "edited").mkdir()
    (tmp_path / "clean").mkdir()
    edited, clean = saved_file(tmp_path / "edited"), saved_file(tmp_path / "clean")
    with Nursery(*IMPORTED) as nursery:
        traces = [abort(nursery, edited, "edit and abort"), abort(nursery, clean, "abort")]
        found = [restart(nursery, edited, "recover"), restart(nursery, clean, "recover")]
        after = restart(nursery, clean, "recover")
    shown = [
        "Fatal Python error: Aborted" in trace and "open_window" in trace and trace.strip() in each["copied"]
        for trace, each in zip(traces, found, strict=True)
    ]
    with_versions = all("PySide6-Essentials 6" in each["copied"] for each in found)
    recovered = (found[0]["asked"], found[0]["reported"], found[0]["units"]) == (1, [], FIRST + 1)
    told = found[1]["asked"] == 0 and found[1]["reported"] == ["vgviewer crashed the last time it was open."]
    quiet = (after["asked"], after["reported"], after["copied"]) == (0, [], "")
    value = {"traces copied": shown, "recovered": recovered, "told once": told and quiet}
    target = "an aborted program leaves a trace; the next start tells it once, copies it, and recovers"
    passed = all(shown) and with_versions and recovered and told and quiet
    assert scoreboard("R35", target, value, passed), (traces, found, after)
