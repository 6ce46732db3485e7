"""What training looks like: the map of the network's output, and curves over the epochs."""
