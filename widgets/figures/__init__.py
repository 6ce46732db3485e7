"""What is shown, as files: figures, the network as a diagram, training as an animation, and a report."""
