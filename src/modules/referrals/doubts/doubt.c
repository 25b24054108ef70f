/*
 * Doubts begun and noted, and clicks as the rules see them.
 *
 * Must not know: what follows from a decision. Read next: states.c.
 */
#include "core/act.h"
#include "modules/referrals/clicks/seen.h"
#include "modules/referrals/doubts/doubt.shapes.h"
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/doubts/queries.h"

/* What the page reported, where the request did not say. */
static struct maybe_integer first_of(struct maybe_integer one, struct maybe_integer other)
{
    return one.present ? one : other;
}

struct suspect_click doubt_click_of(const struct doubt_clicked *clicked)
{
    const struct click_seen seen = click_seen_read(clicked->seen);
    struct maybe_integer hosted = first_of(seen.hosted, clicked->hosted);
    bool fetched = seen.heads && seen.mode != MODE_UNSAID;
    return (struct suspect_click){
        .partner = clicked->partner,
        .program = clicked->program,
        .link = (uint64_t)clicked->link,
        .visitor = (uint64_t)clicked->visitor,
        .network = (uint64_t)clicked->network,
        .region = seen.region,
        .at = clicked->at,
        .machine = clicked->marks & CLICK_BOT,
        .embedded = clicked->marks & (CLICK_IMAGE | CLICK_FRAME),
        .prefetch = clicked->marks & CLICK_PREFETCH,
        .headers = seen.heads,
        .bare = seen.heads && !fetched,
        .idle = fetched && !seen.user,
        .typed = fetched && seen.site == SITE_NONE,
        .silent = clicked->reports.ms == 0 || clicked->at.ms < clicked->reports.ms,
        .paged = clicked->paged,
        .visible = clicked->visible,
        .touches = clicked->touches,
        .scrolled = clicked->scrolled,
        .source = first_of((struct maybe_integer){seen.heads, seen.source}, clicked->source),
        .device = seen.device               ? seen.device
                  : clicked->device.present ? (enum suspect_device)clicked->device.value
                                            : 0,
        .networks = hosted.present,
        .hosted = hosted.present && hosted.value,
    };
}

const struct problem *doubt_begin(struct database *db, struct memory *memory,
                                  const struct doubt_row *row)
{
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &doubt_flow,
                        .subject = row->id.value,
                        .by = BY_TIMER,
                        .at = row->at};
    const struct problem *problem = doubt_insert(db, memory, row);
    return problem ? problem : flow_begin(&move);
}

const struct problem *doubt_note(const struct move *move, const struct doubt_row *row)
{
    struct doubt_business_row program;
    if (move->by != BY_BUYER)
        return NULL;
    const struct problem *problem = doubt_business(move->db, move->memory, row->program, &program);
    struct act act = {
        .owner = program.business,
        .topic = ACT_PROGRAMS,
        .actor = move->actor,
        .name =
            text_of(move->event == DOUBT_PASS ? "referrals.doubt.pass" : "referrals.doubt.refuse"),
        .subject = row->id.value,
        .was = text_of(words_name(&doubt_state_words, (int)row->state)),
        .became = text_of(words_name(&doubt_state_words,
                                     move->event == DOUBT_PASS ? DOUBT_PASSED : DOUBT_REFUSED)),
        .note = move->note,
        .at = move->at,
    };
    return problem ? problem : act_note(move->db, move->memory, act);
}
