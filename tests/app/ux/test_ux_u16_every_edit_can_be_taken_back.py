"""U16: every edit (add, delete, move, parameter, rename, paste, note, load) can be taken back and made again, at least
100 deep, and the menu says what; the changes of one drag are one step."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.document import Document
from vgviewer.app.editor.edits import ids_of, snippet_of
from vgviewer.experiment import find, load
from vgviewer.network import LAYERS

KINDS = [str(kind.model_fields["type"].default) for kind in LAYERS]


EDITS: list[Callable[[Document, list[str], int], object]] = [
    lambda d, ids, n: d.insert_layer(KINDS[n % len(KINDS)], n % (len(ids) + 1)),
    lambda d, ids, n: d.remove(some(ids, n)),
    lambda d, ids, n: d.rearrange(some(ids, n), n % (len(ids) + 1)),
    lambda d, ids, n: ids and d.change(ids[n % len(ids)], {"id": f"renamed{n}"}),
    lambda d, ids, n: d.change("training", {"seed": n}),
    lambda d, ids, n: d.duplicate(some(ids, n), n % 3 + 1),
    lambda d, ids, n: some(ids, n) and d.paste(snippet_of(d.experiment, some(ids, n))),
    lambda d, ids, n: d.annotate(["input", *ids][n % (len(ids) + 1)], "look" * (n % 4)),
    lambda d, ids, n: d.add_skip("input", ids[n % len(ids)] if ids else "output"),
    lambda d, ids, n: d.change("training", {"optimizer.lr": n / 100}, merge_key=f"drag {n % 4}"),
    lambda d, ids, n: d.edit("Change notes", d.experiment.replace(notes=f"Note {n}")),
]


def some(ids: list[str], number: int) -> list[str]:
    return ids[number % 3 :: 2]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 30)), max_size=40))
def test_that_undoing_all_leads_to_the_start_and_redoing_all_to_the_end(
    qtbot: QtBot, edits: list[tuple[int, int]]
) -> None:
    document = Document()
    states = [(document.experiment, 0)]
    for choice, place in edits:
        EDITS[choice](document, ids_of(document.experiment), place)
        index = document.undo.index()
        if index == states[-1][1]:  # nothing was done, or one drag went on
            states[-1] = (document.experiment, index)
        elif index > states[-1][1]:
            states.append((document.experiment, index))
        else:
            states.pop()
    end = (document.experiment, document.selected, document.marked)
    for state, index in reversed(states):
        assert (document.experiment, document.undo.index()) == (state, index)
        document.undo.undo()
    for state, _ in states:
        assert document.experiment == state
        document.undo.redo()
    assert (document.experiment, document.selected, document.marked) == end


def test_that_a_hundred_and_fifty_edits_can_be_taken_back_and_made_again(qtbot: QtBot) -> None:
    document = Document()
    start = document.experiment
    for number in range(150):
        document.insert_layer("dense", number)
    end = document.experiment
    for _ in range(150):
        document.undo.undo()
    assert document.experiment == start
    for _ in range(150):
        document.undo.redo()
    assert document.experiment == end


def test_that_the_menu_says_what_is_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    document = window.document
    document.new()
    said = []
    for change in (
        lambda: document.insert_layer("rnn", 0),
        lambda: document.insert_layer("dense", 1),
        lambda: document.change("rnn1", {"units": 8}),
        lambda: document.change("rnn1", {"id": "cell"}),
        lambda: document.rearrange(["cell"], 2),
        lambda: document.duplicate(["cell", "dense1"]),
        lambda: document.paste(snippet_of(document.experiment, ["cell"])),
        lambda: document.annotate("cell", "Look here."),
        lambda: document.remove(["cell", "dense1"]),
    ):
        change()
        said.append(window.commands["undo"].text().replace("&", ""))
    assert said == [
        "Undo add RNN",
        "Undo add Dense",
        "Undo change units of rnn1 to 8",
        "Undo rename rnn1 to cell",
        "Undo move cell",
        "Undo duplicate 2 layers",
        "Undo paste cell",
        "Undo add note at cell",
        "Undo delete 2 layers",
    ]
    window.commands["undo"].trigger()
    assert window.commands["redo"].text().replace("&", "") == "Redo delete 2 layers"


def test_that_changes_of_one_drag_are_one_step(qtbot: QtBot) -> None:
    document = Document()
    for rate in (0.02, 0.05, 0.07):
        document.change("training", {"optimizer.lr": rate}, merge_key="one drag")
    assert document.undo.count() == 1
    document.undo.undo()
    assert document.experiment.training.optimizer.lr == 0.01


def test_that_opening_another_file_is_a_step_like_any_other(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    document = window.document
    assert window.files.open_preset("rnn-forgets")
    assert not document.undo.canUndo()  # nobody had touched what was there before
    first = document.experiment
    document.save(tmp_path / "mine.vgnet.json")
    document.change("rnn1", {"units": 8})
    document.save(tmp_path / "mine.vgnet.json")
    mine = document.experiment
    assert window.files.open_preset("relu-30-he")
    assert not document.modified
    document.change("dense1", {"units": 5})
    changed = document.experiment
    assert window.commands["undo"].text().replace("&", "") == "Undo change units of dense1 to 5"
    document.undo.undo()
    assert window.commands["undo"].text().replace("&", "") == "Undo open Thirty ReLU layers, He, learn"
    document.undo.undo()
    assert (document.experiment, document.path) == (mine, tmp_path / "mine.vgnet.json")
    assert (document.title, document.preset, document.selected) == ("mine", "", "rnn1")
    assert not document.modified
    document.undo.undo()
    assert document.modified  # units of 8 are in the file
    document.undo.redo()
    assert not document.modified
    assert window.desk.presets.list.currentRow() == -1
    document.undo.undo()
    assert document.experiment == first
    for _ in range(3):
        document.undo.redo()
    assert (document.experiment, document.path, document.preset) == (changed, None, "relu-30-he")
    current = window.desk.presets.list.currentItem()
    assert current is not None
    assert current.text() == document.title


def test_that_a_document_keeps_the_home_it_had_when_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    document.replace(load(find("rnn-forgets")), None, "rnn-forgets")
    document.replace(load(find("lstm-default")), None, "lstm-default")
    document.save(tmp_path / "a.vgnet.json")
    document.undo.undo()
    assert (document.path, document.preset) == (None, "rnn-forgets")
    document.undo.redo()
    assert (document.path, document.preset) == (tmp_path / "a.vgnet.json", "")
    document.new()
    assert document.undo.undoText() == "New network"
    document.undo.setIndex(0)
    assert document.preset == "rnn-forgets"
    document.undo.setIndex(2)
    assert (document.path, document.preset, document.title) == (None, "", document.experiment.name)
