"""Language catalogues without the gettext programs: extract, check, compile."""
