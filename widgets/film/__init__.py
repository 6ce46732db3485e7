"""Training as a film: what is seen in it, and the dialog that makes one."""
