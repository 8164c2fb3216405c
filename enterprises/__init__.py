"""The enterprises that the portal serves, their people and their chambers."""
