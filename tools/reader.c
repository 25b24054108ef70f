/*
 * Memory, files and C tokens for the generators, see reader.h.
 *
 * Must not know: what the tokens mean.
 */
#include "reader.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything taken hangs on one chain, so that a leak checker sees that it is still known. */
struct link {
    struct link *before;
    max_align_t bytes[];
};
static struct link *last_link;

void refuse(struct place place, const char *format, ...)
{
    if (place.line > 0)
        fprintf(stderr, "%s:%d: ", place.file, place.line);
    else
        fprintf(stderr, "%s: ", place.file);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

void *take(size_t size)
{
    struct link *link = calloc(1, sizeof *link + size);
    if (link == NULL) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    link->before = last_link;
    last_link = link;
    return link->bytes;
}

char *take_part(const char *start, size_t size)
{
    char *copy = take(size + 1);
    memcpy(copy, start, size);
    return copy;
}

char *take_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = take((size_t)size + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)size + 1, format, arguments);
    va_end(arguments);
    return text;
}

void *take_room(void *items, size_t count, size_t size)
{
    const size_t first = 8;
    if (count == 0)
        return take(first * size);
    bool full = count >= first && (count & (count - 1)) == 0;
    if (!full)
        return items;
    void *larger = take(2 * count * size);
    memcpy(larger, items, count * size);
    return larger;
}

char *file_read(const char *path, size_t *size)
{
    struct place place = {path, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        refuse(place, "cannot be opened: %s", strerror(errno));
    size_t room = 65536;
    size_t used = 0;
    char *data = take(room);
    for (;;) {
        used += fread(data + used, 1, room - used - 1, file);
        if (used < room - 1)
            break;
        char *larger = take(2 * room);
        memcpy(larger, data, used);
        data = larger;
        room = 2 * room;
    }
    if (ferror(file))
        refuse(place, "cannot be read: %s", strerror(errno));
    fclose(file);
    data[used] = '\0';
    if (size != NULL)
        *size = used;
    return data;
}

bool text_same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool text_ends(const char *text, const char *end)
{
    size_t size = strlen(text);
    size_t tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

const char *text_after(const char *text, const char *start)
{
    size_t size = strlen(start);
    return strncmp(text, start, size) == 0 ? text + size : NULL;
}

bool text_is_word(const char *text, const char *more)
{
    if (*text < 'a' || *text > 'z')
        return false;
    for (; *text != '\0'; text++) {
        bool plain = (*text >= 'a' && *text <= 'z') || (*text >= '0' && *text <= '9');
        if (!plain && strchr(more, *text) == NULL)
            return false;
    }
    return true;
}

const char *path_included(const char *path)
{
    const char *rest = text_after(path, "src/");
    return rest != NULL ? rest : path;
}

/* A C file while it is cut into tokens. */
struct source {
    const char *at;      /* next character */
    struct place place;  /* of that character */
    bool line_is_blank;  /* nothing but blanks before it on its line */
    struct token *items; /* so far */
    size_t count;
};

static void source_step(struct source *source)
{
    if (*source->at == '\n') {
        source->place.line++;
        source->line_is_blank = true;
    }
    source->at++;
}

/* Adds what stands from `start` up to the present character. */
static void source_add(struct source *source, enum token_kind kind, const char *start,
                       struct place place)
{
    source->items = take_room(source->items, source->count, sizeof *source->items);
    source->items[source->count++] = (struct token){
        kind,
        take_part(start, (size_t)(source->at - start)),
        place,
    };
}

/* The words of a comment: continuation lines lose their blanks and their leading star. */
static char *comment_words(const char *start, const char *end)
{
    char *words = take((size_t)(end - start) + 1);
    size_t size = 0;
    bool line_start = true;
    for (const char *c = start; c < end; c++) {
        if (*c == '*' && line_start && c > start)
            continue;
        if (isspace((unsigned char)*c)) {
            line_start = line_start || *c == '\n';
            if (size > 0 && words[size - 1] != ' ')
                words[size++] = ' ';
            continue;
        }
        line_start = false;
        words[size++] = *c;
    }
    while (size > 0 && words[size - 1] == ' ')
        size--;
    words[size] = '\0';
    return words;
}

static void source_comment(struct source *source)
{
    struct place place = source->place;
    const char *start = source->at + 2;
    bool block = source->at[1] == '*';
    source->at += 2;
    while (block ? !(source->at[0] == '*' && source->at[1] == '/')
                 : *source->at != '\n' && *source->at != '\0') {
        if (*source->at == '\0')
            refuse(place, "this comment never ends");
        source_step(source);
    }
    char *words = comment_words(start, source->at);
    if (block)
        source->at += 2;
    source_add(source, TOKEN_COMMENT, start, place);
    source->items[source->count - 1].text = words;
}

static void source_literal(struct source *source)
{
    struct place place = source->place;
    const char *start = source->at;
    char quote = *source->at;
    source_step(source);
    while (*source->at != quote) {
        if (*source->at == '\\' && source->at[1] != '\0')
            source_step(source);
        if (*source->at == '\0' || *source->at == '\n')
            refuse(place, "this literal never ends");
        source_step(source);
    }
    source_step(source);
    source_add(source, TOKEN_LITERAL, start, place);
}

/* A comment behind a directive stays a token of its own, it may reach over several lines. */
static void source_directive(struct source *source)
{
    struct place place = source->place;
    const char *start = source->at;
    while (*source->at != '\0' && *source->at != '\n') {
        if (source->at[0] == '/' && (source->at[1] == '*' || source->at[1] == '/'))
            break;
        if (source->at[0] == '\\' && source->at[1] == '\n')
            source_step(source);
        source_step(source);
    }
    source_add(source, TOKEN_DIRECTIVE, start, place);
}

static void source_word(struct source *source)
{
    struct place place = source->place;
    const char *start = source->at;
    enum token_kind kind = isdigit((unsigned char)*start) ? TOKEN_NUMBER : TOKEN_NAME;
    while (isalnum((unsigned char)*source->at) || *source->at == '_')
        source->at++;
    source_add(source, kind, start, place);
}

static void source_token(struct source *source)
{
    char c = *source->at;
    if (c == '/' && (source->at[1] == '*' || source->at[1] == '/')) {
        source_comment(source);
    } else if (c == '#' && source->line_is_blank) {
        source_directive(source);
    } else if (c == '"' || c == '\'') {
        source_literal(source);
    } else if (isalnum((unsigned char)c) || c == '_') {
        source_word(source);
    } else {
        struct place place = source->place;
        const char *start = source->at;
        source_step(source);
        source_add(source, TOKEN_MARK, start, place);
    }
    source->line_is_blank = false;
}

struct token *tokens_read(const char *path)
{
    size_t size;
    struct source source = {.place = {path, 1}, .line_is_blank = true};
    source.at = file_read(path, &size);
    if (strlen(source.at) != size)
        refuse((struct place){path, 0}, "holds a NUL byte");
    while (*source.at != '\0') {
        if (isspace((unsigned char)*source.at))
            source_step(&source);
        else
            source_token(&source);
    }
    source_add(&source, TOKEN_END, source.at, source.place);
    return source.items;
}
