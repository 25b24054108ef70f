/*
 * Rules of programs in words, made from what is run, so that what is read is what holds.
 *
 * Must not know: pages. Read next: core/program/terms.c, the keys program.terms.*.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_TERMS_H
#define CONTRAFLOW_CORE_PROGRAM_TERMS_H

#include "core/program/program.h"
#include "web/words.h"

struct program_said {             /* shape: One rule in words */
    struct text name;             /* What the business calls it */
    struct text gives;            /* What it gives for what */
    struct text_list levels;      /* What those further up get; empty: nothing */
    struct maybe_text gift;       /* What the customer gets; absent: nothing */
    struct maybe_text access;     /* Early access beside it; absent: none */
    struct maybe_text conditions; /* When it holds; absent: always */
    struct text_list limits;      /* Caps and until when it may be taken back */
    struct text_list units;       /* How long its points or credit live, what they pay */
};
LIST_OF(program_said);

/* All rules, in their order. */
const struct problem *program_say(struct memory *memory, enum language language,
                                  const struct program_rules *rules, struct text currency,
                                  struct program_said_list *out);

/* Says of each rule by which rules of the business its points or credit live; reads. `said` is what
 * program_say() made of the same rules. */
const struct problem *program_say_units(struct database *db, struct memory *memory,
                                        enum language language, const struct program_row *program,
                                        const struct program_rules *rules,
                                        struct program_said_list *said);

#endif
