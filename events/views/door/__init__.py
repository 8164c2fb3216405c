"""The door of a meeting: a page for a phone, and what the phone asks in the background."""
