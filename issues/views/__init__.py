"""Pages of issues, one module for each resource."""
