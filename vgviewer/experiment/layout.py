"""The layout of a preset file: JSON that a person reads, the same bytes for the same value."""

import json
from typing import Any

WIDTH = 100


def written(value: Any, indent: int = 0) -> str:
    """JSON with two spaces of indent in which whatever fits into a line of 100 stands on one."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if (indent + len(line) <= WIDTH and indent) or not isinstance(value, dict | list) or not value:
        return line
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        open_, close = "{", "}"
        items = [
            f"{json.dumps(key, ensure_ascii=False)}: {written(item, indent + 2)}"
            for key, item in value.items()
        ]
    else:
        open_, close = "[", "]"
        items = [written(item, indent + 2) for item in value]
    inner = f",\n{pad}".join(items)
    return f"{open_}\n{pad}{inner}\n{' ' * indent}{close}"
