"""Loads what a stage needs, calls it, saves what it returns: one file per stage, rooms for the rest.

- `alike`: how alike texts are, remembered on disk
- `deciding`: the analyst's desk and the decisions file
- `reading`: the second reader
- `life`: after the composition; `persons`: where personal data is, its removal, the proof of it
"""
