/*
 * Reads a file record by record in bounded memory: lines of columns (RFC 4180), or lines as they are.
 *
 * The file is UTF-8. A record and its fields live until the next one is asked for. `place` is always
 * where a record begins, so that reading goes on from there after a stop.
 * Must not know: what columns mean. Read next: core/imports/read.c, docs/decisions/0020-shops.md.
 */
#ifndef CONTRAFLOW_CORE_IMPORTS_CSV_H
#define CONTRAFLOW_CORE_IMPORTS_CSV_H

#include "base/text.h"

enum { CSV_COLUMNS_MAX = 200, CSV_RECORD_MAX = 256 * 1024 /* bytes */ };

enum csv_found {
    CSV_RECORD = 1, /* there is one */
    CSV_OVER,       /* the file is over */
    CSV_OPEN_QUOTE, /* a quote is never closed; `line` is where it opens */
    CSV_TOO_LONG,   /* the record is longer than CSV_RECORD_MAX */
    CSV_TOO_WIDE,   /* it has more than CSV_COLUMNS_MAX fields */
    CSV_UNREADABLE, /* the disk gave an error */
};

struct csv {
    int fd;            /* open file; -1: none, all is in the buffer */
    char *buffer;      /* of `room` bytes */
    size_t room;       /* bytes of the buffer */
    size_t begin, end; /* what of it is unread */
    bool ended;        /* the file has no more than the buffer holds */
    char separator;    /* between fields; 0: a record is a whole line */
    int64_t place;     /* byte of the file at which the next record begins */
    int64_t next_line; /* its line, from 1 */
    int64_t line;      /* of the record just read, or of the quote that stays open */
    struct text fields[CSV_COLUMNS_MAX]; /* of the record just read */
    size_t count;                        /* how many */
};

/* Begins at byte `place`, which is line `line`. &out_of_memory, &world_failed. `fd` stays the caller's. */
const struct problem *csv_begin(struct csv *csv, struct memory *memory, int fd, char separator,
                                int64_t place, int64_t line);
/* The next record that is no empty line. */
enum csv_found csv_next(struct csv *csv);

#endif
