"""Formulas for those who read no TeX: what it writes as \\sigma(z_1)^{-2} reads σ(z₁)⁻²."""

import re
from html import escape

FORMULA = re.compile(r"(?<!\\)\$([^$\n]+)\$")
ACCENTS = {r"\hat": "\u0302", r"\bar": "\u0304", r"\tilde": "\u0303"}
SYMBOLS = {
    r"\alpha": "α", r"\beta": "β", r"\gamma": "γ", r"\delta": "δ", r"\epsilon": "ε", r"\eta": "η",
    r"\theta": "θ", r"\lambda": "λ", r"\mu": "μ", r"\pi": "π", r"\rho": "ρ", r"\sigma": "σ", r"\tau": "τ",
    r"\phi": "φ", r"\chi": "χ", r"\omega": "ω", r"\Omega": "Ω", r"\Sigma": "Σ", r"\partial": "∂",
    r"\approx": "≈", r"\cdot": "·", r"\times": "×", r"\circ": "∘", r"\pm": "±", r"\leq": "≤", r"\geq": "≥",
    r"\neq": "≠", r"\infty": "∞", r"\sqrt": "√", r"\sum": "Σ", r"\to": "→", r"\ln": "ln ", r"\log": "log ",
    r"\exp": "exp ", r"\tanh": "tanh ", r"\quad": " ", r"\,": "", r"\;": " ",
}  # fmt: skip
RAISED = str.maketrans("0123456789+-=()nit.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵗ·")
LOWERED = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


def in_words(markdown: str) -> str:
    """The Markdown with every formula between $…$ in italics and plain characters."""
    return FORMULA.sub(_italic, markdown)


def _italic(match: re.Match[str]) -> str:
    return f"*{plain(match[1])}*"


def plain(formula: str) -> str:
    """One formula without its TeX commands; what is not known stays as it is."""
    for command, mark in ACCENTS.items():
        formula = re.sub(re.escape(command) + r"\s*\{?(\w)\}?", rf"\1{mark}", formula)
    for command in sorted(SYMBOLS, key=len, reverse=True):
        formula = re.sub(
            re.escape(command) + (r"(?![A-Za-z])\s?" if command[-1].isalpha() else ""),
            SYMBOLS[command],
            formula,
        )
    formula = re.sub(
        r"\^\{([^{}]*)\}|\^(\w)", lambda match: (match[1] or match[2]).translate(RAISED), formula
    )
    formula = re.sub(r"_\{([^{}]*)\}|_(\w)", lambda match: (match[1] or match[2]).translate(LOWERED), formula)
    return formula.replace("-", "−").replace("*", r"\*").strip()


def rich(text: str) -> str:
    """HTML of a text in which _{…} lowers and ^{…} raises; everything else stands as it is."""
    raised = re.sub(r"\^\{([^{}]*)\}", lambda match: f"<sup>{_minus(match[1])}</sup>", escape(text))
    return re.sub(r"_\{([^{}]*)\}", lambda match: f"<sub>{_minus(match[1])}</sub>", raised)


def flat(text: str) -> str:
    """The same for a search or a screen reader: the marks are left out."""
    return re.sub(r"[_^]\{([^{}]*)\}", r"\1", text)


def _minus(exponent: str) -> str:
    return exponent.replace("-", "−")
