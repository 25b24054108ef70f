/*
 * embed OUT.c OUT.h SYMBOL FILE...
 *
 * Writes the files as constant data: `const struct embedded SYMBOL[]` sorted by name and
 * `SYMBOL_count`, see src/base/embedded.h. A FILE is named by its path; NAME=FILE names it NAME.
 *
 * Must not know: what the files are.
 */
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "reader.h"

struct file {
    const char *name; /* it is found by */
    const char *path; /* it is read from */
};

static struct file read_argument(const char *argument)
{
    const char *equals = strchr(argument, '=');
    if (equals == NULL)
        return (struct file){argument, argument};
    return (struct file){take_part(argument, (size_t)(equals - argument)), equals + 1};
}

static int by_name(const void *a, const void *b)
{
    const struct file *left = a;
    const struct file *right = b;
    return strcmp(left->name, right->name);
}

static void write_h(const char *path, const char *symbol)
{
    const char *slash = strrchr(path, '/');
    const char *guard = output_guard(slash != NULL ? slash + 1 : path);
    struct output *output = output_open(path, "embed.c", "the files it embeds");
    fprintf(output->stream,
            "#ifndef %s\n#define %s\n\n#include \"base/embedded.h\"\n\n"
            "extern const struct embedded %s[];\nextern const size_t %s_count;\n\n#endif\n",
            guard, guard, symbol, symbol);
    output_save(output);
}

static void write_c(const char *path, const char *symbol, const struct file *files, size_t count)
{
    struct output *output = output_open(path, "embed.c", "the files it embeds");
    FILE *out = output->stream;
    size_t *sizes = take((count + 1) * sizeof *sizes);
    fputs("#include \"base/embedded.h\"\n\n", out);
    fprintf(out, "extern const struct embedded %s[];\nextern const size_t %s_count;\n", symbol,
            symbol);
    for (size_t i = 0; i < count; i++) {
        const char *data = file_read(files[i].path, &sizes[i]);
        fprintf(out, "\nstatic const unsigned char file_%zu[%zu] =", i, sizes[i] + 1);
        output_lines(output, data, sizes[i]);
        fputs(";\n", out);
    }
    fprintf(out, "\nconst struct embedded %s[] = {\n", symbol);
    for (size_t i = 0; i < count; i++) {
        fputs("    {.name = ", out);
        output_literal(output, files[i].name);
        fprintf(out, ", .data = file_%zu, .size = %zu},\n", i, sizes[i]);
    }
    if (count == 0)
        fputs("    {.name = NULL},\n", out);
    fprintf(out, "};\nconst size_t %s_count = %zu;\n", symbol, count);
    output_save(output);
}

int main(int count, char **arguments)
{
    if (count < 4) {
        fputs("usage: embed OUT.c OUT.h SYMBOL FILE...\n", stderr);
        return 1;
    }
    size_t file_count = (size_t)count - 4;
    struct file *files = take((file_count + 1) * sizeof *files);
    for (size_t i = 0; i < file_count; i++)
        files[i] = read_argument(arguments[i + 4]);
    qsort(files, file_count, sizeof *files, by_name);
    for (size_t i = 1; i < file_count; i++) {
        if (text_same(files[i - 1].name, files[i].name))
            refuse((struct place){files[i].path, 0}, "a second file named %s", files[i].name);
    }
    write_c(arguments[1], arguments[3], files, file_count);
    write_h(arguments[2], arguments[3]);
    return 0;
}
