"""Garbage is looked for when and where the program says, and not on whatever thread makes an object.

What Python collects by itself, it takes apart on the thread that is just at work.  An object of Qt in a cycle
would then end on the training thread, which waits for the window's, which waits for it.
"""

import gc


def collect_due() -> None:
    """Collect the oldest generation that is due, as Python would by itself."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
