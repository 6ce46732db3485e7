"""Is the gradient right?  A table of layers, their worst numbers, and the error over the step."""
