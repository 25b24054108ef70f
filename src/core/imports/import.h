/*
 * Imports: files that people bring, read in bounded memory and taken in by a job.
 *
 * A file arrives, is turned into UTF-8 and lies in DATA/imports; its columns get names; it is read once
 * without taking anything in (a check), then taken in, a few hundred things a write. Each write moves the
 * import's own place in the file along with what it keeps, so a process that dies loses and repeats
 * nothing. Cancelled or undone, it is taken back.
 *
 * Must not know: HTTP, what the files hold (core/imports/kind.h). Read next: core/imports/run.c, docs/decisions/0020-shops.md.
 */
#ifndef CONTRAFLOW_CORE_IMPORTS_IMPORT_H
#define CONTRAFLOW_CORE_IMPORTS_IMPORT_H

#include "core/job.h"
#include "core/imports/csv.h"
#include "core/imports/rows.h"

struct module;

enum {
    IMPORT_FAULTS_KEPT = 1000, /* errors named by line and column; beyond they are counted */
    IMPORT_ROWS = 50, /* lines of one write, but for the last order's: who else writes waits */
    IMPORT_BYTES = 1 << 20,  /* bytes of one write, but for the last order's */
    IMPORT_HEAD = 64 * 1024, /* bytes looked at to find out how a file is written */
};

#define IMPORT_FILES_KEPT (7 * DAY) /* after an import's last change */

/* ---- files ------------------------------------------------------------------------------------ */

/* Where an import's file lies; `raw` as it came. */
struct text import_path(struct memory *memory, struct import_id import, bool raw);
/* What a file's first bytes say of its letters. */
enum import_charset import_guess_charset(struct bytes head);
/* What stands between its columns. */
enum import_separator import_guess_separator(struct text head);
/* From letters of any kind to UTF-8 without a mark at the begin, in bounded memory; what is no letter
 * becomes U+FFFD. `size` gets the bytes written. &world_failed, &disk_full. */
const struct problem *import_recode(const char *from, const char *to, enum import_charset charset,
                                    int64_t *size);

/* ---- columns ---------------------------------------------------------------------------------- */

/* What a column is by its name, in any of our languages; NULL: nothing known. */
const struct field *import_propose(struct memory *memory, const struct import_kind *kind,
                                   struct text header);
/* A column's name without case, blanks and line marks at its ends. */
struct text import_fold(struct memory *memory, struct text header);

/* ---- reading ---------------------------------------------------------------------------------- */

struct import_fault {
    int64_t line;
    struct text field; /* as the column is called; empty: the whole line */
    const char *rule;  /* text key of the sentence */
    struct text value; /* what stands there */
};

/* What is read for one write. */
struct import_batch {
    const void *things;                /* of the kind */
    const int64_t *lines;              /* at which each stands */
    size_t count;                      /* how many */
    int64_t refused;                   /* things left out */
    const struct import_fault *faults; /* at most IMPORT_FAULTS_KEPT */
    size_t fault_count;                /* of these */
    int64_t faults_in_all;             /* with those beyond */
    int64_t place;                     /* where reading goes on */
    int64_t line;                      /* and its line */
    bool over;                         /* the file is over */
    const char *refusal;               /* text key: why the rest can't be read; NULL: it can */
    int64_t refusal_line;              /* where */
};

/* Reads on from the row's place. */
const struct problem *import_read(struct memory *memory, const struct import_kind *kind,
                                  const struct import_row *row, int fd, struct currency currency,
                                  struct import_batch *out);

/* ---- doing ------------------------------------------------------------------------------------ */

extern const struct job_kind import_job;
/* Removes an import's files once nothing happened to it for IMPORT_FILES_KEPT; what was not taken in by then is
 * cancelled. */
extern const struct job_kind import_tidy_job;
/* Inside a write: looks at them then. */
const struct problem *import_tidy_later(struct database *db, struct memory *memory,
                                        struct import_id import, struct instant due);

/* At start: an import whose process died goes on at once, not when its job's lease ends. Where another process
 * works on it, the two notice each other by its place, and none does anything twice. */
const struct problem *imports_resume(struct store *store, struct memory *memory);

/* The job's work until `until` (clock_ticks()), for the job and for tests; *more: it is not over. */
const struct problem *import_work(struct store *store, struct database *reader,
                                  struct memory *memory, struct import_id import, int64_t until,
                                  bool *more);

/* A new import of a file that lies at `path`, which is taken over. */
struct import_arrival {
    struct party_id owner;
    struct party_id person;
    const struct import_kind *kind;
    struct text name; /* what it is called; its end says whether it is CSV, JSON Lines or a feed */
    struct text path;
    struct instant at;
    struct import_id id; /* filled */
};
const struct problem *import_arrive(struct store *store, struct memory *memory,
                                    struct import_arrival *arrival);
/* How a CSV is to be read, as somebody says. */
struct import_say {
    struct import_id import;
    struct party_id owner;
    enum import_charset charset;     /* 0: as it is */
    enum import_separator separator; /* 0: as it is */
    struct text mapping;             /* empty: as it is */
    struct instant at;
};
/* Anew in other letters or with another separator. */
const struct problem *import_recast(struct store *store, struct database *db, struct memory *memory,
                                    const struct import_say *say);
/* From one state to the next, with its job: check, run, cancel, undo. &conflict: it is in none of
 * those that it may come from. */
const struct problem *import_move(struct store *store, struct memory *memory,
                                  const struct import_say *say, enum import_state to);

extern const struct problem import_no_number; /* 422: no column is the number */
extern const struct problem import_not_now;   /* 409: it stands elsewhere */

extern const struct module imports_part;

#endif
