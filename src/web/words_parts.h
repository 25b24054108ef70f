/*
 * The inside of words: sentences compiled once, and values written as a language writes them.
 *
 * For words*.c and template*.c only. Everything here is set up by words_load() and constant
 * afterwards, so every thread may use it without a lock. Must not know: HTML. Read next: words.c.
 */
#ifndef CONTRAFLOW_WEB_WORDS_PARTS_H
#define CONTRAFLOW_WEB_WORDS_PARTS_H

#include "web/words.h"

#define LANGUAGE_LIMIT (LANGUAGE_ZH + 1) /* for arrays by language, 0 unused */

/* What the build embedded (tools/embed.c writes it), ascending by name. */
extern const struct embedded embedded_files[];
extern const size_t embedded_files_count;

/* BCP 47 tag of the language: "zh-Hant". */
const char *language_tag(enum language language);
/* The ICU locale whose numbers and dates it uses: "en_GB". */
const char *language_locale(enum language language);

/* How a value is written; which kinds take which is format_find()'s to say. */
enum value_format {
    AS_STANDARD = 0, /* text as it is, number with groups, "1.84 EUR", date, wire word, id */
    AS_DATE,         /* "10 June 2026" */
    AS_TIME,         /* "14:02" */
    AS_MOMENT,       /* both */
    AS_MONTH,        /* "June 2026" */
    AS_DAY,          /* "10 June" */
    AS_WEEKDAY,      /* "Wednesday" */
    AS_ISO,          /* "2026-06-10T14:02:11.000Z" */
    AS_AGO,          /* "3 hours ago", "in 2 days" */
    AS_SIGNED,       /* "+1.84 EUR" */
    AS_NUMBER,       /* money without its code */
    AS_TYPED,        /* money as an input takes it: "1.84" */
    AS_CURRENCY,     /* "EUR" */
    AS_PLAIN,        /* an integer without groups */
    AS_PERCENT,      /* basis points: "12.5%" */
    AS_BYTES,        /* "4.1 MB" */
    AS_WORD,         /* an enum's sentence; the template resolves it */
    AS_UNKNOWN,      /* format_find(): not for this kind */
};

enum value_format format_find(enum field_kind kind, struct text name);
/* True when a value of that kind can be written so. */
bool format_fits(enum field_kind kind, enum value_format format);
void format_write(struct builder *out, enum language language, const struct word_argument *value,
                  enum value_format format);

/* The same for money, which needs no escape anywhere. */
void money_write(struct builder *out, enum language language, struct money money,
                 enum value_format format);

/* A text of a words file, compiled. */
struct sentence;

/* What a sentence takes. */
struct parameter {
    const char *name;         /* as written */
    bool counted;             /* {n, plural, ...}: an integer */
    bool chosen;              /* {x, select, ...}: a text */
    enum value_format format; /* AS_STANDARD, or what it asked for; counted and chosen have none */
};

/* Compiles `pattern`. NULL on failure, with *what saying why (a sentence without place). */
const struct sentence *sentence_compile(struct memory *process, enum language language,
                                        struct text pattern, struct text *what);
const struct parameter *sentence_parameters(const struct sentence *sentence, size_t *count);
/* Appends it; a missing argument is written as {name} and reported by words_blame(). */
void sentence_write(struct builder *out, enum language language, const struct sentence *sentence,
                    const char *key, const struct word_argument *arguments, size_t count);

/* The sentence of a key; English where the language lacks it; NULL when English does, too. */
const struct sentence *words_find(enum language language, struct text key);

/* Our fault in production: logs it; ends the program after words_be_strict(). */
void words_blame(const char *key, const char *what);

/* Number signs, names of months and the zone's offsets, from ICU. */
const struct problem *numbers_load(struct text *complaint);
const struct problem *moments_load(const char *zone, struct text *complaint);
/* Countries and languages, from ICU. */
const struct problem *places_load(struct text *complaint);

/* CLDR plural category of a whole number: 0 zero, 1 one, 2 two, 3 few, 4 many, 5 other. */
enum { PLURAL_CATEGORIES = 6, PLURAL_OTHER = 5 };
const struct problem *plurals_load(struct text *complaint);
int plural_category(enum language language, int64_t number);
/* True when some number below 1,000 has that category. */
bool plural_needed(enum language language, int category);
int plural_named(struct text name); /* -1: no category */

/* Digits of a fraction: value / 10^digits with `shown` of them, groups and sign as the language has. */
void words_decimal(struct builder *out, enum language language, int64_t value, int digits);

#endif
