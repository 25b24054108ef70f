/*
 * Gathers everything core keeps about a person in one snapshot.
 *
 * Must not know: SQL, what modules keep. Read next: core/profile/data_pages.h.
 */
#include "core/profile/data_pages.h"

#include "core/profile/data_pages.shapes.h"
#include "core/profile/data_queries.h"
#include "core/people/member_queries.h"

enum { MOST = 10000, FILE_MAX = 64 << 20 };

struct gathering {
    struct request *request;
    struct data_view *view;
};

/* Who finds a session open must not read what only the mail's reader may follow. */
static const struct problem *veil_mails(struct memory *memory, struct data_mail_list *mails)
{
    struct data_mail *items = memory_take_array(memory, mails->count, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < mails->count; i++) {
        items[i] = mails->items[i];
        problem = mail_veil(memory, mails->items[i].body, &items[i].body);
    }
    mails->items = items;
    return problem;
}

static const struct problem *gather_rewards(const struct gathering *gathering, struct database *db,
                                            struct memory *memory)
{
    struct data_view *view = gathering->view;
    struct party_id person = gathering->request->viewer.person;
    const struct gifts_query all = {.unused = false};
    struct gifts_view gifts;
    const struct problem *problem = data_awards(db, memory, person, &view->awards);
    if (!problem)
        problem = core_gifts_show(gathering->request, &all, &gifts);
    if (problem)
        return problem;
    view->gifts = gifts.gifts;
    const struct accesses_query early = {.unused = false};
    struct accesses_view accesses;
    problem = core_accesses_show(gathering->request, &early, &accesses);
    if (problem)
        return problem;
    view->accesses = accesses.accesses;
    return data_spends(db, memory, person, &view->spends);
}

/* One read snapshot, so that the lists agree with each other. */
static const struct problem *gather(struct database *db, struct memory *memory, void *context)
{
    struct gathering *gathering = context;
    struct data_view *view = gathering->view;
    struct party_id person = gathering->request->viewer.person;
    static const struct nothing none;
    const struct problem *problem = core_profile_page(gathering->request, &none, &view->profile);
    if (!problem)
        problem = businesses_of(db, memory, person, &view->businesses);
    if (!problem)
        problem = data_sessions(db, memory, person, &view->sessions);
    if (!problem)
        problem = data_places(db, memory, person, &view->seen);
    if (!problem)
        problem = data_passkeys(db, memory, person, &view->passkeys);
    if (!problem)
        problem = data_identities(db, memory, person, &view->identities);
    if (!problem)
        problem = data_keys(db, memory, person, &view->keys);
    if (!problem)
        problem = data_apps(db, memory, person, &view->apps);
    if (!problem)
        problem = data_banks(db, memory, person, &view->banks);
    if (!problem)
        problem = data_acceptances(db, memory, person, &view->terms);
    if (!problem)
        problem = data_deals(db, memory, person, &view->deals);
    if (!problem)
        problem = data_rights(db, memory, person, &view->rights);
    if (!problem)
        problem = data_transfers(db, memory, person, &view->transfers);
    if (!problem)
        problem = data_payouts(db, memory, person, &view->payouts);
    if (!problem)
        problem = gather_rewards(gathering, db, memory);
    if (!problem)
        problem = data_messages(db, memory, person, &view->messages);
    if (!problem)
        problem = data_mails(db, memory, person, &view->mails);
    if (!problem)
        problem = veil_mails(memory, &view->mails);
    if (!problem)
        problem = data_steps(db, memory, person, &view->steps);
    return problem;
}

static bool complete(const struct data_view *view)
{
    return view->sessions.count < MOST && view->seen.count < MOST && view->keys.count < MOST &&
           view->apps.count < MOST && view->terms.count < MOST && view->deals.count < MOST &&
           view->rights.count < MOST && view->transfers.count < MOST &&
           view->payouts.count < MOST && view->awards.count < MOST && view->spends.count < MOST &&
           view->messages.count < MOST && view->mails.count < MOST && view->steps.count < MOST;
}

const struct problem *core_data_page(struct request *request, const struct nothing *query,
                                     struct data_view *view)
{
    struct gathering gathering = {request, view};
    (void)query;
    view->at = request->now;
    const struct problem *problem = store_read(request->db, request->memory, gather, &gathering);
    if (problem)
        return problem;
    view->complete = complete(view);
    if (request->json)
        return NULL;
    struct builder b = builder_make(request->memory, FILE_MAX);
    struct text json;
    shape_write_json(&b, &data_view_shape, view, FOR_PARTY);
    problem = builder_end(&b, &json);
    if (!problem)
        request_send_bytes(request, json, "application/json", text_of("contraflow-my-data.json"));
    return problem;
}
