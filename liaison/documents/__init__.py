"""Documents: PDF by typst, Word papers, square codes; it knows no business."""
