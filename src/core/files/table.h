/*
 * Tables as files: CSV or JSON Lines of rows in the form of a shape, page by page in bounded memory.
 *
 * A CSV has a column for each member, for a sum two (`price`, `price_currency`); what looks like a formula is
 * guarded by ' so that no spreadsheet runs it. Must not know: whose tables these are.
 * Read next: core/files/table.c, docs/decisions/0020-shops.md.
 */
#ifndef CONTRAFLOW_CORE_FILES_TABLE_H
#define CONTRAFLOW_CORE_FILES_TABLE_H

#include "ledger/party.h"
#include "web/request.h"

struct module;

/* Any X_list. */
struct table_page {
    const void *items;
    size_t count;
};

struct table {
    const char *name;        /* of the file, without its end */
    const struct shape *row; /* its first member is the id that pages go by */
    /* The next rows of an owner, a party or a program say, after that id; `page` is an X_list of them. None: it is
     * over. */
    const struct problem *(*read)(struct database *db, struct memory *memory, int64_t of,
                                  int64_t after, struct table_page *page);
};

/* A file that people or businesses can take along, as the page of files tells of it: in the .exports of the module
 * whose route writes it. */
struct table_link {
    enum portal portal; /* for whom: PORTAL_ME, PORTAL_BIZ */
    const char *label;  /* text key */
    const char *path;   /* of the route that answers with the file */
};

enum table_format { TABLE_CSV = 1, TABLE_LINES };

struct table_query {          /* shape: How to write */
    struct maybe_text format; /* ..5: csv, or lines for JSON Lines */
};

/* A cell of a CSV: quoted where it must be, and guarded. */
void table_cell(struct builder *b, struct text cell);

/* Writes all of an owner's rows to an open file. &disk_full. */
const struct problem *table_write(struct database *db, struct memory *memory,
                                  const struct table *table, int64_t of, enum table_format format,
                                  int fd);

/* Answers a request with them. */
const struct problem *table_send(struct request *request, const struct table *table,
                                 struct party_id owner, const struct table_query *query);
/* With the rows of something that is the viewer's organisation's. */
const struct problem *table_send_of(struct request *request, const struct table *table, int64_t of,
                                    struct maybe_text format);

/* Writes what a builder holds to an open file. &disk_full. */
const struct problem *table_put(struct builder *b, int fd);

/* Answers with a file made by `write`, in the format asked for; `name` is the file's, without its end. Of a
 * business it is noted who took it, before it is sent. */
typedef const struct problem *table_writer(struct request *request, void *context,
                                           enum table_format format, int fd);
const struct problem *table_answer(struct request *request, struct party_id owner, const char *name,
                                   struct maybe_text format, table_writer *write, void *context);

extern const struct module files_part;

#endif
