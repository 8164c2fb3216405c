"""The demonstration district: a believable year, made by the real steps. Never loaded in production."""
