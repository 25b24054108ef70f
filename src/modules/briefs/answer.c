/*
 * People answer a brief with things of theirs, and take an answer back. Each one write.
 *
 * The things are another module's; they are asked for by their kind's name, and that they are there and
 * theirs is checked inside the write. Must not know: pages, what the business does. Read next: choose.c.
 */
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"
#include "modules/briefs/states.h"

const struct problem briefs_answered_before = {"briefs.answered_before", 409, FAULT_CLIENT, false};
const struct problem briefs_crowded = {"briefs.crowded", 409, FAULT_CLIENT, false};
const struct problem briefs_own_business = {"briefs.own_business", 409, FAULT_CLIENT, false};
const struct problem briefs_not_available = {"briefs.not_available", 409, FAULT_CLIENT, false};

struct answering {
    const struct briefs_answer *answer;
    struct instant at;
    struct briefs_brief_row brief; /* as it is inside the write */
    struct deal_id first;          /* filled */
};

/* The thing, when it is the person's own and could be agreed on now. */
static const struct problem *find_own(struct database *db, struct memory *memory, int64_t subject,
                                      struct party_id person, struct offering *out)
{
    const struct offering_kind *kind = offering_named("photo");
    const struct problem *problem =
        kind ? kind->find(db, memory, subject, out) : &briefs_not_available;
    if (problem)
        return problem == &not_found ? &briefs_not_available : problem;
    bool fine = out->owner.value == person.value && out->available;
    return fine ? NULL : &briefs_not_available;
}

static const struct problem *not_yet(struct database *db, struct memory *memory,
                                     struct call_id brief, int64_t subject)
{
    struct briefs_offer_hit hit;
    const struct problem *problem = briefs_offer_standing(db, memory, brief, subject, &hit);
    if (problem == &not_found)
        return NULL;
    return problem ? problem : &briefs_answered_before;
}

static const struct problem *offer_one(struct database *db, struct memory *memory,
                                       struct answering *answering, int64_t subject)
{
    const struct briefs_answer *answer = answering->answer;
    struct offering thing;
    struct briefs_places places;
    const struct problem *problem = find_own(db, memory, subject, answer->person, &thing);
    if (!problem)
        problem = not_yet(db, memory, answer->brief, subject);
    if (problem)
        return problem;
    problem = briefs_brief_answered(db, memory, answer->brief, BRIEFS_ANSWERS_MAX, &places);
    if (problem)
        return problem == &not_found ? &briefs_crowded : problem;
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = &briefs_offer_flow,
        .by = BY_SUPPLIER,
        .actor = answer->person,
        .at = answering->at,
        .note = answer->note,
    };
    struct briefs_offer_new offer = {.brief = answer->brief,
                                     .title = thing.title,
                                     .media = thing.media,
                                     .href = thing.href,
                                     .note = answer->note,
                                     .scores = text_of(""),
                                     .fees = offering_named("photo")->fees()};
    problem = deal_begin(&move, subject, (struct maybe_call_id){true, answer->brief}, answer->price,
                         answer->person, answering->brief.organisation, &offer.deal);
    if (!problem)
        problem = briefs_offer_insert(db, memory, &offer);
    if (!problem)
        problem = flow_remind(db, memory, &briefs_offer_flow, offer.deal.value, ANSWER_LAPSE,
                              briefs_lapse_at(answering->brief.until));
    if (!problem && answering->first.value == 0)
        answering->first = offer.deal;
    return problem;
}

static const struct problem *offer_all(struct move *move)
{
    struct answering *answering = move->context;
    const struct briefs_answer *answer = answering->answer;
    struct briefs_count works;
    answering->first.value = 0;
    const struct problem *problem =
        briefs_brief_by_id(move->db, move->memory, answer->brief, &answering->brief);
    if (!problem)
        problem = briefs_may_answer(&answering->brief, answer->price, move->at);
    if (!problem)
        problem = briefs_works_for(move->db, move->memory, answer->person,
                                   answering->brief.organisation, &works);
    if (!problem && works.number)
        problem = &briefs_own_business;
    for (size_t i = 0; !problem && i < answer->count; i++)
        problem = offer_one(move->db, move->memory, answering, answer->subjects[i]);
    move->subject = answering->first.value;
    return problem;
}

static struct text fingerprint(struct memory *memory, const struct briefs_answer *answer)
{
    struct builder print = builder_make(memory, 1000);
    struct text written = {NULL, 0};
    builder_add_format(&print, "briefs.answer:%lld:%lld", (long long)answer->brief.value,
                       (long long)answer->price.minor);
    for (size_t i = 0; i < answer->count; i++)
        builder_add_format(&print, ":%lld", (long long)answer->subjects[i]);
    return builder_end(&print, &written) ? (struct text){NULL, 0} : written;
}

const struct problem *briefs_answer_with(struct store *store, struct memory *memory,
                                         const struct briefs_answer *answer, struct instant at,
                                         struct deal_id *out)
{
    struct answering answering = {.answer = answer, .at = at};
    struct move move = {.flow = &briefs_offer_flow, .at = at, .context = &answering};
    if (answer->count == 0 || answer->count > BRIEFS_AT_ONCE)
        return &invalid_input;
    struct once once = {answer->person, answer->once, fingerprint(memory, answer)};
    const struct problem *problem = flow_once(store, memory, &move, &once, offer_all);
    if (!problem)
        out->value = move.subject;
    return problem;
}

static const struct problem *withdraw_own(struct database *db, struct memory *memory, void *context)
{
    struct move *move = context;
    struct briefs_offer_row offer;
    struct deal_id id = {move->subject};
    const struct problem *problem = briefs_offer_by_id(db, memory, id, &offer);
    if (!problem && offer.supplier.value != move->actor.value)
        problem = &not_found;
    if (problem)
        return problem;
    move->db = db;
    move->memory = memory;
    return flow_move(move);
}

const struct problem *briefs_withdraw(struct store *store, struct memory *memory,
                                      struct deal_id offer, struct party_id person,
                                      struct instant at)
{
    struct move move = {.flow = &briefs_offer_flow,
                        .subject = offer.value,
                        .event = ANSWER_WITHDRAW,
                        .by = BY_SUPPLIER,
                        .actor = person,
                        .at = at};
    return store_write(store, memory, withdraw_own, &move);
}
