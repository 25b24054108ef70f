/*
 * Writes constant shapes, fields and words as C, for the generators that need some.
 *
 * Must not know: headers' comments, SQL. Read next: shapes.c.
 */
#ifndef CONTRAFLOW_TOOLS_SHAPE_WRITER_H
#define CONTRAFLOW_TOOLS_SHAPE_WRITER_H

#include "headers.h"
#include "output.h"

/* `<linkage>const struct shape <tag>_shape` with its fields; linkage is "" or "static ". */
void write_shape(struct output *output, const struct declaration *shape, const char *linkage);
/* `const struct words <tag>_words`. */
void write_words(struct output *output, const struct declaration *words);

/* The headers of which a generated file uses something. */
struct uses {
    const struct header **items; /* each once */
    size_t count;                /* of them */
};
void uses_add(struct uses *uses, const struct header *header);
/* Those that the members' types are declared in; none for an id or an enum. */
void uses_add_shape(struct uses *uses, const struct declaration *shape);
/* #include of the generated .shapes.h of each. */
void uses_write(struct output *output, const struct uses *uses);

#endif
