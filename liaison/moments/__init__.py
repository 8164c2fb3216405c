"""The portal's time: the real one, in a demonstration moved forward by what its clock was set to."""
