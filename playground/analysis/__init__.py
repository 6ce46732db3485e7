"""Looking at a trained network: what its numbers mean, computed from a snapshot."""
