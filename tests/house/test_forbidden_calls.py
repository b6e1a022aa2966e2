"""R14: no file and no text ever becomes code here."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = {"pickle", "marshal", "shelve"}
NAMES = {"eval", "exec", "builtins.eval", "builtins.exec", "torch.load", "yaml.load", "os.system"}
KEYWORDS = {"allow_pickle", "shell"}  # forbidden unless they are literally False


def imported_names(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for, so that an alias hides nothing."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """A name or a chain of attributes as its full dotted name, else an empty text."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, names)}.{node.attr}"
    return ""


def forbidden(source: str) -> Iterator[str]:
    """Every use, as `line: what`."""
    tree = ast.parse(source)
    names = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = {getattr(node, "module", None) or ""} | {alias.name for alias in node.names}
            found = MODULES & {module.split(".")[0] for module in modules}
        elif isinstance(node, ast.keyword):
            safe = isinstance(node.value, ast.Constant) and node.value.value is False
            found = set() if safe else KEYWORDS & {node.arg}
        else:
            found = NAMES & {dotted(node, names)}
        yield from (f"{node.lineno}: {what}" for what in found)


def test_that_the_package_and_the_scripts_never_run_what_they_read(scoreboard: Callable[..., bool]) -> None:
    files = [file for folder in ("vgviewer", "scripts") for file in sorted((ROOT / folder).rglob("*.py"))]
    uses = [f"{file}:{use}" for file in files for use in forbidden(file.read_text("utf-8"))]
    assert scoreboard("R14", "0 uses of what runs a file or a text as code", len(uses), not uses), uses


@pytest.mark.parametrize(
    "snippet",
    [
        "import pickle",
        "from marshal import loads",
        "import shelve as s",
        "eval('1')",
        "run = exec",
        "import builtins as b; b.eval('1')",
        "import torch as t; t.load('x')",
        "from torch import load; load('x')",
        "from yaml import load as read; read('x')",
        "import os; os.system('x')",
        "numpy.load(x, allow_pickle=True)",
        "subprocess.run('x', shell=flag)",
    ],
)
def test_that_a_forbidden_use_is_noticed(snippet: str) -> None:
    assert list(forbidden(snippet))


@pytest.mark.parametrize(
    "snippet",
    [
        "dialog.exec()",
        "model.eval()",
        "json.load(f)",
        "np.load(x, allow_pickle=False)",
    ],
)
def test_that_an_innocent_use_is_left_alone(snippet: str) -> None:
    assert not list(forbidden(snippet))
