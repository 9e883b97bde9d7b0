"""The final numbers: frozen, corrected, released."""
