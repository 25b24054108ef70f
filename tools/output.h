/*
 * Writing for the build's generators: a file appears whole or not at all, and keeps its time when
 * nothing in it changed, so that make compiles only what did.
 *
 * Must not know: what is written. Read next: shape_writer.h.
 */
#ifndef CONTRAFLOW_TOOLS_OUTPUT_H
#define CONTRAFLOW_TOOLS_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

struct output {
    FILE *stream;     /* print here */
    const char *path; /* where output_save() puts it */
    char *data;       /* what was printed, once saved */
    size_t size;      /* bytes of it */
};

/* Starts a file in memory. `tool` and `source` stand in its first line. */
struct output *output_open(const char *path, const char *tool, const char *source);
/* Puts it into place, with the folders it needs. Refuses (reader.h) what the disk refuses. */
void output_save(struct output *output);

/* A C string literal, quotes included. */
void output_literal(struct output *output, const char *text);
/* `size` bytes as a C string literal for each line of text, each on a line of its own. */
void output_lines(struct output *output, const char *data, size_t size);
/* The words as a C comment of lines up to 100 columns. */
void output_comment(struct output *output, const char *words);
/* The name of an include guard: "modules/stock/queries.h" gives GENERATED_MODULES_STOCK_QUERIES_H. */
char *output_guard(const char *path);

#endif
