# The planner's commands. `make run` needs nothing but make and Python 3.11; everything it makes lies in .venv, node_modules,
# static/vendor, locale/**/*.mo and var (all ignored by git, and all removed by `make clean`).

PORT ?= 8000
VAR_DIR ?= var
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)
export PORT VAR_DIR

PY := .venv/bin/python
DJANGO_ZH := locale/_django/zh/LC_MESSAGES/django.mo
CATALOGS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po)) $(DJANGO_ZH)
# the embedded shape keeps to itself, whatever services the shell knows of
EMBEDDED := env -u DATABASE_URL -u REDIS_URL -u EMAIL_URL DEMO=1
# enough of production for the checks; nothing connects to it
PRODUCTION = env DEMO=0 DATABASE_URL=postgres://planner@db.example/planner REDIS_URL=redis://redis.example \
  EMAIL_URL=smtp://mail.example ALLOWED_HOSTS=planner.example BASE_URL=https://planner.example \
  $$($(PY) -c 'import secrets; print("SECRET_KEY=" + secrets.token_hex(32), "FIELD_KEYS=" + secrets.token_hex(32))')

.NOTPARALLEL:
.PHONY: help run serve test check e2e bench clean python port services packages dev assets

help: ## say what can be typed
	@sed -n 's/^\([a-z0-9]*\):.*## /make \1	/p' Makefile

run: python port packages assets $(CATALOGS) ## start the planner on this machine, on http://127.0.0.1:8000 (PORT=)
	@$(EMBEDDED) $(PY) -m config.prepare
	@exec $(EMBEDDED) $(PY) -m config.supervise

serve: python services port packages assets $(CATALOGS) ## the same processes on DATABASE_URL and REDIS_URL
	@$(PY) -m config.prepare
	@exec $(PY) -m config.supervise

test: python dev assets $(CATALOGS) ## run the suite on SQLite, then on PostgreSQL and Redis (ARGS= goes to pytest)
	@$(PY) -m tests.run $(ARGS)

check: python dev ## format, lint, types, imports, templates, migrations, settings for production
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PRODUCTION) $(PY) -m mypy .
	.venv/bin/lint-imports
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	$(PRODUCTION) DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

e2e: python dev assets $(CATALOGS) ## drive a real browser (CHROMIUM= names it)
	@$(PY) -m tests.run --browser $(ARGS)

bench: python dev assets $(CATALOGS) ## measure against the machine's limits, into var/bench.json
	@$(PY) -m benchmarks

clean: ## remove everything that make has made, data too
	rm -rf .venv node_modules static/vendor var locale/_django $(CATALOGS)

# --- steps

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON): install Python 3.11 or newer, or name one (PYTHON=)." >&2; exit 1; }
	@$(PYTHON) -I config/preflight.py

port:
	@$(PYTHON) -I config/preflight.py "$$PORT"

services:
	@test -n "$$DATABASE_URL" -a -n "$$REDIS_URL" || { \
	  echo "make serve needs DATABASE_URL and REDIS_URL in the environment; make run needs neither." >&2; exit 1; }

packages: .venv/runtime.stamp
dev: .venv/dev.stamp
assets: node_modules/.stamp

.venv/%.stamp: requirements/%.txt
	@$(PYTHON) -I config/setup.py packages $<
	@touch $@

node_modules/.stamp: package-lock.json config/setup.py
	@$(PYTHON) -I config/setup.py assets
	@touch $@

locale/%.mo: locale/%.po
	@$(PY) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@

$(DJANGO_ZH): requirements/runtime.txt config/catalogs.py
	@$(PY) -m config.catalogs
