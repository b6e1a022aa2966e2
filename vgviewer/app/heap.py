"""One heap for all threads.

glibc gives every thread a heap of its own, and each run is a thread: what stays in use here and there keeps whole heaps
from going back to the system. In 20,000 actions of the random tester a tenth of what was held was in use.
"""

import ctypes
import sys

M_ARENA_MAX = -8  # malloc.h


def share_heap() -> None:
    """Before other threads begin. Does nothing where the C library is not glibc."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(M_ARENA_MAX, 1)
