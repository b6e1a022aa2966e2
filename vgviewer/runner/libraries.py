"""torch's compiled libraries, loaded beside the window rather than instead of it."""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

LIBRARY = "libtorch_python.so"  # brings all others with it


def load_libraries() -> None:
    """Loads what importing torch would load, a fifth of a second of work, without holding the interpreter: Python's own
    import, and ctypes.CDLL, hold it. Does nothing where that is not known to work; importing torch then does it all,
    and says what is wrong."""
    found = importlib.util.find_spec("torch") if sys.platform == "linux" else None
    for folder in (found.submodule_search_locations if found else None) or ():
        path = Path(folder) / "lib" / LIBRARY
        if path.is_file():
            load = ctypes.CDLL(None).dlopen  # a function that is called lets go of the interpreter
            load.argtypes, load.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
            load(os.fsencode(path), os.RTLD_NOW)
