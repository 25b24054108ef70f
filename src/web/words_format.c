/*
 * One value in one of the formats that templates and sentences share.
 *
 * Must not know: HTML, shapes. Read next: words_sentence.c.
 */
#include "web/words_parts.h"

struct format_name {
    const char *name;
    enum field_kind kind;
    enum value_format format;
};

static const struct format_name format_names[] = {
    {"date", FIELD_INSTANT, AS_DATE},       {"time", FIELD_INSTANT, AS_TIME},
    {"moment", FIELD_INSTANT, AS_MOMENT},   {"month", FIELD_INSTANT, AS_MONTH},
    {"day", FIELD_INSTANT, AS_DAY},         {"weekday", FIELD_INSTANT, AS_WEEKDAY},
    {"iso", FIELD_INSTANT, AS_ISO},         {"ago", FIELD_INSTANT, AS_AGO},
    {"amount", FIELD_MONEY, AS_STANDARD},   {"signed", FIELD_MONEY, AS_SIGNED},
    {"number", FIELD_MONEY, AS_NUMBER},     {"typed", FIELD_MONEY, AS_TYPED},
    {"currency", FIELD_MONEY, AS_CURRENCY}, {"number", FIELD_INTEGER, AS_STANDARD},
    {"plain", FIELD_INTEGER, AS_PLAIN},     {"percent", FIELD_INTEGER, AS_PERCENT},
    {"bytes", FIELD_INTEGER, AS_BYTES},     {"word", FIELD_WORD, AS_WORD},
};

enum value_format format_find(enum field_kind kind, struct text name)
{
    for (size_t i = 0; i < sizeof format_names / sizeof format_names[0]; i++) {
        if (format_names[i].kind == kind && text_is(name, format_names[i].name)) {
            return format_names[i].format;
        }
    }
    return AS_UNKNOWN;
}

bool format_fits(enum field_kind kind, enum value_format format)
{
    for (size_t i = 0; i < sizeof format_names / sizeof format_names[0]; i++) {
        if (format_names[i].kind == kind && format_names[i].format == format) {
            return true;
        }
    }
    return format == AS_STANDARD;
}

static void write_counted(struct builder *out, enum language language, const char *key,
                          int64_t count)
{
    struct word_argument argument = {.name = "n", .kind = FIELD_INTEGER, .integer = count};
    words_write(out, language, key, &argument, 1);
}

/* The nearest unit that leaves at least one; beyond 30 days the date says more. */
static void write_ago(struct builder *out, enum language language, struct instant at)
{
    int64_t passed = clock_now().ms - at.ms;
    bool past = passed >= 0;
    int64_t size = past ? passed : -passed;
    if (size < MINUTE) {
        words_write(out, language, "ago.now", NULL, 0);
    } else if (size < HOUR) {
        write_counted(out, language, past ? "ago.minutes" : "ahead.minutes", size / MINUTE);
    } else if (size < DAY) {
        write_counted(out, language, past ? "ago.hours" : "ahead.hours", size / HOUR);
    } else if (size <= 30 * DAY) {
        write_counted(out, language, past ? "ago.days" : "ahead.days", size / DAY);
    } else {
        words_moment(out, language, at, MOMENT_DATE);
    }
}

/* Decimal units (SI), one digit after the point below ten. */
static void write_bytes(struct builder *out, enum language language, int64_t bytes)
{
    static const char *const keys[] = {"bytes.kilo", "bytes.mega", "bytes.giga"};
    if (bytes < 1000) {
        write_counted(out, language, "bytes.single", bytes);
        return;
    }
    int unit = 0;
    int64_t divisor = 1000;
    while (unit < 2 && (bytes + divisor / 2) / divisor >= 1000) {
        unit++;
        divisor *= 1000;
    }
    int64_t tenths = bytes / (divisor / 10) + (bytes % (divisor / 10) >= divisor / 20);
    struct builder amount = builder_make(out->memory, 64);
    if (tenths < 100) {
        words_decimal(&amount, language, tenths, 1);
    } else {
        words_decimal(&amount, language, (tenths + 5) / 10, 0);
    }
    struct word_argument argument = {.name = "amount", .kind = FIELD_TEXT};
    if (builder_end(&amount, &argument.text)) {
        out->failed = true;
        return;
    }
    words_write(out, language, keys[unit], &argument, 1);
}

static void write_instant(struct builder *out, enum language language, struct instant at,
                          enum value_format format)
{
    static const enum moment_style styles[] = {
        [AS_STANDARD] = MOMENT_DATE,   [AS_DATE] = MOMENT_DATE,   [AS_TIME] = MOMENT_TIME,
        [AS_MOMENT] = MOMENT_BOTH,     [AS_MONTH] = MOMENT_MONTH, [AS_DAY] = MOMENT_DAY_MONTH,
        [AS_WEEKDAY] = MOMENT_WEEKDAY,
    };
    if (at.ms == 0) {
        return;
    }
    if (format == AS_ISO) {
        char iso[INSTANT_TEXT_MAX];
        instant_print(iso, at);
        builder_add_c(out, iso);
    } else if (format == AS_AGO) {
        write_ago(out, language, at);
    } else {
        words_moment(out, language, at, styles[format]);
    }
}

void money_write(struct builder *out, enum language language, struct money money,
                 enum value_format format)
{
    switch (format) {
    case AS_TYPED:
        builder_add_money(out, money);
        break;
    case AS_CURRENCY:
        builder_add_c(out, money.currency.code);
        break;
    case AS_SIGNED:
        words_money(out, language, money, MONEY_SIGNED);
        break;
    case AS_NUMBER:
        words_money(out, language, money, MONEY_NUMBER);
        break;
    default:
        words_money(out, language, money, MONEY_PLAIN);
        break;
    }
}

static void write_integer(struct builder *out, enum language language, int64_t integer,
                          enum value_format format)
{
    switch (format) {
    case AS_PLAIN:
        builder_add_integer(out, integer);
        break;
    case AS_PERCENT:
        words_percent(out, language, integer);
        break;
    case AS_BYTES:
        write_bytes(out, language, integer);
        break;
    default:
        words_number(out, language, integer);
        break;
    }
}

void format_write(struct builder *out, enum language language, const struct word_argument *value,
                  enum value_format format)
{
    switch (value->kind) {
    case FIELD_INTEGER:
        write_integer(out, language, value->integer, format);
        break;
    case FIELD_MONEY:
        money_write(out, language, value->money, format);
        break;
    case FIELD_INSTANT:
        write_instant(out, language, value->instant, format);
        break;
    default:
        builder_add(out, value->text);
        break;
    }
}
