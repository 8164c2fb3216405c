"""Fair rotation: who is invited this time, by rule and lot, with reasons. No model knows whom it invites: docs/rotation.md."""
