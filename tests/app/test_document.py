"""The document: every edit is one step that can be taken back and made again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from vgviewer.app.document import MOST_NOTES, Document
from vgviewer.app.editor.edits import note_at, snippet_of
from vgviewer.experiment import Experiment, PresetError, SaveError, load
from vgviewer.experiment.annotations import MOST_ANNOTATIONS
from vgviewer.network import LAYERS
from vgviewer.tasks import Task

KINDS = [str(kind.model_fields["type"].default) for kind in LAYERS]


def with_layers(*kinds: str) -> Document:
    document = Document()
    for kind in kinds:
        document.insert_layer(kind, len(document.experiment.network.layers))
    return document


def ids(document: Document) -> list[str]:
    return [layer.id for layer in document.experiment.network.layers]


def other_task(document: Document) -> Task:
    return Document().experiment.task.replace(length=77)


EDITS: dict[str, tuple[Callable[[Document], object], str]] = {
    "insert": (lambda d: d.insert_layer("gru", 1), "Add GRU"),
    "remove": (lambda d: d.remove(["rnn1"]), "Delete rnn1"),
    "remove two": (lambda d: d.remove(["rnn1", "dense1"]), "Delete 2 layers"),
    "move": (lambda d: d.move("rnn1", 1), "Move rnn1"),
    "duplicate": (lambda d: d.duplicate(["rnn1"]), "Duplicate rnn1"),
    "duplicate two": (lambda d: d.duplicate(["rnn1", "dense1"]), "Duplicate 2 layers"),
    "duplicate often": (lambda d: d.duplicate(["rnn1"], 9), "Duplicate rnn1 9 times"),
    "move two": (lambda d: d.rearrange(["rnn1", "dense1"], 3), "Move 2 layers"),
    "add a skip": (lambda d: d.add_skip("input", "dense1"), "Add skip from input to dense1"),
    "add a note": (lambda d: d.annotate("rnn1", "Look here."), "Add note at rnn1"),
    "paste": (lambda d: d.paste(snippet_of(d.experiment, ["rnn1"])), "Paste rnn1"),
    "change": (lambda d: d.change("rnn1", {"units": 64}), "Change units of rnn1 to 64"),
    "rename": (lambda d: d.change("rnn1", {"id": "cell"}), "Rename rnn1 to cell"),
    "output": (lambda d: d.change("output", {"activation": "tanh"}), "Change activation of output to tanh"),
    "task": (lambda d: d.change_task(other_task(d)), "Change task to Delayed echo"),
    "task's length": (lambda d: d.change("input", {"length": 50}), "Change length of the task to 50"),
    "training": (lambda d: d.change("training", {"steps": 5}), "Change steps of training to 5"),
    "optimizer": (
        lambda d: d.change("training", {"optimizer": {"type": "adam"}}),
        "Change optimizer of training to adam",
    ),
    "learning rate": (
        lambda d: d.change("training", {"optimizer.lr": 0.5}),
        "Change learning rate of training to 0.5",
    ),
    "clip": (
        lambda d: d.change("training", {"clip": {"type": "norm", "value": 2.0}}),
        "Change clip of training to norm",
    ),
    "notes": (lambda d: d.edit("Change notes", d.experiment.replace(notes="Look at rnn1.")), "Change notes"),
}


@pytest.mark.parametrize("name", EDITS)
def test_that_an_edit_is_one_step_that_says_what_it_does(qtbot: QtBot, name: str) -> None:
    document = with_layers("rnn", "dense", "skip")
    edit, text = EDITS[name]
    before, count = document.experiment, document.undo.count()
    edit(document)
    after = document.experiment
    assert after != before
    assert document.undo.count() == count + 1
    assert document.undo.undoText() == text
    document.undo.undo()
    assert document.experiment == before
    document.undo.redo()
    assert document.experiment == after


def test_that_copies_add_from_where_their_own_group_begins(qtbot: QtBot) -> None:
    document = with_layers("dense", "dense", "batch_norm")
    document.add_skip("dense1", "batchnorm1")
    document.duplicate(["dense2", "batchnorm1", "skip1"], 2)
    skips = {
        layer.id: layer.model_dump()["from"]
        for layer in document.experiment.network.layers
        if layer.type == "skip"
    }
    assert skips == {"skip1": "dense1", "skip2": "skip1", "skip3": "skip2"}
    assert ids(document)[4:] == ["dense3", "batchnorm2", "skip2", "dense4", "batchnorm3", "skip3"]
    assert document.marked == ("dense3", "batchnorm2", "skip2", "dense4", "batchnorm3", "skip3")
    assert document.experiment.problems == ()


def test_that_a_copy_of_a_source_and_its_skip_stays_a_pair(qtbot: QtBot) -> None:
    document = with_layers("dense", "dense", "skip")
    document.change("skip1", {"from": "dense1"})
    document.duplicate(["dense1", "dense2", "skip1"])
    assert document.experiment.network.layers[5].model_dump()["from"] == "dense3"


def test_that_what_is_marked_comes_back_with_undo_and_in_the_order_of_the_chain(qtbot: QtBot) -> None:
    document = with_layers("dense", "rnn", "gru")
    document.mark(["gru1", "dense1"], "gru1")
    assert document.marked == ("dense1", "gru1")
    document.remove(document.marked)
    assert (ids(document), document.marked) == (["rnn1"], ("rnn1",))
    document.undo.undo()
    assert (document.marked, document.selected) == (("dense1", "gru1"), "gru1")


def test_that_a_skip_leads_forward_or_is_refused_in_words(qtbot: QtBot) -> None:
    document = with_layers("dense", "dense")
    before = document.experiment
    for source, behind in (
        ("dense2", "dense1"),
        ("dense2", "dense2"),
        ("output", "dense1"),
        ("nobody", "dense1"),
    ):
        with qtbot.waitSignal(document.refused) as told:
            assert document.add_skip(source, behind) == ""
        assert "leads forward" in told.args[0]
    assert document.experiment is before
    assert document.add_skip("dense1", "output") == "skip1"
    assert ids(document) == ["dense1", "dense2", "skip1"]


def test_that_a_note_goes_with_its_layer_and_follows_its_name(qtbot: QtBot) -> None:
    document = with_layers("rnn", "dense")
    document.annotate("rnn1", "  Look here.\n")
    document.change("rnn1", {"id": "cell"})
    assert note_at(document.experiment, "cell") == "Look here."
    document.remove(["cell"])
    assert document.experiment.annotations == ()
    document.undo.undo()
    assert note_at(document.experiment, "cell") == "Look here."
    document.annotate("cell", " ")
    assert document.undo.undoText() == "Delete note at cell"
    assert document.experiment.annotations == ()


def test_that_a_note_too_long_or_one_too_many_is_refused_in_words(qtbot: QtBot) -> None:
    document = with_layers("rnn")
    with qtbot.waitSignal(document.refused) as told:
        document.annotate("rnn1", "x" * 401)
    assert told.args[0] == "The note was not kept: it must not be longer than 400."
    document.duplicate(["rnn1"], 64)
    for place in ids(document)[:64]:
        document.annotate(place, "here")
    with qtbot.waitSignal(document.refused) as told:
        document.annotate(ids(document)[64], "one more")
    assert "at most 64 notes" in told.args[0]


def test_that_a_paste_with_a_note_too_many_says_so(qtbot: QtBot) -> None:
    document = with_layers(*["dense"] * MOST_ANNOTATIONS)
    for place in ids(document):
        document.annotate(place, "mind this one")
    before = document.experiment
    with qtbot.waitSignal(document.refused) as refused:
        document.paste(snippet_of(before, ids(document)[:1]))
    assert refused.args == [MOST_NOTES]
    assert document.experiment is before


def test_that_a_hundred_and_fifty_edits_can_be_taken_back(qtbot: QtBot) -> None:
    document = Document()
    start = document.experiment
    for seed in range(1, 151):
        document.change("training", {"seed": seed})
    for _ in range(150):
        document.undo.undo()
    assert document.experiment == start


def test_that_steps_of_one_drag_merge_and_other_edits_do_not(qtbot: QtBot) -> None:
    document = with_layers("rnn")
    before = document.experiment
    for units in (33, 34, 35):
        document.change("rnn1", {"units": units}, merge_key="drag 1")
    document.change("rnn1", {"units": 36}, merge_key="drag 2")
    assert document.undo.undoText() == "Change units of rnn1 to 36"
    document.undo.undo()
    assert document.experiment.network.layers[0].model_dump()["units"] == 35
    document.undo.undo()
    assert document.experiment == before


def test_that_a_drag_back_to_where_it_began_leaves_no_step(qtbot: QtBot) -> None:
    document = with_layers("rnn")
    for units in (33, 34, 32):
        document.change("rnn1", {"units": units}, merge_key="drag")
    assert document.undo.undoText() == "Add RNN"
    assert document.experiment.network.layers[0].model_dump()["units"] == 32


def test_that_a_drag_back_leaves_the_person_where_it_was_made(qtbot: QtBot) -> None:
    document = with_layers("dense", "rnn", "lstm")
    document.mark(("dense1", "lstm1"), "lstm1")
    for units in (33, 32):
        document.change("lstm1", {"units": units}, merge_key="drag")
    assert document.selected == "lstm1"
    assert document.marked == ("dense1", "lstm1")
    only = Document()
    only.replace(document.experiment, None)
    only.select("rnn1")
    for units in (33, 32):
        only.change("rnn1", {"units": units}, merge_key="drag")
    assert only.selected == "rnn1"
    assert not only.undo.count()


def test_that_steps_at_two_layers_never_become_one(qtbot: QtBot) -> None:
    document = with_layers("rnn", "lstm")
    count = document.undo.count()
    document.change("rnn1", {"units": 33}, merge_key="steps")
    document.change("lstm1", {"units": 33}, merge_key="steps")
    assert document.undo.count() == count + 2


def test_that_saving_marks_clean_and_undoing_past_it_marks_modified(qtbot: QtBot, tmp_path: Path) -> None:
    document = with_layers("dense")
    titles: list[str] = []
    document.title_changed.connect(lambda: titles.append(document.title))
    assert document.modified
    document.save(tmp_path / "mine.vgnet.json")
    assert (document.modified, document.title) == (False, "mine")
    assert load(tmp_path / "mine.vgnet.json") == document.experiment
    document.undo.undo()
    assert document.modified
    document.undo.redo()
    assert not document.modified
    assert titles[-1] == "mine"


def test_that_a_save_that_fails_leaves_the_document_modified_and_its_path(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document = with_layers("dense")
    with pytest.raises(SaveError):
        document.save(tmp_path / "missing" / "mine.vgnet.json")
    assert document.modified
    assert document.path is None


def test_that_a_file_that_cannot_be_opened_leaves_all_as_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    document = with_layers("dense")
    before = document.experiment
    (tmp_path / "bad.vgnet.json").write_text("{")
    with pytest.raises(PresetError):
        document.open(tmp_path / "bad.vgnet.json")
    assert document.experiment is before
    assert document.undo.canUndo()


def test_that_a_shipped_preset_is_opened_as_a_clean_untitled_copy(qtbot: QtBot, tmp_path: Path) -> None:
    document = with_layers("dense")
    document.save(tmp_path / "mine.vgnet.json")
    preset = with_layers("rnn", "last_step").experiment.replace(name="RNN forgets")
    with qtbot.waitSignal(document.changed):
        document.replace(preset, None)
    assert document.experiment == preset
    assert (document.path, document.modified, document.title) == (None, False, "RNN forgets")
    assert document.undo.undoText() == "Open RNN forgets"
    assert document.selected == "rnn1"


def test_that_opening_another_file_in_a_fresh_document_tells_its_listeners(qtbot: QtBot) -> None:
    document = Document()
    with qtbot.waitSignals([document.changed, document.title_changed]):
        document.replace(document.experiment.replace(name="Other"), None)


def test_that_a_refused_value_changes_nothing_and_is_told_by_its_field(qtbot: QtBot) -> None:
    document = with_layers("rnn")
    before = document.experiment
    (problem,) = document.change("rnn1", {"units": 0})
    assert (problem.path, problem.message) == ("units", "must be between 1 and 4096, is 0")
    (problem,) = document.change("training", {"optimizer.lr": -1})
    assert problem.path == "optimizer.lr"
    assert document.experiment is before


def test_that_an_id_in_use_is_refused_in_words(qtbot: QtBot) -> None:
    document = with_layers("rnn", "dense")
    (problem,) = document.change("rnn1", {"id": "dense1"})
    assert "an earlier layer is called dense1" in problem.message or "unique" in problem.message
    assert ids(document) == ["rnn1", "dense1"]


def test_that_fields_that_only_fit_together_are_refused_in_words(qtbot: QtBot) -> None:
    document = Document()
    (problem,) = document.change("input", {"lag": 50})
    assert "lag must be smaller than length (30)" in problem.message
    assert document.change("input", {"lag": 50, "length": 60}) == ()


def test_that_renaming_keeps_the_layer_selected_and_skips_follow(qtbot: QtBot) -> None:
    document = with_layers("dense", "dense", "skip")
    document.select("dense1")
    document.change("dense1", {"id": "first"})
    assert document.selected == "first"
    assert document.experiment.network.layers[2].model_dump()["from"] == "first"
    document.undo.undo()
    assert document.selected == "dense1"


def test_that_deleting_the_selected_layer_selects_its_neighbor(qtbot: QtBot) -> None:
    document = with_layers("dense", "dense", "dense")
    document.select("dense2")
    document.remove(["dense2"])
    assert document.selected == "dense3"
    document.remove(["dense3"])
    assert document.selected == "dense1"
    document.remove(["dense1"])
    assert document.selected == "input"
    document.undo.undo()
    assert document.selected == "dense1"


def test_that_every_layer_type_for_numbers_starts_without_a_problem_of_its_own(qtbot: QtBot) -> None:
    for kind in (kind for kind in LAYERS if not kind.takes_symbols):
        document = with_layers("rnn")
        place = document.insert_layer(kind, 1)
        assert not [problem for problem in document.experiment.problems if problem.place == place]
        assert document.selected == place


def test_that_a_new_skip_starts_from_a_source_that_fits(qtbot: QtBot) -> None:
    document = with_layers("rnn", "last_step", "dense", "skip")
    assert document.experiment.network.layers[3].model_dump()["from"] == "laststep1"
    document = with_layers("rnn", "last_step", "skip")
    assert not [problem for problem in document.experiment.problems if problem.place == "skip1"]


def test_that_a_full_network_says_why_it_takes_no_more(qtbot: QtBot) -> None:
    document = Document()
    layers = tuple(with_layers("dense").experiment.network.layers[0].replace(id=f"d{i}") for i in range(256))
    full = document.experiment.network.replace(layers=layers)
    document.edit("Fill", document.experiment.replace(network=full))
    with qtbot.waitSignal(document.refused) as told:
        assert document.insert_layer("dense", 0) == ""
    assert "256" in told.args[0]
    with qtbot.waitSignal(document.refused):
        document.duplicate(["d0"])
    assert len(ids(document)) == 256


def test_that_a_new_document_can_be_trained_at_once(qtbot: QtBot) -> None:
    document = Document()
    assert isinstance(document.experiment, Experiment)
    assert document.experiment.problems == ()
    assert not document.modified


def test_that_an_unknown_place_is_not_selected(qtbot: QtBot) -> None:
    document = with_layers("rnn")
    document.select("nobody")
    assert document.selected == "rnn1"
    document.select("training")
    assert document.selected == "training"
