"""All parameters of a workspace, a section a stage."""

from __future__ import annotations

from pydantic import Field

from pipeline.params.groups import AssignParams, BilanParams, CloseParams, ReaderParams, ReportParams
from pipeline.params.section import Section
from pipeline.params.themes import ClusterParams, EmbedParams, EvaluateParams, IngestParams, ReviewParams


class Params(Section):
    """All parameters of a workspace."""

    seed: int = Field(2020, ge=0, description="graine unique de tous les tirages")
    ingest: IngestParams = IngestParams()
    embed: EmbedParams = EmbedParams()
    cluster: ClusterParams = ClusterParams()
    review: ReviewParams = ReviewParams()
    assign: AssignParams = AssignParams()
    evaluate: EvaluateParams = EvaluateParams()
    report: ReportParams = ReportParams()
    reader: ReaderParams = ReaderParams()
    bilan: BilanParams = BilanParams()
    close: CloseParams = CloseParams()
