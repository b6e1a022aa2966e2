"""What the words of the field mean: offline, with formulas and sources, linked from tooltips and alerts."""

from vgviewer.app.glossary.guide import Glossary

__all__ = ["Glossary"]
