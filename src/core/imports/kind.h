/*
 * What files that people bring can hold: declared by whoever owns the thing, as an import_kind in the .imports of
 * its module (core/module.h). core/imports brings the file in, reads it and moves it on; the kind says what a
 * line is, keeps what was read and takes it back.
 *
 * A CSV has lines of columns, from which the kind makes things; of JSON Lines each line is a thing already.
 * Words that are looked up: import_kind.NAME what it is called, import_kind.NAME.help what such a file holds,
 * for each member of `line` SHAPE_TAG.MEMBER, and import.names.NAME.MEMBER, names that such a column often has,
 * in lower case with commas between, where there are any.
 * Read next: core/imports/import.h; core/shop/imports.c declares three.
 */
#ifndef CONTRAFLOW_CORE_IMPORTS_KIND_H
#define CONTRAFLOW_CORE_IMPORTS_KIND_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"
#include "web/request.h"

struct import_id { /* shape id imp: A file that was brought, to be taken in */
    int64_t value;
};
MAYBE(import_id);

enum keep_outcome {                /* shape: What became of something that was told */
                    KEEP_MADE = 1, /* made: It is new */
                    KEEP_CHANGED,  /* changed: It took the place of an older version */
                    KEEP_SAME,     /* same: It was known like this; nothing changed */
                    KEEP_OLDER,    /* older: A newer version is known; nothing changed */
};

/* The most things of one write. */
enum { IMPORT_THINGS = 500 };

/* ---- from lines to things --------------------------------------------------------------------- */

struct import_reading; /* core/imports/read.c */

/* A thing being made of a file's lines. */
struct import_making {
    struct memory *memory;          /* until the things of this write are kept */
    struct currency currency;       /* of sums whose line names none: the installation's */
    bool wrong;                     /* what could not be read of it is told already */
    bool exhausted;                 /* set it when the memory ran out */
    struct import_reading *reading; /* private */
};
/* Tells that the thing is wrong, at its first line; it is then left out. `field` is a member of the
 * kind's line, or a path in its thing; `rule` a text key. */
void import_blame(struct import_making *making, struct text field, const char *rule);
/* The same unless it is there, or something of the thing could not be read. */
void import_need(struct import_making *making, bool present, const char *field);
/* Whether the file has a column for a member of the line. */
bool import_has_column(const struct import_making *making, const char *field);

/* ---- keeping ---------------------------------------------------------------------------------- */

/* For whom things are kept, and because of what. */
struct import_keeping {
    struct party_id owner;   /* the business, in PORTAL_ME the person */
    struct party_id person;  /* who brought the file */
    struct import_id import; /* which is to be kept with what it changes */
    bool trial;              /* only says what would become of them (a kind that .tries) */
    struct instant at;       /* now */
};
/* What became of one. */
struct import_kept {
    enum keep_outcome outcome;     /* unset: refused */
    const struct problem *problem; /* NULL: not refused; its title says why */
    const char *field;             /* of a refused one: which member is to blame */
    struct text value;             /* and what stands there */
};

/* ---- a kind ----------------------------------------------------------------------------------- */

struct import_kind {
    const char *name;          /* "orders": kept with each import, so it never changes */
    enum portal portal;        /* whose files: PORTAL_BIZ a business's, PORTAL_ME a person's */
    const struct shape *line;  /* what columns can be; sums look at a member `currency` of it */
    const struct shape *thing; /* a line of JSON, and what is made of lines of columns */
    const char *by[3];         /* columns by which a thing is known, then NULL: one must be there */
    size_t lines;              /* how many of a CSV one thing may have; 1: each is one */
    const char *too_many;      /* text key: why further lines are refused; NULL when lines is 1 */
    bool tries;                /* the check before taking it in calls keep() for a trial */
    /* Whether a line goes on with the thing of a line before; NULL when each is one. */
    bool (*joins)(const void *first, const void *line);
    /* Makes a zeroed thing of its lines, telling what is wrong. */
    void (*make)(struct import_making *making, const void *lines, size_t count, void *thing);
    /* Judges a thing of JSON beyond its shape; or NULL. */
    void (*judge)(struct import_making *making, const void *thing);
    /* What can be worked out before the write, for keep(); or NULL. */
    const struct problem *(*prepare)(struct memory *memory, const void *things, size_t count,
                                     void **prepared);
    /* Inside a write: keeps things, each by itself; kept[i], zeroed, gets what became of things[i]. A
     * problem returned is the world's. What it makes has a new id, and what it changes it keeps beforehand
     * as it was, for put_back(). */
    const struct problem *(*keep)(struct database *db, struct memory *memory,
                                  const struct import_keeping *keeping, const void *things,
                                  size_t count, const void *prepared, struct import_kept *kept);
    /* Inside a write: puts back some of what an import changed, unless somebody changed it since; *done is
     * 0 when nothing is left to look at, *back counts what was put back. */
    const struct problem *(*put_back)(struct database *db, struct memory *memory,
                                      struct import_id import, int64_t *done, int64_t *back);
    /* Inside a write: takes out what an import made under ids of a range, unless somebody changed it since;
     * NULL when it never makes any. */
    const struct problem *(*take_out)(struct database *db, struct memory *memory,
                                      struct import_id import, int64_t first, int64_t last,
                                      int64_t *back);
    /* Another way such files are written: by the end of its name, or how it begins. It is turned into JSON
     * Lines; NULL when there is none. */
    const char *other_end;
    const char *other_begin;
    const struct problem *(*from_other)(const char *from, const char *to, int64_t *size);
};

/* NULL: no module declares it (any more). */
const struct import_kind *import_kind_named(struct text name);

#endif
