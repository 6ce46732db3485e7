"""Surfaces in space: by OpenGL where there is one, painted otherwise, turned by mouse and keys."""
