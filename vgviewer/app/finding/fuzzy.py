"""How well a few typed letters fit a text. No Qt."""

BEGINS, BEGINS_A_WORD, INSIDE, INITIALS, SCATTERED = 100.0, 80.0, 60.0, 50.0, 20.0


def fit(wanted: str, text: str) -> float | None:
    """Larger is better, None where a typed word cannot be found: its letters must come in their order."""
    found = [_word_fit(word, text.casefold()) for word in wanted.casefold().split()]
    if any(value is None for value in found):
        return None
    return sum(value for value in found if value is not None) / max(1, len(found)) - len(text) / 100


def _word_fit(word: str, text: str) -> float | None:
    words = text.replace("-", " ").split()
    if text.startswith(word):
        return BEGINS
    if any(other.startswith(word) for other in words):
        return BEGINS_A_WORD
    if word in text:
        return INSIDE
    if "".join(other[0] for other in words).startswith(word):
        return INITIALS
    place = first = text.find(word[:1])
    for letter in word[1:]:
        place = text.find(letter, place + 1) if place >= 0 else place
    if place < 0:
        return None
    return max(0.0, SCATTERED - (place - first - len(word)))
