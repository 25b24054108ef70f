/*
 * Shapes: finding fields and words, and reading one field from text with its limits.
 *
 * Must not know: forms and queries (web/), SQL (store/). Read next: base/json_read.c.
 */
#include "base/shape.h"

#include <string.h>
#include <strings.h>

#include "base/field_limits.h"
#include "base/ids.h"
#include "base/log.h"

enum { MAIL_BYTES_MAX = 254, MAIL_LOCAL_BYTES_MAX = 64, URL_BYTES_MAX = 2048 };

const struct problem *maybe_text_format(struct memory *memory, struct maybe_text *out,
                                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text text = text_format_list(memory, format, arguments);
    va_end(arguments);
    *out = (struct maybe_text){text.data != NULL, text};
    return text.data ? NULL : &out_of_memory;
}

const struct problem *list_cut(struct memory *memory, const struct shape *item, void *list,
                               size_t most, struct maybe_text *later, const char *format, ...)
{
    /* Every X_list has this layout, see LIST_OF(). */
    struct {
        const char *items;
        size_t count;
    } *cut = list;
    const struct field *id = &item->fields[0];
    ensure(most > 0 && id->kind == FIELD_ID && !id->optional);
    if (cut->count <= most)
        return NULL;
    cut->count = most;
    int64_t last =
        *(const int64_t *)(const void *)(cut->items + (most - 1) * item->size + id->offset);
    va_list arguments;
    va_start(arguments, format);
    struct text path = text_format_list(memory, format, arguments);
    va_end(arguments);
    if (!path.data)
        return &out_of_memory;
    return maybe_text_format(memory, later, "%.*s%s", TEXT_ARGS(path),
                             id_text(id->prefix, last).text);
}

const struct field *shape_find(const struct shape *shape, struct text name)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (text_is(name, shape->fields[i].name)) {
            return &shape->fields[i];
        }
    }
    return NULL;
}

const char *words_name(const struct words *words, int value)
{
    for (size_t i = 0; i < words->count; i++) {
        if (words->items[i].value == value) {
            return words->items[i].name;
        }
    }
    return NULL;
}

int words_value(const struct words *words, struct text name)
{
    for (size_t i = 0; i < words->count; i++) {
        if (text_is(name, words->items[i].name)) {
            return words->items[i].value;
        }
    }
    return 0;
}

enum field_fault field_report(const struct field *field, enum field_fault fault, int64_t limit,
                              int64_t found, struct field_error *error)
{
    if (error) {
        *error = (struct field_error){
            .field = field->name, .fault = fault, .limit = limit, .found = found};
    }
    return fault;
}

static enum field_fault report(const struct field *field, enum field_fault fault,
                               struct field_error *error)
{
    return field_report(field, fault, 0, 0, error);
}

enum field_fault field_check_number(const struct field *field, int64_t number,
                                    struct field_error *error)
{
    int64_t low = field->low < -MONEY_MAX ? -MONEY_MAX : field->low;
    int64_t high = field->high > MONEY_MAX ? MONEY_MAX : field->high;
    if (field->kind == FIELD_MONEY && field->low == INT64_MIN) {
        low = 0;
    }
    if (number < low) {
        return field_report(field, FIELD_TOO_SMALL, low, number, error);
    }
    if (number > high) {
        return field_report(field, FIELD_TOO_LARGE, high, number, error);
    }
    return FIELD_FINE;
}

void *field_place(const struct field *field, void *target)
{
    char *member = (char *)target + field->offset;
    if (field->optional) {
        *(bool *)member = true;
    }
    return member + field->value_offset;
}

static bool only_digits(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if (t.data[i] < '0' || t.data[i] > '9') {
            return false;
        }
    }
    return t.size > 0;
}

/* What is wrong with digits that no number of ours can hold. */
static enum field_fault report_number(const struct field *field, struct text typed,
                                      enum field_fault otherwise, struct field_error *error)
{
    bool sign = typed.size > 0 && (typed.data[0] == '-' || typed.data[0] == '+');
    bool negative = sign && typed.data[0] == '-';
    struct text digits = sign ? (struct text){typed.data + 1, typed.size - 1} : typed;
    if (!only_digits(digits) || digits.size < 12 || (sign && field->kind == FIELD_MONEY)) {
        return report(field, otherwise, error);
    }
    int64_t found = negative ? INT64_MIN : INT64_MAX;
    return field_check_number(field, found, error);
}

/* Letters, digits, hyphens and bytes of other scripts, in at least two parts without an empty one. */
static bool is_domain(struct text domain)
{
    struct text part;
    int parts = 0;
    if (domain.size == 0 || domain.data[domain.size - 1] == '.') {
        return false;
    }
    while (text_split(&domain, '.', &part)) {
        parts++;
        if (part.size == 0 || part.size > 63 || part.data[0] == '-' ||
            part.data[part.size - 1] == '-') {
            return false;
        }
        for (size_t i = 0; i < part.size; i++) {
            unsigned char c = (unsigned char)part.data[i];
            bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
            if (!letter && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
    }
    return parts >= 2;
}

/* A sane part of RFC 5321: no quoted local part, no address literal, nothing that could end a
 * header line. The only proof of an address is that mail to it is answered. */
static bool is_mail(struct text mail)
{
    struct text domain = mail;
    struct text local;
    if (mail.size > MAIL_BYTES_MAX || !memchr(mail.data, '@', mail.size) ||
        !text_split(&domain, '@', &local)) {
        return false;
    }
    if (local.size == 0 || local.size > MAIL_LOCAL_BYTES_MAX || local.data[0] == '.' ||
        local.data[local.size - 1] == '.') {
        return false;
    }
    for (size_t i = 0; i < local.size; i++) {
        unsigned char c = (unsigned char)local.data[i];
        if (c <= ' ' || c == 0x7F || strchr("\"(),:;<>[\\]", c)) {
            return false;
        }
    }
    return is_domain(domain);
}

/* http or https with a host and no user name, only characters that RFC 3986 allows or of other
 * scripts. */
static bool is_url(struct text url)
{
    size_t scheme = url.size > 8 && strncasecmp(url.data, "https://", 8) == 0  ? 8
                    : url.size > 7 && strncasecmp(url.data, "http://", 7) == 0 ? 7
                                                                               : 0;
    if (scheme == 0 || url.size > URL_BYTES_MAX) {
        return false;
    }
    bool host = true;
    for (size_t i = scheme; i < url.size; i++) {
        unsigned char c = (unsigned char)url.data[i];
        if (c <= ' ' || c == 0x7F || strchr("\"<>\\^`{|}", c)) {
            return false;
        }
        bool ends_host = c == '/' || c == '?' || c == '#';
        if (host && (c == '@' || (i == scheme && (ends_host || c == ':' || c == '.')))) {
            return false;
        }
        host = host && !ends_host;
    }
    return true;
}

static enum field_fault read_text(struct memory *memory, const struct field *field, struct text raw,
                                  void *target, struct field_error *error)
{
    int64_t length = (int64_t)text_length(raw);
    if (length < field->low) {
        return field_report(field, FIELD_TOO_SHORT, field->low, length, error);
    }
    if (length > field->high) {
        return field_report(field, FIELD_TOO_LONG, field->high, length, error);
    }
    if (field->format != FORMAT_ANY && raw.size > 0) {
        raw = text_trim(raw);
    }
    if (field->format == FORMAT_MAIL && !is_mail(raw)) {
        return report(field, FIELD_NOT_MAIL, error);
    }
    if (field->format == FORMAT_URL && !is_url(raw)) {
        return report(field, FIELD_NOT_URL, error);
    }
    struct text copy = text_copy(memory, raw);
    if (!copy.data) {
        report(field, FIELD_REFUSED, error);
        if (error) {
            error->rule = "problem.out_of_memory";
        }
        return FIELD_REFUSED;
    }
    *(struct text *)field_place(field, target) = copy;
    return FIELD_FINE;
}

static enum field_fault read_integer(const struct field *field, struct text typed, void *target,
                                     struct field_error *error)
{
    int64_t number;
    if (!text_to_integer(typed, &number)) {
        return report_number(field, typed, FIELD_NOT_NUMBER, error);
    }
    enum field_fault fault = field_check_number(field, number, error);
    if (fault == FIELD_FINE) {
        *(int64_t *)field_place(field, target) = number;
    }
    return fault;
}

static enum field_fault read_money(const struct field *field, struct text typed,
                                   struct currency currency, void *target,
                                   struct field_error *error)
{
    struct money money;
    if (!money_parse(typed, currency, &money)) {
        return report_number(field, typed, FIELD_NOT_MONEY, error);
    }
    enum field_fault fault = field_check_number(field, money.minor, error);
    if (fault == FIELD_FINE) {
        *(struct money *)field_place(field, target) = money;
    }
    return fault;
}

static enum field_fault read_flag(const struct field *field, struct text typed, void *target,
                                  struct field_error *error)
{
    bool on = text_is(typed, "on") || text_is(typed, "1") || text_is(typed, "true");
    if (!on && !text_is(typed, "off") && !text_is(typed, "0") && !text_is(typed, "false")) {
        return report(field, FIELD_NOT_FLAG, error);
    }
    *(bool *)field_place(field, target) = on;
    return FIELD_FINE;
}

static enum field_fault read_instant(const struct field *field, struct text typed, void *target,
                                     struct field_error *error)
{
    struct instant at;
    if (!instant_parse(typed, &at)) {
        return report(field, FIELD_NOT_DATE, error);
    }
    *(struct instant *)field_place(field, target) = at;
    return FIELD_FINE;
}

static enum field_fault read_id(const struct field *field, struct text typed, void *target,
                                struct field_error *error)
{
    int64_t id;
    if (!id_parse(typed, field->prefix, &id)) {
        return report(field, FIELD_NOT_ID, error);
    }
    memcpy(field_place(field, target), &id, sizeof id);
    return FIELD_FINE;
}

static enum field_fault read_word(const struct field *field, struct text typed, void *target,
                                  struct field_error *error)
{
    int value = words_value(field->words, typed);
    if (value == 0) {
        return report(field, FIELD_NOT_WORD, error);
    }
    memcpy(field_place(field, target), &value, sizeof value);
    return FIELD_FINE;
}

/* A field whose text is empty: absent, off, empty where 0 is its declared minimum, or missing. */
static enum field_fault read_empty(const struct field *field, void *target,
                                   struct field_error *error)
{
    char *member = (char *)target + field->offset;
    if (field->optional) {
        *(bool *)member = false;
        return FIELD_FINE;
    }
    if (field->kind == FIELD_FLAG) {
        *(bool *)member = false;
        return FIELD_FINE;
    }
    if (field->kind == FIELD_TEXT && field->low == 0) {
        *(struct text *)(void *)member = (struct text)TEXT("");
        return FIELD_FINE;
    }
    return report(field, FIELD_MISSING, error);
}

enum field_fault field_read(struct memory *memory, const struct field *field, struct text raw,
                            struct currency currency, void *target, struct field_error *error)
{
    struct bytes bytes = {(const unsigned char *)raw.data, raw.size};
    if (!text_valid(bytes)) {
        return report(field, FIELD_NOT_TEXT, error);
    }
    struct text typed = text_trim(raw);
    if (text_empty(typed)) {
        return read_empty(field, target, error);
    }
    switch (field->kind) {
    case FIELD_FLAG:
        return read_flag(field, typed, target, error);
    case FIELD_INTEGER:
        return read_integer(field, typed, target, error);
    case FIELD_TEXT:
        return read_text(memory, field, raw, target, error);
    case FIELD_MONEY:
        return read_money(field, typed, currency, target, error);
    case FIELD_INSTANT:
        return read_instant(field, typed, target, error);
    case FIELD_ID:
        return read_id(field, typed, target, error);
    case FIELD_WORD:
        return read_word(field, typed, target, error);
    case FIELD_HTML:
    case FIELD_STRUCT:
    case FIELD_LIST:
    case FIELD_UPLOAD:
        break;
    }
    ensure_failed("the field is a scalar", __FILE__, __LINE__, __func__);
}
