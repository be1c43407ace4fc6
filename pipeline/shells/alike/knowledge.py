"""Models of themes in the folder `models`: kept from this contest, taken up from a former one."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.files.given_file import content_of
from pipeline.params import Params
from pipeline.review.learning.knowledge import Knowledge
from pipeline.review.learning.knowledge_file import FACTS, NUMBERS, files_of, knowledge_of
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

FOLDER = "models"


def load_knowledge(workspace: Workspace, params: Params) -> Knowledge | None:
    """Return the model named in `params`; None when none is.

    Raises:
        MinilabsError: `review.model_missing`, `review.model_damaged`, `review.model_encoder`.
    """
    name = params.review.model
    if not name:
        return None
    folder = workspace.path(f"{FOLDER}/{name}")
    if not (folder / FACTS).is_file() or not (folder / NUMBERS).is_file():
        raise MinilabsError("review.model_missing", name=name)
    knowledge = knowledge_of(
        {file: content_of(folder / file, f"{FOLDER}/{name}/{file}") for file in (FACTS, NUMBERS)}, name
    )
    ours, theirs = (params.embed.encoder, params.embed.prompt), (knowledge.encoder, knowledge.prompt)
    if ours != theirs:
        both = {key: " ".join(filter(None, pair)) for key, pair in (("ours", ours), ("theirs", theirs))}
        raise MinilabsError("review.model_encoder", name=name, **both)
    return knowledge


def save_knowledge(
    workspace: Workspace, name: str, knowledge: Knowledge, decisions: int, left_out: dict[str, str]
) -> Path:
    """Write the model and its card in its folder, which is returned; what describes it comes last.

    Raises:
        MinilabsError: `base.disk`.
    """
    folder = workspace.path(f"{FOLDER}/{name}")
    for file, content in files_of(knowledge, name, decisions, left_out).items():
        write_bytes(folder / file, content)
    return folder
