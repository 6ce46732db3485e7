"""Training as a film: its moments one after another, and frames as GIF, WebP or MP4; without Qt."""
