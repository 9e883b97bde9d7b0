"""Floor 5: open data and machine access: reads only, and shows each reader what the pages show."""
