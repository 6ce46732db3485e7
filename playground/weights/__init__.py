"""Weights that come in files from elsewhere: read, turned the way this program has them, and put in place."""
