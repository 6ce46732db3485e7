"""The functions that flat code calls, in C: each value is one flat array of a sample, the last axis fastest.

They keep to what C and JavaScript share: numbers, and arrays by index.  No pointer moves, no whole numbers
are divided, and a declaration says `int`, `double`, or a pointer to `real` or `weight`.  `there` is 1 where a
step is there, and NONE where all are; `work` is room to count in.
"""

import re
from collections.abc import Mapping

from playground.exports.flat.library.grids import GRIDS
from playground.exports.flat.library.rows import ROWS
from playground.exports.flat.library.sequences import SEQUENCES

_HEAD = re.compile(r"^static \w+ (\w+)\(", re.MULTILINE)


def _functions() -> Mapping[str, str]:
    """Each function with the remark before it, by name, in an order in which each knows those it calls."""
    texts = re.split(r"\n\n(?=/\*|static )", "\n\n".join(each.strip() for each in (ROWS, GRIDS, SEQUENCES)))
    return {_HEAD.findall(text)[0]: text for text in texts}


FUNCTIONS = _functions()
