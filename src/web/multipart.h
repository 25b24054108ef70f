/*
 * A multipart/form-data body (RFC 7578) taken apart while it arrives.
 *
 * Our own rather than libmicrohttpd's, which needs a live connection and so can be neither fuzzed
 * nor replayed. Keeps at most a boundary's length of the body; files go straight to the sink.
 * Must not know: files, shapes, sockets. Read next: web/body.c.
 */
#ifndef CONTRAFLOW_WEB_MULTIPART_H
#define CONTRAFLOW_WEB_MULTIPART_H

#include "base/memory.h"
#include "base/text.h"

#define MULTIPART_BOUNDARY_MAX 70   /* RFC 2046 5.1.1 */
#define MULTIPART_HEAD_MAX     4096 /* bytes of one part's header lines */

/* Who receives the parts. Each returns false to give up. */
struct multipart_sink {
    /* `file` is what the person's computer calls it; file.data is NULL for a plain field. Both are
     * unchecked bytes that live until the next call. */
    bool (*begin)(void *context, struct text name, struct text file);
    bool (*data)(void *context, const char *data, size_t size);
    bool (*end)(void *context);
};

enum multipart_stage {
    MULTIPART_FIRST = 1, /* before the first boundary */
    MULTIPART_AFTER,     /* behind a boundary: line end, or "--" */
    MULTIPART_HEAD,      /* header lines of a part */
    MULTIPART_DATA,      /* a part's bytes */
    MULTIPART_END,       /* the last boundary was seen */
    MULTIPART_BROKEN,    /* malformed, or the sink gave up */
};

struct multipart {
    const struct multipart_sink *sink;
    void *context;
    enum multipart_stage stage;
    char mark[MULTIPART_BOUNDARY_MAX + 5]; /* CR LF "--" boundary */
    size_t mark_size;
    size_t matched;                /* bytes of the mark seen at the end of what came so far */
    char head[MULTIPART_HEAD_MAX]; /* header lines, or the two bytes behind a boundary */
    size_t head_size;
};

/* The boundary in a Content-Type header. False when there is none or it breaks RFC 2046. */
bool multipart_boundary(struct text content_type, struct text *boundary);

void multipart_begin(struct multipart *multipart, struct text boundary,
                     const struct multipart_sink *sink, void *context);
/* Takes the next bytes. False once broken. */
bool multipart_feed(struct multipart *multipart, const char *data, size_t size);
/* True when the closing boundary came; otherwise the body was cut off. */
bool multipart_complete(const struct multipart *multipart);

#endif
