/*
 * Answers shops that ask for early access, and shows people what they have.
 *
 * Of nobody, and of somebody without, shops read the same. Read next: core/program/access.h.
 */
#include "core/access/access.h"

#include "core/access/access.shapes.h"
#include "core/access/queries.h"
#include "core/module.h"

/* ---- a shop asks ------------------------------------------------------------------------------ */

static const struct problem *by_mail(struct request *request, struct text mail,
                                     struct access_holder *out)
{
    struct access_holder known;
    const struct problem *problem = access_confirmed(request->db, request->memory, mail, &known);
    out->party = problem ? (struct party_id){0} : known.party;
    if (problem && problem != &not_found)
        return problem;
    return shop_mail_mark(request->memory, mail, &out->mail);
}

static const struct problem *find_holder(struct request *request, const struct access_query *query,
                                         struct access_holder *out)
{
    struct party_id business = request->viewer.organisation;
    int named = query->mail.present + query->customer.present + query->known_as.present +
                query->person.present;
    *out = (struct access_holder){query->person.value, text_of("")};
    if (named != 1)
        return request_refuse(request, "mail", "access.wrong.who");
    const struct problem *problem = NULL;
    if (query->mail.present)
        problem = by_mail(request, query->mail.value, out);
    else if (query->customer.present)
        problem =
            access_customer(request->db, request->memory, business, query->customer.value, out);
    else if (query->known_as.present)
        problem =
            access_customer_of(request->db, request->memory, business, query->known_as.value, out);
    return problem == &not_found ? NULL : problem;
}

const struct problem *core_access_ask(struct request *request, const struct access_query *query,
                                      struct access_told *view)
{
    struct access_holder holder;
    struct access_shown found;
    const struct problem *problem = find_holder(request, query, &holder);
    if (problem)
        return problem;
    struct access_asked asked = {request->viewer.organisation, holder.party, holder.mail,
                                 text_trim(query->name), request->now};
    view->access = ACCESS_NO;
    problem = program_access_find(request->db, request->memory, &asked, &found);
    if (problem)
        return problem == &not_found ? NULL : problem;
    view->access = found.begins.ms <= request->now.ms ? ACCESS_YES : ACCESS_NOT_YET;
    view->from = (struct maybe_instant){true, found.begins};
    view->until = (struct maybe_instant){true, found.ends};
    return NULL;
}

/* ---- a person looks --------------------------------------------------------------------------- */

const struct problem *core_accesses_show(struct request *request,
                                         const struct accesses_query *query,
                                         struct accesses_view *view)
{
    struct access_mail found;
    struct text mark = text_of("");
    struct party_id person = request->viewer.person;
    (void)query;
    view->now = request->now;
    const struct problem *problem = access_mail_of(request->db, request->memory, person, &found);
    if (!problem)
        problem = shop_mail_mark(request->memory, found.mail, &mark);
    if (problem && problem != &not_found)
        return problem;
    return program_accesses(request->db, request->memory, person, mark, request->now,
                            &view->accesses);
}

static const struct route routes[] = {
    {GET, "/biz/promises/access", &core_access_ask_handler, VIEWER,
     .api = "/api/v1/promises/access",
     .summary = "Whether a customer may see or buy something early, by its name: yes, not_yet or "
                "no; by mail address, by the shop's number of the customer, or by our id"},
    {GET, "/me/rewards/early", &core_accesses_show_handler, SIGNED_IN,
     .page = "core/access/pages/accesses.html", .api = "/api/v1/me/rewards/early",
     .summary = "What the person may see or buy before everybody may"},
};
static const struct route_table table = {"reward", ALL(routes)};
static const struct route_table *const tables[] = {&table};

const struct module access_part = {
    .name = "access",
    .routes = ALL(tables),
};
