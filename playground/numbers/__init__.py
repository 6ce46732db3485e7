"""Numbers as people read and type them."""
