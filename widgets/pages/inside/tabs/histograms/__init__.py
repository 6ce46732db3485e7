"""The tab Histograms."""
