/*
 * iCalendar (RFC 5545): days with a sentence, as calendar programs read them.
 *
 * Lines end with CRLF and are folded at 75 octets, never inside of a character (section 3.1); text is
 * escaped (3.3.11). An event lasts its whole day (VALUE=DATE), has a UID that stays, and a SEQUENCE that
 * rises with each change. Must not know: what the days are about. Read next: core/owed/calendar_pages.c.
 */
#ifndef CONTRAFLOW_CORE_OWED_ICAL_H
#define CONTRAFLOW_CORE_OWED_ICAL_H

#include "base/clock.h"
#include "base/text.h"

struct ical_event {
    struct text uid;         /* stays the same for ever */
    struct instant changed;  /* when it last changed */
    int64_t sequence;        /* how often it changed, from 0 */
    int64_t day;             /* since 1970-01-01 */
    struct text summary;     /* in one line */
    struct text description; /* more about it; line breaks are kept */
    struct text href;        /* url: where to read on */
    bool cancelled;          /* it does not take place */
};

/* Begins a calendar of that name; ends it. */
void ical_begin(struct builder *out, struct text name);
void ical_end(struct builder *out);
void ical_add(struct builder *out, const struct ical_event *event);

#endif
