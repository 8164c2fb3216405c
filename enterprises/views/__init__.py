"""Pages, one module per resource."""
