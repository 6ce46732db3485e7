"""A report of a run: one page that holds all of it, and how to repeat it; without Qt."""
