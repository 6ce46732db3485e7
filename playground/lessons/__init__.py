"""Lessons: steps with a text, something to open, goals that the program checks, hints and what was learnt."""
