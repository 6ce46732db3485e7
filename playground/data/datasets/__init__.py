"""The datasets: recipes by formula in a folder, each collection in a file of its own."""
