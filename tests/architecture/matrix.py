MATRIX = {}
PUBLIC = set()
