"""The same experiment over several seeds: how much of what is seen is chance."""
