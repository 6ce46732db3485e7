"""The tab Landscape: a map or a surface of the loss, how it curves, and what lies between two places."""
