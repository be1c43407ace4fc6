"""`params.yaml` → frozen, validated parameters. Each stage has a section; each description is the comment users read.

- `section`, `themes`, `groups`: what a section is, and each of them;
- `whole`: all of them, `Params()` being the defaults, read from the file and written to it.
"""

from pipeline.params.groups import Answer, AssignParams, BilanParams, CloseParams, ReaderParams, ReportParams
from pipeline.params.section import Section
from pipeline.params.themes import (
    LIST,
    NO_LIST,
    OFFLINE,
    SERVED,
    ClusterParams,
    EmbedParams,
    EngineParams,
    EvaluateParams,
    GuidedTheme,
    IngestParams,
    ReviewParams,
    SourceParams,
)
from pipeline.params.whole import Params, parse, read, render

__all__ = [
    "LIST", "NO_LIST", "OFFLINE", "SERVED", "Answer", "AssignParams", "BilanParams", "CloseParams", "ClusterParams",
    "EmbedParams", "EngineParams", "EvaluateParams", "GuidedTheme", "IngestParams", "Params", "ReaderParams",
    "ReportParams", "ReviewParams", "Section", "SourceParams", "parse", "read", "render",
]  # fmt: skip
