"""What a person may hand over by mistake: files, dropped and pasted things, and words in fields."""

import gzip
import json
import os
import pickle
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from vgviewer.experiment import ENDING, shipped

JUNK = (
    "",
    " ",
    "0",
    "-1",
    "1e308",
    "1e999",
    "nan",
    "-inf",
    "0x10",
    "1,5",
    "٣",
    "999999999999999999999",
    "0.000000001",
    "<b>bold</b><img src=x>",
    "%s {0} \\n",
    "\u202egnp.exe",
    "\x00\x07",
    "🙂 ü ∂L/∂h",
    "; rm -rf /",
    "lstm",
    "a" * 5000,
    "line\nline\n\nline",
)
ENDINGS = (ENDING, ".json", ".csv", ".txt", ".npy", "")


def files(folder: Path) -> list[Path]:
    """Good and bad ones, the same in each folder; some of the paths lead nowhere."""
    folder.mkdir(parents=True, exist_ok=True)
    good = shipped()[0].path.read_bytes()
    contents = [good, *bad_contents(good)]
    made = [card.path for card in shipped()]
    for number, content in enumerate(contents):
        for ending in ENDINGS if number % 4 == 0 else (ENDINGS[number % len(ENDINGS)],):
            path = folder / f"file {number}{ending}"
            path.write_bytes(content)
            made.append(path)
    for number, text in enumerate(tables()):
        path = folder / f"table {number}.csv"
        path.write_bytes(text)
        made.append(path)
    (folder / f"folder{ENDING}").mkdir(exist_ok=True)
    os.mkfifo(folder / f"pipe{ENDING}")
    (folder / f"loop{ENDING}").symlink_to(folder / f"loop{ENDING}")
    others = ("folder", "pipe", "loop", "not there", "<b>markup</b>", "a\nnewline", "n" * 300)
    return [*made, *(folder / f"{name}{ENDING}" for name in others), Path("/proc/self/mem"), Path("/")]


def bad_contents(good: bytes) -> list[bytes]:
    """Presets that are cut, bent, foreign or endless."""
    text = good.decode()
    value = json.loads(text)
    bent = [{**value, key: junk} for key in value for junk in (None, -1, "x" * 400, [[]], 10**30)]
    return [
        *(good[: len(good) * part // 7] for part in range(7)),
        *(json.dumps(each).encode() for each in bent),
        b"\xef\xbb\xbf",
        text.encode("utf-16"),
        b"\x00" * 1000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        gzip.compress(good),
        pickle.dumps({"a": 1}),
        text.replace("{", '{"format": NaN, "a": 1e400, ', 1).encode(),
        text.replace("}", ', "a": "\\ud800"}', 1).encode(),
        b"5" * 6000,
    ]


def tables() -> list[bytes]:
    """Data of somebody's own, most of it wrong."""
    rows = "\n".join(f"{n / 10},{n % 3},{n % 2}" for n in range(60))
    long = "\n".join(f"{n / 10},{n % 3},{n % 2}" for n in range(20_000))
    return [text.encode() for text in (rows, f"a,b,c\n{rows}", f"{rows}\nx,,1e999", ",,,\n", '"', long)]


def dropped(path: Path, kind: int) -> QMimeData:
    """Something that is dragged in or pasted: a file, many, a foreign address, text, a picture, nothing."""
    data = QMimeData()
    match kind % 7:
        case 0 | 1:
            data.setUrls([QUrl.fromLocalFile(str(path))])
        case 2:
            data.setUrls([QUrl.fromLocalFile(str(path))] * 3)
        case 3:
            data.setUrls([QUrl("https://example.org/net.vgnet.json"), QUrl("nonsense:%%%")][kind % 2 :][:1])
        case 4:
            data.setText(JUNK[kind % len(JUNK)])
        case 5:
            image = QImage(8, 8, QImage.Format.Format_RGB32)
            image.fill(QColor("red"))
            data.setImageData(image)
        case _:
            data.setData("application/x-vgviewer-layer", JUNK[kind % len(JUNK)].encode())
    return data
