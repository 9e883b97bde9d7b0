"""What people ask and report of capacity."""
