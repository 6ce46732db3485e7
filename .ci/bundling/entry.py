"""Where a bundle begins: it is the program, and a Python for the processes that the program starts."""

from __future__ import annotations

import runpy
import sys
from multiprocessing import freeze_support

from widgets.program import main

if __name__ == "__main__":
    freeze_support()  # for libraries that start processes of their own
    match sys.argv[1:]:
        case ["-m", module, *_]:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case ["-c", code, *rest]:
            sys.argv = ["-c", *rest]
            exec(compile(code, "<process>", "exec"), {"__name__": "__main__"})
        case _:
            sys.exit(main())
