"""A county's sheet, its versions, and what is said of them."""
