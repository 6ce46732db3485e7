"""Objects of Qt that are garbage end on the window's thread, whoever makes objects meanwhile."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from widgets.garbage import GarbageCollector


def make_garbage(ended):
    """An object of Qt in a cycle; what ends it tells its thread."""
    lost = QObject()
    lost.itself = lost
    weakref.finalize(lost, lambda: ended.append(threading.get_ident()))


def make_objects():
    """More than any threshold of Python's collector."""
    return [[number] for number in range(200_000)]


def test_garbage_is_collected_on_the_thread_of_the_window(qtbot):
    ended = []
    owner = QObject()
    GarbageCollector(owner)
    make_garbage(ended)
    worker = threading.Thread(target=make_objects)
    worker.start()
    worker.join()
    assert ended == []
    kept = make_objects()
    qtbot.waitUntil(lambda: bool(ended), timeout=10_000)
    assert ended == [threading.get_ident()]
    assert len(kept) == 200_000
    assert not gc.isenabled()
    owner.deleteLater()
