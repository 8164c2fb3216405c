"""Pages about oneself, one module per resource."""
