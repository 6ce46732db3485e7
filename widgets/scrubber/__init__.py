"""The line of time: dragged along, everything goes back to that moment."""
