"""Letting go of whatever listens to signals."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance


def let_go(*signals: SignalInstance) -> None:
    """Disconnect all that is connected to them, if anything is."""
    for signal in signals:
        signal.connect(_nobody)  # as Qt complains when nothing is
        signal.disconnect()


def _nobody() -> None:
    """Hears what a signal says just before it is let go."""
