/*
 * Files that generators write, see output.h.
 *
 * Must not know: shapes, SQL.
 */
#include "output.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "reader.h"

struct output *output_open(const char *path, const char *tool, const char *source)
{
    struct output *output = take(sizeof *output);
    output->path = take_part(path, strlen(path));
    output->stream = open_memstream(&output->data, &output->size);
    if (output->stream == NULL)
        refuse((struct place){path, 0}, "no memory to write it");
    fprintf(output->stream, "/* Written by tools/%s from %s. Changes here are lost. */\n", tool,
            source);
    return output;
}

static void make_folders(const char *path)
{
    char *folder = take_part(path, strlen(path));
    for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            refuse((struct place){folder, 0}, "cannot be made: %s", strerror(errno));
        *slash = '/';
    }
}

static bool holds(const char *path, const char *data, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    fclose(file);
    size_t old_size;
    const char *old = file_read(path, &old_size);
    return old_size == size && memcmp(old, data, size) == 0;
}

void output_save(struct output *output)
{
    struct place place = {output->path, 0};
    if (fclose(output->stream) != 0)
        refuse(place, "no memory to write it");
    make_folders(output->path);
    if (!holds(output->path, output->data, output->size)) {
        char *fresh = take_format("%s.new", output->path);
        FILE *file = fopen(fresh, "wb");
        if (file == NULL)
            refuse(place, "cannot be written: %s", strerror(errno));
        size_t written = fwrite(output->data, 1, output->size, file);
        if (fclose(file) != 0 || written != output->size || rename(fresh, output->path) != 0)
            refuse(place, "cannot be written: %s", strerror(errno));
    }
    free(output->data);
    output->data = NULL;
}

/* Bytes that are no printable ASCII become three octal digits, which no next digit can lengthen. */
static void literal_byte(struct output *output, char c)
{
    unsigned char byte = (unsigned char)c;
    if (c == '"' || c == '\\' || c == '?')
        fprintf(output->stream, "\\%c", c);
    else if (c == '\n')
        fputs("\\n", output->stream);
    else if (byte < 32 || byte > 126)
        fprintf(output->stream, "\\%03o", byte);
    else
        fputc(c, output->stream);
}

void output_literal(struct output *output, const char *text)
{
    fputc('"', output->stream);
    for (; *text != '\0'; text++)
        literal_byte(output, *text);
    fputc('"', output->stream);
}

void output_lines(struct output *output, const char *data, size_t size)
{
    const size_t longest = 4000;
    size_t at = 0;
    do {
        fputs("\n    \"", output->stream);
        for (size_t column = 0; at < size && column < longest; column++) {
            literal_byte(output, data[at]);
            if (data[at++] == '\n')
                break;
        }
        fputc('"', output->stream);
    } while (at < size);
}

void output_comment(struct output *output, const char *words)
{
    const size_t widest = 96;
    size_t column = 2;
    fputs("/*", output->stream);
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        if (column + 1 + size > widest) {
            fputs("\n *", output->stream);
            column = 2;
        }
        fprintf(output->stream, " %.*s", (int)size, words);
        column += 1 + size;
        words += size + strspn(words + size, " ");
    }
    fputs(" */\n", output->stream);
}

char *output_guard(const char *path)
{
    char *guard = take_format("GENERATED_%s", path);
    for (char *c = guard; *c != '\0'; c++)
        *c = (char)(isalnum((unsigned char)*c) ? toupper((unsigned char)*c) : '_');
    return guard;
}
