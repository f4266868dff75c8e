# One entrance to everything a developer does here; `make` alone lists it.
PYTHON ?= python3
PORT ?= 8000
# Where the page corpus and its score.py are kept, beside the checkout.
SHARED ?= ../shared
# How many remarks the archives of benchmarks have.
SIZES ?= 10000

PY := .venv/bin/python
RESULTS := var/test-results
SITE := DJANGO_SETTINGS_MODULE=cppcc.settings.dev DEBUG=0
# The engine of a stage is chosen by the stage, never by the caller's environment.
ON_SQLITE := env -u DATABASE_URL
ON_POSTGRESQL := $(PY) -m tests.postgres --
SERVER := $(if $(filter postgres%,$(DATABASE_URL)),,postgresql)
BROWSER := chromium fonts libatomic
# Review sheets are printed with them.
PRINTING := pango fonts
# What stands in front of a server, and what drives it.
FRONT := varnish nginx wrk openssl
PYTEST := $(PY) -m pytest
# Tests that measure, and so run by themselves.
MEASURED := tests/deploy tests/benchmarks
# Every core; each worker has a database of its own.
PARALLEL := -n auto --dist worksteal
# Throw-away values that a real server would take from its environment.
AS_PRODUCTION := DJANGO_SETTINGS_MODULE=cppcc.settings.production ALLOWED_HOSTS=example.org \
	DATABASE_URL=sqlite:///:memory: \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')

# Commands speak Chinese, whatever the locale of the shell.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test test-fast test-sqlite test-postgresql test-markup test-browser test-scale lint checks \
	format score budget bench bench-import bench-search clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

# --- What the targets stand on ---------------------------------------------------------------

$(PY):
	@PYTHON="$(PYTHON)" .ci/needs python venv
	@"$(PYTHON)" -m venv --clear .venv

.venv/runtime: requirements.txt | $(PY)
	@echo "== packages that run the site =="
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

.venv/tests: tests/requirements.txt .venv/runtime
	@echo "== packages that check the project =="
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# npm reads the list where it stands, so it is copied to where the packages shall be.
.venv/markup/node_modules: tests/markup/package-lock.json .venv/tests
	@echo "== the validator of HTML =="
	@mkdir -p .venv/markup && cp tests/markup/package.json tests/markup/package-lock.json .venv/markup/
	@cd .venv/markup && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --loglevel error --no-audit --no-fund --ignore-scripts
	@touch $@

# --- The site --------------------------------------------------------------------------------

run: .venv/runtime ## the site with example data on http://127.0.0.1:8000 (PORT=8001 for another port)
	@.ci/needs $(PRINTING)
	@$(PY) -c "import socket; socket.create_server(('127.0.0.1', $(PORT)))" 2>/dev/null || \
		{ echo "Port $(PORT) is taken: make run PORT=8001 uses another." >&2; exit 1; }
	@$(SITE) $(PY) manage.py migrate
	@$(SITE) $(PY) manage.py load_reference
	@$(SITE) $(PY) manage.py load_demo
	@echo "== http://127.0.0.1:$(PORT) (Ctrl-C stops) =="
	@$(SITE) exec .ci/serve $(PY) 127.0.0.1:$(PORT)

# --- Checks ----------------------------------------------------------------------------------

test: .venv/tests ## everything: lint, checks, both databases, valid HTML, the browser
	@.ci/needs $(SERVER) $(BROWSER) $(PRINTING)
	@rm -rf $(RESULTS)
	@$(MAKE) --no-print-directory lint checks test-sqlite test-postgresql test-markup test-browser
	@$(PY) -m tests.summary $(RESULTS)

test-fast: .venv/tests ## the quick tests without a browser, on SQLite only, on every core
	@$(ON_SQLITE) $(PYTEST) $(PARALLEL) \
		-m "not browser and not scale and not markup and not slow"

test-sqlite: .venv/tests ## the tests without a browser, on SQLite
	@echo "== tests on SQLite =="
	@$(ON_SQLITE) $(PYTEST) $(PARALLEL) -rs --junitxml=$(RESULTS)/sqlite.xml

test-postgresql: .venv/tests ## the same tests on PostgreSQL: DATABASE_URL, or a throw-away cluster
	@$(ON_POSTGRESQL) $(PYTEST) $(PARALLEL) -rs --junitxml=$(RESULTS)/postgresql.xml

test-scale: .venv/tests ## what takes too long for every run: all changes, odd questions, a million, Varnish
	@.ci/needs $(SERVER) $(FRONT)
	@echo "== the long tests on SQLite =="
	@$(ON_SQLITE) $(PYTEST) $(PARALLEL) -m scale -rs $(MEASURED:%=--ignore=%)
	@$(ON_POSTGRESQL) $(PYTEST) $(PARALLEL) -m scale -rs $(MEASURED:%=--ignore=%)
	@echo "== what is measured, alone on the machine =="
	@$(ON_SQLITE) $(PYTEST) -m scale -rs $(MEASURED)
	@$(ON_POSTGRESQL) $(PYTEST) -m scale -rs $(MEASURED)

test-browser: .venv/tests ## the journeys of readers and editors in Chromium
	@.ci/needs $(BROWSER)
	@echo "== journeys in Chromium =="
	@$(ON_SQLITE) $(PYTEST) -n auto --dist loadfile -m browser -rs --junitxml=$(RESULTS)/browser.xml

test-markup: .venv/tests .venv/markup/node_modules ## every kind of public page is valid HTML
	@echo "== HTML =="
	@$(ON_SQLITE) $(PYTEST) -m markup -rs --junitxml=$(RESULTS)/markup.xml

lint: .venv/tests ## style, templates, types, floors
	@echo "== style =="
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@echo "== templates =="
	@.venv/bin/djlint templates --extend-exclude templates/jinja2 --lint --quiet
	@.venv/bin/djlint templates/jinja2 --profile jinja --lint --quiet
	@echo "== types =="
	@.venv/bin/mypy
	@echo "== floors =="
	@.venv/bin/lint-imports --no-logo

checks: .venv/tests ## migrations are complete; the production settings pass check --deploy
	@echo "== migrations =="
	@$(ON_SQLITE) $(PY) manage.py makemigrations --check --dry-run
	@echo "== deployment =="
	@$(AS_PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

format: .venv/tests ## rewrites Python files in the house style
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

score: .venv/runtime ## compares imports of the page corpus with its gold reports (SHARED=../shared)
	@test -f $(SHARED)/pages/score.py || \
		{ echo "No page corpus: $(SHARED)/pages/score.py is missing (SHARED=folder)." >&2; exit 1; }
	@$(PY) $(SHARED)/pages/score.py \
		--command "$(PY) manage.py import_page {path} --dry-run --report -"

bench: SIZES = 10000 100000
bench: .venv/tests ## how fast the pages are, as multiples of the floor, on both engines (docs/performance.md)
	@.ci/needs $(SERVER) wrk
	@test -f $(SHARED)/workload.py || \
		{ echo "No workload: $(SHARED)/workload.py is missing (SHARED=folder)." >&2; exit 1; }
	@$(ON_POSTGRESQL) $(PY) -m benchmarks.speed $(SHARED) $(SIZES)

bench-import: .venv/runtime ## how fast the importer is, and how its time grows with the page's length
	@$(PY) -m benchmarks.importing $(wildcard $(SHARED)/pages/*.txt)

budget: .venv/tests ## what a browser fetches for each kind of public page, against the limit of 60 KB
	@DATABASE_URL=sqlite:///:memory: $(PY) -m benchmarks.budget

bench-search: .venv/tests ## how fast search is, how large its index, on both engines (SIZES="10000 100000")
	@$(ON_SQLITE) $(PY) -m benchmarks.search $(SHARED) $(SIZES)
	@$(ON_POSTGRESQL) $(PY) -m benchmarks.search $(SHARED) $(SIZES)

clean: ## removes the virtual environment, caches and test results; keeps data
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis $(RESULTS)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
