"""How the names of a calculation are written: `delta2` is δ₂, `m_hat` is m̂, `m_before_W2` is the m of W₂."""

from __future__ import annotations

import re

LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "lam": "λ", "mu": "μ",
    "sigma": "σ", "scale": "γ", "shift": "β", "steps": "t", "product": "Π", "slope": "f′", "log_p": "log p",
    "Delta": "Δ",
}  # fmt: skip
"""Names that have a letter or a sign of their own."""

LATEX = {
    "scale": r"\gamma",
    "shift": r"\beta",
    "steps": "t",
    "lam": r"\lambda",
    "product": r"\Pi",
    "slope": "f'",
    "log_p": r"\log p",
}

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
NUMBERED = re.compile(r"(d?)(.*?)(\d*)")
WHOSE = re.compile(r"(.+?)(_[A-Za-z]+\d+)?")
AFTER = ("_decayed", "_priced", "_clipped", "_stepped", "_after")
"""What a name ends with that is another value of something: after a decay, a penalty, a step."""

HATS = {"_hat": ("\N{COMBINING CIRCUMFLEX ACCENT}", r"\hat{{{0}}}")}


def symbol(name: str) -> str:
    """A name as people write it."""
    name, hat = _bare(name)
    d, letter, number = _parts(name)
    sign = LETTERS.get(letter, letter.replace("_", " ")) + (HATS["_hat"][0] if hat else "")
    return d + sign + number.translate(SUBSCRIPTS)


def latex(name: str) -> str:
    """A name in LaTeX."""
    name, hat = _bare(name)
    d, letter, number = _parts(name)
    usual = rf"\{letter}" if letter in LETTERS else letter
    sign = LATEX.get(letter, usual if len(letter) == 1 or letter in LETTERS else _in_words(letter))
    sign = HATS["_hat"][1].format(sign) if hat else sign
    return d + sign + (f"_{{{number}}}" if number else "")


def _in_words(letters: str) -> str:
    return rf"\mathrm{{{letters.replace('_', ' ')}}}"


def part_of(name: str) -> tuple[str, str]:
    """A name without the parameters that it belongs to, and `_W2` for those."""
    found = WHOSE.fullmatch(name)
    assert found is not None
    return found[1], found[2] or ""


def _bare(name: str) -> tuple[str, bool]:
    """A name without what says that it is of before or after a step; and whether it has a hat."""
    name, _ = part_of(name)
    for ending in ("_before", *AFTER):
        name = name.removesuffix(ending)
    return name.removesuffix("_hat"), name.endswith("_hat")


def _parts(name: str) -> tuple[str, str, str]:
    """Whether it is a gradient, the letter, and the number below it."""
    found = NUMBERED.fullmatch(name)
    assert found is not None
    d, letter, number = found.groups()
    known = d + letter in LETTERS or not letter
    return ("", d + letter, number) if known else (d, letter, number)
