"""Components, frame and start page."""
