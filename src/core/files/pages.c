/*
 * What people and businesses take with them of core's tables.
 *
 * Must not know: how files are written. Read next: core/files/table.h.
 */
#include "core/files/pages.h"
#include "core/files/queries.h"
#include "core/files/rows.shapes.h"

static const struct problem *read_deals(struct database *db, struct memory *memory, int64_t of,
                                        int64_t after, struct table_page *page)
{
    struct file_deal_list rows;
    const struct problem *problem =
        files_deals(db, memory, (struct party_id){of}, (struct deal_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct problem *read_payments(struct database *db, struct memory *memory, int64_t of,
                                           int64_t after, struct table_page *page)
{
    struct file_payment_list rows;
    const struct problem *problem =
        files_payments(db, memory, (struct party_id){of}, (struct payment_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct problem *read_payouts(struct database *db, struct memory *memory, int64_t of,
                                          int64_t after, struct table_page *page)
{
    struct file_payout_list rows;
    const struct problem *problem =
        files_payouts(db, memory, (struct party_id){of}, (struct payout_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct problem *read_obligations(struct database *db, struct memory *memory,
                                              int64_t of, int64_t after, struct table_page *page)
{
    struct file_obligation_list rows;
    const struct problem *problem =
        files_obligations(db, memory, (struct party_id){of}, (struct obligation_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct problem *read_members(struct database *db, struct memory *memory, int64_t of,
                                          int64_t after, struct table_page *page)
{
    struct file_member_list rows;
    const struct problem *problem =
        files_members(db, memory, (struct party_id){of}, (struct party_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct table deals = {"deals", &file_deal_shape, read_deals};
static const struct table payments = {"payments", &file_payment_shape, read_payments};
static const struct table payouts = {"payouts", &file_payout_shape, read_payouts};
static const struct table obligations = {"obligations", &file_obligation_shape, read_obligations};
static const struct table members = {"members", &file_member_shape, read_members};

const struct problem *core_files_deals_biz(struct request *request, const struct table_query *query,
                                           struct nothing *view)
{
    (void)view;
    return table_send(request, &deals, request->viewer.organisation, query);
}

const struct problem *core_files_obligations_biz(struct request *request,
                                                 const struct table_query *query,
                                                 struct nothing *view)
{
    (void)view;
    return table_send(request, &obligations, request->viewer.organisation, query);
}

const struct problem *core_files_payments(struct request *request, const struct table_query *query,
                                          struct nothing *view)
{
    (void)view;
    return table_send(request, &payments, request->viewer.organisation, query);
}

const struct problem *core_files_members(struct request *request, const struct table_query *query,
                                         struct nothing *view)
{
    (void)view;
    return table_send(request, &members, request->viewer.organisation, query);
}

const struct problem *core_files_deals_me(struct request *request, const struct table_query *query,
                                          struct nothing *view)
{
    (void)view;
    return table_send(request, &deals, request->viewer.person, query);
}

const struct problem *core_files_obligations_me(struct request *request,
                                                const struct table_query *query,
                                                struct nothing *view)
{
    (void)view;
    return table_send(request, &obligations, request->viewer.person, query);
}

const struct problem *core_files_payouts(struct request *request, const struct table_query *query,
                                         struct nothing *view)
{
    (void)view;
    return table_send(request, &payouts, request->viewer.person, query);
}
