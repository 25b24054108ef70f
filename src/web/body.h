/*
 * A request's body while it arrives: a form, a form with files, or JSON.
 *
 * Forms and JSON are kept whole, up to the route's limit; files of a multipart form go to DATA/tmp
 * piece by piece. Nothing is judged here beyond size and form: shapes do that later.
 * Must not know: routes, shapes, libmicrohttpd. Read next: web/intake.c.
 */
#ifndef CONTRAFLOW_WEB_BODY_H
#define CONTRAFLOW_WEB_BODY_H

#include "base/memory.h"
#include "base/problem.h"
#include "web/decode.h"
#include "web/multipart.h"
#include "web/upload.h"

#define BODY_STANDARD                                                                              \
    (4 * 1024 *                                                                                    \
     1024) /* bytes when a route names no limit: so much comes back with its error named */
#define BODY_FIELDS_MAX (2 * 1024 * 1024) /* bytes of all plain fields of a multipart form */

enum body_kind { BODY_NONE = 0, BODY_FORM, BODY_FILES, BODY_JSON };

/* A file that came, under the name of its form field. */
struct body_file {
    struct text field;
    struct upload upload;
};

struct body {
    enum body_kind kind;
    struct memory *memory;         /* the request's */
    struct text folder;            /* DATA/tmp */
    size_t limit;                  /* bytes at most */
    size_t seen;                   /* bytes so far */
    const struct problem *problem; /* why it cannot be used; the rest is thrown away */
    struct builder whole;          /* BODY_FORM, BODY_JSON: all; BODY_FILES: the open field */
    struct text bytes;             /* BODY_FORM, BODY_JSON once ended */
    struct pairs form;             /* fields of a form once ended */
    struct multipart *multipart;   /* BODY_FILES */
    struct body_file *files;       /* in order of arrival */
    size_t file_count;
    struct text field;  /* name of the open part */
    size_t field_bytes; /* of all plain fields */
    int fd;             /* of the open file; -1 when none */
    bool file_open;     /* the open part is a file */
};

extern const struct problem web_bad_type; /* 415: the body's Content-Type is none we read */
extern const struct problem web_bad_body; /* 400: a form that breaks its own format */

/* Begins by Content-Type; none of ours sets body->problem. `folder` must exist. */
void body_begin(struct body *body, struct memory *memory, struct text content_type,
                struct text folder, size_t limit);
void body_take(struct body *body, const char *data, size_t size);
/* Nothing more comes. Files that ended early are marked as cut. */
void body_end(struct body *body);

#endif
