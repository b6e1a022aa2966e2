"""What can be set, read from a description's fields: what an editor is made of. No Qt."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo

from vgviewer.app.editor.changes import file_name, title
from vgviewer.app.editor.starts import start_settings
from vgviewer.experiment import PresetError
from vgviewer.experiment.reading import parsed
from vgviewer.settings import Endings, Note, Settings

Sort = Literal["none", "flag", "whole", "number", "choice", "text", "file", "list", "settings"]
SORTS: dict[Any, Sort] = {
    NoneType: "none",
    bool: "flag",
    int: "whole",
    float: "number",
    str: "text",
    Path: "file",
    list: "list",
}
NO_NOTE = Note()
UNSET = {
    "bias_init": "PyTorch's own",
    "forget_bias": "as Bias init",
    "update_bias": "as Bias init",
}  # what happens without one, where that is more than nothing
START = 1  # what a number begins with that had been none


class Named(NamedTuple):
    """What a form of a field is called and begins with, in the field's annotation, where its sort does not tell."""

    name: str
    begin: Any


@dataclass(frozen=True)
class Form:
    """A form that a value may take; whether `low` and `high` belong to it, `limits` says in words; a file's name
    should have one of the `endings`. `name` and `begin` are set where its sort does not tell them."""

    sort: Sort
    choices: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    settings: type[Settings] | None = None
    low: float = -math.inf
    high: float = math.inf
    limits: str = ""
    name: str = ""
    begin: Any = None

    @property
    def label(self) -> str:
        """As the combo of the forms calls it."""
        if self.name:
            return self.name
        if self.settings is not None:
            kind = self.settings.model_fields.get("type")
            return "on" if kind is None else str(kind.default).replace("_", " ")
        return self.choices[0] if self.choices else {"whole": "number"}.get(self.sort, self.sort)

    @property
    def help(self) -> str:
        """What a person should know before choosing it."""
        return (self.settings.__doc__ or "").strip() if self.settings is not None else ""

    @property
    def start(self) -> Any:
        """What the field gets, as in the file, when this form is chosen."""
        if self.begin is not None:
            return self.begin
        if self.settings is not None:
            return start_settings(self.settings)
        return self.choices[0] if self.choices else {"none": None, "file": ""}.get(self.sort, START)

    def takes(self, value: Any) -> bool:
        """Whether a valid value of the field has this form."""
        if self.settings is not None:
            return isinstance(value, self.settings)
        if self.sort == "file" or isinstance(value, Path):
            return self.sort == "file" and isinstance(value, Path)
        if isinstance(value, str) and self.choices:
            return value in self.choices
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return (value is None) == (self.sort == "none") and (self.sort in ("whole", "number")) == is_number


@dataclass(frozen=True)
class Entry:
    """One field: `path` is where it stands in the part that is edited, dotted."""

    path: str
    title: str
    help: str
    forms: tuple[Form, ...]
    note: Note = NO_NOTE

    @property
    def name(self) -> str:
        """The field's name in the file."""
        return self.path.rpartition(".")[2]

    @property
    def hint(self) -> str:
        """Its meaning and its limits."""
        limits = next((form.limits for form in self.forms if form.limits), "")
        if not limits:
            return self.help
        unit = f" {self.note.unit}" if self.note.unit else ""
        return f"{self.help} {limits[:1].upper()}{limits[1:]}{unit}.".strip()

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen and what each means, where that is more than its name says."""
        return tuple((form.label, form.help) for form in self.forms if form.help)


def entries(model: type[Settings], prefix: str = "") -> tuple[Entry, ...]:
    """Every field; the choice among types is made a level above."""
    found = []
    for name, field in model.model_fields.items():
        forms = tuple(_forms(field.annotation, tuple(field.metadata)))
        note = next((found for found in field.metadata if isinstance(found, Note)), NO_NOTE)
        forms = tuple(
            replace(form, name=UNSET.get(name, "")) if form.sort == "none" else form for form in forms
        )
        if name != "type":
            path = prefix + file_name(name, field)
            found.append(Entry(path, title(name, field), field.description or "", forms, note))
    return tuple(found)


def within(entry: Entry, form: Form) -> tuple[Entry, ...]:
    """What is to be set once `form` is chosen: the fields of its settings, or the number itself."""
    if form.settings is not None:
        return entries(form.settings, f"{entry.path}.")
    if form.sort == "none" or len(form.choices) == 1:
        return ()
    return (Entry(entry.path, "File" if form.sort == "file" else "Value", entry.help, (form,), entry.note),)


def read_list(text: str) -> Any:
    """The nested list that the text holds, else the text itself, for the settings to refuse."""
    try:
        value, problems = parsed(text.encode("utf-8", "replace"), "the field")
    except PresetError:
        return text
    return text if problems else value


def _forms(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Form]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *notes = get_args(annotation)
        for note in notes:
            metadata += tuple(note.metadata) if isinstance(note, FieldInfo) else (note,)
        yield from _forms(inner, metadata)
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _forms(member, metadata)
    elif origin is Literal:
        yield Form("choice", choices=tuple(map(str, get_args(annotation))), **_named(metadata))
    elif isinstance(annotation, type) and issubclass(annotation, Settings):
        yield Form("settings", settings=annotation)
    else:
        yield _simple(SORTS[origin or annotation], metadata)


def _simple(sort: Sort, metadata: tuple[Any, ...]) -> Form:
    if sort == "file":
        return Form(sort, endings=next((n.endings for n in metadata if isinstance(n, Endings)), ()))
    if sort not in ("whole", "number"):
        return Form(sort)
    low, high, limits = -math.inf, math.inf, []
    for bound in metadata:
        match bound:
            case Ge():
                low = _number(bound.ge)
                limits.append(f"from {low:,g}" if low < 1e6 else f"from {low:g}")
            case Gt():
                low = _number(bound.gt)
                limits.append(f"above {low:g}")
            case Le():
                high = _number(bound.le)
                limits.append(f"to {int(high):,}" if sort == "whole" else f"to {high:g}".replace("e+", "e"))
            case Lt():
                high = _number(bound.lt)
                limits.append(f"below {high:g}")
    return Form(sort, low=low, high=high, limits=" ".join(limits), **_named(metadata))


def _named(metadata: tuple[Any, ...]) -> dict[str, Any]:
    named = next((found for found in metadata if isinstance(found, Named)), None)
    return {} if named is None else named._asdict()


def _number(bound: Any) -> float:
    return float(bound)
