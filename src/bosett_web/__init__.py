"""The workspace on PostgreSQL: accounts, records, journal, pages, jobs and what runs them."""
