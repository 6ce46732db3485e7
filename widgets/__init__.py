"""The window: what people see and touch, drawn with PySide6 on top of `playground`."""
