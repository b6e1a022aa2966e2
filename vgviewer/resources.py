"""Where the shipped files lie: presets, data, icons, fonts."""

from pathlib import Path

_INSTALLED = Path(__file__).with_name("resources")
RESOURCES = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[1] / "resources"
