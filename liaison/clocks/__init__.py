"""Running deadlines of anything that waits for somebody, and the ladder that is climbed when nobody moves."""
