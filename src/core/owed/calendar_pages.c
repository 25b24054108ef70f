/*
 * A calendar as programs subscribe to it: under a link that only its owner and this installation can
 * make, and that its owner takes back.
 *
 * The link names the party and which of their links it is, with a mark over both by the installation's
 * key; so nothing secret is stored, and the page can show it again. Must not know: how iCalendar is
 * written. Read next: core/owed/ical.h, core/sign/sign.h.
 */
#include <stdio.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/mail/mail.h"
#include "core/owed/ical.h"
#include "core/owed/obligation_lines.h"
#include "core/owed/obligation_page_queries.h"
#include "core/people/party.h"
#include "core/sign/sign.h"
#include "web/words.h"

enum {
    OPEN_SHOWN = 600,
    SETTLED_SHOWN = 200,
    FEED_BYTES = 2 << 20,
};
static const char purpose[] = "core.calendar";

/* "pty_..-3-<mark>" */
static const struct problem *link_text(struct memory *memory, const struct calendar_row *row,
                                       struct text *out)
{
    struct sign_key key;
    char mark[SIGN_HEX_MAX];
    struct text claim = text_format(memory, "%s-%lld", id_text("pty", row->party.value).text,
                                    (long long)row->serial);
    const struct problem *problem =
        claim.data ? sign_key_make(setting_text("data"), &key) : &out_of_memory;
    if (problem)
        return problem;
    sign_mark(&key, purpose, claim, mark);
    sign_key_end(&key);
    *out = text_format(memory, "%.*s-%s", TEXT_ARGS(claim), mark);
    return out->data ? NULL : &out_of_memory;
}

const struct problem *calendar_link(struct request *request, struct party_id party,
                                    struct maybe_text *out)
{
    struct calendar_row row;
    struct text link;
    struct text site;
    const struct problem *problem = calendar_of(request->db, request->memory, party, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    problem = link_text(request->memory, &row, &link);
    if (!problem)
        problem = mail_site(request->memory, &site);
    return problem ? problem
                   : maybe_text_format(request->memory, out, "%.*s/calendar/%.*s", TEXT_ARGS(site),
                                       TEXT_ARGS(link));
}

/* ---- made and taken back ---- */

/* One change as a write. */
struct changing {
    struct party_id party;
    enum calendar_change change;
    enum language language;
    struct instant at;
};

static const struct problem *change_work(struct database *db, struct memory *memory, void *context)
{
    const struct changing *changing = context;
    if (changing->change == CALENDAR_REVOKE)
        return calendar_revoke(db, memory, changing->party, changing->at);
    return calendar_renew(db, memory, changing->party, changing->language, changing->at);
}

static const struct problem *change(struct request *request, struct party_id party,
                                    const struct calendar_link_form *form, const char *home)
{
    struct changing changing = {party, form->change, request->language, request->now};
    const struct problem *problem =
        store_write(request->store, request->memory, change_work, &changing);
    if (!problem)
        request_go_saying(request,
                          form->change == CALENDAR_RENEW ? "calendar.renewed" : "calendar.revoked",
                          "%s", home);
    return problem;
}

const struct problem *core_calendar_link_me(struct request *request,
                                            const struct calendar_link_form *form,
                                            struct nothing *view)
{
    (void)view;
    return change(request, request->viewer.person, form, "/me/calendar");
}

const struct problem *core_calendar_link_biz(struct request *request,
                                             const struct calendar_link_form *form,
                                             struct nothing *view)
{
    (void)view;
    return change(request, request->viewer.organisation, form, "/biz/calendar");
}

/* ---- read ---- */

/* Whose calendar a link is for; &not_found for one that is not, or no longer, valid. */
static const struct problem *owner_of(struct request *request, struct text link,
                                      struct calendar_row *out)
{
    struct text rest = link;
    struct text name;
    struct text right;
    struct party_id party;
    if (!text_split(&rest, '-', &name) || !id_parse(name, "pty", &party.value))
        return &not_found;
    const struct problem *problem = calendar_of(request->db, request->memory, party, out);
    if (!problem)
        problem = link_text(request->memory, out, &right);
    if (problem)
        return problem;
    size_t mark = SIGN_HEX_MAX - 1;
    bool fits = link.size == right.size &&
                text_equal((struct text){link.data, link.size - mark},
                           (struct text){right.data, right.size - mark}) &&
                sign_mark_fits(right.data + right.size - mark,
                               (struct text){link.data + link.size - mark, mark});
    return fits ? NULL : &not_found;
}

static const struct problem *add_day(struct request *request, const struct obligation_side *side,
                                     const struct obligation_listed *row, struct text href,
                                     struct builder *out)
{
    struct calendar_line line;
    char uid[ID_TEXT_MAX + 16];
    if (row->due == 0)
        return NULL;
    const struct problem *problem = obligation_line(request, side, row, &line);
    if (problem)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "sum",
         .kind = FIELD_MONEY,
         .money = {row->amount.minor + row->fee_minor, row->amount.currency}},
        {.name = "who", .kind = FIELD_TEXT, .text = line.who},
    };
    (void)snprintf(uid, sizeof uid, "%s@contraflow", id_text("obl", row->id.value).text);
    struct text summary =
        words_text(request->memory, request->language,
                   line.owing ? "calendar.event_to" : "calendar.event_from", arguments, 2);
    struct text description =
        text_format(request->memory, "%.*s\n%.*s%s%.*s", TEXT_ARGS(line.what), TEXT_ARGS(line.why),
                    line.reason.present ? "\n" : "", TEXT_ARGS(line.reason.value));
    if (!summary.data || !description.data)
        return &out_of_memory;
    struct ical_event event = {
        .uid = text_of(uid),
        .changed = row->moved,
        .sequence = row->steps - 1,
        .day = row->due,
        .summary = summary,
        .description = description,
        .href = href,
        .cancelled = row->state == OBLIGATION_FORGIVEN || row->state == OBLIGATION_CANCELLED,
    };
    ical_add(out, &event);
    return NULL;
}

static const struct problem *write_days(struct request *request, const struct obligation_side *side,
                                        struct text href, struct builder *out)
{
    struct obligation_listed_list open;
    struct obligation_listed_list settled;
    const struct problem *problem = obligations_open(request->db, request->memory, side->party, -1,
                                                     (struct obligation_id){0}, OPEN_SHOWN, &open);
    if (!problem)
        problem = obligations_settled(request->db, request->memory, side->party,
                                      (struct instant){INT64_MAX}, (struct obligation_id){0},
                                      SETTLED_SHOWN, &settled);
    for (size_t i = 0; !problem && i < open.count; i++)
        problem = add_day(request, side, &open.items[i], href, out);
    for (size_t i = 0; !problem && i < settled.count; i++)
        problem = add_day(request, side, &settled.items[i], href, out);
    return problem;
}

const struct problem *core_calendar_feed(struct request *request,
                                         const struct calendar_feed_query *query,
                                         struct nothing *view)
{
    struct calendar_row row;
    struct party_row party;
    struct text site;
    struct text file;
    (void)view;
    const struct problem *problem = owner_of(request, query->link, &row);
    if (!problem)
        problem = party_find(request->db, request->memory, row.party, &party);
    if (!problem)
        problem = mail_site(request->memory, &site);
    if (problem)
        return problem;
    request->language = row.language;
    struct obligation_side side = {row.party, false, false};
    struct text href = text_format(request->memory, "%.*s/%s/calendar", TEXT_ARGS(site),
                                   party.kind == PARTY_ORGANISATION ? "biz" : "me");
    struct builder out = builder_make(request->memory, FEED_BYTES);
    ical_begin(&out, text_format(request->memory, "Contraflow: %.*s", TEXT_ARGS(party.name)));
    problem = href.data ? write_days(request, &side, href, &out) : &out_of_memory;
    ical_end(&out);
    if (!problem)
        problem = builder_end(&out, &file);
    if (problem)
        return problem;
    request_send_again(request, file, "text/calendar; charset=utf-8", text_of(""));
    return NULL;
}
