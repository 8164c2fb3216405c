"""Start the portal with one command: embedded services, supervisor, installation, catalogues."""
