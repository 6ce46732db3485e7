"""The commands that need no window: what they are asked (`arguments`), do (`train`) and say (`progress`)."""
