"""One term as a page: title, what it means, formula, source, and where to read on."""

from html import escape

from vgviewer.app import theme
from vgviewer.app.editor.explained import TERM
from vgviewer.app.formulas import rich
from vgviewer.app.glossary.terms import Term, terms

LINE_HEIGHT = 140  # % of the font's own
AIR = 12  # px between paragraphs


def page(term: Term, dress: theme.Theme) -> str:
    """HTML for a text browser; every link leads to another term."""
    gap = theme.px(2 * theme.GRID)
    body = f"line-height: {LINE_HEIGHT}%; margin-top: {theme.px(AIR)}px; margin-bottom: {theme.px(AIR)}px"
    caption = f"font-size: {theme.text_px(theme.CAPTION)}px; color: {dress.text_muted}"
    links = " &nbsp;·&nbsp; ".join(
        f'<a style="color: {dress.accent}; text-decoration: none" href="{TERM}{near}">'
        f"{escape(terms()[near].title)}</a>"
        for near in term.see
    )
    also = f'<p style="{caption}">Also: {escape(", ".join(term.also))}</p>' if term.also else ""
    formula = rich(term.formula).replace(";  ", "<br>").replace(",  ", "<br>")
    return f"""<div style="color: {dress.text}">
<p style="font-size: {theme.text_px(theme.TITLE)}px; font-weight: 600">{escape(term.title)}</p>{also}
<p style="{body}">{rich(term.text)}</p>
<table width="100%" cellpadding="{gap}" style="background: {dress.surface}"><tr><td
 style="font-size: {theme.text_px(theme.SECTION)}px">{formula}</td></tr></table>
<p style="{caption}; {body}">Source: {escape(term.source)}</p>
<p style="{caption}; margin-bottom: 4px">See also</p>
<p style="line-height: {LINE_HEIGHT}%; margin-top: 0">{links}</p></div>"""
