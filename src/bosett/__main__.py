"""`python -m bosett` is the command line."""

from bosett.cli import main

raise SystemExit(main())
