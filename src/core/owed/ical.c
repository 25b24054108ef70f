/*
 * Writes iCalendar. Must not know: what the days are about. Read next: core/owed/ical.h.
 */
#include "core/owed/ical.h"

enum { OCTETS = 75 /* of a line without its end */ };

/* One content line, folded: what follows begins with a blank that counts, too. */
static void add_line(struct builder *out, struct text line)
{
    size_t used = 0;
    for (size_t at = 0; at < line.size;) {
        size_t size = 1;
        while (at + size < line.size && ((unsigned char)line.data[at + size] & 0xc0) == 0x80)
            size++;
        if (used + size > OCTETS) {
            builder_add_c(out, "\r\n ");
            used = 1;
        }
        builder_add(out, (struct text){line.data + at, size});
        used += size;
        at += size;
    }
    builder_add_c(out, "\r\n");
}

static void add_plain(struct builder *out, const char *name, struct text value)
{
    struct text line = text_format(out->memory, "%s:%.*s", name, TEXT_ARGS(value));
    out->failed = out->failed || !line.data;
    out->exhausted = out->exhausted || !line.data;
    add_line(out, line);
}

static void add_text(struct builder *out, const char *name, struct text value)
{
    struct builder escaped = builder_make(out->memory, 2 * value.size + 1);
    struct text line = {"", 0};
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        if (c == '\n')
            builder_add_c(&escaped, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            builder_add_format(&escaped, "\\%c", c);
        else if ((unsigned char)c >= ' ' &&
                 c != 0x7f) /* other control characters may not stand there */
            builder_add_char(&escaped, c);
    }
    if (escaped.size && builder_end(&escaped, &line))
        out->failed = out->exhausted = true;
    add_plain(out, name, line);
}

/* "20260610T140211Z" */
static struct text moment(struct builder *out, struct instant at)
{
    struct civil c = civil_of(at);
    return text_format(out->memory, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour,
                       c.minute, c.second);
}

void ical_begin(struct builder *out, struct text name)
{
    add_line(out, text_of("BEGIN:VCALENDAR"));
    add_line(out, text_of("VERSION:2.0"));
    add_line(out, text_of("PRODID:-//Contraflow//Calendar//EN"));
    add_line(out, text_of("CALSCALE:GREGORIAN"));
    add_text(out, "NAME", name);         /* RFC 7986 */
    add_text(out, "X-WR-CALNAME", name); /* what programs read that do not know it */
}

void ical_end(struct builder *out)
{
    add_line(out, text_of("END:VCALENDAR"));
}

void ical_add(struct builder *out, const struct ical_event *event)
{
    struct civil day = civil_of((struct instant){event->day * DAY});
    add_line(out, text_of("BEGIN:VEVENT"));
    add_plain(out, "UID", event->uid);
    add_plain(out, "DTSTAMP", moment(out, event->changed));
    add_plain(out, "LAST-MODIFIED", moment(out, event->changed));
    add_plain(out, "SEQUENCE", text_format(out->memory, "%lld", (long long)event->sequence));
    add_plain(out, "DTSTART;VALUE=DATE",
              text_format(out->memory, "%04d%02d%02d", day.year, day.month, day.day));
    add_text(out, "SUMMARY", event->summary);
    add_text(out, "DESCRIPTION", event->description);
    add_plain(out, "URL", event->href);
    add_line(out, text_of(event->cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED"));
    add_line(out, text_of("TRANSP:TRANSPARENT"));
    add_line(out, text_of("END:VEVENT"));
}
