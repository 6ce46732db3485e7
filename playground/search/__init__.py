"""Searching for settings by many trainings: what varies, how it is chosen, and what came of each."""
