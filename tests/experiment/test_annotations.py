"""Notes at the blocks, in the file and on the clipboard."""

import json
from typing import Any

import pytest
from hypothesis import assume, given

from tests.experiment.random_presets import chains
from vgviewer.experiment import PresetError, dumps, find, load, loads
from vgviewer.experiment.snippet import Snippet, from_text, to_text

PRESET = json.loads(dumps(load(find("rnn-forgets"))))
NOTES = [{"at": "rnn1", "text": "Look here:\n<b>é</b> 🧠"}, {"at": "output", "text": "One number."}]


def read(annotations: Any) -> Any:
    return loads(json.dumps(PRESET | {"annotations": annotations}).encode(), "a file")


def test_that_notes_come_back_byte_for_byte() -> None:
    written = dumps(read(NOTES))
    assert json.loads(written)["annotations"] == NOTES
    assert dumps(loads(written, "a file")) == written


def test_that_a_file_without_notes_has_no_word_of_them() -> None:
    assert b"annotations" not in dumps(read([]))


@pytest.mark.parametrize(
    ("annotations", "problem"),
    [
        (
            [{"at": "gone", "text": "x"}],
            'annotations[0].at: must be a layer\'s id, input or output; there is no layer "gone"',
        ),
        ([{"at": "training", "text": "x"}], "annotations[0].at: must be a layer's id"),
        ([{"at": "../x", "text": "x"}], "annotations[0].at: must be a letter, then letters"),
        ([{"at": "rnn1", "text": ""}], 'annotations[0].text: must be text that is not empty, is ""'),
        ([{"at": "rnn1", "text": "x" * 401}], "annotations[0].text: must not be longer than 400"),
        ([{"at": "rnn1", "text": 1}], "annotations[0].text: must be text, is 1"),
        ([{"at": "rnn1"}], "annotations[0].text: is missing"),
        ([{"at": "rnn1", "text": "x", "by": "me"}], "annotations[0].by: is not known here"),
        ([{"at": "rnn1", "text": "x"}] * 2, "annotations: must hold one note for each place; rnn1 has two"),
        ([{"at": "rnn1", "text": "x"}] * 65, "annotations: must not be longer than 64"),
        ({"rnn1": "x"}, "annotations: must be a list"),
        (None, "annotations: must be a list"),
    ],
)
def test_that_a_note_that_cannot_be_is_refused_with_its_path(annotations: Any, problem: str) -> None:
    with pytest.raises(PresetError) as caught:
        read(annotations)
    assert str(caught.value.problems[0]).startswith(problem)
    assert len(caught.value.problems) == 1


@given(chains)
def test_that_layers_of_every_kind_come_back_from_the_clipboard(chain: list[dict[str, Any]]) -> None:
    assume(chain)
    notes = [{"at": chain[0]["id"], "text": "Look here."}]
    snippet = Snippet.model_validate_json(json.dumps({"layers": chain, "annotations": notes}))
    assert from_text(to_text(snippet)) == snippet


def test_that_the_clipboard_may_have_another_editors_line_ends() -> None:
    text = to_text(Snippet(layers=load(find("rnn-forgets")).network.layers))
    assert from_text(text.replace("\n", "\r\n") + "\r\n") == from_text(text)
