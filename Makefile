# Every command that people use. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format train evaluate evaluate-public bench load clean

PY := .venv/bin/python
PY_RASA := .venv-rasa/bin/python

help: ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## bring both environments up to the lock file
	@./ops/bootstrap.sh

run: ## set everything up and run it; prints the address of the chat page
	@./bxl up

test: ## set everything up and run every test
	@./bxl test

check: setup ## format, lint, types, imports, data
	@./bxl check

format: setup ## format the code
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

train: ## train the assistant's model (cached by the content of its inputs)
	@./bxl train

evaluate: ## measure understanding and answers; writes .bxl/evaluation-report.html
	@./bxl evaluate

evaluate-public: ## measure the classifier on public data: make evaluate-public DIR=…
	@./bxl evaluate-public "$(or $(DIR),$(error DIR is the folder of the public data: make evaluate-public DIR=…))"

bench: ## measure speed and memory on this machine
	@./bxl bench

load: ## let 200 residents talk at once, beside rasa init's starter bot; and the widget on a phone
	@./bxl load

clean: ## remove the databases, models and caches (not the environments)
	@rm -rf .bxl/city.db* .bxl/conversations.db* .bxl/models .bxl/publishing .bxl/rasa-cache .pytest_cache .mypy_cache .ruff_cache
