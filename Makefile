# `make quiz` and `make test` need Python 3.11 or newer and nothing else; scripts/setup.sh sees to the rest.

PYTHON = .venv/bin/python
CODE = quizgen tests benchmarks fuzz
SECONDS = 3600
COVERED = quizgen/source.py,quizgen/items/*,quizgen/bank.py,quizgen/assemble/*,quizgen/blueprint/*,quizgen/form.py

.PHONY: help quiz test check laws coverage bench lint hostile player fuzz mutants format ready clean
.NOTPARALLEL:
.SILENT:

help: ## list what there is to make (this)
	sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

quiz: ## build a quiz: two forms of 20 items with their keys, into dist/
	sh scripts/setup.sh quiz
	if [ -f .setup/pango ]; then formats=html,pdf print=booklet.pdf keys=keys.pdf; \
	else formats=html print=form-A.html keys=form-A-key.html; fi; \
	folder=$$($(PYTHON) -m quizgen build question_bank/kyrgyzstan-2010.yaml \
		--items 20 --forms 2 --format $$formats --quiet) || exit $$?; \
	echo "For students:  $$folder/students/   print $$print; on screen, open form-A.html in a browser"; \
	echo "For you only:  $$folder/teacher/    the answers are in $$keys"; \
	echo "Your own:      .venv/bin/quizgen build FILE.yaml --items 10 --forms 4   (more: --help)"

test: check ## check the code, then run all tests
	$(PYTHON) -m pytest -n auto --maxprocesses 8 --dist worksteal -r sfE

check: ready ## check the code only: style, types, who imports whom
	$(PYTHON) -m ruff check --quiet $(CODE)
	$(PYTHON) -m ruff format --check --quiet $(CODE) || { echo "make format puts this in order"; exit 1; }
	$(PYTHON) -m mypy --no-error-summary
	.venv/bin/lint-imports --no-logo >.setup/imports || { cat .setup/imports; exit 1; }
	echo "ruff, mypy and import-linter find nothing"

laws: ready ## hold the laws against 10,000 examples each (an hour or so)
	QUIZGEN_EXAMPLES=10000 $(PYTHON) -m pytest -n auto tests/test_laws.py

coverage: ready ## which lines and branches of the core no test reaches
	$(PYTHON) -m pytest -n auto --maxprocesses 8 --cov --cov-branch --cov-report= && passed=0 || passed=$$?; \
	$(PYTHON) -m coverage report --show-missing --include='$(COVERED)' && exit $$passed

bench: ready ## how long commands and stages take, and how well the checks agree with their corpus
	$(PYTHON) -m benchmarks.bench
	echo
	$(PYTHON) -m benchmarks.checking
	echo
	$(PYTHON) -m benchmarks.assembly
	echo
	$(PYTHON) -m benchmarks.printing
	echo
	$(PYTHON) -m benchmarks.grading
	echo
	$(PYTHON) -m benchmarks.lint

lint: ready ## only the last of these: precision and recall of the item-writing checks
	$(PYTHON) -m benchmarks.lint -v

hostile: ready ## build hostile banks on paper under strace: does each end well, and open or call nothing?
	$(PYTHON) -m benchmarks.hostile_print

player: ready ## the quiz in both browsers: a hundred crashes after "Saved", saving, loading, sizes, 1,000 pages
	$(PYTHON) -m benchmarks.player

fuzz: ready ## hold the laws of fuzz/ against mutated files for an hour (SECONDS=60: a minute)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[dev,fuzz]'
	mkdir -p .setup/fuzz/quiz .setup/fuzz/yaml
	for law in quiz yaml; do \
		$(PYTHON) -m fuzz $$law -max_total_time=$$(($(SECONDS) / 2)) -artifact_prefix=.setup/fuzz/ \
			.setup/fuzz/$$law tests/hostile tests/faulty question_bank || exit 1; \
	done

mutants: ready ## which changed lines of the core no test notices (an hour or so)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8,<4'
	.venv/bin/mutmut run
	.venv/bin/mutmut results

format: ready ## put the code's layout in order
	$(PYTHON) -m ruff check --quiet --fix $(CODE)
	$(PYTHON) -m ruff format --quiet $(CODE)

ready:
	sh scripts/setup.sh test

clean: ## remove what was set up and cached; dist/ stays, since its forms may be in use
	rm -rf .venv .setup .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
