"""What Qt, a timer or a thread calls of the program, found in its own source: nobody has to keep a list."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType

import shiboken6

import vgviewer.app
import vgviewer.runner.run
from vgviewer.app.commands import COMMANDS
from vgviewer.app.views import VIEWS

OURS = ("vgviewer.app.", "vgviewer.runner.")
NOT_IN_THE_WINDOW = "measured"  # programs of their own
DRAWN = ("draw", "describe", "caption_at", "layer_at", "table", "missing", "recolor", "mark", "renew")


@dataclass(frozen=True)
class Target:
    """A function that somebody outside of Python calls; `kind` is event, slot or worker."""

    kind: str
    owner: type | None
    name: str
    function: FunctionType

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.function.__module__.removeprefix('vgviewer.')}.{self.function.__qualname__}"
        )


def targets() -> list[Target]:
    """All of them, each function once."""
    modules = list(_modules())
    classes = {each for module in modules for each in vars(module).values() if _is_ours(each, module)}
    found: dict[FunctionType, Target] = {}
    for module in modules:
        for handed in _handed_over(module):
            for owner, function in _called(handed, module, classes):
                found.setdefault(function, Target(handed.kind, owner, function.__name__, function))
    for owner in classes:
        for name, function in vars(owner).items():
            if inspect.isfunction(function) and _is_event(owner, name):
                found[function] = Target("event", owner, name, function)
    for view in VIEWS.values():
        for name in DRAWN:
            function = getattr(view, name)
            found.setdefault(function, Target("slot", view, name, function))
    return sorted(found.values(), key=lambda each: (each.kind, str(each)))


def _modules() -> Iterator[ModuleType]:
    yield vgviewer.runner.run
    for found in pkgutil.walk_packages(vgviewer.app.__path__, "vgviewer.app."):
        if not found.name.split(".")[2].startswith(NOT_IN_THE_WINDOW):
            yield importlib.import_module(found.name)


def _is_ours(each: object, module: ModuleType) -> bool:
    return inspect.isclass(each) and each.__module__ == module.__name__


def _is_event(owner: type, name: str) -> bool:
    """Whether Qt calls it with an event, or wants to have something painted."""
    if not (name.endswith("Event") or name in ("event", "eventFilter", "paint")):
        return False
    return issubclass(owner, shiboken6.Object) and any(
        name in vars(base) for base in owner.__mro__ if not base.__module__.startswith("vgviewer")
    )


@dataclass(frozen=True)
class Handed:
    """A name that is connected to a signal, or given to a timer, a thread or a pool; `around` is the class it belongs
    to, if it is that class' own."""

    kind: str
    around: str
    name: str
    is_own: bool


def _handed_over(module: ModuleType) -> Iterator[Handed]:
    """Handlers of commands, too."""
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    outer = [each for each in ast.walk(tree) if isinstance(each, ast.ClassDef)]
    around = {inner: each.name for each in outer for inner in ast.walk(each)}
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        kind = "slot" if call.func.attr in ("connect", "singleShot") else "worker"
        for given in _given(call, call.func.attr):
            each = (
                given.args[0] if isinstance(given, ast.Call) and given.args else given
            )  # partial(function, …)
            if isinstance(each, ast.Attribute):
                is_own = isinstance(each.value, ast.Name) and each.value.id == "self"
                yield Handed(kind, around.get(call, ""), each.attr, is_own)
            elif isinstance(each, ast.Name):
                yield Handed(kind, "", each.id, is_own=True)
    if module.__name__ == "vgviewer.app.actions":
        for command in COMMANDS:
            yield Handed("slot", "", command.handler.rsplit(".", 1)[-1], is_own=False)


def _given(call: ast.Call, to: str) -> list[ast.expr]:
    if to == "Thread":
        return [word.value for word in call.keywords if word.arg == "target"]
    return {"connect": call.args[:1], "singleShot": call.args[1:], "submit": call.args[:1]}.get(to, [])


def _called(
    handed: Handed, module: ModuleType, classes: set[type]
) -> Iterator[tuple[type | None, FunctionType]]:
    if handed.is_own and not handed.around:
        owners: Iterable[object] = [module]
    else:
        owners = [getattr(module, handed.around)] if handed.is_own else classes
    for owner in owners:
        function = getattr(owner, handed.name, None)
        if inspect.isfunction(function) and function.__module__.startswith(OURS):
            yield owner if isinstance(owner, type) else None, function
