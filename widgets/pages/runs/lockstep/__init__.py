"""Runs side by side: what each makes of the data, and how far they are from one another."""
