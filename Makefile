# The two commands of a fresh machine: `make demo` and `make test`. Everything else is for whoever works here.
#
# Needs CPython 3.11 or 3.12, pip, venv, gcc, cmake and make. The first set-up compiles llama.cpp (some minutes); pip
# keeps what it built, so a second one takes seconds.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# llama.cpp without what Spotter never calls (pictures, downloads, its own programs): less to compile. And without
# matrix tiles (AMX): where a processor has them, its code for them loads an invalid tile configuration and dies.
export CMAKE_ARGS ?= -DLLAVA_BUILD=OFF -DLLAMA_CURL=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_SERVER=OFF "-DCMAKE_PROJECT_llama.cpp_INCLUDE=$(CURDIR)/.llama.cmake" -DCMAKE_C_FLAGS=-U__AMX_INT8__ -DCMAKE_CXX_FLAGS=-U__AMX_INT8__
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(shell nproc 2>/dev/null || echo 2)
export PIP_DISABLE_PIP_VERSION_CHECK = 1
PIP_INSTALL := $(BIN)/python -m pip install --constraint constraints.txt

.PHONY: help demo run test quick lint types contracts bench format clean system

help:
	@echo "make demo   set everything up and run the bot with a phone in the browser: no account, no token"
	@echo "make test   set everything up and run every check and test"
	@echo "make quick  the checks and the fast tests only"
	@echo "make run    the bot on Telegram (SPOTTER_TELEGRAM_TOKEN in the environment or .env)"
	@echo "make bench  how fast it is here, as JSON"

# The model was fetched by the set-up; once more where SPOTTER_DATA_DIR was changed since.
demo: $(VENV)/.ready
	@$(BIN)/spotter models fetch > /dev/null
	@$(BIN)/spotter demo

run: $(VENV)/.ready
	@$(BIN)/spotter models fetch > /dev/null
	@$(BIN)/spotter run

# Types are checked beside the tests. These run in three processes on two cores, because many wait for the bot or the
# browser, and each process keeps to one thread.
test: lint contracts
	@$(MAKE) --no-print-directory --jobs=2 types suite

.PHONY: suite
suite: $(VENV)/.ready-dev
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

quick: lint types contracts
	$(BIN)/python -m pytest -m "not slow and not browser"

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	$(BIN)/mypy

contracts: $(VENV)/.ready-dev
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' \
	  || { echo "Spotter needs CPython 3.11 or 3.12; set PYTHON=/path/to/it"; exit 1; }
	@echo "── 1/3  a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml constraints.txt | $(VENV)/bin/python system
	@date +%s > $(VENV)/.begun_s
	@echo "── 2/3  libraries (the first time llama.cpp is compiled: about three minutes on two cores)"
	$(PIP_INSTALL) --editable .
	@echo "── 3/3  the pose model"
	@$(BIN)/spotter models fetch
	@test -f $(VENV)/.set_up_s || echo $$(( $$(date +%s) - $$(cat $(VENV)/.begun_s) )) > $(VENV)/.set_up_s
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready | system-test
	@echo "── tools for the tests"
	$(PIP_INSTALL) --quiet --editable '.[dev]'
	@touch $@

# Libraries that MediaPipe and OpenCV load, and the browser that the phone page is tested in. Root on Debian gets
# them installed; anybody else is told their names.
LIBRARIES = $(foreach pair,libEGL.so.1:libegl1 libGLESv2.so.2:libgles2 libGL.so.1:libgl1,\
  $(if $(shell ldconfig -p 2>/dev/null | grep -F '$(firstword $(subst :, ,$(pair))) '),,$(lastword $(subst :, ,$(pair)))))

system:
	@missing="$(strip $(LIBRARIES))"; \
	if [ -n "$$missing" ] && [ "$$(uname)" = Linux ]; then $(call install,$$missing,MediaPipe needs); fi

.PHONY: system-test
system-test:
	@if ! command -v chromium >/dev/null; then $(call install,chromium,the phone page is tested in); fi

define install
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
  echo "── system packages: $(1)"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
else echo "── please install: $(1) ($(2) it)"; fi
endef
