"""U64: built-in glossary with formulas (gradient norm, vanishing, ...), works offline, linked from tooltips and
alerts."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QWhatsThisClickedEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWhatsThis
from pytestqt.qtbot import QtBot

from tests.app.test_inspector import row
from tests.app.windows import make_window
from vgviewer.app import theme
from vgviewer.app.editor.explained import TERM
from vgviewer.app.formulas import rich
from vgviewer.app.glossary.guide import said_of
from vgviewer.app.glossary.page import page
from vgviewer.app.glossary.terms import Term, of_alert, terms
from vgviewer.app.glossary.window import GlossaryWindow
from vgviewer.app.window import Window
from vgviewer.diagnosis import Alert
from vgviewer.experiment import AlertKind, find, load
from vgviewer.network import LAYERS

LINK = re.compile(r'href="([^"]*)"')
MUST = (
    "gradient-size", "vanishing", "exploding", "hop-gain", "transport-gain", "memory-horizon", "total-derivative",
    "chi1", "depth-scale", "gate-time-constant", "spectral-radius", "singular-value", "saturated", "dead-units",
    "update-ratio", "clipping", "truncation", "omega", "orthogonal-init", "identity-init", "he-init", "xavier-init",
    "chrono-init", "batch-norm", "layer-norm", "skip", "dropout", "baseline", "loss-scale",
)  # fmt: skip


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs and tooltips offscreen
Show = Callable[[], Window]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""
    return partial(shown, qtbot, tmp_path)


def shown(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.document.replace(load(find("lstm-default")), None)
    window.show()
    return window


def opened(window: Window) -> GlossaryWindow:
    found = window.findChild(GlossaryWindow)
    assert isinstance(found, GlossaryWindow)
    return found


def test_that_every_word_of_the_subject_is_there() -> None:
    assert set(MUST) <= set(terms())


@pytest.mark.parametrize("term", terms().values(), ids=lambda term: term.id)
def test_that_a_term_has_all_its_parts_and_every_link_of_it_resolves(term: Term) -> None:
    assert len(term.text) > 80
    assert term.formula
    assert term.source
    shown = page(term, theme.LIGHT)
    links = LINK.findall(shown)
    assert links
    assert all(link.removeprefix(TERM) in terms() for link in links)
    assert not re.search(r"[_^]\{|[{][^}]*[<]", rich(term.text) + rich(term.formula))


def test_that_every_kind_of_alert_and_every_layer_leads_to_a_term() -> None:
    for kind in get_args(AlertKind):
        assert of_alert(kind).text
    assert {kind.term for kind in LAYERS if kind.term} <= set(terms())


def test_that_it_opens_from_the_menu_finds_and_follows(show: Show) -> None:
    window = show()
    window.commands["glossary"].trigger()
    glossary = opened(window)
    QTest.keyClicks(glossary.search, "pascanu clip")
    assert glossary.shown.id == "clipping"
    assert "θ g / ‖g‖" in glossary.reader.toPlainText()
    glossary.reader.anchorClicked.emit(QUrl(f"{TERM}learning-rate"))
    assert glossary.shown.id == "learning-rate"
    assert glossary.search.text() == ""
    glossary.search.setFocus()
    QTest.keyClick(glossary.search, Qt.Key.Key_Down)
    assert glossary.shown.id != "learning-rate"
    QTest.keyClicks(glossary.search, "xyzzy")
    assert glossary.nothing.isVisible()
    QTest.keyClick(glossary, Qt.Key.Key_Escape)
    assert not glossary.isVisible()


def test_that_shift_f1_says_what_a_field_is_and_its_link_leads_here(show: Show) -> None:
    window = show()
    window.document.select("training")
    field = row(window.desk.inspector, "clip.value").field
    field.setFocus()
    said = said_of(window.focusWidget())
    (link,) = LINK.findall(said)
    window.commands["whats_this"].trigger()
    assert any(type(w).__name__ == "QWidget" and w.isVisible() for w in QApplication.topLevelWidgets())
    QWhatsThis.hideText()
    QApplication.sendEvent(field, QWhatsThisClickedEvent(link))
    assert opened(window).shown.id == "clipping"
    opened(window).close()


def test_that_a_card_says_where_its_trouble_is_explained(show: Show, qtbot: QtBot) -> None:
    window = show()
    said = Alert("vanishing", "time", "lstm1", 50, 4, None, "critical", 1e-8, 1e-3, "It vanishes.")
    window.desk.alerts.show_alerts((said,), lambda alert: ())
    card = window.desk.alerts.cards[0]
    card.unfold.click()
    qtbot.mouseClick(card.why.term, Qt.MouseButton.LeftButton)
    assert opened(window).shown.id == "vanishing"
    opened(window).close()
