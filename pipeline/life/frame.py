"""Pages that stand alone, without the look of a contest: one file, in French, that asks nothing of a network."""

from __future__ import annotations

from jinja2 import Environment

from pipeline.french import typeset_text

_HEAD = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ head }}</title>
<style>
"""


def framed(head: str, style: str, body: str, **facts: object) -> str:
    """Return the page; whatever the facts hold is text, in French typography.

    Args:
        head: title of the page.
        style: rules of CSS, a line each.
        body: template of what `main` holds.
        facts: of the template.
    """
    page = f"{_HEAD}{style}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    environment = Environment(autoescape=True, finalize=typeset_text, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(page).render(facts, head=head) + "\n"
