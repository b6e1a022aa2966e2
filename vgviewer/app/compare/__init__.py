"""Two to four runs side by side: the same picture of each at the same step, and what parts them."""
