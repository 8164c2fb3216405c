"""What the content of each kind of file must be. No Django here: it runs in a small process of its own."""
