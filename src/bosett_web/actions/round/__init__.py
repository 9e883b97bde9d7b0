"""The round as a whole: criteria, forecasts, targets, proposals, its documents; and the demo's."""
