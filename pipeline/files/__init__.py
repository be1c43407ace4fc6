"""Files that people give: their bytes, encodings, spreadsheets, YAML, each read with errors that say where."""
