"""MiniLabs: from the raw export of an idea contest to constituted working groups.

Import order, one way only: base (errors, messages, schema, params, store, workspace, french) → stages
(ingest, embed, cluster, review, assign, evaluate, report) → shells (load, call, save) → run → commands → cli.
"""

__version__ = "0.3.0"
