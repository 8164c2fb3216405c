"""Forms: what is typed is cleaned here, what it means is decided in actions."""
