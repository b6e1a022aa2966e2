"""Edits of a network give a new network, and what hangs on a layer follows."""

import pytest
from pydantic import ValidationError

from vgviewer.network import Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.skip import Skip

ONE, TWO, THREE = (Dense(id=f"dense{number}", units=number) for number in (1, 2, 3))
SKIP = Skip.model_validate({"id": "skip1", "from": "dense1"})
NETWORK = Network(layers=(ONE, TWO, SKIP))


def ids(network: Network) -> list[str]:
    return [layer.id for layer in network.layers]


def test_that_a_layer_is_inserted_where_it_is_wanted() -> None:
    assert ids(NETWORK.insert(1, THREE)) == ["dense1", "dense3", "dense2", "skip1"]
    assert ids(NETWORK.insert(3, THREE)) == ["dense1", "dense2", "skip1", "dense3"]
    assert ids(NETWORK) == ["dense1", "dense2", "skip1"]


def test_that_a_removed_layer_leaves_the_skip_from_it() -> None:
    assert ids(NETWORK.remove("dense1")) == ["dense2", "skip1"]
    assert NETWORK.remove("dense1").layers[-1].source == "dense1"


def test_that_a_layer_moves_to_its_place_in_the_rest_of_the_chain() -> None:
    assert ids(NETWORK.move("dense1", 2)) == ["dense2", "skip1", "dense1"]
    assert ids(NETWORK.move("skip1", 0)) == ["skip1", "dense1", "dense2"]


def test_that_a_skip_follows_its_source_to_a_new_name() -> None:
    changed = NETWORK.change("dense1", Dense(id="first", units=9))
    assert ids(changed) == ["first", "dense2", "skip1"]
    assert changed.layers[2].source == "first"


def test_that_a_fresh_id_is_free() -> None:
    assert NETWORK.fresh_id("dense") == "dense3"
    assert NETWORK.fresh_id("batch_norm") == "batchnorm1"


def test_that_no_two_layers_have_the_same_id() -> None:
    with pytest.raises(ValidationError, match="must be unique"):
        NETWORK.insert(0, ONE)


def test_that_an_unknown_layer_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        NETWORK.index("nobody")


def test_that_a_network_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        NETWORK.layers = ()  # type: ignore[misc]


def test_that_a_chain_has_256_layers_at_most() -> None:
    many = tuple(Dense(id=f"d{number}", units=1) for number in range(257))
    assert len(Network(layers=many[:256]).layers) == 256
    with pytest.raises(ValidationError):
        Network(layers=many)
