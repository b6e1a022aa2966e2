"""The wheel carries what the program reads at run time."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_that_the_wheel_ships_every_resource(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    resources = ROOT / "resources"
    wanted = {f"vgviewer/{file.relative_to(ROOT)}" for file in resources.rglob("*") if file.is_file()}
    presets = {name for name in shipped if name.startswith("vgviewer/resources/presets/")}
    assert wanted <= shipped
    assert presets
