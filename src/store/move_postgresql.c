/*
 * Moving out of and into PostgreSQL: COPY in its binary form, so that every byte arrives as it was.
 *
 * The format: https://www.postgresql.org/docs/15/sql-copy.html, "Binary Format". All numbers are
 * big-endian. Must not know: what is in the tables. Read next: store/move.c.
 */
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "store/move_parts.h"
#include "store/postgresql.h"

#define SIGNATURE "PGCOPY\n\377\r\n" /* 11 bytes with its NUL */
enum {
    SIGNATURE_SIZE = 11,
    HEADER_SIZE = SIGNATURE_SIZE + 8, /* flags and the size of an extension, both zero */
    PIECE = 64 << 10,                 /* bytes sent at once */
    ROW_MAX = 64 << 20,               /* bytes of a row */
};

/* Minutes of one statement and of waiting in between are no fault here; the planner may do what a write
 * of few rows may not. */
static const char patience[] =
    "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET enable_seqscan = "
    "on;"
    "SET enable_hashjoin = on; SET enable_mergejoin = on; SET work_mem = '64MB';"
    "SET maintenance_work_mem = '256MB'";

static PGconn *handle_of(struct database *db)
{
    return ((struct connection *)db->connection)->handle;
}

static const struct problem *run(struct database *db, const char *sql)
{
    PGresult *result = PQexec(handle_of(db), sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return postgresql_failed(db, result, "move");
    PQclear(result);
    return NULL;
}

static const struct problem *alone(struct database *db)
{
    bool granted = false;
    const struct problem *problem = postgresql_claim(db, &granted);
    return problem || granted ? problem : &store_in_use;
}

static const struct problem *begin_read(struct database *db)
{
    const struct problem *problem = run(db, patience);
    return problem ? problem : db->store->engine->control(db, CONTROL_BEGIN_READ);
}

static const struct problem *count(struct database *db, const char *table, int64_t *out)
{
    char sql[200];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", table);
    PGresult *result = PQexec(handle_of(db), sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return postgresql_failed(db, result, "count");
    bool fine = text_to_integer(text_of(PQgetvalue(result, 0, 0)), out);
    PQclear(result);
    return fine ? NULL : &store_broken;
}

/* ---- out -------------------------------------------------------------------------------------- */

/* What has come and is not cut into rows yet. */
struct arrived {
    const struct move_table *table;
    struct memory *memory;
    char *data;
    size_t room, size;
    size_t at;   /* behind what was cut */
    bool headed; /* the header is behind us */
    bool ended;  /* so is the trailer */
};

static uint32_t long_at(const char *data)
{
    uint32_t big;
    memcpy(&big, data, sizeof big);
    return be32toh(big);
}

static int16_t short_at(const char *data)
{
    uint16_t big;
    memcpy(&big, data, sizeof big);
    return (int16_t)be16toh(big);
}

static const struct problem *arrive(struct arrived *arrived, const char *data, size_t size)
{
    size_t left = arrived->size - arrived->at;
    memmove(arrived->data, arrived->data + arrived->at, left);
    arrived->at = 0;
    arrived->size = left;
    if (left + size > ROW_MAX)
        return &too_large;
    if (left + size > arrived->room) {
        size_t room = 2 * (left + size);
        char *larger = memory_take_room(arrived->memory, room);
        if (!larger)
            return &out_of_memory;
        memcpy(larger, arrived->data, left);
        arrived->data = larger;
        arrived->room = room;
    }
    memcpy(arrived->data + left, data, size);
    arrived->size += size;
    return NULL;
}

static bool read_cell(enum move_kind kind, const char *data, size_t size, struct move_cell *cell)
{
    *cell = (struct move_cell){.text = {data, size}};
    if (size == 8) {
        uint64_t big;
        memcpy(&big, data, sizeof big);
        cell->integer = (int64_t)be64toh(big);
    } else if (size == 2) {
        cell->integer = short_at(data);
    }
    return kind == MOVE_TEXT || kind == MOVE_BYTES || size == 8 || size == 2;
}

/* One row off the front: its bytes, 0 when it has not come whole, -1 when it is none. */
static int64_t cut_row(struct arrived *arrived, struct move_cell *cells)
{
    const char *data = arrived->data + arrived->at;
    size_t left = arrived->size - arrived->at;
    if (left < 2)
        return 0;
    int fields = short_at(data);
    arrived->ended = fields == -1;
    if (arrived->ended)
        return 2;
    if (fields != (int)arrived->table->count)
        return -1;
    size_t at = 2;
    for (int i = 0; i < fields; i++) {
        if (left < at + 4)
            return 0;
        uint32_t size = long_at(data + at);
        at += 4;
        cells[i] = (struct move_cell){.null = true};
        if (size == UINT32_MAX)
            continue;
        if (size > ROW_MAX)
            return -1;
        if (left < at + size)
            return 0;
        if (!read_cell(arrived->table->kinds[i], data + at, size, &cells[i]))
            return -1;
        at += size;
    }
    return (int64_t)at;
}

static const struct problem *cut_rows(struct arrived *arrived, move_take *take, void *context)
{
    struct move_cell cells[STATEMENT_MAX];
    if (!arrived->headed) {
        if (arrived->size < HEADER_SIZE)
            return NULL;
        if (memcmp(arrived->data, SIGNATURE, SIGNATURE_SIZE) != 0 ||
            long_at(arrived->data + SIGNATURE_SIZE + 4) != 0)
            return &store_broken;
        arrived->headed = true;
        arrived->at = HEADER_SIZE;
    }
    while (!arrived->ended) {
        int64_t size = cut_row(arrived, cells);
        if (size <= 0)
            return size < 0 ? &store_broken : NULL;
        arrived->at += (size_t)size;
        const struct problem *problem = arrived->ended ? NULL : take(context, cells);
        if (problem)
            return problem;
    }
    return NULL;
}

static const struct problem *drain(struct database *db, struct arrived *arrived, move_take *take,
                                   void *context)
{
    PGconn *handle = handle_of(db);
    const struct problem *problem = NULL;
    char *message = NULL;
    int size;
    while ((size = PQgetCopyData(handle, &message, 0)) > 0) {
        /* What comes after a problem is read and forgotten: the connection stays usable. */
        if (!problem)
            problem = arrive(arrived, message, (size_t)size);
        if (!problem)
            problem = cut_rows(arrived, take, context);
        PQfreemem(message);
    }
    PGresult *result = PQgetResult(handle);
    if (!problem && (size == -2 || PQresultStatus(result) != PGRES_COMMAND_OK))
        return postgresql_failed(db, result, "copy out");
    PQclear(result);
    result = PQgetResult(handle);
    PQclear(result);
    return problem || arrived->ended ? problem : &store_broken;
}

static const struct problem *read_rows(struct database *db, struct memory *memory,
                                       const struct move_table *table, move_take *take,
                                       void *context)
{
    struct arrived arrived = {.table = table, .memory = memory, .room = PIECE};
    struct text sql =
        text_format(memory, "COPY (SELECT %s FROM \"%s\"%s%s) TO STDOUT (FORMAT binary)",
                    table->columns, table->name, *table->order ? " ORDER BY " : "", table->order);
    arrived.data = memory_take_room(memory, arrived.room);
    if (!sql.data || !arrived.data)
        return &out_of_memory;
    PGresult *result = PQexec(handle_of(db), sql.data);
    if (PQresultStatus(result) != PGRES_COPY_OUT)
        return postgresql_failed(db, result, "copy out");
    PQclear(result);
    return drain(db, &arrived, take, context);
}

/* ---- in --------------------------------------------------------------------------------------- */

struct load {
    struct database *db;
    const struct move_table *table;
    struct memory *memory;
    char *piece; /* what is not sent yet */
    size_t size, room;
};

static const struct problem *begin_load(struct database *db)
{
    const struct problem *problem = run(db, patience);
    return problem ? problem : db->store->engine->control(db, CONTROL_BEGIN_MIGRATION);
}

static const struct problem *send_piece(struct load *load)
{
    int sent = PQputCopyData(handle_of(load->db), load->piece, (int)load->size);
    load->size = 0;
    return sent == 1 ? NULL : &store_broken;
}

/* Room for so many bytes more. */
static const struct problem *make_room(struct load *load, size_t size)
{
    const struct problem *problem = NULL;
    if (load->size + size <= load->room)
        return NULL;
    if (load->size)
        problem = send_piece(load);
    if (problem || size <= load->room)
        return problem;
    load->piece = memory_take_room(load->memory, 2 * size);
    load->room = 2 * size;
    return load->piece ? NULL : &out_of_memory;
}

static void add(struct load *load, const void *data, size_t size)
{
    memcpy(load->piece + load->size, data, size);
    load->size += size;
}

static void add_short(struct load *load, int number)
{
    uint16_t big = htobe16((uint16_t)number);
    add(load, &big, sizeof big);
}

static void add_long(struct load *load, uint32_t number)
{
    uint32_t big = htobe32(number);
    add(load, &big, sizeof big);
}

static const struct problem *begin_table(struct database *db, struct memory *memory,
                                         const struct move_table *table, void **out)
{
    struct load *load = memory_take(memory, sizeof *load);
    struct text sql = text_format(memory, "COPY \"%s\" (%s) FROM STDIN (FORMAT binary)",
                                  table->name, table->columns);
    char *piece = memory_take_room(memory, PIECE);
    if (!load || !sql.data || !piece)
        return &out_of_memory;
    *load = (struct load){db, table, memory, piece, 0, PIECE};
    *out = load;
    PGresult *result = PQexec(handle_of(db), sql.data);
    if (PQresultStatus(result) != PGRES_COPY_IN)
        return postgresql_failed(db, result, "copy in");
    PQclear(result);
    add(load, SIGNATURE, SIGNATURE_SIZE);
    add_long(load, 0);
    add_long(load, 0);
    return NULL;
}

static void add_cell(struct load *load, enum move_kind kind, const struct move_cell *cell)
{
    if (cell->null) {
        add_long(load, UINT32_MAX);
    } else if (kind == MOVE_TEXT || kind == MOVE_BYTES) {
        add_long(load, (uint32_t)cell->text.size);
        add(load, cell->text.data, cell->text.size);
    } else if (kind == MOVE_FLAG) {
        add_long(load, 2);
        add_short(load, (int)cell->integer);
    } else {
        uint64_t big = htobe64((uint64_t)cell->integer);
        add_long(load, 8);
        add(load, &big, sizeof big);
    }
}

static const struct problem *put_row(void *context, const struct move_cell *cells)
{
    struct load *load = context;
    size_t size = 2;
    for (size_t i = 0; i < load->table->count; i++)
        size += 4 + 8 + (cells[i].null ? 0 : cells[i].text.size);
    const struct problem *problem = size > ROW_MAX ? &too_large : make_room(load, size);
    if (problem)
        return problem;
    add_short(load, (int)load->table->count);
    for (size_t i = 0; i < load->table->count; i++)
        add_cell(load, load->table->kinds[i], &cells[i]);
    return NULL;
}

static const struct problem *end_table(void *context, const struct problem *problem)
{
    struct load *load = context;
    PGconn *handle = handle_of(load->db);
    if (!problem)
        problem = make_room(load, 2);
    if (!problem) {
        add_short(load, -1);
        problem = send_piece(load);
    }
    (void)PQputCopyEnd(handle, problem ? "given up" : NULL);
    PGresult *result = PQgetResult(handle);
    if (!problem && PQresultStatus(result) != PGRES_COMMAND_OK)
        return postgresql_failed(load->db, result, "copy in");
    PQclear(result);
    result = PQgetResult(handle);
    PQclear(result);
    return problem;
}

/* Without statistics the first hours would be planned by guesses. */
static const struct problem *end_load(struct database *db, const struct move_table *tables,
                                      size_t table_count)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < table_count; i++) {
        char sql[200];
        (void)snprintf(sql, sizeof sql, "ANALYZE \"%s\"", tables[i].name);
        problem = run(db, sql);
    }
    return problem ? problem : store_commit(db);
}

const struct mover postgresql_mover = {
    .alone = alone,
    .begin_read = begin_read,
    .count = count,
    .read = read_rows,
    .begin_load = begin_load,
    .begin_table = begin_table,
    .put = put_row,
    .end_table = end_table,
    .end_load = end_load,
};
