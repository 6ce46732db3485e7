"""A network as a labelled drawing for papers and slides: laid out and written as SVG or TikZ, without Qt."""
