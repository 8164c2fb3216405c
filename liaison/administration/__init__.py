"""The desks of the three administrators: settings; people and rights; who did what. None of them reads business content."""
