"""The numbers of the whole country."""
