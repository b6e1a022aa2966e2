"""Results for other programs."""

import json
import math
import sys
from typing import Any


def print_json(value: Any) -> None:
    """Exactly one JSON value on stdout; numbers that JSON does not know (NaN, infinity) become null."""
    json.dump(_plain(value), sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
