/*
 * Dates and times as each language writes them, in the installation's time zone.
 *
 * ICU is asked once at start for the patterns, the names and the zone's changes of offset; what is
 * written afterwards needs no lock and no formatter. Must not know: sentences, HTML.
 * Read next: words_format.c.
 */
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

#include "web/words_parts.h"

enum { STYLES = MOMENT_WEEKDAY + 1, PATTERN_PARTS = 16, NAME_ROOM = 40, CHANGES = 512 };

/* One part of a pattern: a field of the calendar or literal text (UTS 35, date field symbols). */
struct moment_part {
    char letter;             /* y M L d H m; 0: literal */
    int width;               /* how many times the letter stood there */
    char literal[NAME_ROOM]; /* of a literal */
};

struct moment_pattern {
    struct moment_part parts[PATTERN_PARTS];
    size_t count;
};

/* What one language calls things. */
struct moment_names {
    struct moment_pattern patterns[STYLES]; /* by style */
    char months[12][NAME_ROOM];             /* beside a day: "июня" */
    char bare_months[12][NAME_ROOM];        /* alone: "июнь" */
    char weekdays[7][NAME_ROOM];            /* Sunday first */
};

/* From `ms` on, local time is UTC plus `offset`. */
struct zone_change {
    int64_t ms;
    int64_t offset; /* milliseconds */
};

static struct moment_names names[LANGUAGE_LIMIT];
static struct zone_change changes[CHANGES];
static size_t change_count;

/* CLDR skeletons; the day's hours are 0 to 23 in all four languages. */
static const char *const skeletons[STYLES] = {
    [MOMENT_DATE] = "yMMMMd", [MOMENT_TIME] = "Hm",         [MOMENT_BOTH] = "yMMMMdHm",
    [MOMENT_MONTH] = "yMMMM", [MOMENT_DAY_MONTH] = "MMMMd",
};

static bool add_literal(struct moment_pattern *pattern, const UChar *wide, int32_t size)
{
    struct moment_part *last = pattern->count > 0 ? &pattern->parts[pattern->count - 1] : NULL;
    if (!last || last->letter) {
        if (pattern->count == PATTERN_PARTS) {
            return false;
        }
        last = &pattern->parts[pattern->count++];
        *last = (struct moment_part){0};
    }
    size_t used = strlen(last->literal);
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(last->literal + used, (int32_t)(NAME_ROOM - 1 - used), NULL, wide, size, &error);
    return U_SUCCESS(error);
}

static bool add_field(struct moment_pattern *pattern, UChar letter, int width)
{
    if (letter > 127 || !strchr("yMLdHm", (char)letter) || pattern->count == PATTERN_PARTS) {
        return false;
    }
    pattern->parts[pattern->count++] = (struct moment_part){.letter = (char)letter, .width = width};
    return true;
}

static bool is_letter(UChar c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool compile_pattern(struct moment_pattern *out, const UChar *wide, int32_t size)
{
    out->count = 0;
    for (int32_t at = 0; at < size;) {
        int32_t end = at + 1;
        bool fine;
        if (wide[at] == '\'') {
            while (end < size && wide[end] != '\'') {
                end++;
            }
            fine = add_literal(out, end == at + 1 ? wide + at : wide + at + 1,
                               end == at + 1 ? 1 : end - at - 1);
            end++;
        } else if (is_letter(wide[at])) {
            while (end < size && wide[end] == wide[at]) {
                end++;
            }
            fine = add_field(out, wide[at], end - at);
        } else {
            fine = add_literal(out, wide + at, 1);
        }
        if (!fine) {
            return false;
        }
        at = end;
    }
    return true;
}

static bool read_patterns(const char *locale, struct moment_names *out)
{
    UErrorCode error = U_ZERO_ERROR;
    UDateTimePatternGenerator *generator = udatpg_open(locale, &error);
    bool fine = U_SUCCESS(error);
    for (int style = MOMENT_DATE; fine && style < STYLES; style++) {
        if (!skeletons[style]) {
            continue;
        }
        UChar skeleton[NAME_ROOM], wide[2 * NAME_ROOM];
        u_uastrcpy(skeleton, skeletons[style]);
        int32_t size = udatpg_getBestPattern(generator, skeleton, -1, wide, 2 * NAME_ROOM, &error);
        fine = U_SUCCESS(error) && compile_pattern(&out->patterns[style], wide, size);
    }
    udatpg_close(generator);
    return fine;
}

static bool read_names(UDateFormat *format, UDateFormatSymbolType type, int32_t first,
                       int32_t count, char (*out)[NAME_ROOM])
{
    for (int32_t i = 0; i < count; i++) {
        UErrorCode error = U_ZERO_ERROR;
        UChar wide[NAME_ROOM];
        int32_t size = udat_getSymbols(format, type, first + i, wide, NAME_ROOM, &error);
        u_strToUTF8(out[i], NAME_ROOM - 1, NULL, wide, size, &error);
        if (U_FAILURE(error)) {
            return false;
        }
    }
    return true;
}

static bool read_language(enum language language)
{
    UErrorCode error = U_ZERO_ERROR;
    const char *locale = language_locale(language);
    struct moment_names *out = &names[language];
    UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, locale, NULL, 0, NULL, 0, &error);
    bool fine = U_SUCCESS(error) && read_patterns(locale, out) &&
                read_names(format, UDAT_MONTHS, 0, 12, out->months) &&
                read_names(format, UDAT_STANDALONE_MONTHS, 0, 12, out->bare_months) &&
                read_names(format, UDAT_STANDALONE_WEEKDAYS, 1, 7, out->weekdays);
    udat_close(format);
    return fine;
}

static int64_t offset_now(UCalendar *calendar, UErrorCode *error)
{
    return ucal_get(calendar, UCAL_ZONE_OFFSET, error) + ucal_get(calendar, UCAL_DST_OFFSET, error);
}

/* All changes of the zone's offset from 1970 on; the last one listed holds for good. */
static bool read_zone(const char *zone)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[NAME_ROOM * 2], known[NAME_ROOM * 2];
    if (strlen(zone) >= NAME_ROOM) {
        return false;
    }
    u_uastrcpy(wide, zone);
    ucal_getCanonicalTimeZoneID(wide, -1, known, NAME_ROOM * 2, NULL, &error);
    UCalendar *calendar = ucal_open(wide, -1, "en", UCAL_GREGORIAN, &error);
    ucal_setMillis(calendar, 0, &error);
    if (U_FAILURE(error)) {
        ucal_close(calendar);
        return false;
    }
    changes[0] = (struct zone_change){INT64_MIN, offset_now(calendar, &error)};
    change_count = 1;
    UDate at;
    while (change_count < CHANGES && U_SUCCESS(error) &&
           ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &at, &error)) {
        ucal_setMillis(calendar, at, &error);
        changes[change_count++] = (struct zone_change){(int64_t)at, offset_now(calendar, &error)};
    }
    ucal_close(calendar);
    return U_SUCCESS(error);
}

const struct problem *moments_load(const char *zone, struct text *complaint)
{
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        if (!read_language(language)) {
            *complaint = (struct text)TEXT("ICU has no usable date format for a language");
            return &world_failed;
        }
    }
    if (!read_zone(zone)) {
        *complaint =
            (struct text)TEXT("site.time_zone: no such time zone; write one as Europe/Paris");
        return &invalid_input;
    }
    return NULL;
}

/* How far local time is ahead of UTC at a moment, milliseconds. */
static int64_t offset_at(struct instant at)
{
    size_t low = 0, high = change_count;
    if (change_count == 0) {
        return 0;
    }
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (changes[middle].ms <= at.ms) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return changes[low].offset;
}

/* The instant moved so that its UTC reading is the local one, within what civil_of() takes. */
static struct instant local_time(struct instant at)
{
    const int64_t last = INT64_C(253402300799999);
    if (at.ms > last - DAY) {
        at.ms = last - DAY;
    }
    int64_t ms = at.ms + offset_at(at);
    return (struct instant){ms < 0 ? 0 : ms};
}

int64_t words_day_of(struct instant at)
{
    return local_time(at).ms / DAY;
}

struct instant words_day_begins(int64_t day)
{
    struct instant utc = {day * DAY};
    struct instant begins = instant_add(utc, -offset_at(utc));
    /* Where the offset changes in between, the one that holds at the moment itself. */
    begins = instant_add(utc, -offset_at(begins));
    /* Where clocks go forward at midnight the day begins later than the clock says. */
    return words_day_of(begins) < day ? instant_add(begins, HOUR) : begins;
}

static void write_digits(struct builder *out, int number, int width)
{
    if (width == 2 && number < 10) {
        builder_add_char(out, '0');
    }
    builder_add_integer(out, number);
}

static void write_part(struct builder *out, const struct moment_names *how,
                       const struct moment_part *part, const struct civil *civil)
{
    switch (part->letter) {
    case 'y':
        builder_add_integer(out, civil->year);
        break;
    case 'M':
    case 'L':
        if (part->width < 3) {
            write_digits(out, civil->month, part->width);
        } else {
            builder_add_c(out, part->letter == 'M' ? how->months[civil->month - 1]
                                                   : how->bare_months[civil->month - 1]);
        }
        break;
    case 'd':
        write_digits(out, civil->day, part->width);
        break;
    case 'H':
        write_digits(out, civil->hour, part->width);
        break;
    case 'm':
        write_digits(out, civil->minute, part->width);
        break;
    default:
        builder_add_c(out, part->literal);
        break;
    }
}

void words_moment(struct builder *out, enum language language, struct instant at,
                  enum moment_style style)
{
    if (at.ms == 0) {
        return;
    }
    struct instant local = local_time(at);
    const struct moment_names *how = &names[language];
    if (style == MOMENT_WEEKDAY) {
        const int64_t thursday = 4; /* 1970-01-01 */
        builder_add_c(out, how->weekdays[(local.ms / DAY + thursday) % 7]);
        return;
    }
    struct civil civil = civil_of(local);
    const struct moment_pattern *pattern = &how->patterns[style];
    for (size_t i = 0; i < pattern->count; i++) {
        write_part(out, how, &pattern->parts[i], &civil);
    }
}
