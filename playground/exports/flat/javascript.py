"""The words that C and JavaScript have for the same."""

from __future__ import annotations

import re

MATHEMATICS = (
    "sqrt", "exp", "expm1", "log", "log1p", "sin", "cos", "tan", "tanh", "floor", "hypot", "atan2", "pow",
)  # fmt: skip

HEAD = re.compile(r"^static (?:void|double|int|real) (\w+)\(([^)]*)\) \{", re.MULTILINE)

ERFC = """
/* 1 - erf(x): a series near 0, and a continued fraction further out. */
function erfc(x) {
    if (x < 0) {
        return 2 - erfc(-x);
    }
    if (x < 2) {
        let term = x, sum = x;
        for (let n = 1; term > 1e-18 * sum && n < 200; n++) {
            term *= (2 * x * x) / (2 * n + 1);
            sum += term;
        }
        return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
    }
    let fraction = x;
    for (let n = 120; n > 0; n--) {
        fraction = x + n / 2 / fraction;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
"""


def as_javascript(text: str) -> str:
    """A text of functions and statements of the C that `library` keeps to, in JavaScript."""
    text = HEAD.sub(_function, text)
    text = re.sub(r"static const (?:double|weight) (\w+)\[\] = \{(.*)\};", r"const \1 = [\2];", text)
    text = re.sub(r"\b(?:double|real) (\w+)\[(\d+)\];", r"const \1 = new Float64Array(\2);", text)
    text = re.sub(r"\((?:double|real|int)\)", "", text)
    text = re.sub(r"\b(?:int|double|real) (?=\w)", "let ", text)
    text = re.sub(rf"\b({'|'.join(MATHEMATICS)})\(", r"Math.\1(", text)
    text = re.sub(r"\bfabs\(", "Math.abs(", text)
    text = re.sub(r"\bfmod\(([^,]+), ([^)]+)\)", r"\1 % \2", text)
    for word, other in (("INFINITY", "Infinity"), ("NAN", "NaN"), ("NONE", "null")):
        text = re.sub(rf"\b{word}\b", other, text)
    return ERFC.strip() + "\n\n" + text if re.search(r"(?<!function )\berfc\(", text) else text


def _function(match: re.Match[str]) -> str:
    names = [part.split()[-1].lstrip("*") for part in match.group(2).split(",")]
    return f"function {match.group(1)}({', '.join(names)}) {{"
