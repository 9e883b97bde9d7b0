"""What the site keeps of a form that could not be taken."""
