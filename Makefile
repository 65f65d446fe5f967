# Needs Python 3.11 to 3.13 and make. Uses uv where it is there, and pip and venv where it is not.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Where this is set Python keeps no compiled files, and importing TensorFlow takes 30 seconds each time.
unexport PYTHONDONTWRITEBYTECODE
# Another environment that happens to be active is not the course's.
unexport VIRTUAL_ENV
unexport PYTHONPATH
# Tools are found from the folder that make runs in.
unexport PYTHONSAFEPATH
# So that a checkout that belongs to somebody else can be checked.
export RUFF_NO_CACHE := true

# Jupyter, Keras, pip and uv all write to the home folder, and so do progress and drawings.
ifneq ($(shell test -d "$(HOME)" && test -w "$(HOME)" && echo yes),yes)
  $(info The home folder $(HOME) cannot be written to: $(CURDIR)/.home takes its place.)
  ifneq ($(shell mkdir -p .home && test -w .home && echo yes),yes)
    $(error Neither can be written to. What to do: make HOME=/a/folder/of/yours VENV=/a/folder/of/yours/venv ...)
  endif
  export HOME := $(CURDIR)/.home
endif

# The environment keeps the Python it was made with; PYTHON=python3.12 asks for another one.
PYTHON ?= python3
ASKED := $(if $(filter file,$(origin PYTHON)),,--asked)
VENV ?= .venv
BIN := $(VENV)/bin
# Apache Beam needs older versions of some packages, so it has an environment of its own.
SCALE := .venv-scale
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
# More arguments: make lab LAB_ARGS="--no-browser --port 8899", make test TEST_ARGS="-k datasets",
# make bank BANK_ARGS="0.4 5", make bench BENCH_ARGS="a c", make test-colab COLAB_ARGS="02 09", make slides SLIDES_ARGS="--force".
LAB_ARGS ?=
TEST_ARGS ?=
BANK_ARGS ?=
BENCH_ARGS ?=
STUDY_ARGS ?=
COLAB_ARGS ?=
SLIDES_ARGS ?=
export ADDRESS ?=
# Jupyter refuses to run as root, as containers do, unless told that it may.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: help install update lab test test-all test-colab test-scale lint format lock publish notebooks slides slides-check talk bank backbone backbones pictures plates measure study bench clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## (.*)/  make \1\t\2/' | expand -t 18

install:  ## install everything into .venv, or repair it (the other commands do this by themselves)
	@command -v $(PYTHON) >/dev/null || { \
	  echo 'The course needs Python 3.11 to 3.13. Received: no $(PYTHON). What to do: make lab PYTHON=/path/to/python'; \
	  exit 1; }
	@$(PYTHON) tools/install.py --into $(VENV) $(ASKED)

update:  ## fetch what has changed in the course; notebooks that you have changed are copied first
	@$(PYTHON) tools/update.py
	@$(MAKE) --no-print-directory install

lab: install  ## open the course in JupyterLab
	$(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks $(AS_ROOT) $(LAB_ARGS)

# Two files at a time, a notebook being one: a training keeps one core busy for most of its time.
PYTEST = $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test: install  ## run the tests and the learners' notebooks (minutes)
	$(PYTEST) -m "not thorough" $(TEST_ARGS)

# First what finds most faults in least time. TEST_ARGS may choose nothing of the one half, which pytest ends with 5.
# The thorough ones take oneDNN's kernels, which TensorFlow leaves off where a processor lacks AVX-512. They round
# otherwise, as another processor does, so outputs that hold here by luck alone are found here, too.
test-all: install  ## run these, then the thorough ones: trainings, solved notebooks, talk, photos, a browser (where these are)
	$(PYTEST) -m "not thorough" $(TEST_ARGS) || [ $$? = 5 ]
	TF_ENABLE_ONEDNN_OPTS=1 $(PYTEST) -m thorough $(TEST_ARGS) || [ $$? = 5 ]

bank: install  ## try answers that people give to the exercises, right ones and wrong ones, and print what each hears
	$(BIN)/python -m tools.notebooks.bank $(BANK_ARGS)

test-colab: install  ## run the notebooks with Google Colab's versions, installed by their own set-up cell
	$(BIN)/python -m tools.release.colab_check $(COLAB_ARGS)

test-scale: $(SCALE)/.ready  ## test features on Apache Beam, in an environment of its own
	$(SCALE)/bin/python -m pytest -o addopts= tests/bottlenecks/test_bottlenecks_beam.py

lint: install  ## check code and lessons
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m tools.notebooks.lint

format: install  ## format code and lessons
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:  ## resolve anew: write requirements.lock (needs uv)
	$(PYTHON) -m tools.release.lock

publish:  ## set the address that learners install from: make publish ADDRESS=https://github.com/OWNER/NAME
	@$(PYTHON) -m tools.release.publish "$$ADDRESS"
	@$(MAKE) --no-print-directory notebooks

notebooks: install  ## write notebooks/ from lessons/: what has changed, executed, with and without solutions
	$(BIN)/python -m tools.notebooks.build

# What goes into a deck besides our own text; only building one needs Node.
slides/node_modules/.package-lock.json: slides/package-lock.json
	@command -v npm >/dev/null || { \
	  echo 'A deck is built with reveal.js and fonts from npm. Received: no npm. What to do: install Node.js 18 or later.' \
	       'To show a deck you need neither: open slides/dist/*.html.'; exit 1; }
	npm ci --prefix slides --no-audit --no-fund --ignore-scripts
	@touch $@

slides: install slides/node_modules/.package-lock.json  ## write slides/dist/ from slides/*.py: executed, one HTML file each (needs npm)
	$(BIN)/python -m tools.decks.build $(SLIDES_ARGS)

slides-check: install  ## preflight: show every slide in a browser without a network, and measure it
	$(BIN)/python -m tools.decks.check

talk: install  ## open the talk in JupyterLab, to run its cells live (Alt+R starts the show)
	$(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/slides/dist/transfer_learning_is_for_the_birds.ipynb $(AS_ROOT) $(LAB_ARGS)

backbone: install  ## pre-train a small backbone from scratch: NAME=mini_mobilenet_v2 (under 90 minutes on two cores)
	$(BIN)/python -m tools.pretrain.run $(or $(NAME),mini_mobilenet_v2)

backbones: install  ## pre-train all small backbones that are not there yet, one after another
	$(BIN)/python -m tools.pretrain.run

pictures: install  ## draw the picture at the top of the README
	$(BIN)/python -m tools.release.banner

plates: install  ## draw the field guide's plates and contact sheets into build/plates
	$(BIN)/python -m course_utils.sketchbook.guide.plates

measure: install  ## measure the figures that the course rests on (half an hour)
	$(BIN)/python -m tools.measure.run

study: install  ## measure lesson 08's table: STUDY_ARGS="--minutes 30", "--photos", "--folder my/birds" (under three hours)
	$(BIN)/python -m tools.study.run $(STUDY_ARGS)

bench: install  ## measure how fast features are extracted and found again (a quarter of an hour)
	@$(PYTHON) tools/install.py --into $(VENV) --extra bench
	$(BIN)/python -m tools.benchmarks.run $(BENCH_ARGS)

clean:  ## remove what the commands above have left, .venv too
	rm -rf $(VENV) $(SCALE) build dist slides/node_modules .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} + -o -name .ipynb_checkpoints -prune -exec rm -rf {} +

$(SCALE)/.ready: pyproject.toml
ifdef UV
	uv venv --quiet --allow-existing --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(SCALE)
	uv pip install --quiet --python $(SCALE)/bin/python pytest nbval -e '.[scale,fast]'
else
	$(PYTHON) -m venv $(SCALE)
	$(SCALE)/bin/python -m pip install --quiet pytest nbval -e '.[scale,fast]'
endif
	@touch $@
