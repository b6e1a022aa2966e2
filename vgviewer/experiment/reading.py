"""Reading JSON that may be hostile: bounded, strict, with a path for everything that is wrong."""

import json
import os
import re
import stat
from collections import Counter
from pathlib import Path
from typing import Any

from vgviewer.experiment.problems import path_of
from vgviewer.network import Problem

LARGEST_FILE = 1_000_000  # bytes; the largest shipped preset has a few thousand
DEEPEST = 32
MOST_FIELDS = 10_000  # 256 layers have about 5,000
LARGEST_WHOLE_NUMBER = 2**63 - 1
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class PresetError(Exception):
    """A preset that cannot be used; `problems` are all that were found, `source` names the file."""

    def __init__(self, source: str, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.source = source
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems]
        start = f"{source}: " if len(lines) == 1 else f"{source}: {len(lines)} problems\n  "
        super().__init__(start + "\n  ".join(lines))


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = [key for key, count in counts.items() if count > 1]


def read_bytes(path: Path, source: str) -> bytes:
    """The content of a regular file of at most 1 MB; raises PresetError."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise PresetError(source, [Problem("file", "is not a regular file; choose a .vgnet.json file")])
        if status.st_size > LARGEST_FILE:
            raise PresetError(source, [_too_large(status.st_size)])
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise PresetError(source, [Problem("file", "does not exist; check its name")]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PresetError(
            source, [Problem("file", f"cannot be read: {reason}; choose another file")]
        ) from None
    if len(content) > LARGEST_FILE:
        raise PresetError(source, [_too_large(len(content))])
    return content


def parsed(content: bytes, source: str) -> tuple[Any, list[Problem]]:
    """The JSON value and what is wrong inside it; raises PresetError when it is no JSON at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text (byte {error.start}); save it as UTF-8"
        raise PresetError(source, [Problem("file", message)]) from None
    if _depth(text) > DEEPEST:
        raise PresetError(
            source, [Problem("file", f"is nested more than {DEEPEST} levels deep; choose a preset file")]
        )
    fields = 0

    def noted(pairs: list[tuple[str, Any]]) -> _Object:
        nonlocal fields
        fields += len(pairs)
        return _Object(pairs)

    try:
        value = json.loads(text, object_pairs_hook=noted)
    except json.JSONDecodeError as error:
        message = f"is not JSON at line {error.lineno}, column {error.colno}: {error.msg}; correct it there"
        raise PresetError(source, [Problem("file", message)]) from None
    except (ValueError, RecursionError, MemoryError):
        raise PresetError(
            source, [Problem("file", "holds a number or a nesting that is too large; make it smaller")]
        ) from None
    if fields > MOST_FIELDS:
        message = f"has {fields:,} fields; a preset has at most {MOST_FIELDS:,}"
        raise PresetError(source, [Problem("file", message)])
    return value, list(_faults(value, ()))


def _too_large(size: int) -> Problem:
    return Problem("file", f"has {size:,} bytes; a preset has at most {LARGEST_FILE:,}")


def _depth(text: str) -> int:
    """The deepest nesting, counted without parsing."""
    depth = deepest = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _faults(value: Any, keys: tuple[str | int, ...]) -> list[Problem]:
    """Duplicate keys, numbers and text that must not go further, each with its path."""
    if isinstance(value, _Object):
        repeated = dict.fromkeys(value.repeated)
        found = [Problem(path_of((*keys, key)), "stands there twice; keep one") for key in repeated]
        for key, item in value.items():
            found += _text_faults(key, (*keys, key)) + _faults(item, (*keys, key))
        return found
    if isinstance(value, list):
        return [fault for index, item in enumerate(value) for fault in _faults(item, (*keys, index))]
    if isinstance(value, str):
        return _text_faults(value, keys)
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return [Problem(path_of(keys), f"must be a finite number, is {value}")]
    if isinstance(value, int) and abs(value) > LARGEST_WHOLE_NUMBER:
        return [Problem(path_of(keys), "is too large a whole number")]
    return []


def _text_faults(text: str, keys: tuple[str | int, ...]) -> list[Problem]:
    if LONE_SURROGATE.search(text):
        return [Problem(path_of(keys), "holds half a character (a lone surrogate)")]
    return []
