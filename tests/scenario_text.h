/*
 * Text of stories and pages: words of a line, pages as people read them, files joined.
 *
 * Must not know: worlds, people, what a line of a story means. Read next: tests/scenario_test.c.
 */
#ifndef CONTRAFLOW_TESTS_SCENARIO_TEXT_H
#define CONTRAFLOW_TESTS_SCENARIO_TEXT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Takes the next word off the line: up to a blank, or what stands in quotes. NULL at the end. */
static inline char *word(char **line)
{
    while (**line == ' ')
        (*line)++;
    if (**line == '\0')
        return NULL;
    char end = **line == '"' ? '"' : ' ';
    char *start = end == '"' ? ++*line : *line;
    /* key="two words" is one word too. */
    char *out = start;
    while (**line != '\0' && **line != end) {
        if (end == ' ' && **line == '"') {
            for ((*line)++; **line != '\0' && **line != '"'; (*line)++)
                *out++ = **line;
            if (**line != '\0')
                (*line)++;
            continue;
        }
        *out++ = *(*line)++;
    }
    if (**line != '\0')
        (*line)++;
    *out = '\0';
    return start;
}

/* All between the first quote of a line and the one that ends it, quotes among it; NULL: it is not so. */
static inline char *quoted(char *line)
{
    char *start = strchr(line, '"');
    size_t size = strlen(line);
    while (size > 0 && line[size - 1] == ' ')
        size--;
    if (!start || start == line + size - 1 || line[size - 1] != '"')
        return NULL;
    line[size - 1] = '\0';
    return start + 1;
}

/* Page text with its tags taken out and entities put back, so that stories read as people do. */
static inline struct text read_page(struct memory *memory, struct text body)
{
    static const struct {
        const char *entity, *character;
    } entities[] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                    {"&quot;", "\""}, {"&#39;", "'"}, {"\xc2\xa0", " "}};
    struct builder out = builder_make(memory, 4 << 20);
    bool tag = false;
    bool blank = false;
    for (size_t i = 0; i < body.size; i++) {
        const char *at = &body.data[i];
        bool replaced = false;
        for (size_t e = 0; !tag && !replaced && e < sizeof entities / sizeof entities[0]; e++) {
            size_t size = strlen(entities[e].entity);
            if (i + size <= body.size && memcmp(at, entities[e].entity, size) == 0) {
                builder_add_c(&out, entities[e].character);
                i += size - 1;
                replaced = true;
            }
        }
        if (replaced) {
            blank = false;
            continue;
        }
        bool space = *at == '<' || *at == '\n' || *at == ' ' || *at == '\t';
        tag = *at == '<' || (tag && *at != '>');
        if (tag || *at == '>' || space) {
            if (!blank)
                builder_add_char(&out, ' ');
            blank = true;
        } else {
            builder_add_char(&out, *at);
            blank = false;
        }
    }
    struct text text = {"", 0};
    return builder_end(&out, &text) ? text_of("") : text;
}

/* Adds a file's first bytes to another; all of it when `limit` is 0. */
static inline void add_file(const char *from, FILE *out, size_t limit)
{
    FILE *in = fopen(from, "re");
    char chunk[8192];
    if (!in) {
        printf("1..0 # SKIP %s is not there\n", from);
        exit(77);
    }
    size_t left = limit ? limit : SIZE_MAX;
    for (size_t got; left > 0; left -= got) {
        got = fread(chunk, 1, left < sizeof chunk ? left : sizeof chunk, in);
        if (got == 0)
            break;
        fwrite(chunk, 1, got, out);
    }
    fclose(in);
}

#endif
