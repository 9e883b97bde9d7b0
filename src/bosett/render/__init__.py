"""Floor 7: typed documents as files for people: workbooks and pages."""
