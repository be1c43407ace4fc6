"""What documents say → pages, PDF, decks, workbooks and exports."""
