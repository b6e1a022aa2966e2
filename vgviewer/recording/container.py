"""A file of records that only ever grows: whatever kills its writer, every whole record can be read.

A record is a head of 36 bytes and its content: a mark, the kind, the step, the lengths and checksums of the two parts
of the content, and a checksum of the head. The first part is small and can be read alone. docs/run-format.md tells
other programs how.
"""

import contextlib
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgviewer.recording.codec import Damaged

# of the file: who turns line ends around, or cuts to seven bits, is found out at once
BEGINNING = b"\x89vgrun\r\n"
MARK = b"vgR\n"
HEAD = struct.Struct("<4sB3xqIIII")  # mark, kind, step, the parts' lengths, their checksums
CHECK = struct.Struct("<I")
HEAD_SIZE = HEAD.size + CHECK.size
CHUNK = 1 << 16  # bytes that are looked through at once for the next mark
MOST_FALSE = 100_000  # marks that begin no record, until the rest of a file is given up
ENTRY = struct.Struct("<BqqIIII")  # of the table: no larger than the head it stands for
TABLE = np.dtype(
    [
        ("kind", "u1"),
        ("step", "i8"),
        ("at", "i8"),
        ("first", "u4"),
        ("rest", "u4"),
        ("check", "u4"),
        ("check_rest", "u4"),
    ]
)


class Writer:
    """Makes a file that was not there, or goes on behind one that `is_there`, and appends; a record that does not fit
    on the disk is taken back whole, and OSError says so."""

    def __init__(self, path: Path, is_there: bool = False) -> None:
        how = 0 if is_there else os.O_CREAT | os.O_EXCL
        self._file = os.open(path, os.O_RDWR | how | getattr(os, "O_BINARY", 0), 0o666)
        self.size = os.lseek(self._file, 0, os.SEEK_END)
        if not is_there:
            self._append(BEGINNING)

    def write(self, kind: int, step: int, first: bytes, rest: bytes = b"") -> None:
        """One record."""
        head = HEAD.pack(MARK, kind, step, len(first), len(rest), zlib.crc32(first), zlib.crc32(rest))
        self._append(b"".join([head, CHECK.pack(zlib.crc32(head)), first, rest]))

    def close(self) -> None:
        """Nothing more comes."""
        os.close(self._file)

    def _append(self, content: bytes) -> None:
        waiting = memoryview(content)
        try:
            while waiting:
                waiting = waiting[os.write(self._file, waiting) :]
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self.size)
                os.lseek(self._file, self.size, os.SEEK_SET)
            raise
        self.size += len(content)


class Reader:
    """A file, also one that is being written. `damaged` says how many places cannot be read, `is_torn` that behind the
    last whole record stands a part of one.

    It is read, not mapped: a mapped file that somebody cuts off takes its reader with it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        try:
            if self._read(0, len(BEGINNING)) != BEGINNING:
                raise Damaged("it does not begin like a run file")
        except BaseException:
            self._file.close()
            raise
        self._at = len(BEGINNING)
        self._entries = bytearray()
        self.damaged = 0
        self.is_torn = False

    def extend(self) -> NDArray[np.void]:
        """Looks for what has come; all whole records so far, (N,) of TABLE, in the order in which they were written."""
        size = os.fstat(self._file.fileno()).st_size
        self.is_torn = False
        while self._at < size and not self.is_torn:
            entry = self._entry(self._at, self._read(self._at, HEAD_SIZE))
            end = entry[2] + entry[3] + entry[4] if entry else size + 1
            if end <= size:
                self._entries += ENTRY.pack(*entry)
                self._at = end
            else:
                self._skip(size)
        return np.frombuffer(bytes(self._entries), TABLE)

    def first(self, record: Any) -> bytes:
        """The small part of a row of the table; raises Damaged."""
        return self._checked(int(record["at"]), int(record["first"]), int(record["check"]))

    def rest(self, record: Any) -> bytes:
        """The other part; raises Damaged."""
        at = int(record["at"]) + int(record["first"])
        return self._checked(at, int(record["rest"]), int(record["check_rest"]))

    def close(self) -> None:
        """Nothing more is read."""
        self._file.close()

    def _checked(self, at: int, length: int, check: int) -> bytes:
        part = self._read(at, length)
        if len(part) != length or zlib.crc32(part) != check:
            raise Damaged(f"the record at byte {at:,} is not as it was written")
        return part

    def _read(self, at: int, length: int) -> bytes:
        self._file.seek(at)
        return self._file.read(length)

    def _entry(self, at: int, whole: bytes) -> tuple[int, ...]:
        """What a head says that stands there; nothing where none does."""
        if len(whole) < HEAD_SIZE or CHECK.unpack_from(whole, HEAD.size)[0] != zlib.crc32(whole[: HEAD.size]):
            return ()
        mark, kind, step, *parts = HEAD.unpack_from(whole)
        return (kind, step, at + HEAD_SIZE, *parts) if mark == MARK else ()

    def _skip(self, size: int) -> None:
        """To the next head; where there is none, what stands here may still be written to its end."""
        at, tried = self._at + 1, 0
        while at < size and tried < MOST_FALSE:
            chunk = self._read(at, CHUNK)
            place = chunk.find(MARK)
            while 0 <= place <= len(chunk) - HEAD_SIZE:
                if self._entry(at + place, chunk[place : place + HEAD_SIZE]):
                    self.damaged += 1
                    self._at = at + place
                    return
                tried += 1
                place = chunk.find(MARK, place + 1)
            at += max(1, len(chunk) - HEAD_SIZE)
        self.is_torn = True
