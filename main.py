"""Neural Playground, run from its folder."""

from __future__ import annotations

import sys

from widgets.program import main

if __name__ == "__main__":
    sys.exit(main())
