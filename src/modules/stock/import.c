/*
 * `contraflow import photos DIR --as LOGIN`: a folder of files becomes a queue of photographs.
 *
 * Each file below DIR is taken as a page would take it, described by what it says itself (its name, its
 * folders as tags), priced as the setting suggests and submitted. Every file ends in the queue or is
 * refused with a named reason. Must not know: how files are decoded.
 */
#include "modules/stock/import.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/settings.h"

/* "DSC_0012-long walk.jpg" becomes "DSC 0012 long walk". */
static struct text title_of(struct memory *memory, const char *file)
{
    struct text title = text_copy(memory, text_of(file));
    char *data = (char *)title.data;
    if (!data)
        return title;
    char *dot = strrchr(data, '.');
    if (dot && dot != data)
        *dot = '\0';
    for (char *at = data; *at; at++) {
        if (*at == '_' || *at == '-')
            *at = ' ';
    }
    return text_trim(text_of(data));
}

static const struct problem *describe_and_submit(struct import_run *run, struct memory *memory,
                                                 struct stock_photo_id photo, const FTSENT *entry)
{
    struct money price = {setting_integer("stock.price"), setting_currency("site.currency")};
    struct money none = {0, price.currency};
    struct text title = title_of(memory, entry->fts_name);
    struct text tags = title_of(memory, entry->fts_parent->fts_name);
    if (!title.data || !tags.data)
        return &out_of_memory;
    struct stock_description description = {
        .title = text_empty(title) ? text_of(entry->fts_name) : title,
        .description = text_of(""),
        .tags = text_empty(tags) ? title : tags,
        .category = CATEGORY_THINGS,
        .prices = {.standard = price, .extended = none, .editorial = none, .buyout = none},
    };
    const struct problem *problem =
        stock_describe(run->store, memory, photo, run->person, &description, run->at);
    if (!problem)
        problem = stock_photo_move(run->store, memory, photo, PHOTO_SUBMIT, BY_SUPPLIER,
                                   run->person, 0, text_of(""), run->at);
    return problem;
}

static const struct problem *take_entry(struct import_run *run, struct memory *memory,
                                        const FTSENT *entry)
{
    struct stock_photo_id photo;
    struct text name = text_of(entry->fts_name);
    struct bytes raw = {(const unsigned char *)name.data, name.size};
    if (!text_valid(raw))
        return &stock_bad_name;
    int file = open(entry->fts_accpath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return &world_failed;
    const struct problem *problem =
        stock_take_file(run->store, memory, run->person, file, name, run->at, &photo);
    close(file);
    return problem ? problem : describe_and_submit(run, memory, photo, entry);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Walks the folder; counts its files first when `take` is false. A full disk ends the walk, any other
 * problem is that file's alone. */
static const struct problem *walk(struct import_run *run, const char *folder, bool take,
                                  int64_t *files)
{
    char *const paths[] = {(char *)folder, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    const struct problem *problem = tree ? NULL : &world_failed;
    int64_t done = 0;
    for (FTSENT *entry; !problem && (entry = fts_read(tree)) != NULL;) {
        if (entry->fts_info != FTS_F || entry->fts_name[0] == '.')
            continue;
        done++;
        if (!take)
            continue;
        struct memory *memory = memory_create(64 << 20);
        const struct problem *why = memory ? take_entry(run, memory, entry) : &out_of_memory;
        if (why)
            run->refused(run, text_of(entry->fts_path), why);
        run->taken += why ? 0 : 1;
        run->left_out += why ? 1 : 0;
        problem = why == &disk_full ? why : NULL;
        run->progress("Photographs", done, *files);
        memory_end(memory);
    }
    if (tree)
        fts_close(tree);
    if (!take)
        *files = done;
    return problem;
}

static const struct problem *import_photos(struct import_run *run)
{
    const char *folder = text_c(run->memory, run->path);
    int64_t files = 0;
    if (!folder)
        return &out_of_memory;
    if (access(folder, R_OK | X_OK) != 0)
        return errno == ENOENT ? &not_found : &world_failed;
    const struct problem *problem = walk(run, folder, false, &files);
    return problem ? problem : walk(run, folder, true, &files);
}

const struct problem stock_bad_name = {"stock.bad_name", 422, FAULT_CLIENT, false};
const struct command_import stock_import_photos = {"photos", import_photos};
