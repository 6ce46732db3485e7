"""The mathematics of neural networks in NumPy."""
