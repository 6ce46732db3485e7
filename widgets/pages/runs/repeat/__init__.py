"""Repeating runs over seeds: bands over epochs, and a table of where they end."""
