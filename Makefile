# Companionway. `make run` serves it with a demonstration; `make test` proves it. HOST, PORT and DATABASE_URL
# may be set; DEMO=no begins empty.
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= yes
BIN := .venv/bin
stamp = .venv/$(1)-$(firstword $(shell sha256sum < requirements/$(1).txt))

.PHONY: run test quick journeys screenshots chaos docs words format bench lock clean load

run: $(call stamp,run)
	@exec $(BIN)/companionway serve --host $(HOST) --port $(PORT) --prepare $(if $(filter yes,$(DEMO)),--demo)

test: $(call stamp,dev) tests/clients/node_modules
	@scripts/debian.sh tests
	@scripts/test.sh

# The stamp carries the hash of the lock: a changed lock installs, an unchanged one costs nothing.
$(call stamp,run):
	@scripts/install.sh run
	@touch $@

$(call stamp,dev):
	@scripts/install.sh dev
	@touch $@ $(call stamp,run)

# A calendar program of others that must read ours: one file without dependencies, checked against its hash.
tests/clients/node_modules: tests/clients/package-lock.json
	@scripts/debian.sh clients
	@npm ci --prefix tests/clients --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

quick: $(call stamp,dev) tests/clients/node_modules
	@scripts/test.sh quick

journeys: $(call stamp,dev)
	@scripts/test.sh journeys

screenshots: $(call stamp,dev)
	@SCREENSHOTS=1 scripts/test.sh journeys

# The long proof that nothing acknowledged is lost: KILLS on each database, about 50 minutes; docs/durability.md has the last result.
chaos: $(call stamp,dev)
	@scripts/chaos.sh

docs: $(call stamp,dev)
	@PYTHONPATH=. $(BIN)/python scripts/draw_docs.py

# Collect what is to be translated (needs gettext), then compile every language.
words: $(call stamp,dev)
	@mkdir -p companionway/locale && cd companionway && ../$(BIN)/django-admin makemessages --locale fr --locale ar --no-obsolete --ignore 'vendor/*' --add-location file
	@sed -i '/^"POT-Creation-Date/d' companionway/locale/*/LC_MESSAGES/django.po
	@$(BIN)/pybabel --quiet compile --directory companionway/locale --domain django

format: $(call stamp,dev)
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# Ratios against the floor and, where it is installed, ejabberd. ROUNDS=1 ONLY=sqlite,floor is a quick look.
# Does one small server hold? SHAPE=small, rooms, meeting (SQLite, one process) or grown (PostgreSQL, Valkey, nginx).
SHAPE ?= small
MINUTES ?= 10
load: $(call stamp,dev)
	@$(BIN)/python -m bench.holding $(SHAPE) $(MINUTES)

bench: $(call stamp,dev)
	@$(BIN)/python -m bench

lock:
	@scripts/lock.sh

clean:
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis tests/clients/node_modules
