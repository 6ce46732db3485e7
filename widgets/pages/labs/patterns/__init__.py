"""Patterns of pixels, painted and stored by hand, for the laboratories that learn them."""
