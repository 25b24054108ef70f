/*
 * From what the client sent to the handler's input struct.
 *
 * Members named in the path are read from the path, the others from the query or the body.
 * Undeclared names are ignored in queries and forms and refused in JSON.
 * Must not know: sockets, sessions, templates. Read next: web/router.c.
 */
#ifndef CONTRAFLOW_WEB_INTAKE_H
#define CONTRAFLOW_WEB_INTAKE_H

#include "base/shape.h"
#include "web/body.h"
#include "web/decode.h"

/* Errors by field, growing. */
struct blame {
    struct memory *memory;
    struct field_error *items;
    size_t count;
    size_t room;
};
/* Adds one; beyond 200, or without memory, it only counts as failed input. */
void blame_add(struct blame *blame, struct field_error error);

struct intake {
    struct memory *memory;
    struct currency currency;      /* of money fields that name none */
    const struct pairs *path;      /* path parameters; their names are members */
    const struct pairs *values;    /* query or form */
    const struct body_file *files; /* of a multipart form */
    size_t file_count;
};

/* Reads the path's members into `target`. A parameter that is no such id or number names nothing
 * that exists: &not_found. */
const struct problem *intake_path(const struct intake *intake, const struct shape *shape,
                                  void *target);
/* Reads every member that is not in the path. &invalid_input when *blame got errors. */
const struct problem *intake_values(const struct intake *intake, const struct shape *shape,
                                    void *target, struct blame *blame);
/* Reads a JSON object; `shape` holds no member of the path. */
const struct problem *intake_json(const struct intake *intake, const struct shape *shape,
                                  struct text json, void *target, struct blame *blame);

#endif
