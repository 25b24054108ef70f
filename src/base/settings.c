/*
 * Settings: tables declared by their users, values from a file, the environment and the command line.
 *
 * Filled at start by one thread, then only read. Must not know: what any setting means.
 * Read next: base/settings.h.
 */
#include "base/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

enum { SETTINGS_MAX = 256, FILE_BYTES_MAX = 1024 * 1024 };

/* Where a value came from; a higher source is not overwritten by a lower one. */
enum source { SOURCE_STANDARD = 0, SOURCE_FILE, SOURCE_ENVIRONMENT, SOURCE_COMMAND_LINE };

struct value {
    struct text text;   /* as it was written */
    int64_t integer;    /* of SETTING_INTEGER */
    bool flag;          /* of SETTING_FLAG */
    enum source source; /* who set it */
    int line;           /* of the file, 0 otherwise */
};

static const struct setting *known[SETTINGS_MAX];
static struct value values[SETTINGS_MAX];
static size_t known_count;

extern char **environ;

static struct value *find_value(struct text name)
{
    for (size_t i = 0; i < known_count; i++) {
        if (text_is(name, known[i]->name)) {
            return &values[i];
        }
    }
    return NULL;
}

static bool read_flag(struct text text, bool *out)
{
    static const char *const yes[] = {"on", "true", "yes", "1"};
    static const char *const no[] = {"off", "false", "no", "0"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (text_is(text, yes[i]) || text_is(text, no[i])) {
            *out = text_is(text, yes[i]);
            return true;
        }
    }
    return false;
}

/* NULL when `text` suits the setting, else what would have. */
static const char *read_value(const struct setting *setting, struct text text, struct value *out)
{
    struct bytes raw = {(const unsigned char *)text.data, text.size};
    if (!text_valid(raw)) {
        return "text in UTF-8";
    }
    out->text = text;
    switch (setting->kind) {
    case SETTING_TEXT:
        return NULL;
    case SETTING_INTEGER:
        if (!text_to_integer(text, &out->integer)) {
            return "a whole number";
        }
        return out->integer >= setting->low && out->integer <= setting->high ? NULL
                                                                             : "a number in range";
    case SETTING_FLAG:
        return read_flag(text, &out->flag) ? NULL : "on or off";
    }
    return "a known kind";
}

void settings_declare(const struct setting *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ensure(known_count < SETTINGS_MAX);
        ensure(!find_value(text_of(table[i].name)));
        struct value value = {.source = SOURCE_STANDARD};
        ensure(!read_value(&table[i], text_of(table[i].standard), &value));
        known[known_count] = &table[i];
        values[known_count] = value;
        known_count++;
    }
}

/* `place` begins the complaint: "FILE line 3", "environment variable X". */
static const struct problem *assign(struct memory *process, struct text name, struct text raw,
                                    enum source source, int line, const char *place,
                                    struct text *complaint)
{
    struct value *value = find_value(name);
    if (!value) {
        *complaint = text_format(process, "%s: unknown setting \"%.*s\"", place, TEXT_ARGS(name));
        return &invalid_input;
    }
    const struct setting *setting = known[value - values];
    if (source == SOURCE_FILE && value->line > 0) {
        *complaint = text_format(process, "%s: \"%s\" was set before, on line %d", place,
                                 setting->name, value->line);
        return &invalid_input;
    }
    struct value read = {.source = source, .line = line};
    struct text kept = text_copy(process, raw);
    if (!kept.data) {
        return &out_of_memory;
    }
    const char *expected = read_value(setting, kept, &read);
    if (expected && setting->kind == SETTING_INTEGER) {
        *complaint =
            text_format(process, "%s: \"%s\" must be a whole number from %lld to %lld", place,
                        setting->name, (long long)setting->low, (long long)setting->high);
    } else if (expected) {
        *complaint = text_format(process, "%s: \"%s\" must be %s", place, setting->name, expected);
    }
    if (expected) {
        return &invalid_input;
    }
    if (source >= value->source) {
        *value = read;
    }
    value->line = line;
    return NULL;
}

/* The value without the quotes that may stand around it. */
static struct text unquote(struct text raw)
{
    if (raw.size >= 2 && raw.data[0] == '"' && raw.data[raw.size - 1] == '"') {
        return (struct text){raw.data + 1, raw.size - 2};
    }
    return raw;
}

static const struct problem *read_line(struct memory *process, const char *file, int number,
                                       struct text line, struct text *complaint)
{
    line = text_trim(line);
    if (line.size == 0 || line.data[0] == '#') {
        return NULL;
    }
    struct text place = text_format(process, "%s line %d", file, number);
    if (!place.data) {
        return &out_of_memory;
    }
    struct bytes raw = {(const unsigned char *)line.data, line.size};
    if (!text_valid(raw)) {
        *complaint = text_format(process, "%s: not text in UTF-8", place.data);
        return &invalid_input;
    }
    if (!memchr(line.data, '=', line.size)) {
        *complaint = text_format(process, "%s: expected \"name = value\"", place.data);
        return &invalid_input;
    }
    struct text name;
    text_split(&line, '=', &name);
    return assign(process, text_trim(name), unquote(text_trim(line)), SOURCE_FILE, number,
                  place.data, complaint);
}

static const struct problem *read_whole(struct memory *process, const char *file, FILE *stream,
                                        struct text *content, struct text *complaint)
{
    char *data = memory_take(process, FILE_BYTES_MAX + 1);
    if (!data) {
        return &out_of_memory;
    }
    size_t size = fread(data, 1, FILE_BYTES_MAX + 1, stream);
    if (ferror(stream)) {
        *complaint = text_format(process, "%s: %s", file, strerror(errno));
        return &world_failed;
    }
    if (size > FILE_BYTES_MAX) {
        *complaint = text_format(process, "%s: larger than %d bytes", file, FILE_BYTES_MAX);
        return &too_large;
    }
    *content = (struct text){data, size};
    return NULL;
}

static const struct problem *load_file(struct memory *process, const char *file,
                                       struct text *complaint)
{
    FILE *stream = fopen(file, "re");
    if (!stream) {
        if (errno == ENOENT) {
            return NULL;
        }
        *complaint = text_format(process, "%s: %s", file, strerror(errno));
        return &world_failed;
    }
    struct memory *scratch = memory_scratch(process);
    struct text left = {NULL, 0};
    const struct problem *problem =
        scratch ? read_whole(scratch, file, stream, &left, complaint) : &out_of_memory;
    fclose(stream);
    struct text line;
    for (int number = 1; !problem && text_split(&left, '\n', &line); number++) {
        problem = read_line(process, file, number, line, complaint);
    }
    if (problem && complaint->size > 0) {
        *complaint = text_copy(process, *complaint);
    }
    memory_end(scratch);
    return problem;
}

/* True when `variable` is the setting's name in capitals, other characters as underscores. */
static bool names_setting(struct text variable, const char *name)
{
    if (variable.size != strlen(name)) {
        return false;
    }
    for (size_t i = 0; i < variable.size; i++) {
        char expected =
            isalnum((unsigned char)name[i]) ? (char)toupper((unsigned char)name[i]) : '_';
        if (variable.data[i] != expected) {
            return false;
        }
    }
    return true;
}

static const struct problem *load_variable(struct memory *process, const char *entry,
                                           struct text *complaint)
{
    static const char prefix[] = "CONTRAFLOW_";
    struct text left = text_of(entry);
    struct text variable;
    if (!text_starts(left, prefix) || !text_split(&left, '=', &variable)) {
        return NULL;
    }
    struct text place = text_format(process, "environment variable %.*s", TEXT_ARGS(variable));
    if (!place.data) {
        return &out_of_memory;
    }
    struct text name = {variable.data + strlen(prefix), variable.size - strlen(prefix)};
    for (size_t i = 0; i < known_count; i++) {
        if (names_setting(name, known[i]->name)) {
            return assign(process, text_of(known[i]->name), left, SOURCE_ENVIRONMENT, 0, place.data,
                          complaint);
        }
    }
    *complaint = text_format(process, "%s: unknown setting", place.data);
    return &invalid_input;
}

const struct problem *settings_load(struct memory *process, const char *file,
                                    struct text *complaint)
{
    *complaint = (struct text){NULL, 0};
    for (size_t i = 0; i < known_count; i++) {
        values[i].line = 0;
    }
    const struct problem *problem = load_file(process, file, complaint);
    for (char **entry = environ; !problem && entry && *entry; entry++) {
        problem = load_variable(process, *entry, complaint);
    }
    return problem;
}

const struct problem *settings_set(struct memory *process, struct text name, struct text value,
                                   struct text *complaint)
{
    *complaint = (struct text){NULL, 0};
    return assign(process, name, value, SOURCE_COMMAND_LINE, 0, "command line", complaint);
}

static const struct value *declared(const char *name, enum setting_kind kind)
{
    const struct value *value = find_value(text_of(name));
    ensure(value && known[value - values]->kind == kind);
    return value;
}

struct text setting_text(const char *name)
{
    return declared(name, SETTING_TEXT)->text;
}

struct currency setting_currency(const char *name)
{
    struct currency currency;
    ensure(currency_parse(setting_text(name), &currency));
    return currency;
}

int64_t setting_integer(const char *name)
{
    return declared(name, SETTING_INTEGER)->integer;
}

bool setting_flag(const char *name)
{
    return declared(name, SETTING_FLAG)->flag;
}

size_t settings_list(const struct setting *const **out)
{
    *out = known;
    return known_count;
}

struct text setting_written(struct memory *memory, const struct setting *setting)
{
    switch (setting->kind) {
    case SETTING_INTEGER:
        return text_format(memory, "%lld", (long long)setting_integer(setting->name));
    case SETTING_FLAG:
        return text_of(setting_flag(setting->name) ? "on" : "off");
    case SETTING_TEXT:
        break;
    }
    struct text value = setting_text(setting->name);
    return setting->secret && !text_empty(value) ? text_of("(secret)") : value;
}
