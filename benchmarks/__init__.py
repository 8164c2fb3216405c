"""How fast the pages are, on the demonstration's data and at sizes that no demonstration has. Not part of the tests."""
