"""One heap for all threads: what a thread leaves behind can be used by the next one, and given back."""

import subprocess
import sys

import pytest

THREADS = """
import ctypes, threading
from vgviewer.app.heap import share_heap
{before}
kept = []
def work():
    kept.append([ctypes.create_string_buffer(50_000) for _ in range(40)])
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = libc.fopen(b"/dev/stdout", b"w")
libc.malloc_info(0, ctypes.c_void_p(file))
libc.fclose(ctypes.c_void_p(file))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such heap")
@pytest.mark.parametrize(("before", "is_one"), [("share_heap()", True), ("", False)])
def test_that_threads_share_one_heap(before: str, is_one: bool) -> None:
    child = subprocess.run(
        [sys.executable, "-c", THREADS.format(before=before)], capture_output=True, text=True, check=True
    )
    assert (child.stdout.count("<heap nr=") == 1) == is_one
