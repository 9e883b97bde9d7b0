"""A county's sheet that comes back as a file: read, and compared with what it was when it was written."""
