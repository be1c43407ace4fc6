"""The user's guide, a static site in French: the papers and the notebooks laid out, no text of its own.

`sources` says which pages there are, and what each is made from; `layout` turns a page's Markdown into HTML; `site`
writes the folder. `python -m docs.guide` (`make guide`) runs it. Ours rather than mkdocs: its search asks a web server,
its labels are English, its last release is of 2024; what it would spare is the template.
"""
