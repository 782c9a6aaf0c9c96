# Two commands matter to a newcomer: make demo, make test. `make help` lists all.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
RUN := .venv/bin/python
# Expanded where it is used, so that $@ is the command that was called.
ENVIRONMENT = command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Name one that is installed, 3.11 or newer: make PYTHON=python3.11 $@" >&2; exit 1; }; $(PYTHON) tools/environment.py
DEMO := DJANGO_SETTINGS_MODULE=sonla_awards.settings.demo $(RUN)

.DEFAULT_GOAL := help
.PHONY: help demo demo-step test test-services proofs check fmt bench mutants verifier messages reference pictures lock

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: ## the product with sample years at http://127.0.0.1:8000 (PORT=, SERVE=0 stops before serving)
	@$(ENVIRONMENT)
	@$(DEMO) manage.py demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

demo-step: ## the demo's open year takes its next step as if its day had come (close the filing, settle ...)
	@test -x $(RUN) || { echo "There is no sample year yet: call make demo first." >&2; exit 1; }
	@$(DEMO) manage.py demo_step

test: ## the whole suite on SQLite; what needs a missing browser or server says why it skips
	@$(ENVIRONMENT) --dev
	@$(RUN) -m pytest -n auto --dist loadfile

test-services: ## the whole suite on PostgreSQL and Redis (temporary servers if none answers; PART= what pytest leaves out)
	@$(ENVIRONMENT) --dev
	@$(RUN) tools/with_services.py $(RUN) -m pytest -n auto --dist loadfile $(PART)

proofs: ## the proofs at length that the suite has shorter forms of
	@$(ENVIRONMENT) --dev
	@$(RUN) -m pytest -n auto -m long

check: ## style, templates, migrations, messages, deployment checks
	@$(ENVIRONMENT) --dev
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@DJANGO_SETTINGS_MODULE=sonla_awards.settings.test $(RUN) manage.py check --fail-level WARNING
	@DJANGO_SETTINGS_MODULE=sonla_awards.settings.test $(RUN) manage.py makemigrations --check --dry-run

fmt: ## format the code
	@$(ENVIRONMENT) --dev
	@$(RUN) -m ruff check --fix-only .
	@$(RUN) -m ruff format .

bench: ## print the figures of performance: make bench GROUPS="engine web"
	@$(ENVIRONMENT) --dev
	@$(RUN) -m benchmarks $(GROUPS)

mutants: ## change the engine in 300 seeded places and count what its fast tests notice (half an hour)
	@$(ENVIRONMENT) --dev
	@$(RUN) tools/mutants.py

verifier: ## var/sonla-engine.pyz: the scoring engine in one file, to score and verify with Python alone
	@$(PYTHON) tools/verifier.py

messages: ## collect the sentences of the screen into locale/ and compile them (needs gettext)
	@$(ENVIRONMENT) --dev
	@$(RUN) tools/messages.py

reference: ## write docs/reference from the code: lifecycles, rights, refusals
	@$(ENVIRONMENT) --dev
	@$(RUN) tools/reference.py

pictures: ## photograph the main screens of the demo into docs/pictures (needs Chromium)
	@$(ENVIRONMENT) --dev
	@$(RUN) tools/pictures.py

lock: ## resolve requirements*.in again (needs uv)
	uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header requirements.in -o requirements.txt
	uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-header requirements-dev.in -o requirements-dev.txt
