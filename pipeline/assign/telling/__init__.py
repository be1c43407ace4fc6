"""A solution → tables, reasons and the ledger of what was proven."""
