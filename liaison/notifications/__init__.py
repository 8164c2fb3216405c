"""The outbox, the inbox, and what carries messages between them."""
