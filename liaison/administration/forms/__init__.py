"""Forms of the administrators; what they mean is decided in the actions below."""
