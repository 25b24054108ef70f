/*
 * Calendars as a reader sees them that shares nothing with the writer: it cuts lines, unfolds and
 * unescapes by RFC 5545, and complains of what must not be.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/owed/ical.h"

enum { ROOM = 1 << 16 };

/* Checks ends and lengths of lines, and joins folded ones; lines end with a single line feed after. */
static void unfold(struct text ics, char out[ROOM])
{
    size_t size = 0;
    size_t length = 0;
    for (size_t i = 0; i < ics.size; i++) {
        if (ics.data[i] != '\r') {
            assert_true(ics.data[i] != '\n' && ++length <= 75);
            out[size++] = ics.data[i];
            continue;
        }
        assert_true(i + 1 < ics.size && ics.data[i + 1] == '\n');
        i++;
        length = 0;
        if (i + 1 < ics.size && ics.data[i + 1] == ' ') {
            i++;
            length = 1;
            /* a fold stands between characters */
            assert_true(((unsigned char)ics.data[i + 1] & 0xc0) != 0x80);
            continue;
        }
        out[size++] = '\n';
        assert_true(size < ROOM);
    }
    out[size] = '\0';
    assert_int_equal(length, 0);
}

/* The text of a property, unescaped; fails when it is not there once. */
static void read_text(const char *lines, const char *name, char out[ROOM])
{
    char mark[64];
    snprintf(mark, sizeof mark, "\n%s:", name);
    const char *at = strstr(lines, mark);
    assert_non_null(at);
    assert_null(strstr(at + 1, mark));
    at += strlen(mark);
    while (*at != '\n') {
        if (*at == '\\') {
            at++;
            assert_non_null(strchr("\\;,nN", *at));
            *out++ = *at == 'n' || *at == 'N' ? '\n' : *at;
            at++;
            continue;
        }
        assert_true(*at != ';' && *at != ',');
        *out++ = *at++;
    }
    *out = '\0';
}

static struct text write_one(struct memory *memory, const struct ical_event *event)
{
    struct builder out = builder_make(memory, ROOM - 1);
    struct text ics;
    ical_begin(&out, text_of("Calendar"));
    ical_add(&out, event);
    ical_end(&out);
    assert_null(builder_end(&out, &ics));
    return ics;
}

static struct ical_event event_of(const char *summary)
{
    return (struct ical_event){.uid = text_of("obl_1@contraflow"),
                               .changed = {INT64_C(1781100131000)},
                               .sequence = 3,
                               .day = 20543, /* 2026-03-31 by Python's datetime */
                               .summary = text_of(summary),
                               .description = text_of("a\nb"),
                               .href = text_of("http://localhost/me/calendar")};
}

static void a_day_is_written_as_the_standard_says(void **state)
{
    struct memory *memory = memory_create(1 << 20);
    struct ical_event event = event_of("Pay Inés; 3, please");
    static char lines[ROOM];
    (void)state;
    unfold(write_one(memory, &event), lines);
    assert_string_equal(lines,
                        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Contraflow//Calendar//EN\n"
                        "CALSCALE:GREGORIAN\nNAME:Calendar\nX-WR-CALNAME:Calendar\nBEGIN:VEVENT\n"
                        "UID:obl_1@contraflow\nDTSTAMP:20260610T140211Z\n"
                        "LAST-MODIFIED:20260610T140211Z\nSEQUENCE:3\nDTSTART;VALUE=DATE:20260331\n"
                        "SUMMARY:Pay Inés\\; 3\\, please\nDESCRIPTION:a\\nb\n"
                        "URL:http://localhost/me/calendar\nSTATUS:CONFIRMED\nTRANSP:TRANSPARENT\n"
                        "END:VEVENT\nEND:VCALENDAR\n");
    event.cancelled = true;
    unfold(write_one(memory, &event), lines);
    assert_non_null(strstr(lines, "\nSTATUS:CANCELLED\n"));
    memory_end(memory);
}

static void what_is_written_is_read_again(void **state)
{
    static const char *const pieces[] = {"a", ",",  ";", "\\",     "\n",
                                         "é", "漢", "𝄞", "пример", "\\n"};
    static char lines[ROOM];
    static char read[ROOM];
    uint64_t seed = 7;
    (void)state;
    for (int trial = 0; trial < 2000; trial++) {
        struct memory *memory = memory_create(1 << 20);
        struct builder built = builder_make(memory, 800);
        struct text summary = {"", 0};
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
        for (uint64_t i = 0, count = (seed >> 40) % 90; i < count; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
            builder_add_c(&built, pieces[(seed >> 33) % 10]);
        }
        if (built.size)
            assert_null(builder_end(&built, &summary));
        struct ical_event event = event_of(summary.data);
        unfold(write_one(memory, &event), lines);
        read_text(lines, "SUMMARY", read);
        assert_string_equal(read, summary.data);
        memory_end(memory);
    }
}

static void control_characters_are_left_out(void **state)
{
    struct memory *memory = memory_create(1 << 20);
    struct ical_event event = event_of("a\r\nEND:VEVENT\tb\x7f");
    static char lines[ROOM];
    static char read[ROOM];
    (void)state;
    unfold(write_one(memory, &event), lines);
    read_text(lines, "SUMMARY", read);
    assert_string_equal(read, "a\nEND:VEVENTb");
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_written_as_the_standard_says),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(control_characters_are_left_out),
    };
    return cmocka_run_group_tests_name("core/owed/ical", tests, NULL, NULL);
}
