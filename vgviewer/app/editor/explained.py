"""What is said of a field when somebody points at it (a tooltip) or asks (Shift+F1), made from its entry. No Qt."""

from html import escape

from vgviewer.app.editor.forms import Entry

TERM = "term:"  # how a link into the glossary begins
ASK = "Shift+F1 tells more."


def tooltip(entry: Entry) -> str:
    """Meaning, limits and formula."""
    formula = f"<p><i>{escape(entry.note.formula)}</i></p>" if entry.note.formula else ""
    ask = f"<p>{ASK}</p>" if entry.note.term or entry.choices else ""
    return f"<p>{escape(entry.hint or entry.title)}</p>{formula}{ask}"


def whats_this(entry: Entry) -> str:
    """The same with the meaning of each choice, the field's name in the file, and the way to the glossary."""
    formula = f"<p><i>{escape(entry.note.formula)}</i></p>" if entry.note.formula else ""
    choices = "".join(f"<li>{escape(name)}: {escape(means)}</li>" for name, means in entry.choices)
    parts = (
        f"<p><b>{escape(entry.title)}</b></p><p>{escape(entry.hint or entry.title)}</p>{formula}",
        f"<ul>{choices}</ul>" if choices else "",
        f"<p>In the file: {escape(entry.path)}</p>",
        link(entry.note.term),
    )
    return "".join(parts)


def link(term: str) -> str:
    """A line that leads to the glossary; nothing where there is no term."""
    return f'<p><a href="{TERM}{term}">{term.replace("-", " ")} in the glossary</a></p>' if term else ""
