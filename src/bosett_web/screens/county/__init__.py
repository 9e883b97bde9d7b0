"""The counties' desks: sheet, versions, workbook, recommendation; and KS's view of them."""
