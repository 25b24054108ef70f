# Builds, tests and checks Contraflow. `make help` lists what it can do.
#
# Everything is discovered: a new .c file, template, words file, migration, queries.sql or *_test.c
# needs no line here, nor does a topic's folder in src/core. A module's folder takes part when
# src/modules/modules.def names it.
#
#   build/bin        the generators of tools/        build/obj[-VARIANT]    objects
#   build/gen        what they write                 build/tests[-VARIANT]  test programs
#   build/assets     styles, scripts, images         build/contraflow       the program
#
# VARIANT is empty (gcc), clang, asan, tsan or fuzz; each has objects and programs of its own.
# BUILD=DIR builds in another folder than build/, so that two builds don't disturb each other.
# JOBS=N runs N compilers at a time instead of one a processor.
# HOUSES="src/base src/store" builds a part only: its library and tests.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-builtin-variables
ifeq (0,$(MAKELEVEL))
MAKEFLAGS += -j$(or $(JOBS),$(shell nproc))
endif
.DEFAULT_GOAL := all

VARIANT      ?=
DESTDIR      ?=
PREFIX       ?= /usr/local
FUZZ_SECONDS ?= 120
BUILD        ?= build
SUFFIX       := $(if $(VARIANT),-$(VARIANT))
OBJ          := $(BUILD)/obj$(SUFFIX)
TESTS        := $(BUILD)/tests$(SUFFIX)
LIBRARY      := $(BUILD)/libcontraflow$(SUFFIX).a
PROGRAM      := $(BUILD)/contraflow$(SUFFIX)

# ---- what there is ------------------------------------------------------------------------------

folders   := $(patsubst src/modules/%/,%,$(wildcard src/modules/*/))
listed    := $(shell sed -n 's/^MODULE(\([a-z0-9_]*\))$$/\1/p' src/modules/modules.def)
MODULES   := $(filter $(listed),$(folders))
HOUSES    ?= src/base src/store src/ledger src/web src/core $(MODULES:%=src/modules/%) src/modules

# A folder of src/core or of a module with sources in it is one of its topics and taken with it.
TOPICS    := $(patsubst %/,%,$(sort $(dir $(wildcard $(foreach h,$(filter src/core src/modules/%,$(HOUSES)),$h/*/*.c)))))

everything = $(sort $(wildcard $(foreach h,$(HOUSES) $(TOPICS),$(addprefix $h/,$1))))

HEADERS   := $(call everything,*.h)
ALL_C     := $(call everything,*.c tests/*.c)
MAIN_C    := $(if $(filter src/modules,$(HOUSES)),$(wildcard src/*.c))
UNIT_C    := $(filter %_test.c,$(ALL_C))
LIBRARY_C := $(filter-out %_test.c,$(ALL_C))
QUERIES   := $(call everything,*.sql)
SCHEMAS   := $(patsubst %/,%,$(call everything,schema/))
PAGES     := $(call everything,pages/*.html)
WORDS     := $(call everything,text/*.txt)
SHARED_UI := $(sort $(wildcard ui/layouts/*.html ui/parts/*.html ui/pages/*.html ui/text/*.txt))
ASSETS_IN := $(sort $(filter-out %/node_modules,$(wildcard ui/* ui/styles/* ui/scripts/* ui/widgets/* ui/widgets/shared/*)) $(wildcard tools/assets* package.json package-lock.json))

TOOLS_C    := $(wildcard tools/*.c)
TOOLS      := $(if $(TOOLS_C),$(shell grep -l '^int main\b' $(TOOLS_C)))
GENERATORS := $(patsubst tools/%.c,$(BUILD)/bin/%,$(filter %/shapes.c %/statements.c %/embed.c %/schemas.c,$(TOOLS)))
TOOLS_BASE := $(patsubst tools/%.c,$(BUILD)/bin/%.o,$(filter-out $(TOOLS),$(TOOLS_C)))

FUZZ_C    := $(wildcard tests/fuzz_*.c)
SPAN_C    := $(wildcard tests/*_test.c tests/crowd/*_test.c)
AID_C     := $(filter-out $(FUZZ_C) $(SPAN_C) tests/replay.c,$(wildcard tests/*.c tests/crowd/*_facts.c))
CROWD_C   := $(filter-out $(SPAN_C) $(AID_C),$(wildcard tests/crowd/*.c))
BENCH_C   := $(wildcard bench/*.c)

# ---- how it is compiled -------------------------------------------------------------------------

GCC   ?= gcc
CLANG ?= clang
AR    := ar
CACHE := $(if $(NO_CCACHE),,$(shell command -v ccache))

FLAGS_COMMON := -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -g \
                -fno-omit-frame-pointer -fstack-protector-strong
COMPILER     := $(GCC)
FLAGS        := -O2
ifeq ($(VARIANT),clang)
COMPILER := $(CLANG)
else ifeq ($(VARIANT),asan)
FLAGS    := -O1 -DMEMORY_WITHOUT_POOLS -fsanitize=address,undefined -fno-sanitize-recover=all
else ifeq ($(VARIANT),tsan)
FLAGS    := -O1 -fsanitize=thread
else ifeq ($(VARIANT),fuzz)
COMPILER := $(CLANG)
FLAGS    := -O1 -DMEMORY_WITHOUT_POOLS -fsanitize=fuzzer-no-link,address,undefined \
            -fno-sanitize-recover=all
else ifneq ($(VARIANT),)
$(error VARIANT is clang, asan, tsan, fuzz or empty, not "$(VARIANT)")
endif
INCLUDES := -Isrc -I$(BUILD)/gen
# gold links the fifty test programs in a quarter of the time.
LINKER   := $(if $(shell command -v ld.gold),-fuse-ld=gold)
LINK      = $(COMPILER) $(FLAGS) $(LINKER) -Wl,--as-needed

# Libraries by the header that asks for them; who is included by nobody is not linked.
LIBRARIES := microhttpd.h=libmicrohttpd sqlite3.h=sqlite3 libpq-fe.h=libpq jansson.h=jansson \
             talloc.h=talloc sodium.h=libsodium curl/curl.h=libcurl vips/vips.h=vips \
             unicode/=icu-i18n,icu-uc seccomp.h=libseccomp libdeflate.h=libdeflate \
             openssl/=libcrypto qrencode.h=libqrencode fido.h=libfido2 libxml/=libxml-2.0 \
             cjose/=cjose

# A list is kept in a file that changes only when the list does, so that what vanished counts too.
remember = $(if $(subst x$2x,,x$(file <$1)x),$(file >$1,$2))

ifeq (,$(filter clean help,$(MAKECMDGOALS)))
$(if $(wildcard $(BUILD)/.),,$(shell mkdir -p $(BUILD)))
$(call remember,$(BUILD)/inputs.list,$(HEADERS) $(QUERIES) $(SCHEMAS))
$(call remember,$(BUILD)/embedded.list,$(PAGES) $(WORDS) $(SHARED_UI))
include $(BUILD)/packages.mk
include $(BUILD)/gen/sources.mk
endif

$(BUILD)/packages.mk: Makefile $(BUILD)/inputs.list $(LIBRARY_C) $(MAIN_C) $(HEADERS)
	@mkdir -p $(BUILD)
	@includes=$$(grep -hoE '^ *# *include *<[^>]+>' $(filter %.c %.h,$^) /dev/null | sort -u || true); \
	 wanted=(); for pair in $(LIBRARIES); do \
	   if grep -qF "<$${pair%%=*}" <<<"$$includes"; then \
	     names=$${pair#*=}; wanted+=($${names//,/ }); fi; done; \
	 compile=; link=; \
	 if [ $${#wanted[@]} -gt 0 ]; then \
	   for p in "$${wanted[@]}"; do pkg-config --exists "$$p" || { \
	     echo "The library $$p is missing; tools/install.sh build installs it." >&2; exit 1; }; done; \
	   compile=$$(pkg-config --cflags "$${wanted[@]}" | sed 's/-I/-isystem /g'); \
	   link=$$(pkg-config --libs "$${wanted[@]}"); fi; \
	 { echo "LIBRARY_CFLAGS := $$compile"; echo "LIBRARY_LIBS := $$link -lpthread -lm"; } >$@; \
	 { cat $@; echo "$(FLAGS_COMMON) $(INCLUDES)"; } >$(BUILD)/flags.new; \
	 if cmp -s $(BUILD)/flags.new $(BUILD)/flags; then rm $(BUILD)/flags.new; else mv $(BUILD)/flags.new $(BUILD)/flags; fi

# Changes only when the flags do; written together with $(BUILD)/packages.mk.
$(BUILD)/flags:

# ---- what is generated --------------------------------------------------------------------------

$(BUILD)/bin/%.o: tools/%.c $(wildcard tools/*.h)
	@mkdir -p $(@D); echo "  tool     $<"
	@$(CACHE) $(GCC) $(FLAGS_COMMON) -O1 -c -o $@ $<

$(TOOLS:tools/%.c=$(BUILD)/bin/%): $(BUILD)/bin/%: $(BUILD)/bin/%.o $(if $(TOOLS_BASE),$(BUILD)/bin/libtools.a)
	@$(GCC) -o $@ $< $(if $(TOOLS_BASE),$(BUILD)/bin/libtools.a)

$(BUILD)/bin/libtools.a: $(TOOLS_BASE)
	@rm -f $@; $(AR) rcs $@ $^

# The generators write beside, and only what changed moves over, so that an edit of one header
# recompiles what it touches and no more. Make reads the list of sources they wrote and starts anew.
$(BUILD)/gen/sources.mk: $(BUILD)/inputs.list $(GENERATORS) $(HEADERS) $(QUERIES) $(SCHEMAS) \
                      $(wildcard $(SCHEMAS:%=%/*.sql)) src/modules/modules.def Makefile
	@mkdir -p $(BUILD)/gen; rm -rf $(BUILD)/gen.new; mkdir -p $(BUILD)/gen.new
	@echo "  generate shapes, statements, schemas"
	@if [ -x $(BUILD)/bin/shapes ]; then $(BUILD)/bin/shapes $(BUILD)/gen.new $(HEADERS); fi
	@if [ -x $(BUILD)/bin/statements ]; then $(BUILD)/bin/statements $(BUILD)/gen.new $(HEADERS) -- $(QUERIES); fi
	@if [ -x $(BUILD)/bin/schemas ]; then $(BUILD)/bin/schemas $(BUILD)/gen.new $(SCHEMAS:%/schema=%); fi
	@cd $(BUILD)/gen.new; find . -type f | while read -r f; do \
	   mkdir -p "../gen/$${f%/*}"; cmp -s "$$f" "../gen/$$f" || mv "$$f" "../gen/$$f"; : >"$$f"; done; \
	 cd ../gen; find . -type f ! -name sources.mk ! -name 'embedded.*' ! -name '*.new' | \
	   while read -r f; do [ -e "../gen.new/$$f" ] || rm "$$f"; done
	@rm -rf $(BUILD)/gen.new
	@{ printf 'GENERATED_C :='; find $(BUILD)/gen -name '*.c' ! -name embedded.c | LC_ALL=C sort | \
	   sed 's/^/ /' | tr -d '\n'; echo; } >$@

$(BUILD)/assets/.done: $(ASSETS_IN) $(PAGES) $(SHARED_UI)
	@mkdir -p $(BUILD)/assets
	@if [ -f tools/assets.sh ]; then echo "  assets"; sh tools/assets.sh $(BUILD)/assets $(BUILD)/ui; fi
	@touch $@

$(BUILD)/gen/embedded.c: $(BUILD)/bin/embed $(BUILD)/embedded.list $(BUILD)/assets/.done $(PAGES) $(WORDS) $(SHARED_UI)
	@echo "  embed    pages, words, assets"
	@mkdir -p $(@D)
	@{ for f in $(PAGES) $(WORDS) $(SHARED_UI); do echo "$${f#src/}=$$f"; done; \
	   find $(BUILD)/assets -type f ! -name '.*' -printf 'assets/%P=%p\n'; } | LC_ALL=C sort | \
	   xargs -d '\n' $(BUILD)/bin/embed $@ $(BUILD)/embedded.unused.h embedded_files

# The declaration is the same for any files, and sources need it before the assets are there.
$(BUILD)/gen/embedded.h: $(BUILD)/bin/embed
	@mkdir -p $(@D); $(BUILD)/bin/embed $(BUILD)/embedded.unused.c $@ embedded_files

# ---- objects, library, program ------------------------------------------------------------------

OBJECTS := $(LIBRARY_C:src/%.c=$(OBJ)/%.o) $(GENERATED_C:$(BUILD)/gen/%.c=$(OBJ)/gen/%.o) \
           $(if $(filter $(BUILD)/bin/embed,$(GENERATORS)),$(OBJ)/gen/embedded.o)

GENERATED_FIRST := $(BUILD)/gen/sources.mk $(if $(filter $(BUILD)/bin/embed,$(GENERATORS)),$(BUILD)/gen/embedded.h)

$(OBJ)/%.o: src/%.c $(BUILD)/flags | $(GENERATED_FIRST)
	@mkdir -p $(@D); echo "  cc$(SUFFIX)       $<"
	@$(CACHE) $(COMPILER) $(FLAGS_COMMON) $(FLAGS) $(INCLUDES) $(LIBRARY_CFLAGS) -MMD -MP -c -o $@ $<

$(OBJ)/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags | $(GENERATED_FIRST)
	@mkdir -p $(@D); echo "  cc$(SUFFIX)       $<"
	@$(CACHE) $(COMPILER) $(FLAGS_COMMON) $(FLAGS) $(INCLUDES) $(LIBRARY_CFLAGS) -MMD -MP -c -o $@ $<

$(OBJ)/tests/%.o: tests/%.c $(BUILD)/flags | $(GENERATED_FIRST)
	@mkdir -p $(@D); echo "  cc$(SUFFIX)       $<"
	@$(CACHE) $(COMPILER) $(FLAGS_COMMON) $(FLAGS) $(INCLUDES) $(LIBRARY_CFLAGS) -MMD -MP -c -o $@ $<

$(OBJ)/bench/%.o: bench/%.c $(BUILD)/flags | $(GENERATED_FIRST)
	@mkdir -p $(@D); echo "  cc$(SUFFIX)       $<"
	@$(CACHE) $(COMPILER) $(FLAGS_COMMON) $(FLAGS) $(INCLUDES) $(LIBRARY_CFLAGS) -MMD -MP -c -o $@ $<

ifdef GENERATED_C
$(call remember,$(BUILD)/objects$(SUFFIX).list,$(OBJECTS))
endif

$(LIBRARY): $(OBJECTS) $(BUILD)/objects$(SUFFIX).list
	@rm -f $@; $(AR) rcsT $@ $(OBJECTS)

$(PROGRAM): $(MAIN_C:src/%.c=$(OBJ)/%.o) $(LIBRARY)
	@echo "  link     $@"
	@$(LINK) -o $@ $(MAIN_C:src/%.c=$(OBJ)/%.o) $(LIBRARY) $(LIBRARY_LIBS)

# ---- test programs ------------------------------------------------------------------------------

UNIT   := $(UNIT_C:src/%.c=$(TESTS)/%)
SPAN   := $(SPAN_C:tests/%.c=$(TESTS)/%)
AID    := $(AID_C:tests/%.c=$(BUILD)/aid$(SUFFIX)/%)
REPLAY := $(FUZZ_C:tests/%.c=$(TESTS)/%)
FUZZ   := $(FUZZ_C:tests/fuzz_%.c=$(BUILD)/fuzz/%)
CROWD  := $(BUILD)/libcrowd$(SUFFIX).a
BENCH  := $(BENCH_C:bench/%.c=$(BUILD)/bench$(SUFFIX)/%)

$(UNIT): $(TESTS)/%: $(OBJ)/%.o $(LIBRARY)
	@mkdir -p $(@D); echo "  link     $@"
	@$(LINK) -o $@ $< $(LIBRARY) -lcmocka $(LIBRARY_LIBS)

# Of the crowd a program takes what it asks for, which is mostly nothing.
$(CROWD): $(CROWD_C:%.c=$(OBJ)/%.o)
	@rm -f $@; $(AR) rcs $@ $^

$(SPAN): $(TESTS)/%: $(OBJ)/tests/%.o $(CROWD) $(LIBRARY)
	@mkdir -p $(@D); echo "  link     $@"
	@$(LINK) -o $@ $< $(CROWD) $(LIBRARY) -lcmocka $(LIBRARY_LIBS)

$(AID): $(BUILD)/aid$(SUFFIX)/%: $(OBJ)/tests/%.o $(CROWD) $(LIBRARY)
	@mkdir -p $(@D); echo "  link     $@"
	@$(LINK) -o $@ $< $(CROWD) $(LIBRARY) $(LIBRARY_LIBS)

$(REPLAY): $(TESTS)/%: $(OBJ)/tests/%.o $(OBJ)/tests/replay.o $(LIBRARY)
	@mkdir -p $(@D); echo "  link     $@"
	@$(LINK) -o $@ $< $(OBJ)/tests/replay.o $(LIBRARY) $(LIBRARY_LIBS)

$(BUILD)/fuzz/%: $(OBJ)/tests/fuzz_%.o $(LIBRARY)
	@mkdir -p $(@D); echo "  link     $@"
	@$(LINK) -fsanitize=fuzzer -o $@ $< $(LIBRARY) $(LIBRARY_LIBS)

$(BUILD)/bench$(SUFFIX)/%: $(OBJ)/bench/%.o $(CROWD) $(LIBRARY)
	@mkdir -p $(@D); echo "  link     $@"
	@$(LINK) -o $@ $< $(CROWD) $(LIBRARY) $(LIBRARY_LIBS)

# ---- what to ask for ----------------------------------------------------------------------------

.PHONY: all api programs test-programs fuzz-programs bench-programs test check compilers asan tsan tidy \
        cppcheck format house bench bench-clicks bench-conversions bench-downline bench-imports bench-ledger bench-slow bench-storm bench-verdicts fuzz nightly install clean help

export BUILD

all: $(if $(MAIN_C),$(PROGRAM),$(LIBRARY)) ## build $(BUILD)/contraflow (the default)

programs: $(if $(MAIN_C),$(PROGRAM)) test-programs ## build the program and all test programs

test-programs: $(UNIT) $(SPAN) $(AID) $(REPLAY) $(BENCH) $(BUILD)/bin/check
	@printf '%s\n' $(UNIT) $(SPAN) $(REPLAY) >$(TESTS).list

fuzz-programs: $(FUZZ)

bench-programs: $(BENCH)

test: ## run all tests, as ./test does
	@./test

check: ## what a change must pass: both compilers, sanitizers, linters, format, house rules
	@$(MAKE) --no-print-directory house format
	@$(MAKE) --no-print-directory compilers
	@$(MAKE) --no-print-directory cppcheck tidy
	@$(MAKE) --no-print-directory asan
	@$(MAKE) --no-print-directory tsan
	@echo "check: all passed"

compilers: ## build everything with gcc and with clang, warnings are errors
	@$(MAKE) --no-print-directory programs
	@$(MAKE) --no-print-directory VARIANT=clang programs

asan: ## run the test programs under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory VARIANT=asan programs
	@TEST_VARIANT=asan ./test

tsan: ## run the test programs under the thread sanitizer
	@$(MAKE) --no-print-directory VARIANT=tsan programs
	@TEST_VARIANT=tsan ./test

OURS_C := $(MAIN_C) $(ALL_C) $(TOOLS_C) $(wildcard tests/*.c tests/crowd/*.c bench/*.c)
OURS_H := $(HEADERS) $(wildcard tools/*.h tests/*.h tests/crowd/*.h bench/*.h)

tidy: ## clang-tidy over all sources
	@printf '%s\n' $(OURS_C) | xargs -P $$(nproc) -n 4 bash -c 'clang-tidy --quiet "$$@" -- \
	  -std=gnu17 -D_GNU_SOURCE $(INCLUDES) $(LIBRARY_CFLAGS) 2> >(grep -v "warnings generated" >&2)' tidy

cppcheck: ## cppcheck over all sources
	@cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
	  --inline-suppr --suppress=missingIncludeSystem --suppress=returnDanglingLifetime \
	  --suppress=autoVariables --suppress=nullPointerRedundantCheck --suppress=*:$(BUILD)/gen/* -D_GNU_SOURCE \
	  -j $$(nproc) $(INCLUDES) $(OURS_C)

format: ## say where clang-format would change something
	@clang-format --dry-run --Werror $(OURS_C) $(OURS_H)

house: $(BUILD)/bin/check ## the house rules (tools/check.c)
	@$(BUILD)/bin/check .

api: programs ## write docs/api.json anew after additions; BREAK=yes after anything else
	@$(BUILD)/tests/api_test --renew $(if $(BREAK),--break)

bench: ## measure, one run, one table (bench/run.sh)
	@$(MAKE) --no-print-directory all bench-programs
	@if [ -f bench/run.sh ]; then bash bench/run.sh; \
	 else for b in $(BENCH); do "$$b"; done; fi

bench-ledger: ## measure what the ledger writes a second, beside other ledgers (bench/ledger.sh)
	@$(MAKE) --no-print-directory all bench-programs
	@bash bench/ledger.sh

bench-clicks: ## measure redirects a second, every click durable, beside others (bench/clicks.sh)
	@$(MAKE) --no-print-directory programs
	@bash bench/clicks.sh

bench-conversions: ## measure orders a second, judged and paid on three levels (bench/conversions.sh)
	@$(MAKE) --no-print-directory all bench-programs
	@bash bench/conversions.sh

bench-downline: ## measure how long links between partners take, and pages of teams (bench/downline.sh)
	@$(MAKE) --no-print-directory all bench-programs
	@bash bench/downline.sh

bench-imports: ## measure lines a second of imports, and whether undoing restores all (bench/imports.sh)
	@$(MAKE) --no-print-directory all bench-programs
	@bash bench/imports.sh

bench-slow: ## measure what 4,000 slow and 10,000 idle connections cost others (bench/slow.sh)
	@$(MAKE) --no-print-directory all
	@bash bench/slow.sh

bench-storm: ## measure what 1,000 sign-ins at once cost others (bench/storm.sh)
	@$(MAKE) --no-print-directory all bench-programs
	@bash bench/storm.sh

bench-verdicts: ## measure which share of the bad the verdict rules hold, at which share of the good
	@$(MAKE) --no-print-directory $(BUILD)/bench/verdicts
	@$(BUILD)/bench/verdicts

fuzz: ## fuzz each decoder for FUZZ_SECONDS (120), finds kept under $(BUILD)/fuzz
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-programs
	@bash tools/fuzz.sh $(FUZZ_SECONDS) $(FUZZ)

nightly: ## check, longer fuzzing, the full-size tests and the measurements
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=900
	@TEST_NIGHTLY=1 TEST_SECONDS=7200 ./test
	@$(MAKE) --no-print-directory bench

install: $(PROGRAM) ## install the program below DESTDIR and PREFIX (/usr/local)
	@install -D -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/contraflow"
	@install -D -m 644 LICENSE "$(DESTDIR)$(PREFIX)/share/doc/contraflow/LICENSE"

clean: ## remove everything built (the data folder stays)
	@rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

-include $(shell test -d $(OBJ) && find $(OBJ) -name '*.d')
