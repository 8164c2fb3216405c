"""What is done to occasions and invitations; every write of this app."""
