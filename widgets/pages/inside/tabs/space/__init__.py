"""Where layers put the samples: a moving scatter, the plane carried along, and how separable classes are."""
