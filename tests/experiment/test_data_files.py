"""A preset names its data relative to its own folder; data that cannot be used is a problem, never an exception."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from vgviewer import cli, engine
from vgviewer.experiment import (
    Experiment,
    PresetError,
    SaveError,
    dumps,
    load,
    loads,
    save,
    shipped,
)
from vgviewer.experiment.presets import SHIPPED
from vgviewer.frames import Frame, Started

TABLE = "a,b\n1,2\n3,5\n4,4\n"
DENSE = {"id": "dense1", "type": "dense", "units": 3}


def preset(path: Any, **task: Any) -> bytes:
    return json.dumps(
        {
            "format": "vgviewer.preset",
            "version": 1,
            "network": {"layers": [DENSE]},
            "task": {"type": "csv", "path": path, **task},
            "training": {"steps": 2},
        }
    ).encode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a table in it, and one in a folder beside it."""
    for name in ("home/data/mine.csv", "home/mine.csv", "beside/mine.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TABLE)
    return tmp_path / "home"


def put(home: Path, path: Any, **task: Any) -> Path:
    file = home / "one.vgnet.json"
    file.write_bytes(preset(path, **task))
    return file


def named_in(file: Path) -> str:
    return str(json.loads(file.read_bytes())["task"]["path"])


@pytest.mark.parametrize("name", ["mine.csv", "data/mine.csv", "../beside/mine.csv"])
def test_that_a_path_is_relative_to_the_preset_and_stays_so(home: Path, name: str) -> None:
    file = put(home, name)
    experiment = load(file)
    assert experiment.problems == ()
    assert experiment.task.path == Path(os.path.normpath(home / name))
    save(experiment, file)
    first = file.read_bytes()
    assert named_in(file) == name
    save(load(file), file)
    assert file.read_bytes() == first


def test_that_a_relative_name_of_the_preset_makes_no_difference(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(home, "data/mine.csv")
    monkeypatch.chdir(home.parent)
    experiment = load(Path("home/one.vgnet.json"))
    assert experiment == load(file)
    save(experiment, Path("home/two.vgnet.json"))
    assert named_in(home / "two.vgnet.json") == "data/mine.csv"


def test_that_a_preset_moves_together_with_its_data(home: Path, tmp_path: Path) -> None:
    file = put(home, "data/mine.csv")
    save(load(file), file)
    moved = Path(shutil.move(home, tmp_path / "elsewhere"))
    experiment = load(moved / file.name)
    assert experiment.problems == ()
    assert experiment.task.path == moved / "data" / "mine.csv"


def test_that_a_copy_in_another_folder_finds_the_same_data(home: Path) -> None:
    experiment = load(put(home, "data/mine.csv"))
    other = home.parent / "beside" / "two.vgnet.json"
    save(experiment, other)
    assert named_in(other) == "../home/data/mine.csv"
    assert load(other) == experiment


def test_that_only_what_shares_a_folder_is_written_relative(home: Path) -> None:
    for path, kept in (("/nowhere/at/all.csv", "/nowhere/at/all.csv"), (str(home / "mine.csv"), "mine.csv")):
        file = put(home, path)
        experiment = load(file)
        assert experiment.task.path == Path(path)
        save(experiment, file)
        assert named_in(file) == kept


def test_that_a_roundabout_path_is_straightened_on_the_first_save(home: Path) -> None:
    file = put(home, "./data/../data//mine.csv")
    save(load(file), file)
    assert named_in(file) == "data/mine.csv"


def test_that_content_without_a_file_keeps_its_path(home: Path) -> None:
    for path in ("", "mine.csv", "../mine.csv", "/a/b.csv"):
        experiment = loads(preset(path), "no file")
        assert json.loads(dumps(experiment))["task"]["path"] == path
        assert dumps(loads(dumps(experiment), "again")) == dumps(experiment)
    (problem,) = loads(preset("mine.csv"), "no file").problems
    assert str(problem) == (
        'task.path: "mine.csv" is not a full path. Choose the file, or write its path from the root on.'
    )


def test_that_a_preset_without_a_file_of_data_loads_and_says_so(home: Path) -> None:
    file = put(home, "")
    experiment = load(file)
    assert [str(problem) for problem in experiment.problems] == [
        "task.path: No file is chosen yet. Choose one."
    ]
    save(experiment, file)
    assert named_in(file) == ""


@pytest.mark.parametrize("path", [5, None, True, ["mine.csv"]])
def test_that_a_path_that_is_no_text_is_refused(path: Any) -> None:
    with pytest.raises(PresetError) as caught:
        loads(preset(path), "wrong")
    assert [problem.path for problem in caught.value.problems] == ["task.path"]
    assert "must be text" in caught.value.problems[0].message


def test_that_a_path_is_required() -> None:
    content = json.loads(preset(""))
    del content["task"]["path"]
    with pytest.raises(PresetError, match=r"task\.path: is missing"):
        loads(json.dumps(content).encode(), "none")


def test_that_any_other_file_is_just_a_bad_table(home: Path) -> None:
    (problem,) = load(put(home, "../" * 30 + "etc/passwd")).problems
    assert problem.path == "task.path"
    assert problem.message.startswith('"passwd"')
    (itself,) = load(put(home, "one.vgnet.json")).problems
    assert '"one.vgnet.json"' in itself.message


def test_that_of_data_that_cannot_be_used_nothing_else_is_asked(home: Path) -> None:
    """The network does not fit the harmless shape that stands for it, which nobody has to know."""
    content = json.loads(preset("mine.csv", window=2))
    content["network"]["layers"] = [
        {"id": "rnn1", "type": "rnn", "units": 3},
        {"id": "last1", "type": "last_step"},
    ]
    content["training"] = {"loss": "mae", "optimizer": {"type": "sgd", "nesterov": True}}
    file = home / "one.vgnet.json"
    file.write_text(json.dumps(content))
    assert [problem.path for problem in load(file).problems] == ["training.optimizer.nesterov"]
    (home / "mine.csv").write_text("a,b\n1,2\n3,5,6\n")
    problems = load(file).problems
    assert [problem.path for problem in problems] == ["task.path", "training.optimizer.nesterov"]
    assert problems[0].place == "input"
    assert "line 3 has 3 cells" in problems[0].message


def test_that_a_file_that_changes_changes_what_flows(home: Path) -> None:
    experiment = load(put(home, "mine.csv"))
    assert experiment.flow.weights["dense1"]["weight"] == (3, 1)
    (home / "mine.csv").write_text("a,b,c\n1,2,3\n3,5,9\n")
    assert experiment.flow.weights["dense1"]["weight"] == (3, 2)
    (home / "mine.csv").write_text("a,b,c\n1,2,3\n3,5,x\n")
    assert "line 3" in experiment.problems[0].message
    (home / "mine.csv").unlink()
    assert "does not exist" in experiment.problems[0].message


def test_that_a_run_goes_on_whatever_becomes_of_its_file(home: Path) -> None:
    losses: list[list[float]] = []
    for content in (TABLE, "a,b,c\n1,2,3\n3,5,9\n", "a,b\noops\n", None):
        (home / "mine.csv").write_text(TABLE)
        run = engine.train(load(put(home, "mine.csv")))
        assert isinstance(next(run), Started)
        if content is None:
            (home / "mine.csv").unlink()
        else:
            (home / "mine.csv").write_text(content)
        losses.append([message.loss for message in run if isinstance(message, Frame)])
    assert len(losses[0]) == 2
    assert losses == [losses[0]] * 4


def test_that_a_name_that_is_no_text_is_not_saved(home: Path) -> None:
    experiment = loads(preset(""), "no file")
    odd = experiment.task.model_copy(update={"path": home / os.fsdecode(b"\xff.csv")})
    with pytest.raises(SaveError, match="the name of its data file is no text"):
        save(experiment.replace(task=odd), home / "one.vgnet.json")
    assert not (home / "one.vgnet.json").exists()


def test_that_commands_tell_what_is_wrong_with_the_data(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(home, "mine.csv")
    assert cli.main(["check", str(file)]) == 0
    (home / "mine.csv").write_text("a,b\n1,2\n3,oops\n")
    for command in ("check", "train"):
        assert cli.main([command, str(file)]) == 2
        said = capsys.readouterr().err
        assert f'{file}: task.path: "mine.csv", line 3, column "b": "oops" is no number' in said


def test_that_shipped_presets_name_shipped_data() -> None:
    read = {card.id: load(card.path) for card in shipped()}
    for name, data in (("csv-wine", "wine.csv"), ("arrays-pulse", "pulse.npz")):
        experiment: Experiment = read[name]
        assert experiment.problems == ()
        assert experiment.task.path == SHIPPED.parent / "data" / data
