"""Neural Playground without its window: data, engine, training, files.  Never imports Qt."""
