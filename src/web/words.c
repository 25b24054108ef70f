/*
 * The words files: read once at start, found by key afterwards.
 *
 * Responsible for the files' lines, keys and the comparison of languages. Must not know: HTML, how
 * a sentence is compiled. Read next: words_sentence.c.
 */
#include "web/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/settings.h"
#include "web/words_parts.h"

/* One "key = text" of one file. */
struct entry {
    struct text key;
    enum language language;
    struct text pattern;
    const struct sentence *sentence;
    const char *file; /* for complaints */
    int line;         /* of the key */
};

/* A fallback chain of entries: [language] or English. */
struct phrase {
    struct text key;
    const struct entry *entries[LANGUAGE_LIMIT]; /* NULL: this language lacks it */
};

static const char *const tags[LANGUAGE_LIMIT] = {
    [LANGUAGE_EN] = "en", [LANGUAGE_FR] = "fr", [LANGUAGE_RU] = "ru", [LANGUAGE_ZH] = "zh-Hant"};
static const char *const locales[LANGUAGE_LIMIT] = {[LANGUAGE_EN] = "en_GB",
                                                    [LANGUAGE_FR] = "fr_FR",
                                                    [LANGUAGE_RU] = "ru_RU",
                                                    [LANGUAGE_ZH] = "zh_Hant_TW"};

static const struct phrase *phrases;
static size_t phrase_count;
static bool strict;

const char *language_tag(enum language language)
{
    return tags[language];
}

const char *language_locale(enum language language)
{
    return locales[language];
}

void words_be_strict(void)
{
    strict = true;
}

void words_blame(const char *key, const char *what)
{
    log_write(LOG_ERROR, "words.missing", "key=%s argument=%s", key, what);
    ensure(!strict);
}

/* What reading needs to say where it is. */
struct reading {
    struct memory *memory;
    struct entry *entries;
    size_t count;
    struct text *complaint;
};

static const struct problem *refuse(struct reading *r, const char *file, int line, struct text what)
{
    *r->complaint = text_format(r->memory, "%s:%d: %.*s", file, line, TEXT_ARGS(what));
    return &invalid_input;
}

/* The language of "ui/text/fr.txt"; 0 when the file holds no words. */
static enum language file_language(struct text name)
{
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        char ending[32];
        size_t size = (size_t)snprintf(ending, sizeof ending, "text/%s.txt", tags[language]);
        if (name.size >= size && memcmp(name.data + name.size - size, ending, size) == 0 &&
            (name.size == size || name.data[name.size - size - 1] == '/')) {
            return language;
        }
    }
    return 0;
}

static size_t count_lines(const struct embedded *files, size_t count)
{
    size_t lines = 0;
    for (size_t i = 0; i < count; i++) {
        if (file_language(text_of(files[i].name))) {
            lines++;
            for (size_t at = 0; at < files[i].size; at++) {
                lines += files[i].data[at] == '\n';
            }
        }
    }
    return lines;
}

static bool key_valid(struct text key)
{
    for (size_t i = 0; i < key.size; i++) {
        char c = key.data[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || c == '-' || (c == '.' && i > 0);
        if (!fine) {
            return false;
        }
    }
    return key.size > 0;
}

/* Appends a line to what the entry has, with \n made a line break. */
static bool add_line(struct memory *memory, struct entry *entry, struct text line)
{
    bool chinese = entry->language == LANGUAGE_ZH;
    bool joined =
        entry->pattern.size > 0 && !chinese && entry->pattern.data[entry->pattern.size - 1] != '\n';
    char *room = memory_take(memory, entry->pattern.size + line.size + 2);
    if (!room) {
        return false;
    }
    size_t size = entry->pattern.size;
    if (size > 0) {
        memcpy(room, entry->pattern.data, size);
    }
    if (joined) {
        room[size++] = ' ';
    }
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] == '\\' && i + 1 < line.size && line.data[i + 1] == 'n') {
            room[size++] = '\n';
            i++;
        } else {
            room[size++] = line.data[i];
        }
    }
    entry->pattern = (struct text){room, size};
    return true;
}

static const struct problem *read_line(struct reading *r, const struct embedded *file, int number,
                                       struct text line, struct entry **last)
{
    struct text trimmed = text_trim(line);
    if (trimmed.size == 0 || line.data[0] == '#') {
        return NULL;
    }
    if (line.data[0] == ' ' || line.data[0] == '\t') {
        if (!*last) {
            return refuse(r, file->name, number, text_of("goes on, but no key came before"));
        }
        return add_line(r->memory, *last, trimmed) ? NULL : &out_of_memory;
    }
    const char *equals = memchr(trimmed.data, '=', trimmed.size);
    if (!equals) {
        return refuse(r, file->name, number, text_of("expected key = text"));
    }
    size_t key_size = (size_t)(equals - trimmed.data);
    struct text key = text_trim((struct text){trimmed.data, key_size});
    if (!key_valid(key)) {
        return refuse(r, file->name, number,
                      text_of("a key has letters, digits, dots, underscores and hyphens"));
    }
    struct entry *entry = &r->entries[r->count++];
    *entry = (struct entry){.key = key,
                            .language = file_language(text_of(file->name)),
                            .file = file->name,
                            .line = number};
    *last = entry;
    struct text rest = {equals + 1, trimmed.size - key_size - 1};
    return add_line(r->memory, entry, text_trim(rest)) ? NULL : &out_of_memory;
}

static const struct problem *read_file(struct reading *r, const struct embedded *file)
{
    if (!text_valid((struct bytes){file->data, file->size})) {
        return refuse(r, file->name, 1, text_of("not UTF-8, or a NUL byte"));
    }
    struct text rest = {(const char *)file->data, file->size};
    struct text line;
    struct entry *last = NULL;
    for (int number = 1; text_split(&rest, '\n', &line); number++) {
        const struct problem *problem = read_line(r, file, number, line, &last);
        if (problem) {
            return problem;
        }
    }
    return NULL;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = text_compare(a->key, b->key);
    return order ? order : (int)a->language - (int)b->language;
}

static const struct problem *compile_entries(struct reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        struct entry *entry = &r->entries[i];
        struct text what;
        if (i > 0 && compare_entries(entry, entry - 1) == 0) {
            what = text_format(r->memory, "%.*s is already in %s:%d", TEXT_ARGS(entry->key),
                               entry[-1].file, entry[-1].line);
            return refuse(r, entry->file, entry->line, what);
        }
        entry->sentence = sentence_compile(r->memory, entry->language, entry->pattern, &what);
        if (!entry->sentence) {
            what = text_format(r->memory, "%.*s: %.*s", TEXT_ARGS(entry->key), TEXT_ARGS(what));
            return refuse(r, entry->file, entry->line, what);
        }
    }
    return NULL;
}

static const struct problem *collect_phrases(struct reading *r)
{
    struct phrase *found = memory_take_array(r->memory, r->count + 1, sizeof *found);
    if (!found) {
        return &out_of_memory;
    }
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct entry *entry = &r->entries[i];
        if (count == 0 || !text_equal(found[count - 1].key, entry->key)) {
            found[count++].key = entry->key;
        }
        found[count - 1].entries[entry->language] = entry;
    }
    phrases = found;
    phrase_count = count;
    return NULL;
}

static const struct problem *load(struct memory *process, const struct embedded *files,
                                  size_t count, const char *zone, struct text *complaint)
{
    const struct problem *problem = numbers_load(complaint);
    if (!problem) {
        problem = plurals_load(complaint);
    }
    if (!problem) {
        problem = moments_load(zone, complaint);
    }
    if (!problem) {
        problem = places_load(complaint);
    }
    struct reading r = {.memory = process, .complaint = complaint};
    r.entries = memory_take_array(process, count_lines(files, count) + 1, sizeof *r.entries);
    if (!r.entries) {
        return &out_of_memory;
    }
    for (size_t i = 0; i < count && !problem; i++) {
        if (file_language(text_of(files[i].name))) {
            problem = read_file(&r, &files[i]);
        }
    }
    if (problem) {
        return problem;
    }
    qsort(r.entries, r.count, sizeof *r.entries, compare_entries);
    problem = compile_entries(&r);
    return problem ? problem : collect_phrases(&r);
}

const struct problem *words_load_from(struct memory *process, const struct embedded *files,
                                      size_t count, struct text *complaint)
{
    return load(process, files, count, "UTC", complaint);
}

/* The setting, or UTC in programs that declare none. */
static const char *zone_set(struct memory *process)
{
    const struct setting *const *settings;
    size_t count = settings_list(&settings);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(settings[i]->name, "site.time_zone") == 0) {
            return text_c(process, setting_text("site.time_zone"));
        }
    }
    return "UTC";
}

const struct problem *words_load(struct memory *process, struct text *complaint)
{
    const char *zone = zone_set(process);
    if (!zone) {
        return &out_of_memory;
    }
    return load(process, embedded_files, embedded_files_count, zone, complaint);
}

static const struct phrase *find_phrase(struct text key)
{
    size_t low = 0, high = phrase_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(phrases[middle].key, key);
        if (order == 0) {
            return &phrases[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

const struct sentence *words_find(enum language language, struct text key)
{
    const struct phrase *phrase = find_phrase(key);
    if (!phrase || !phrase->entries[LANGUAGE_EN]) {
        return NULL;
    }
    const struct entry *entry = phrase->entries[language];
    return entry ? entry->sentence : phrase->entries[LANGUAGE_EN]->sentence;
}

bool words_have(const char *key)
{
    return words_find(LANGUAGE_EN, text_of(key)) != NULL;
}

void words_write(struct builder *out, enum language language, const char *key,
                 const struct word_argument *arguments, size_t count)
{
    const struct sentence *sentence = words_find(language, text_of(key));
    if (sentence) {
        sentence_write(out, language, sentence, key, arguments, count);
    } else {
        words_blame(key, "-");
        builder_add_c(out, key);
    }
}

struct text words_text(struct memory *memory, enum language language, const char *key,
                       const struct word_argument *arguments, size_t count)
{
    const size_t longest = 64 * 1024;
    struct builder out = builder_make(memory, longest);
    struct text text = {"", 0};
    words_write(&out, language, key, arguments, count);
    return builder_end(&out, &text) ? (struct text){"", 0} : text;
}

static bool takes_same(const struct sentence *a, const struct sentence *b)
{
    size_t a_count, b_count;
    const struct parameter *of_a = sentence_parameters(a, &a_count);
    const struct parameter *of_b = sentence_parameters(b, &b_count);
    for (size_t i = 0; i < a_count; i++) {
        bool found = false;
        for (size_t j = 0; j < b_count; j++) {
            found = found || strcmp(of_a[i].name, of_b[j].name) == 0;
        }
        if (!found) {
            return false;
        }
    }
    return a_count == b_count;
}

const struct problem *words_compare(struct memory *memory, struct text *complaint)
{
    struct reading r = {.memory = memory, .complaint = complaint};
    for (size_t i = 0; i < phrase_count; i++) {
        const struct phrase *phrase = &phrases[i];
        const struct entry *english = phrase->entries[LANGUAGE_EN];
        for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
            const struct entry *entry = phrase->entries[language];
            const struct entry *place = entry ? entry : english;
            if (english && entry && takes_same(english->sentence, entry->sentence)) {
                continue;
            }
            if (!place) {
                continue;
            }
            struct text text =
                english && !entry
                    ? text_format(memory, "%s lacks %.*s", tags[language], TEXT_ARGS(phrase->key))
                    : text_format(memory, "%.*s: %s", TEXT_ARGS(phrase->key),
                                  english ? "not the arguments of English" : "English lacks it");
            refuse(&r, place->file, place->line, text);
            return &our_fault;
        }
    }
    return NULL;
}
