"""How dates and figures are written."""
