/*
 * Files that the build put into the program: templates, words, styles, images.
 *
 * tools/embed.c writes lists of them: `const struct embedded SYMBOL[]` in ascending order of the
 * bytes of the name, so that they can be searched, and `const size_t SYMBOL_count`.
 *
 * Must not know: what the files are for.
 */
#ifndef CONTRAFLOW_BASE_EMBEDDED_H
#define CONTRAFLOW_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name;          /* path in the source tree: "ui/style.css" */
    const unsigned char *data; /* what it holds, with a NUL behind it that `size` does not count */
    size_t size;               /* bytes */
};

#endif
