"""The entries of the glossary, from resources/glossary.json. No Qt."""

import json
from dataclasses import dataclass
from functools import cache

from vgviewer.app.formulas import flat
from vgviewer.experiment import AlertKind
from vgviewer.resources import RESOURCES


@dataclass(frozen=True)
class Term:
    """`also` are other words that lead here, `see` the ids of terms beside it. In text and formula _{…} lowers and
    ^{…} raises."""

    id: str
    title: str
    also: tuple[str, ...]
    text: str
    formula: str
    source: str
    see: tuple[str, ...]

    def rank(self, wanted: str) -> int | None:
        """How well typed words fit: 0 best, None not at all."""
        words = wanted.casefold().split()
        names = " ".join((self.title, *self.also)).casefold()
        said = f"{names} {flat(self.text)} {flat(self.formula)} {self.source}".casefold()
        if not all(word in said for word in words):
            return None
        if self.title.casefold().startswith(wanted.casefold().strip()):
            return 0
        named = sum(word in names for word in words)
        return 1 if named == len(words) else 2 if named else 3


@cache
def terms() -> dict[str, Term]:
    """All terms by id, in the alphabet's order of their titles."""
    read = json.loads((RESOURCES / "glossary.json").read_text(encoding="utf-8"))
    found = [Term(**entry | {"also": tuple(entry["also"]), "see": tuple(entry["see"])}) for entry in read]
    return {term.id: term for term in sorted(found, key=lambda term: term.title.casefold())}


def of_alert(kind: AlertKind) -> Term:
    """What a kind of alert is about."""
    return terms()[kind.replace("_", "-")]
