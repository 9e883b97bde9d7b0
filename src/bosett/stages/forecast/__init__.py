"""Need: a flow by month of those who are to be settled, simulated along many paths; never a lone number."""
