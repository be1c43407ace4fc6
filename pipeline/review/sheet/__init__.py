"""The workbook an analyst fills in, out and back."""
