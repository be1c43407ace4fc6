"""A page's Markdown laid out: HTML with French spacing and anchors, and what the search finds in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from docs.guide.sources import Source
from pipeline.french import fold, typeset

_ARROW = re.compile(r"(\w+)(?:\(?\[.+?\]\)?)? *-->(?:\|(.+?)\|)? *(\w+)(?:\(?\[(.+?)\]\)?)?")


@dataclass(frozen=True)
class Section:
    """What stands under one heading: its anchor, its title, its level (1 to 6), its words."""

    anchor: str
    title: str
    level: int
    text: str


@dataclass(frozen=True)
class Page:
    """A page laid out: its title, its HTML, its sections in order (the first is the page itself)."""

    source: Source
    title: str
    html: str
    sections: tuple[Section, ...]


def lay_out(source: Source, led: Callable[[str], str]) -> Page:
    """Return a page; `led` gives where a link to a file of the repository leads in the guide.

    Raises:
        FileNotFoundError: from `led`, when the page links to a file that does not exist.
    """
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = reader.parse(_flows_as_tables(source.text))
    set_right = typeset if source.language == "fr" else str
    for token in tokens:
        for part in token.children or []:
            if part.type == "text":
                part.content = set_right(part.content)
            for place in ("href", "src"):
                if part.attrs.get(place):
                    part.attrSet(place, _target(str(part.attrs[place]), source.path, led))
    sections = _sections(tokens)
    html = reader.renderer.render(_tables(tokens), reader.options, {})
    return Page(source, sections[0].title, html, tuple(sections))


def _target(link: str, path: str, led: Callable[[str], str]) -> str:
    if re.match(r"[a-z]+:|#", link):
        return link
    file, _, anchor = link.partition("#")
    found = led(normpath(str(PurePosixPath(path).parent / file)))
    return f"{found}#{anchor}" if anchor else found


def _sections(tokens: list[Token]) -> list[Section]:
    """Give each heading its anchor, and return what stands under each."""
    found: list[tuple[str, str, int, list[str]]] = []
    taken: dict[str, int] = {}
    heading: Token | None = None
    for token in tokens:
        words = _words(token)
        if token.type == "heading_open":
            heading = token
        elif heading:
            slug = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
            taken[slug] = taken.get(slug, 0) + 1
            anchor = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
            heading.attrSet("id", anchor)
            found.append((anchor, words, int(heading.tag[1]), []))
            heading = None
        elif words and found:
            found[-1][-1].append(words)
    return [Section(anchor, title, level, " ".join(said)) for anchor, title, level, said in found]


def _words(token: Token) -> str:
    if token.type == "fence":
        return token.content.strip()
    return "".join(" " if part.type == "softbreak" else part.content for part in token.children or []).strip()


def _tables(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each table in a frame that scrolls, its heads declared, an empty head a plain cell."""
    out = []
    for place, token in enumerate(tokens):
        if token.type in {"th_open", "th_close"}:
            inner = tokens[place + (1 if token.nesting == 1 else -1)]
            if not inner.content:
                token.tag = "td"
            elif token.nesting == 1:
                token.attrSet("scope", "col")
        if token.type == "table_open":
            out.append(_raw('<div class="cadre" role="group" aria-label="Tableau" tabindex="0">'))
        out.append(token)
        if token.type == "table_close":
            out.append(_raw("</div>"))
    return out


def _raw(html: str) -> Token:
    return Token("html_block", "", 0, content=html)


def _flows_as_tables(text: str) -> str:
    """Return the text with each mermaid flow, which asks for a script, told as a table of its arrows."""
    return re.sub(r"```mermaid\n(.*?)```", lambda flow: _flow(flow[1]), text, flags=re.DOTALL)


def _flow(drawn: str) -> str:
    named = dict(re.findall(r"(\w+)\(?\[+(.+?)\]+\)?", drawn))
    arrows = [match.groups() for match in _ARROW.finditer(drawn)]
    rows = [f"| {named.get(a, a)} | {passed or ''} | {named.get(b, b)} |" for a, passed, b, _ in arrows]
    return "\n".join(["| de | passe | vers |", "|---|---|---|", *rows])
