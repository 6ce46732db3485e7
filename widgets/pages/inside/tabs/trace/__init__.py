"""What is seen of the trace of a step."""
