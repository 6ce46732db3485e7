"""Pictures: drawn by formula, and those of a person's own, read and made into a dataset."""
