"""The preset file `NAME.vgnet.json`: loading and saving."""

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vgviewer.experiment.annotations import lost
from vgviewer.experiment.experiment import Experiment
from vgviewer.experiment.layout import written
from vgviewer.experiment.problems import sentences
from vgviewer.experiment.reading import LARGEST_FILE, PresetError, parsed, read_bytes
from vgviewer.experiment.saver import SaveError, save_bytes, sweep
from vgviewer.network import Problem
from vgviewer.network.network import id_problems
from vgviewer.settings import shown

FORMAT = "vgviewer.preset"
VERSION = 1
ENDING = ".vgnet.json"


def load(path: Path) -> Experiment:
    """The experiment in a file; raises PresetError with all problems at once."""
    sweep(path)
    return located(loads(read_bytes(path, str(path)), str(path)), path)


def save(experiment: Experiment, path: Path) -> None:
    """Replaces the file as a whole or leaves it as it was; raises SaveError."""
    try:
        content = dumps(_with_files(experiment, partial(_from, path.absolute().parent)))
    except UnicodeEncodeError:
        raise SaveError(
            f"{path} was not saved: the name of its data file is no text. Rename that file."
        ) from None
    if len(content) > LARGEST_FILE:
        reason = f"it would have {len(content):,} bytes, and a preset has at most {LARGEST_FILE:,}"
        raise SaveError(
            f"{path} was not saved: {reason}. Take fewer samples or weights that are written out."
        )
    save_bytes(content, path)


def located(experiment: Experiment, preset: Path) -> Experiment:
    """With the full paths of the task's data files, which a preset names relative to its own folder."""
    return _with_files(experiment, lambda file: Path(os.path.abspath(preset.parent / file)))


def dumps(experiment: Experiment) -> bytes:
    """UTF-8, the same bytes for the same value."""
    fields = {"format": FORMAT, "version": VERSION} | experiment.model_dump(
        mode="json", exclude_defaults=True
    )
    return (written(fields) + "\n").encode()


def loads(content: bytes, source: str) -> Experiment:
    """The experiment in a file's content; `source` names it in the PresetError that is raised."""
    data, problems = parsed(content, source)
    if not isinstance(data, dict):
        raise PresetError(source, [Problem("file", f"must hold an object, holds {shown(data)}")])
    header = _header_problems(data)
    if header:
        raise PresetError(source, header)
    body = {key: value for key, value in data.items() if key not in ("format", "version")}
    problems += _repeated_ids(body)
    experiment = None
    try:
        experiment = Experiment.model_validate_json(json.dumps(body))
    except ValidationError as error:
        known = {problem.path for problem in problems}
        found = sentences(error, Experiment, body)
        problems += [
            p
            for p in found
            if p.path not in known and not (problems and p.path in ("file", "network.layers"))
        ]
    else:
        problems += lost(experiment.annotations, experiment.network)
    if problems or experiment is None:
        raise PresetError(source, problems)
    return experiment


def _with_files(experiment: Experiment, rename: Callable[[Path], Path]) -> Experiment:
    task = experiment.task
    files = {name: value for name, value in task if isinstance(value, Path) and value != Path()}
    if not files:
        return experiment
    return experiment.replace(
        task=task.model_copy(update={name: rename(file) for name, file in files.items()})
    )


def _from(folder: Path, file: Path) -> Path:
    """As seen from there, so that both can be moved together; as it is where they have only the root in common."""
    share_a_folder = file.parts[:2] == folder.parts[:2]
    return Path(os.path.relpath(file, folder)) if file.is_absolute() and share_a_folder else file


def _header_problems(data: dict[str, Any]) -> list[Problem]:
    if data.get("format") != FORMAT:
        given = f"is {shown(data['format'])}" if "format" in data else "is missing"
        return [Problem("format", f'must be "{FORMAT}", {given}; this is not a preset of vgviewer')]
    version = data.get("version")
    if type(version) is not int or version < 1:
        given = f"is {shown(version)}" if "version" in data else "is missing"
        return [Problem("version", f"must be a whole number from 1 on, {given}")]
    if version > VERSION:
        message = (
            f"is {version}; this vgviewer reads up to version {VERSION}. Open the file with a newer vgviewer."
        )
        return [Problem("version", message)]
    return []


def _repeated_ids(body: dict[str, Any]) -> list[Problem]:
    network = body.get("network")
    layers = network.get("layers") if isinstance(network, dict) else None
    if not isinstance(layers, list):
        return []
    ids = [layer.get("id") if isinstance(layer, dict) else None for layer in layers]
    named = {index: name for index, name in enumerate(ids) if isinstance(name, str)}
    places = list(named)
    found = id_problems(list(named.values()))
    return [Problem(f"network.layers[{places[place]}].id", message) for place, message in found.items()]
