/*
 * RFC 4180 as files in the wild keep it: any line end, quotes inside of a field that did not begin with
 * one are letters. Must not know: columns' meanings. Read next: core/imports/csv.h.
 */
#include "core/imports/csv.h"

#include <string.h>
#include <unistd.h>

enum { ROOM = 2 * CSV_RECORD_MAX };

const struct problem *csv_begin(struct csv *csv, struct memory *memory, int fd, char separator,
                                int64_t place, int64_t line)
{
    *csv = (struct csv){.fd = fd,
                        .buffer = memory_take_room(memory, ROOM),
                        .room = ROOM,
                        .separator = separator,
                        .place = place,
                        .next_line = line};
    if (!csv->buffer)
        return &out_of_memory;
    return lseek(fd, place, SEEK_SET) == place ? NULL : &world_failed;
}

/* Makes sure that a whole record of the longest kind is in the buffer, or all that is left. */
static bool fill(struct csv *csv)
{
    if (csv->ended || csv->end - csv->begin > CSV_RECORD_MAX)
        return true;
    memmove(csv->buffer, csv->buffer + csv->begin, csv->end - csv->begin);
    csv->end -= csv->begin;
    csv->begin = 0;
    while (!csv->ended && csv->end < csv->room) {
        ssize_t got = read(csv->fd, csv->buffer + csv->end, csv->room - csv->end);
        if (got < 0)
            return false;
        csv->ended = got == 0;
        csv->end += (size_t)got;
    }
    return true;
}

/* A record that is being read. */
struct scan {
    struct csv *csv;
    size_t at;     /* next byte */
    int64_t lines; /* line ends seen in it */
};

/* Steps over a line end; false when there is none. */
static bool take_line_end(struct scan *scan)
{
    const struct csv *csv = scan->csv;
    if (csv->buffer[scan->at] != '\n' && csv->buffer[scan->at] != '\r')
        return false;
    bool pair = csv->buffer[scan->at] == '\r' && scan->at + 1 < csv->end &&
                csv->buffer[scan->at + 1] == '\n';
    scan->at += pair ? 2 : 1;
    scan->lines += 1;
    return true;
}

/* A field in quotes, its doubled quotes made single in place; false: it never ends. What stands
 * between the closing quote and the separator is taken as part of it. */
static bool take_quoted(struct scan *scan, struct text *out)
{
    struct csv *csv = scan->csv;
    char *to = csv->buffer + ++scan->at;
    out->data = to;
    bool closed = false;
    while (!closed && scan->at < csv->end) {
        char c = csv->buffer[scan->at++];
        bool doubled = c == '"' && scan->at < csv->end && csv->buffer[scan->at] == '"';
        closed = c == '"' && !doubled;
        scan->at += doubled ? 1 : 0;
        scan->lines += c == '\n' ? 1 : 0;
        if (!closed)
            *to++ = c;
    }
    if (!closed)
        return false;
    while (scan->at < csv->end && csv->buffer[scan->at] != csv->separator &&
           csv->buffer[scan->at] != '\n' && csv->buffer[scan->at] != '\r')
        *to++ = csv->buffer[scan->at++];
    out->size = (size_t)(to - out->data);
    return true;
}

static void take_plain(struct scan *scan, struct text *out)
{
    struct csv *csv = scan->csv;
    size_t from = scan->at;
    while (scan->at < csv->end && csv->buffer[scan->at] != '\n' && csv->buffer[scan->at] != '\r' &&
           (csv->separator == '\0' || csv->buffer[scan->at] != csv->separator))
        scan->at += 1;
    *out = (struct text){csv->buffer + from, scan->at - from};
}

/* All fields up to the line end; false: *found says why not. */
static bool take_fields(struct scan *scan, enum csv_found *found)
{
    struct csv *csv = scan->csv;
    csv->count = 0;
    for (bool more = true; more;) {
        if (csv->count == CSV_COLUMNS_MAX) {
            *found = CSV_TOO_WIDE;
            return false;
        }
        struct text *field = &csv->fields[csv->count++];
        bool quoted = csv->separator != '\0' && scan->at < csv->end && csv->buffer[scan->at] == '"';
        int64_t opened = csv->next_line + scan->lines;
        if (quoted && !take_quoted(scan, field)) {
            csv->line = opened;
            *found = CSV_OPEN_QUOTE;
            return false;
        }
        if (!quoted)
            take_plain(scan, field);
        more = scan->at < csv->end && csv->separator != '\0' &&
               csv->buffer[scan->at] == csv->separator;
        scan->at += more ? 1 : 0;
    }
    if (scan->at < csv->end)
        take_line_end(scan);
    return true;
}

enum csv_found csv_next(struct csv *csv)
{
    for (;;) {
        if (!fill(csv))
            return CSV_UNREADABLE;
        if (csv->begin == csv->end)
            return CSV_OVER;
        struct scan scan = {csv, csv->begin, 0};
        enum csv_found found = CSV_RECORD;
        csv->line = csv->next_line;
        bool taken = take_fields(&scan, &found);
        if (scan.at - csv->begin > CSV_RECORD_MAX && found != CSV_OPEN_QUOTE)
            return CSV_TOO_LONG;
        if (!taken)
            return found;
        csv->place += (int64_t)(scan.at - csv->begin);
        csv->begin = scan.at;
        csv->next_line += scan.lines;
        if (csv->count > 1 || csv->fields[0].size > 0)
            return CSV_RECORD;
    }
}
