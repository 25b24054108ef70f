/*
 * Settings: declared as a table by whoever needs them, read from DATA/contraflow.conf
 * ("name = value" lines, # comments), environment (CONTRAFLOW_NAME, dots as underscores) and the
 * command line, in rising order. An unknown name or a bad value stops the start with the line.
 */
#ifndef CONTRAFLOW_BASE_SETTINGS_H
#define CONTRAFLOW_BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "base/money.h"
#include "base/problem.h"
#include "base/text.h"

enum setting_kind { SETTING_TEXT = 1, SETTING_INTEGER, SETTING_FLAG };

struct setting {
    const char *name;       /* dotted: "mail.server" */
    enum setting_kind kind; /* how it is read */
    const char *standard;   /* its value when nobody set it */
    int64_t low, high;      /* of an integer, inclusive */
    bool secret;            /* never printed by `config` or logged */
    const char *meaning;    /* one sentence, shown by `contraflow config` */
};

/* Adds a table (constant, process lifetime) to those known. Before settings_load(). */
void settings_declare(const struct setting *table, size_t count);
/* Reads file (may be absent) and environment. On failure prints nothing: *complaint says which line
 * of which file, or which variable, and why. */
const struct problem *settings_load(struct memory *process, const char *file,
                                    struct text *complaint);
/* One value from the command line. */
const struct problem *settings_set(struct memory *process, struct text name, struct text value,
                                   struct text *complaint);

/* Values; the name must have been declared (ensure). Process lifetime. */
struct text setting_text(const char *name);
/* A text that is a currency, which whoever declared it checked at start (site.currency). */
struct currency setting_currency(const char *name);
int64_t setting_integer(const char *name);
bool setting_flag(const char *name);

/* A setting's value as it would stand in the file; a secret that is set reads "(secret)". */
struct text setting_written(struct memory *memory, const struct setting *setting);

/* All declared, in order, for `contraflow config` and the documentation; returns the count. */
size_t settings_list(const struct setting *const **out);

#endif
