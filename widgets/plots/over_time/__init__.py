"""What goes on in a layer over time: states, gates, weights of attention, and how far gradients reach."""
