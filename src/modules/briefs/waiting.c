/*
 * What of briefs waits: answers that a business has to decide and briefs of its that end soon; answers
 * of a person that are on a shortlist.
 *
 * A person never has a turn of their own: what they offered is the business's to decide. Must not know:
 * where it is shown. Read next: core/waiting.h.
 */
#include "modules/briefs/waiting.h"

#include "base/ids.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"
#include "web/words.h"

#define SOON (3 * DAY) /* before its deadline a brief ends soon */

static struct text say(const struct request *request, const char *key,
                       const struct word_argument *arguments, size_t count)
{
    return words_text(request->memory, request->language, key, arguments, count);
}

/* ---- a business ------------------------------------------------------------------------------- */

static struct text compare_href(const struct request *request, struct call_id brief)
{
    return text_format(request->memory, "/biz/briefs/%s", id_text("cal", brief.value).text);
}

/* While a brief is open more answers come; later what is not decided lapses. */
static struct waiting answers_wait(const struct request *request,
                                   const struct briefs_undecided *brief)
{
    static const char *const why[] = {[BRIEF_OPEN] = "briefs.waiting.open_why",
                                      [BRIEF_CLOSED] = "briefs.waiting.closed_why",
                                      [BRIEF_FULL] = "briefs.waiting.full_why"};
    bool open = brief->state == BRIEF_OPEN;
    const struct word_argument what[] = {
        {.name = "count", .kind = FIELD_INTEGER, .integer = brief->waiting},
        {.name = "title", .kind = FIELD_TEXT, .text = brief->title},
    };
    const struct word_argument found[] = {
        {.name = "accepted", .kind = FIELD_INTEGER, .integer = brief->accepted},
        {.name = "wanted", .kind = FIELD_INTEGER, .integer = brief->wanted},
        {.name = "date", .kind = FIELD_INSTANT, .instant = brief->until},
    };
    return (struct waiting){
        .turn = true,
        .what = say(request, "briefs.waiting.answers", what, 2),
        .why = say(request, why[brief->state], found, open ? 3 : 2),
        .until = {!open, briefs_lapse_at(brief->until)},
        .href = compare_href(request, brief->call),
        .action = say(request, "briefs.brief.compare", NULL, 0),
    };
}

static struct waiting ends_soon(const struct request *request, const struct briefs_brief_row *brief)
{
    const struct word_argument title = {.name = "title", .kind = FIELD_TEXT, .text = brief->title};
    const struct word_argument found[] = {
        {.name = "answers", .kind = FIELD_INTEGER, .integer = brief->answers},
        {.name = "accepted", .kind = FIELD_INTEGER, .integer = brief->accepted},
        {.name = "wanted", .kind = FIELD_INTEGER, .integer = brief->wanted},
    };
    return (struct waiting){
        .what = say(request, "briefs.waiting.ends", &title, 1),
        .why = say(request, "briefs.waiting.ends_why", found, 3),
        .until = {true, brief->until},
        .href = compare_href(request, brief->call),
        .action = say(request, "briefs.waiting.look", NULL, 0),
    };
}

static bool is_among(const struct briefs_undecided_list *list, struct call_id brief)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].call.value == brief.value)
            return true;
    }
    return false;
}

static const struct problem *wait_for_business(struct request *request, struct waiting_said *said)
{
    struct party_id organisation = request->viewer.organisation;
    struct briefs_undecided_list undecided;
    struct briefs_brief_row_list ending;
    const struct problem *problem =
        briefs_waiting_of(request->db, request->memory, organisation, WAITING_EACH, &undecided);
    if (!problem)
        problem = briefs_ending_of(request->db, request->memory, organisation,
                                   instant_add(request->now, SOON), WAITING_EACH, &ending);
    if (problem)
        return problem;
    for (size_t i = 0; i < undecided.count; i++)
        waiting_add(said, answers_wait(request, &undecided.items[i]));
    for (size_t i = 0; i < ending.count; i++) {
        if (!is_among(&undecided, ending.items[i].call))
            waiting_add(said, ends_soon(request, &ending.items[i]));
    }
    return NULL;
}

/* ---- a person --------------------------------------------------------------------------------- */

static struct waiting shortlisted(const struct request *request,
                                  const struct briefs_offer_row *offer)
{
    const struct word_argument what[] = {
        {.name = "title", .kind = FIELD_TEXT, .text = offer->title},
        {.name = "who", .kind = FIELD_TEXT, .text = offer->buyer_name},
    };
    const struct word_argument why[] = {
        {.name = "brief", .kind = FIELD_TEXT, .text = offer->brief_title},
        {.name = "price", .kind = FIELD_MONEY, .money = offer->price},
    };
    return (struct waiting){
        .what = say(request, "briefs.waiting.shortlisted", what, 2),
        .why = say(request, "briefs.waiting.shortlisted_why", why, 2),
        .until = {true, briefs_lapse_at(offer->until)},
        .href =
            text_format(request->memory, "/me/briefs/%s", id_text("del", offer->deal.value).text),
        .action = say(request, "briefs.waiting.own", NULL, 0),
    };
}

static const struct problem *wait_for_person(struct request *request, struct waiting_said *said)
{
    struct briefs_offer_row_list rows;
    const struct problem *problem = briefs_shortlisted_of(
        request->db, request->memory, request->viewer.person, WAITING_EACH, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++)
        waiting_add(said, shortlisted(request, &rows.items[i]));
    return problem;
}

const struct problem *briefs_waits(struct request *request, enum portal portal,
                                   struct waiting_said *said)
{
    if (portal == PORTAL_BIZ)
        return wait_for_business(request, said);
    return portal == PORTAL_ME ? wait_for_person(request, said) : NULL;
}
