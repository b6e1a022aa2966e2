"""Messages as bytes, and back: any frozen dataclass of numbers, words, arrays and such dataclasses.

    content = packed(message)
    message = unpacked(Frame, content)

JSON for what is no array, the arrays' bytes behind it, all compressed. The class's annotations say what may stand
where, and what does not fit them is refused: a foreign file can bring in nothing else.
"""

import dataclasses
import json
import math
import struct
import types
import typing
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import numpy as np

T = TypeVar("T")

# bytes; more is kept as it is, so that reading a file never takes much more than its size
LARGEST_PACKED = 8_000_000
LEVEL = 1  # of zlib: bytes of one significance stand together, and more effort gains little
HEAD = struct.Struct("<II")  # bytes of the JSON, bytes of it and the arrays
DTYPES = {
    np.dtype(kind).str: np.dtype(kind) for kind in (np.float32, np.float64, np.int64, np.float16, np.bool_)
}
NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class Damaged(ValueError):
    """What is read is not what was written: no run file, no record, no such message."""


def packed(value: object) -> bytes:
    """A dataclass as bytes."""
    arrays: list[np.ndarray[Any, Any]] = []
    tree = _tree(value, arrays)
    shapes = [[array.dtype.newbyteorder("<").str, list(array.shape)] for array in arrays]
    words = json.dumps([tree, shapes], separators=(",", ":"), allow_nan=False).encode()
    whole = b"".join([words, *(shuffled(array) for array in arrays)])
    head = HEAD.pack(len(words), len(whole))
    return head + (zlib.compress(whole, LEVEL) if len(whole) <= LARGEST_PACKED else whole)


def unpacked(kind: type[T], content: bytes | memoryview) -> T:
    """What `packed` was given; raises Damaged."""
    try:
        words, whole = _opened(content)
        tree, shapes = json.loads(words)
        arrays = list(_arrays(shapes, whole))
        value = _value(kind, tree, arrays)
    except (struct.error, zlib.error, LookupError, ValueError, TypeError, RecursionError) as error:
        raise Damaged(f"no {kind.__name__}: {error}") from error
    return typing.cast(T, value)


def _opened(content: bytes | memoryview) -> tuple[bytes, memoryview]:
    """The JSON, and the arrays' bytes."""
    count, size = HEAD.unpack_from(content)
    rest = memoryview(content)[HEAD.size :]
    if size <= LARGEST_PACKED:
        opener = zlib.decompressobj()
        rest = memoryview(opener.decompress(rest, size + 1))
    if len(rest) != size or count > size:
        raise Damaged("its length is another one")
    return bytes(rest[:count]), rest[count:]


def _tree(value: Any, arrays: list[np.ndarray[Any, Any]]) -> Any:
    if dataclasses.is_dataclass(value):
        return {one.name: _tree(getattr(value, one.name), arrays) for one in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return {"array": len(arrays) - 1}
    if isinstance(value, Mapping):
        return {name: _tree(part, arrays) for name, part in value.items()}
    if isinstance(value, tuple):
        return [_tree(part, arrays) for part in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else str(float(value))
    return value.item() if isinstance(value, np.generic) else value


def shuffled(array: np.ndarray[Any, Any]) -> bytes:
    """Bytes of one significance together: they are alike, and compress better."""
    plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return plain.view(np.uint8).reshape(-1, plain.itemsize).T.tobytes()


def _arrays(shapes: Any, whole: memoryview) -> typing.Iterator[np.ndarray[Any, Any]]:
    at = 0
    for name, shape in shapes:
        dtype = DTYPES[name] if name in DTYPES else _refuse(f"an array of {name!r}")
        if not all(type(side) is int and side >= 0 for side in shape):
            raise Damaged(f"an array of shape {shape}")
        array, at = unshuffled(whole, at, dtype, tuple(shape))
        yield array


def unshuffled(
    whole: memoryview, at: int, dtype: np.dtype[Any], shape: tuple[int, ...]
) -> tuple[np.ndarray[Any, Any], int]:
    """The read-only array that begins at a byte, and where it ends; raises Damaged."""
    count = math.prod(shape)
    part = whole[at : at + count * dtype.itemsize]
    if len(part) != count * dtype.itemsize:
        raise Damaged("an array is cut off")
    planes = np.frombuffer(part, np.uint8).reshape(dtype.itemsize, count)
    array = np.ascontiguousarray(planes.T).view(dtype).reshape(shape)
    array.flags.writeable = False
    return array, at + len(part)


def _refuse(words: str) -> Any:
    raise Damaged(words)


@cache
def _fields(kind: type) -> dict[str, tuple[Any, bool]]:
    """Of a dataclass: each field's annotation, and whether it may be missing."""
    hints = typing.get_type_hints(kind)
    missing = dataclasses.MISSING
    return {
        one.name: (hints[one.name], one.default is not missing or one.default_factory is not missing)
        for one in dataclasses.fields(kind)
    }


def _value(hint: Any, tree: Any, arrays: list[np.ndarray[Any, Any]]) -> Any:
    """The tree as what an annotation says."""
    origin, within = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(within, tree, arrays)
    if origin is Literal:
        return (
            tree if any(tree == one and type(tree) is type(one) for one in within) else _refuse(f"{tree!r}")
        )
    if origin is tuple:
        parts = tree if isinstance(tree, list) else _refuse("no list")
        return tuple(_value(within[0], part, arrays) for part in parts)
    if origin is np.ndarray:
        return _array(get_args(within[1])[0], tree, arrays)
    if origin is not None and issubclass(origin, Mapping):
        parts = tree if isinstance(tree, dict) else _refuse("no mapping")
        return {name: _value(within[1], part, arrays) for name, part in parts.items()}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint, tree, arrays)
    if hint is float and type(tree) in (float, int, str):
        return NOT_FINITE[tree] if isinstance(tree, str) else float(tree)
    return tree if type(tree) is hint or (hint is types.NoneType and tree is None) else _refuse(f"{tree!r}")


def _one_of(kinds: tuple[Any, ...], tree: Any, arrays: list[np.ndarray[Any, Any]]) -> Any:
    for kind in kinds:
        try:
            return _value(kind, tree, arrays)
        except (Damaged, KeyError):
            continue
    return _refuse(f"{tree!r} is none of them")


def _array(scalar: type, tree: Any, arrays: list[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    number = tree.get("array") if isinstance(tree, dict) and len(tree) == 1 else None
    if type(number) is not int or not 0 <= number < len(arrays) or arrays[number].dtype.type is not scalar:
        raise Damaged("no such array")
    return arrays[number]


def _dataclass(kind: type, tree: Any, arrays: list[np.ndarray[Any, Any]]) -> Any:
    fields = _fields(kind)
    if not isinstance(tree, dict) or not tree.keys() <= fields.keys():
        raise Damaged(f"no {kind.__name__}")
    found = {name: _value(hint, tree[name], arrays) for name, (hint, _) in fields.items() if name in tree}
    if any(name not in found and not may_miss for name, (_, may_miss) in fields.items()):
        raise Damaged(f"no whole {kind.__name__}")
    return kind(**found)
