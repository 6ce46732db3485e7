"""Digits as a hand writes them: the way of the pen across and down, in shares of a square."""

import numpy as np


def arc(across, down, wide, high, begin, end, count=24):
    """Points of an ellipse around a middle, between two angles in degrees; 0 is at the right, 90 below."""
    angles = np.radians(np.linspace(begin, end, count))
    return list(zip(across + wide * np.cos(angles), down + high * np.sin(angles), strict=True))


def eight():
    """One line that crosses itself, leaning to the right."""
    times = np.linspace(0, 2 * np.pi, 60)
    across = 0.5 + 0.2 * np.sin(2 * times) + 0.12 * np.cos(times)
    return list(zip(across, 0.5 - 0.4 * np.cos(times), strict=True))


DIGITS = {
    0: [arc(0.5, 0.5, 0.28, 0.42, -90, 270)],
    1: [[(0.35, 0.3), (0.52, 0.1), (0.52, 0.9)]],
    2: [[*arc(0.5, 0.32, 0.25, 0.22, 180, 380), (0.25, 0.9), (0.78, 0.9)]],
    3: [arc(0.47, 0.3, 0.25, 0.2, 190, 450) + arc(0.47, 0.7, 0.28, 0.2, 270, 530)],
    4: [[(0.6, 0.1), (0.2, 0.6), (0.85, 0.6)], [(0.62, 0.35), (0.62, 0.92)]],
    5: [[(0.75, 0.1), (0.32, 0.1), (0.28, 0.45), *arc(0.47, 0.66, 0.27, 0.24, 230, 500)]],
    6: [[(0.65, 0.1), (0.38, 0.4), *arc(0.5, 0.68, 0.22, 0.22, 190, 540)]],
    7: [[(0.25, 0.12), (0.75, 0.12), (0.42, 0.9)]],
    8: [eight()],
    9: [[*arc(0.48, 0.32, 0.22, 0.22, 0, -360), (0.7, 0.34), (0.62, 0.9)]],
}
"""The strokes of each digit."""
