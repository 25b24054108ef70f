/*
 * Words: every sentence a person reads, in four languages, and numbers, dates, money as they write them.
 *
 * Files text/{en,fr,ru,zh-Hant}.txt hold `key = text` lines; a text may go on in lines that begin
 * with blanks; # begins a comment. Texts use ICU MessageFormat's
 * syntax for arguments: {name}, {count, plural, one {...} few {...} other {... # ...}}, {x, select, ...}.
 * English is the reference: a key or argument another language lacks fails the tests.
 *
 * Must not know: HTML. Values are put in as text; the template escapes the whole.
 */
#ifndef CONTRAFLOW_WEB_WORDS_H
#define CONTRAFLOW_WEB_WORDS_H

#include "base/embedded.h"
#include "base/shape.h"
#include "web/request.h"

/* Reads all embedded words files ("ui/text/en.txt", "modules/stock/text/ru.txt") and what ICU knows
 * of the four languages. Once, at start, after settings_load(); the time zone is setting
 * site.time_zone, or UTC where nobody declared it. *complaint is "file:line: what". */
const struct problem *words_load(struct memory *process, struct text *complaint);

/* The same from files of the caller's own, in UTC (tests). May be called again and then replaces. */
const struct problem *words_load_from(struct memory *process, const struct embedded *files,
                                      size_t count, struct text *complaint);

/* Compares the languages: &our_fault and "file:line: what" of the first key or argument that another
 * language lacks or has too many. For tests; production writes English instead of a missing text. */
const struct problem *words_compare(struct memory *memory, struct text *complaint);

/* From now on a missing key or argument ends the program (tests). */
void words_be_strict(void);

struct word_argument {
    const char *name; /* as in the text's {name} */
    enum field_kind
        kind; /* FIELD_TEXT, FIELD_INTEGER, FIELD_MONEY, FIELD_INSTANT, FIELD_WORD as text */
    struct text text; /* by kind: exactly one of these is set */
    int64_t integer;
    struct money money;
    struct instant instant;
};

/* True when English has the key. */
bool words_have(const char *key);

/* Appends the sentence, plain text. A key or argument that is missing is our fault (ensure in
 * tests); in production the key itself is written and logged. */
void words_write(struct builder *out, enum language language, const char *key,
                 const struct word_argument *arguments, size_t count);
struct text words_text(struct memory *memory, enum language language, const char *key,
                       const struct word_argument *arguments, size_t count);

enum money_style { MONEY_PLAIN = 1, MONEY_SIGNED, MONEY_NUMBER };
enum moment_style {
    MOMENT_DATE = 1,
    MOMENT_TIME,
    MOMENT_BOTH,
    MOMENT_MONTH,
    MOMENT_DAY_MONTH,
    MOMENT_WEEKDAY
};

/* "1.84 EUR" with a non-breaking space and a true minus; SIGNED adds "+"; NUMBER leaves the code out. */
void words_money(struct builder *out, enum language language, struct money money,
                 enum money_style style);
void words_number(struct builder *out, enum language language, int64_t number);
/* Basis points as percent: 5000 is "50 %" in French, "50%" in English. */
void words_percent(struct builder *out, enum language language, int64_t basis_points);
/* In the installation's time zone (setting site.time_zone). */
void words_moment(struct builder *out, enum language language, struct instant at,
                  enum moment_style style);
/* A civil day as the number of days since 1970-01-01: the one that a moment belongs to in the
 * installation's time zone, and the first moment of one there. UTC before words_load(). */
int64_t words_day_of(struct instant at);
struct instant words_day_begins(int64_t day);

/* Countries (ISO 3166-1 alpha-2, and XK) and languages (ISO 639-1). */
enum word_place_kind { PLACES_COUNTRIES = 1, PLACES_LANGUAGES };
struct word_place {   /* shape: A country or a language */
    struct text code; /* Its two letters */
    struct text name; /* What it is called in the reader's language */
};
LIST_OF(word_place);
/* All there are, in the order in which a language lists their names; they live as long as the process. */
struct word_place_list words_places(enum language language, enum word_place_kind kind);
/* The one with that code or, in that language, that name, in any case; NULL: there is none. */
const struct word_place *words_place(enum language language, enum word_place_kind kind,
                                     struct text typed);

#endif
