/*
 * House rules about words files: every key and argument of English stands in the other languages,
 * and nothing else does.
 *
 * Knows the form of text/LANGUAGE.txt ("key = text", lines beginning with blanks go on, # comments)
 * and of ICU's MessageFormat (https://unicode-org.github.io/icu/userguide/format_parse/messages/) as
 * far as finding the names of arguments. Must not know: what the words mean.
 * Read next: src/web/words.h, which reads the same files at start.
 */
#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARGUMENTS_MAX 16
#define NAME_MAX_SIZE 64

/* One "key = text". */
struct entry {
    char *key;   /* trimmed */
    char *text;  /* with its further lines */
    size_t line; /* where it begins */
};

struct word_list {
    const struct checked_file *file; /* where they are from */
    struct entry *items;             /* in order of the file */
    size_t count;                    /* how many */
};

/* The set of argument names of one text. */
struct argument_set {
    char names[ARGUMENTS_MAX][NAME_MAX_SIZE]; /* in order of appearance */
    size_t count;                             /* how many */
    bool broken;                              /* braces don't match */
};

static char *copy_part(const char *start, size_t size)
{
    char *made = strndup(start, size);
    if (!made) {
        fprintf(stderr, "check: out of memory\n");
        exit(2);
    }
    return made;
}

static void add_entry(struct word_list *list, const char *line, size_t length, size_t number)
{
    const char *equals = memchr(line, '=', length);
    size_t key = equals ? (size_t)(equals - line) : 0;
    while (key > 0 && isspace((unsigned char)line[key - 1])) {
        key--;
    }
    if (key == 0) {
        check_found("words-format", list->file->path, number, "not \"key = text\"");
        return;
    }
    struct entry *larger = realloc(list->items, (list->count + 1) * sizeof *larger);
    if (!larger) {
        fprintf(stderr, "check: out of memory\n");
        exit(2);
    }
    list->items = larger;
    list->items[list->count++] =
        (struct entry){.key = copy_part(line, key),
                       .text = copy_part(equals + 1, length - (size_t)(equals + 1 - line)),
                       .line = number};
}

static void continue_entry(struct word_list *list, const char *line, size_t length)
{
    struct entry *last = &list->items[list->count - 1];
    size_t before = strlen(last->text);
    char *larger = realloc(last->text, before + length + 2);
    if (!larger) {
        fprintf(stderr, "check: out of memory\n");
        exit(2);
    }
    larger[before] = '\n';
    memcpy(larger + before + 1, line, length);
    larger[before + 1 + length] = 0;
    last->text = larger;
}

static struct word_list read_words(const struct checked_file *file)
{
    struct word_list list = {.file = file};
    size_t number = 1;
    for (const char *line = file->text; *line; number++) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        bool blank = strspn(line, " \t\r") >= length;
        if (!blank && line[0] != '#') {
            if (isspace((unsigned char)line[0]) && list.count > 0) {
                continue_entry(&list, line, length);
            } else {
                add_entry(&list, line, length, number);
            }
        }
        line += length + (end ? 1 : 0);
    }
    return list;
}

static void free_words(struct word_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].key);
        free(list->items[i].text);
    }
    free(list->items);
}

static const struct entry *find_entry(const struct word_list *list, const char *key, size_t below)
{
    for (size_t i = 0; i < below; i++) {
        if (strcmp(list->items[i].key, key) == 0) {
            return &list->items[i];
        }
    }
    return NULL;
}

/* ---- arguments ---- */

static bool has_argument(const struct argument_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void note_argument(struct argument_set *set, const char *start, size_t length)
{
    char name[NAME_MAX_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)length, start);
    if (!has_argument(set, name) && set->count < ARGUMENTS_MAX) {
        memcpy(set->names[set->count++], name, sizeof name);
    }
}

static const char *skip_blanks(const char *at)
{
    while (isspace((unsigned char)*at)) {
        at++;
    }
    return at;
}

static const char *read_message(struct argument_set *set, const char *at, int depth);

/* After the comma of "{count, plural, one {...} other {...}}": reads each branch as a message. */
static const char *read_branches(struct argument_set *set, const char *at, int depth)
{
    for (at = skip_blanks(at); *at && *at != '}'; at = skip_blanks(at)) {
        if (*at == '{') {
            at = read_message(set, at + 1, depth + 1);
            if (*at != '}') {
                set->broken = true;
                return at;
            }
        }
        at++;
    }
    return at;
}

/* Reads "{name}" or "{name, type, style}" from after its brace; returns at its closing brace. */
static const char *read_argument(struct argument_set *set, const char *at, int depth)
{
    at = skip_blanks(at);
    const char *name = at;
    while (check_is_name(*at)) {
        at++;
    }
    if (at == name) {
        set->broken = true;
        return at;
    }
    note_argument(set, name, (size_t)(at - name));
    at = skip_blanks(at);
    if (*at == ',') {
        at = skip_blanks(at + 1);
        bool branches = check_starts(at, "plural") || check_starts(at, "select");
        at += strcspn(at, ",}");
        if (*at == ',') {
            at = branches ? read_branches(set, at + 1, depth) : at + strcspn(at, "}");
        }
    }
    set->broken |= *at != '}';
    return at;
}

/* Reads up to the end, or to the brace that closes the branch it stands in. */
static const char *read_message(struct argument_set *set, const char *at, int depth)
{
    while (*at && !set->broken) {
        if (*at == '\'' && (at[1] == '{' || at[1] == '}')) {
            const char *end = strchr(at + 1, '\'');
            at = end ? end + 1 : at + strlen(at);
        } else if (*at == '{') {
            at = read_argument(set, at + 1, depth);
            at += *at == '}';
        } else if (*at == '}') {
            set->broken |= depth == 0;
            return at;
        } else {
            at++;
        }
    }
    return at;
}

static struct argument_set arguments_of(const struct word_list *list, const struct entry *entry)
{
    struct argument_set set = {0};
    read_message(&set, entry->text, 0);
    if (set.broken) {
        check_found("words-format", list->file->path, entry->line, "%s: braces don't match",
                    entry->key);
    }
    return set;
}

/* ---- comparing ---- */

static void check_own(const struct word_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct entry *entry = &list->items[i];
        const struct entry *earlier = find_entry(list, entry->key, i);
        if (earlier) {
            check_found("words-format", list->file->path, entry->line,
                        "%s stands in line %zu already", entry->key, earlier->line);
        }
        if (*skip_blanks(entry->text) == 0) {
            check_found("words-format", list->file->path, entry->line, "%s says nothing",
                        entry->key);
        }
    }
}

static void compare_words(const struct word_list *english, const struct word_list *other)
{
    for (size_t i = 0; i < english->count; i++) {
        const struct entry *reference = &english->items[i];
        const struct entry *entry = find_entry(other, reference->key, other->count);
        if (!entry) {
            check_found("words-missing", other->file->path, 0, "has no %s", reference->key);
            continue;
        }
        struct argument_set wanted = arguments_of(english, reference);
        struct argument_set found = arguments_of(other, entry);
        for (size_t j = 0; j < wanted.count; j++) {
            if (!has_argument(&found, wanted.names[j])) {
                check_found("words-argument", other->file->path, entry->line,
                            "%s lacks {%s}, which English has", entry->key, wanted.names[j]);
            }
        }
        for (size_t j = 0; j < found.count; j++) {
            if (!has_argument(&wanted, found.names[j])) {
                check_found("words-argument", other->file->path, entry->line,
                            "%s has {%s}, which English lacks", entry->key, found.names[j]);
            }
        }
    }
    for (size_t i = 0; i < other->count; i++) {
        if (!find_entry(english, other->items[i].key, english->count)) {
            check_found("words-missing", english->file->path, 0, "has no %s, %s has",
                        other->items[i].key, other->file->path);
        }
    }
}

void check_words(const struct checked_tree *tree)
{
    static const char *const languages[] = {"fr", "ru", "zh-Hant"};
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        if (!check_ends(file->path, "/text/en.txt")) {
            continue;
        }
        struct word_list english = read_words(file);
        check_own(&english);
        for (size_t j = 0; j < sizeof languages / sizeof languages[0]; j++) {
            char path[512];
            snprintf(path, sizeof path, "%.*s%s.txt", (int)(strlen(file->path) - strlen("en.txt")),
                     file->path, languages[j]);
            const struct checked_file *other = check_find(tree, path);
            if (!other) {
                check_found("words-missing", path, 0, "does not exist");
                continue;
            }
            struct word_list words = read_words(other);
            check_own(&words);
            compare_words(&english, &words);
            free_words(&words);
        }
        free_words(&english);
    }
}
