/*
 * Many things by one call: a list comes in, and what became of each line goes out, in the same order.
 *
 * Each line is a write of its own: what one is refused for keeps the others from nothing. Where the world fails
 * the call fails; what was done until then stays done, and the same call sent again goes on with the rest.
 * Must not know: the things. Read next: core/shop/take.c, src/modules/stock/me_describe.c.
 */
#ifndef CONTRAFLOW_CORE_BATCH_H
#define CONTRAFLOW_CORE_BATCH_H

#include "base/shape.h"
#include "web/request.h"

struct batch_made {            /* shape: What became of a line */
    struct maybe_text id;      /* Names the thing; absent: it was refused, or has no name */
    struct text outcome;       /* made, changed, same or older; refused when problem says why */
    struct maybe_text problem; /* Why it was refused: the name of the problem */
};
LIST_OF(batch_made);
struct batch_result {             /* shape: What became of each line of a batch */
    int64_t done;                 /* Lines that were done, now or before */
    int64_t refused;              /* Lines that were refused */
    struct batch_made_list lines; /* ..1000: In the order in which they came */
};

/* Does one line, in a write of its own, and says what became of it. A problem of the client refuses the line,
 * any other ends the call. */
typedef const struct problem *batch_line(struct request *request, const void *lines, size_t line,
                                         struct batch_made *out);

const struct problem *batch_run(struct request *request, const void *lines, size_t count,
                                batch_line *take, struct batch_result *out);
/* What became of a thing: its id, and the word for the outcome. */
const struct problem *batch_tell(struct memory *memory, const char *prefix, int64_t id,
                                 const char *outcome, struct batch_made *out);

#endif
