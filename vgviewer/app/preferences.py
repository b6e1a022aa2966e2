"""What the program keeps from one start to the next: a file of JSON that may be missing, read-only or broken.

preferences.choices.text_size                what the person chose, each value checked
preferences.choose(text_size=120)            changes it, says `changed("text_size")`, brings it to the disk
preferences.memory.window                    what the program noted by itself
preferences.note(window=place)               the same without a signal
"""

import json
import os
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_config_path, user_data_path
from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal

from vgviewer.app.choices import Choices, Memory
from vgviewer.app.log import log
from vgviewer.experiment import PresetError, SaveError
from vgviewer.experiment.problems import sentences
from vgviewer.experiment.reading import parsed, read_bytes
from vgviewer.experiment.saver import save_bytes
from vgviewer.network import Problem
from vgviewer.settings import Settings

MOST_RECENT = 10
SYSTEM = "system"
FORMAT, VERSION = "vgviewer-preferences", 1

S = TypeVar("S", bound=Settings)


def default_file() -> Path:
    """Where the person's preferences lie."""
    return user_config_path("vgviewer", appauthor=False) / "preferences.json"


class Preferences(QObject):
    """Whatever the file holds, the program starts: a value that is not right is its default, and the file is kept
    beside as `.corrupt`. In safe mode the file is neither read nor written before `keep`."""

    changed = Signal(str)  # the name of a choice that has another value now

    def __init__(self, file: Path | None = None, is_safe: bool = False) -> None:
        super().__init__()
        self.file = file or default_file()
        self.is_safe = is_safe
        self.choices = Choices()
        self.memory = Memory()
        if not is_safe:
            self._read()

    def choose(self, **values: Any) -> None:
        """Takes other choices, by name; raises ValidationError for one that cannot be, and nothing has changed."""
        self._take(self.choices.replace(**values))

    def reset(self, *names: str) -> None:
        """Gives these choices their defaults; without names all."""
        start = Choices()
        self.choose(**{name: getattr(start, name) for name in names or Choices.model_fields})

    def note(self, **values: Any) -> None:
        """Remembers what no dialog shows, by name."""
        before, self.memory = self.memory, self.memory.replace(**values)
        if self.memory != before:
            self.write(*values)

    def export_to(self, path: Path) -> None:
        """Writes all choices as text; raises SaveError."""
        save_bytes(_text({"choices": self.choices.model_dump(mode="json")}), path)

    def import_from(self, path: Path) -> None:
        """Takes the choices of such a file, the others are their defaults; raises PresetError, and then nothing has
        changed."""
        content, problems = parsed(read_bytes(path, str(path)), str(path))
        found = _part(content, "choices")
        if found is None or content.get("format") != FORMAT:
            problems = [
                *problems,
                Problem("file", "holds no preferences; choose a file that was exported here"),
            ]
        try:
            choices = Choices.model_validate_json(json.dumps(found if not problems else {}))
        except ValidationError as error:
            problems = sentences(error, Choices, found)
        if problems:
            raise PresetError(str(path), problems)
        self._take(choices)

    def keep(self) -> None:
        """Leaves safe mode: from now on the file is what is seen here."""
        self.is_safe = False
        self.write()

    @property
    def runs(self) -> Path:
        """The folder in which runs are kept; beside a file of preferences that is not the person's own."""
        is_own = self.file == default_file()
        return (user_data_path("vgviewer", appauthor=False) if is_own else self.file.parent) / "runs"

    @property
    def theme(self) -> str:
        """As chosen, which may be `SYSTEM`."""
        return self.choices.theme

    @theme.setter
    def theme(self, choice: str) -> None:
        self.choose(theme=choice)

    @property
    def folder(self) -> Path:
        """Where the last file was opened or saved; the home folder while there is none."""
        chosen = Path(self.memory.folder)
        return chosen if _is_folder(chosen) else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self.note(folder=str(folder))

    @property
    def recents(self) -> list[Path]:
        """The files used last, newest first; some may be gone by now."""
        return [Path(name) for name in self.memory.recents if name][:MOST_RECENT]

    def remember(self, path: Path) -> None:
        """Puts the file on top of the recents."""
        path = path.absolute()
        others = [other for other in self.recents if other != path]
        self.note(recents=tuple(str(recent) for recent in (path, *others))[:MOST_RECENT])

    def forget_recents(self) -> None:
        """Empties the list of recent files."""
        self.note(recents=())

    def write(self, *names: str) -> None:
        """Brings these values to the disk, without names all; another window's stay as they are. A folder that cannot
        be written is no reason to complain."""
        if self.is_safe:
            return
        content = self._on_disk()
        for part, value in (("choices", self.choices), ("memory", self.memory)):
            written = value.model_dump(mode="json")
            chosen = {name: written[name] for name in written if not names or name in names}
            content[part] = (_part(content, part) or {}) | chosen
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            save_bytes(_text(content), self.file)
        except (OSError, SaveError) as error:
            log.warning("preferences were not kept: %s", error)

    def _take(self, choices: Choices) -> None:
        before, self.choices = self.choices, choices
        others = [n for n in Choices.model_fields if getattr(before, n) != getattr(choices, n)]
        if others:
            self.write(*others)
        for name in others:
            self.changed.emit(name)

    def _on_disk(self) -> dict[str, Any]:
        try:
            content, _ = parsed(read_bytes(self.file, self.file.name), self.file.name)
        except PresetError:
            return {}
        return dict(content) if isinstance(content, dict) else {}

    def _read(self) -> None:
        if not os.path.exists(self.file):  # a folder that may not be entered raises nothing here
            return
        wrong: list[str] = []
        try:
            content, problems = parsed(read_bytes(self.file, self.file.name), self.file.name)
        except PresetError as error:
            content, problems = None, list(error.problems)
        wrong += map(str, problems)
        found = {name: _part(content, name) for name in ("choices", "memory")}
        wrong += [f"{name} is missing" for name, part in found.items() if part is None]
        self.choices = _checked(Choices, found["choices"] or {}, wrong)
        self.memory = _checked(Memory, found["memory"] or {}, wrong)
        if wrong:
            log.warning("%s is damaged: %s", self.file, "; ".join(wrong))
            self._set_aside()

    def _set_aside(self) -> None:
        """What was there may be of use to somebody who looks into it."""
        try:
            save_bytes(self.file.read_bytes(), self.file.with_name(f"{self.file.name}.corrupt"))
        except (OSError, SaveError) as error:
            log.warning("no copy of the damaged preferences was kept: %s", error)


def _checked(model: type[S], found: dict[str, Any], wrong: list[str]) -> S:
    """The values that are right, each for itself; a name that this version does not know is left to those that do."""
    right: dict[str, Any] = {}
    for name in model.model_fields:
        if name not in found:
            continue
        try:
            right[name] = getattr(model.model_validate_json(json.dumps({name: found[name]})), name)
        except ValidationError as error:
            wrong += map(str, sentences(error, model, {name: found[name]}))
    return model(**right)


def _text(parts: dict[str, Any]) -> bytes:
    whole = parts | {"format": FORMAT, "version": VERSION}
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _part(content: Any, name: str) -> dict[str, Any] | None:
    found = content.get(name) if isinstance(content, dict) else None
    return dict(found) if isinstance(found, dict) else None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_absolute() and path.is_dir()
    except (OSError, ValueError):  # a name that no system takes
        return False
