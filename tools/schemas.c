/*
 * schemas OUTDIR DIR...
 *
 * For each folder with a schema/ in it writes OUTDIR/<DIR without src/>/schema.h and schema.c with
 * `const struct schema FOLDER_schema` (src/store/store.h), FOLDER being the last part of DIR. The
 * migrations are schema/NNNN_name.sql, numbered from 0001 without a gap.
 *
 * Must not know: SQL.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "reader.h"

struct migration {
    const char *name; /* "0001_photos" */
    const char *path; /* "src/modules/stock/schema/0001_photos.sql" */
};

struct folder {
    const char *path;            /* as given, without a slash at its end */
    const char *name;            /* its last part */
    struct migration *migration; /* in the order of their numbers */
    size_t count;                /* of them */
};

/* The NNNN of "NNNN_name.sql", or 0 when the name is another. */
static int number_of(const char *name)
{
    bool numbered = strspn(name, "0123456789") == 4 && name[4] == '_';
    if (!numbered || !text_ends(name, ".sql"))
        return 0;
    const char *rest = take_part(name + 5, strlen(name) - 5 - strlen(".sql"));
    return text_is_word(rest, "_") ? atoi(name) : 0;
}

static int by_name(const void *a, const void *b)
{
    const struct migration *left = a;
    const struct migration *right = b;
    return strcmp(left->name, right->name);
}

static void check_numbers(const struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        struct place place = {folder->migration[i].path, 0};
        int number = atoi(folder->migration[i].name);
        int expected = (int)i + 1;
        if (number < expected)
            refuse(place, "a second migration with the number %04d", number);
        if (number > expected)
            refuse(place, "there is no migration with the number %04d before it", expected);
    }
}

static struct folder read_folder(const char *path)
{
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    struct folder folder = {.path = take_part(path, size)};
    const char *slash = strrchr(folder.path, '/');
    folder.name = slash != NULL ? slash + 1 : folder.path;
    const char *inner = take_format("%s/schema", folder.path);
    if (!text_is_word(folder.name, "_"))
        refuse((struct place){path, 0}, "a folder's name is in lower-case letters, digits and _");
    DIR *opened = opendir(inner);
    if (opened == NULL)
        refuse((struct place){inner, 0}, "cannot be opened: %s", strerror(errno));
    for (struct dirent *entry; (entry = readdir(opened)) != NULL;) {
        if (*entry->d_name == '.')
            continue;
        const char *file = take_format("%s/%s", inner, entry->d_name);
        if (number_of(entry->d_name) == 0)
            refuse((struct place){file, 0}, "a migration is named NNNN_name.sql, from 0001 on");
        folder.migration = take_room(folder.migration, folder.count, sizeof *folder.migration);
        folder.migration[folder.count++] = (struct migration){
            take_part(entry->d_name, strlen(entry->d_name) - strlen(".sql")),
            file,
        };
    }
    closedir(opened);
    if (folder.count == 0)
        refuse((struct place){inner, 0}, "holds no migration");
    qsort(folder.migration, folder.count, sizeof *folder.migration, by_name);
    check_numbers(&folder);
    return folder;
}

static void write_h(const char *path, const struct folder *folder)
{
    struct output *output =
        output_open(take_format("%s.h", path), "schemas.c", take_format("%s/schema", folder->path));
    const char *guard = output_guard(take_format("%s/schema.h", path_included(folder->path)));
    fprintf(output->stream,
            "#ifndef %s\n#define %s\n\n#include \"store/store.h\"\n\n"
            "extern const struct schema %s_schema;\n\n#endif\n",
            guard, guard, folder->name);
    output_save(output);
}

static void write_c(const char *path, const struct folder *folder)
{
    struct output *output =
        output_open(take_format("%s.c", path), "schemas.c", take_format("%s/schema", folder->path));
    FILE *out = output->stream;
    fprintf(out, "#include \"%s/schema.h\"\n\nstatic const struct migration migrations[] = {\n",
            path_included(folder->path));
    for (size_t i = 0; i < folder->count; i++) {
        size_t size;
        const struct migration *migration = &folder->migration[i];
        const char *sql = file_read(migration->path, &size);
        if (size == 0 || strlen(sql) != size)
            refuse((struct place){migration->path, 0}, "is empty or holds a NUL byte");
        fprintf(out, "    {.name = \"%s/%s\",\n     .sql =", folder->name, migration->name);
        output_lines(output, sql, size);
        fputs("},\n", out);
    }
    fprintf(out,
            "};\nconst struct schema %s_schema = {\n    .folder = \"%s\",\n"
            "    .migrations = migrations,\n    .count = %zu,\n};\n",
            folder->name, folder->name, folder->count);
    output_save(output);
}

int main(int count, char **arguments)
{
    if (count < 2) {
        fputs("usage: schemas OUTDIR DIR...\n", stderr);
        return 1;
    }
    struct folder *folders = take((size_t)count * sizeof *folders);
    for (int i = 2; i < count; i++) {
        folders[i] = read_folder(arguments[i]);
        for (int j = 2; j < i; j++) {
            if (text_same(folders[j].name, folders[i].name))
                refuse((struct place){folders[i].path, 0}, "a second folder named %s",
                       folders[i].name);
        }
    }
    for (int i = 2; i < count; i++) {
        const char *path =
            take_format("%s/%s/schema", arguments[1], path_included(folders[i].path));
        write_c(path, &folders[i]);
        write_h(path, &folders[i]);
    }
    return 0;
}
