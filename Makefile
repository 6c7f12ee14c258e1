PYTHON ?= python3
BIN = .venv/bin
CPU_TORCH = --index-url https://download.pytorch.org/whl/cpu --timeout 10 --retries 0
SUSPECT = corpora/demo/incoming/Anselm_Pruitt_ML.docx

.PHONY: demo test check bench format docs constraints wheel clean

demo: .venv/installed  ## ingest the demo corpus and check a suspicious résumé
	@$(BIN)/forensics ingest corpora/demo/files --manifest corpora/demo/manifest.csv --corpus demo-corpus
	@$(BIN)/forensics check $(SUSPECT) --manifest corpora/demo/incoming/manifest.csv --corpus demo-corpus || test $$? -eq 1
	@cat corpora/demo/next.txt

test: .venv/developed  ## the tests
	$(BIN)/pytest

check: .venv/developed  ## style, types, import direction, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_house.py tests/test_docs.py tests/test_public_face.py

bench: .venv/developed  ## every benchmark, one after the other
	@set -e; for each in tests/benchmarks/bench_*.py; do echo "== $$each"; $(BIN)/python $$each; done

format: .venv/developed  ## put the code in order
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

docs: .venv/developed  ## write what of docs/ is made from the code
	$(BIN)/python docs/pages.py

wheel: .venv/developed  ## build the wheel into dist/
	$(BIN)/pip wheel . --no-deps --no-build-isolation --wheel-dir dist

constraints: .venv/developed  ## pin what is installed
	$(BIN)/pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt

clean:  ## forget the environment and the demo
	rm -rf .venv demo-corpus dist build

# torch alone and first, from PyTorch's index of CPU builds: PyPI's build for Linux brings gigabytes of CUDA.
.venv/torch: constraints.txt
	@echo 'Making .venv and installing into it: about 2 GB, a few minutes.' >&2
	@$(PYTHON) -m venv .venv
	@torch=$$(grep '^torch==' constraints.txt); \
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps $(CPU_TORCH) $$torch \
	|| { echo "No CPU build of torch could be had; installing $$torch from the usual index." >&2; \
	     $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt $$torch; }
	@touch $@

.venv/installed: .venv/torch pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --editable .
	@touch $@

.venv/developed: .venv/installed
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --editable '.[dev]'
	@touch $@
