"""What is kept from one start to the next, by itself: no window."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from vgviewer.app.choices import GROUPS, Choices, Memory, Place
from vgviewer.app.preferences import Preferences
from vgviewer.experiment import PresetError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "preferences.json"


def test_that_every_choice_stands_in_one_group_and_says_what_it_is() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(Choices.model_fields)
    for field in Choices.model_fields.values():
        assert field.title
        assert field.description.endswith((".", ")."))


def test_that_a_choice_is_there_at_the_next_start_and_told_at_once(file: Path) -> None:
    preferences, told = Preferences(file), []
    preferences.changed.connect(told.append)
    preferences.choose(text_size=150, theme="dark")
    preferences.choose(theme="dark")
    assert sorted(told) == ["text_size", "theme"]
    again = Preferences(file).choices
    assert (again.text_size, again.theme, again.layout) == (150, "dark", "last")


def test_that_a_value_out_of_limits_changes_nothing(file: Path) -> None:
    preferences = Preferences(file)
    with pytest.raises(ValidationError):
        preferences.choose(text_size=1000, theme="dark")
    assert preferences.choices == Choices()
    assert not file.exists()


def test_that_a_reset_is_of_one_choice_or_of_all(file: Path) -> None:
    preferences = Preferences(file)
    preferences.choose(text_size=150, theme="dark", reduce_motion=True)
    preferences.reset("theme")
    assert preferences.choices == Choices(text_size=150, reduce_motion=True)
    preferences.reset()
    assert preferences.choices == Preferences(file).choices == Choices()


def test_that_what_another_window_has_written_stays(file: Path) -> None:
    one, other = Preferences(file), Preferences(file)
    one.choose(theme="dark")
    other.note(layout="teach")
    other.choose(text_size=120)
    again = Preferences(file)
    assert again.choices == Choices(theme="dark", text_size=120)
    assert again.memory.layout == "teach"


def test_that_a_wrong_value_is_its_default_alone_and_a_copy_is_kept(file: Path) -> None:
    Preferences(file).choose(theme="dark", text_size=120)
    content = json.loads(file.read_text("utf-8"))
    content["choices"]["text_size"] = "huge"
    file.write_text(json.dumps(content), "utf-8")
    before = file.read_bytes()
    preferences = Preferences(file)
    assert preferences.choices == Choices(theme="dark")
    assert file.with_name("preferences.json.corrupt").read_bytes() == before


def test_that_a_choice_of_a_newer_version_is_no_damage_and_stays(file: Path) -> None:
    Preferences(file).choose(theme="dark")
    content = json.loads(file.read_text("utf-8"))
    content["choices"]["smell"] = "roses"
    file.write_text(json.dumps(content), "utf-8")
    preferences = Preferences(file)
    preferences.choose(text_size=90)
    assert not file.with_name("preferences.json.corrupt").exists()
    assert json.loads(file.read_text("utf-8"))["choices"]["smell"] == "roses"


def test_that_safe_mode_reads_nothing_and_writes_nothing_until_it_is_left(file: Path) -> None:
    Preferences(file).choose(theme="dark")
    before = file.read_bytes()
    safe = Preferences(file, is_safe=True)
    assert safe.choices == Choices()
    safe.choose(text_size=120)
    safe.note(layout="teach")
    assert file.read_bytes() == before
    safe.keep()
    assert not safe.is_safe
    again = Preferences(file)
    assert (again.choices, again.memory.layout) == (Choices(text_size=120), "teach")


def test_that_exported_choices_are_text_that_is_imported_again(file: Path, tmp_path: Path) -> None:
    preferences = Preferences(file)
    preferences.choose(text_size=150, alerts="critical")
    preferences.export_to(tmp_path / "mine.json")
    preferences.reset()
    preferences.import_from(tmp_path / "mine.json")
    assert preferences.choices == Choices(text_size=150, alerts="critical")
    assert '"text_size": 150' in (tmp_path / "mine.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("no JSON", "is not JSON"),
        ('{"format": "vgviewer", "choices": {}}', "holds no preferences"),
        ('["vgviewer-preferences"]', "holds no preferences"),
        ('{"format": "vgviewer-preferences", "choices": {"text_size": 5}}', "between 80 and 300"),
        ('{"format": "vgviewer-preferences", "choices": {"colour": 5}}', "not known"),
    ],
)
def test_that_a_bad_import_says_why_and_changes_nothing(
    file: Path, tmp_path: Path, content: str, complaint: str
) -> None:
    preferences = Preferences(file)
    preferences.choose(theme="dark")
    (tmp_path / "bad.json").write_text(content, "utf-8")
    with pytest.raises(PresetError, match=complaint):
        preferences.import_from(tmp_path / "bad.json")
    assert preferences.choices == Choices(theme="dark")


def test_that_a_folder_that_cannot_be_written_is_no_reason_to_complain(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file")
    preferences = Preferences(tmp_path / "in the way" / "preferences.json")
    preferences.choose(theme="dark")
    preferences.note(window=Place(x=1, y=2, width=3, height=4))
    assert preferences.theme == "dark"


def test_that_the_memory_is_checked_too(file: Path) -> None:
    file.parent.mkdir()
    memory = {"window": {"x": "left"}, "recents": ["/a", 5], "layout": "teach"}
    file.write_text(json.dumps({"choices": {}, "memory": memory}), "utf-8")
    preferences = Preferences(file)
    assert preferences.memory == Memory(layout="teach")
    assert preferences.recents == []
