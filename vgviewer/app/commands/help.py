"""The Help menu."""

from vgviewer.app.commands.command import SEPARATOR, Command, Entry

HELP: tuple[Entry, ...] = (
    Command(
        "welcome", "&Welcome", "Examples, recent files and where to begin", "stage.show_welcome", (), "house"
    ),
    Command("tour", "Take the &Tour", "A minute's walk through the window", "guide.take_tour", (), "compass"),
    SEPARATOR,
    Command(
        "keys",
        "&Keys",
        "Every key on one sheet; it can be printed",
        "guide.show_keys",
        ("F1", "?"),
        "keyboard",
    ),
    Command(
        "find_command",
        "&Find a Command…",
        "Type a few letters of what is to be done",
        "guide.find_command",
        ("Ctrl+Shift+P",),
        "search",
    ),
    Command(
        "glossary",
        "&Glossary",
        "What the words mean, with formulas and sources",
        "glossary.show",
        ("Ctrl+Shift+G",),
        "book-open",
    ),
    Command(
        "whats_this",
        "What Is Thi&s?",
        "Say what has the focus, or what is clicked next",
        "glossary.ask",
        ("Shift+F1",),
    ),
    Command(
        "messages",
        "&Messages",
        "What was said, with its time",
        "guide.show_messages",
        ("Ctrl+Shift+M",),
        "bell",
    ),
    SEPARATOR,
    Command(
        "copy_diagnostics",
        "Copy &Diagnostics",
        "Put versions, system and screen on the clipboard",
        "guide.about.copy_diagnostics",
    ),
    Command("about", "&About vgviewer", "Version, license, what it runs on", "guide.about.show", (), "info"),
)
