"""Lessons in the window: what is under way, a person's own work meanwhile, and what is ringed."""
