"""Neural Playground, run by `python -m widgets` where it is installed."""

from __future__ import annotations

import sys

from widgets.program import main

if __name__ == "__main__":
    sys.exit(main())
