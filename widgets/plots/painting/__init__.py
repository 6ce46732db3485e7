"""Painting points on the map of the output: brushes, what is being painted, and the surface for it."""
