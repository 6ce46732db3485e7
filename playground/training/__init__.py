"""Training: the trainer without a thread, the session on one, and what they tell the window."""
