"""R12: 10,000 damaged run files: no crash, no hang over 1 s, memory under twice the file plus 50 MB, every refusal a
sentence that names the file.

Half of them are mended to their last checksum, so that what is wrong gets as far as it can.
"""

import random
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recording.runs import messages, written
from vgviewer.recording import BadRun, Damaged, Recording
from vgviewer.recording.container import BEGINNING, CHECK, HEAD, HEAD_SIZE
from vgviewer.runner.noting import alerts_at

MUTATIONS = 10_000
LONGEST_S = 1.0
SPARE = 50_000_000  # bytes
SEED = 12
STEPS = 6
NUMBERS = (0, 1, 255, 2**16, 2**31 - 1, 2**32 - 1)


def records(content: bytes) -> list[tuple[int, int, bytes, bytes]]:
    """Kind, step and the two parts of each."""
    at, found = len(BEGINNING), []
    while at < len(content):
        _, kind, step, first, rest, *_ = HEAD.unpack_from(content, at)
        at += HEAD_SIZE
        found.append((kind, step, content[at : at + first], content[at + first : at + first + rest]))
        at += first + rest
    return found


def sealed(parts: list[tuple[int, int, bytes, bytes]]) -> bytes:
    """A file of them with checksums that are right."""
    made = [BEGINNING]
    for kind, step, first, rest in parts:
        head = HEAD.pack(b"vgR\n", kind, step, len(first), len(rest), zlib.crc32(first), zlib.crc32(rest))
        made += [head, CHECK.pack(zlib.crc32(head)), first, rest]
    return b"".join(made)


def with_other_bytes(dice: random.Random, content: bytes) -> bytes:
    """Some changed, some cut out, some put in."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(made) + 1)
        match dice.randrange(4):
            case 0 if at < len(made):
                made[at] ^= 1 << dice.randrange(8)
            case 1:
                del made[at : at + dice.choice([1, 4, 100])]
            case 2:
                made[at:at] = dice.randbytes(dice.choice([1, 4, 100]))
            case _:
                made[at : at + 4] = struct.pack("<I", dice.choice(NUMBERS))
    return bytes(made)


def without_the_shell(part: bytes) -> bytes:
    """The JSON and the arrays of a packed part, with other bytes in them, compressed again."""
    try:
        return zlib.decompress(part[8:])
    except zlib.error:
        return b""


def mutated(dice: random.Random, content: bytes) -> bytes:
    if dice.random() < 0.5:
        return with_other_bytes(dice, content)
    parts = records(content)
    place = dice.randrange(len(parts))
    kind, step, first, rest = parts[place]
    match dice.randrange(5):
        case 0:
            parts[place] = (kind, step, with_other_bytes(dice, first), rest)
        case 1:
            parts[place] = (kind, step, first, with_other_bytes(dice, rest))
        case 2:
            parts[place] = (
                dice.choice([*range(12), 64, 255, kind]),
                dice.choice([step, -1, 2**62]),
                first,
                rest,
            )
        case 3:
            dice.shuffle(parts)
        case _:
            whole = with_other_bytes(dice, without_the_shell(first) or b"{}")
            count = min(struct.unpack_from("<I", first.ljust(4, b"\0"))[0], len(whole))
            parts[place] = (kind, step, struct.pack("<II", count, len(whole)) + zlib.compress(whole, 1), rest)
    return sealed(parts)


def read_all(path: Path) -> str:
    """Every step of it as a window would; what it was refused with, if it was."""
    try:
        opened = Recording(path)
    except BadRun as error:
        return str(error)
    try:
        for step in opened.steps.tolist():
            try:
                opened.history(step)
                alerts_at(opened, step)
            except Damaged:
                continue
        assert isinstance(opened.lost, str)
    finally:
        opened.close()
    return ""


@pytest.mark.timeout(3600)
def test_that_no_damage_does_more_than_lose_what_it_hit(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    content = written(tmp_path / "good.vgrun", messages(STEPS)).read_bytes()
    dice, path = random.Random(SEED), tmp_path / "bad.vgrun"
    wrong, slowest, most, refused = [], 0.0, 0, 0
    tries = count(MUTATIONS)
    tracemalloc.start()
    try:
        for number in range(tries):
            path.write_bytes(bad := mutated(dice, content))
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            begun = time.perf_counter()
            try:
                said = read_all(path)
            except Exception as error:  # whatever else comes out is what this is about
                wrong.append(f"{number}: {error!r}")
                continue
            slowest = max(slowest, time.perf_counter() - begun)
            most = max(most, tracemalloc.get_traced_memory()[1] - before - 2 * len(bad))
            refused += bool(said)
            if said and not (said.startswith(str(path)) and said.endswith(".")):
                wrong.append(f"{number}: {said}")
    finally:
        tracemalloc.stop()
    value = {
        "files": tries,
        "refused": refused,
        "slowest_s": round(slowest, 2),
        "MB beyond twice": round(most / 1e6, 1),
    }
    passed = not wrong and slowest < LONGEST_S and most < SPARE and 0 < refused < tries
    target = (
        f"{MUTATIONS:,} damaged run files: no crash, no hang over 1 s, memory under twice the file plus 50 MB"
    )
    assert scoreboard("R12", target, value | {"wrong": len(wrong)}, passed, seed=SEED), wrong[:5]
