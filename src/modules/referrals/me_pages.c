/*
 * A person's side: joining, and what came of it.
 *
 * Must not know: other people's parts. Read next: partner.c, downline.c.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/mail/mail.h"
#include "modules/referrals/portal.h"
#include "modules/referrals/recruiting/recruit.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/link.h"

enum { PAGE = 20, DOUBTS = 3, MAIL_BYTES = 8 << 10 };

/* ---- joining ---------------------------------------------------------------------------------- */

static const struct problem *join(struct database *db, struct memory *memory, void *context)
{
    return referrals_join(db, memory, context);
}

const struct problem *referrals_join_make(struct request *request,
                                          const struct referrals_join_input *input,
                                          struct referrals_joined *view)
{
    struct referrals_joining_in joining = {
        .program = input->program,
        .person = request->viewer.person,
        .by = input->by.present ? input->by.value : text_of(""),
        .code = input->code.present ? text_trim(input->code.value) : text_of(""),
        .at = request->now,
    };
    const struct problem *problem = store_write(request->store, request->memory, join, &joining);
    if (problem == &referrals_code_taken || problem == &referrals_bad_code)
        return request_blame(request, "code", problem);
    if (problem)
        return request_blame(request, "by", problem);
    view->partner = joining.partner;
    request_go_saying(request, "referrals.joined", "/me/programs/%s",
                      id_text("rpt", joining.partner.value).text);
    return NULL;
}

/* ---- what came of it -------------------------------------------------------------------------- */

const struct problem *referrals_own_show(struct request *request,
                                         const struct referrals_own_query *input,
                                         struct referrals_own_programs *view)
{
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem = portal_own(request->db, request->memory, request->viewer.person,
                                               before, PAGE + 1, &view->programs);
    return problem ? problem
                   : list_cut(request->memory, &referrals_own_shape, &view->programs, PAGE,
                              &view->later, "?before=");
}

static const struct problem *read_team(struct request *request, struct referrals_mine *view)
{
    struct downline_team team;
    const struct problem *problem =
        downline_team(request->db, request->memory, view->program.partner, &team);
    struct referrals_level *levels =
        memory_take_array(request->memory, DOWNLINE_LEVELS, sizeof *levels);
    if (problem || !levels)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < team.count; i++)
        levels[i] = (struct referrals_level){team.levels[i].level, team.levels[i].partners};
    view->team = (struct referrals_level_list){levels, team.count};
    return NULL;
}

static const struct problem *read_sums(struct request *request, const struct program_row *program,
                                       struct referrals_mine *view)
{
    struct portal_sums sums;
    struct currency currency;
    struct ledger_balance earnings;
    const struct problem *problem =
        portal_seen(request->db, request->memory, view->program.partner, &view->seen);
    if (!problem)
        problem =
            portal_sums_of(request->db, request->memory, program->id, request->viewer.person,
                           program->currency, program_may_hold(request->now), request->now, &sums);
    if (problem || !currency_parse(program->currency, &currency))
        return problem ? problem : &our_fault;
    problem = ledger_balance(request->db, request->memory, request->viewer.person, ACCOUNT_EARNINGS,
                             currency, &earnings);
    if (problem)
        return problem;
    view->earned = (struct referrals_earned){
        .given = {sums.given_minor, currency},
        .held = {sums.held_minor, currency},
        .free = {sums.given_minor - sums.held_minor, currency},
        .taken_back = {sums.back_minor, currency},
        .credit = {sums.credit_minor, currency},
        .owed = earnings.owed,
        .next = {sums.next.ms > 0, sums.next},
        .next_sum = {sums.next_minor, currency},
    };
    return NULL;
}

static const struct problem *read_lines(struct request *request,
                                        const struct referrals_mine_query *input,
                                        struct referrals_mine *view)
{
    struct portal_line_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem =
        portal_lines(request->db, request->memory, view->program.program, request->viewer.person,
                     before, PAGE + 1, &rows);
    struct referrals_line *lines = memory_take_array(request->memory, PAGE + 1, sizeof *lines);
    if (problem || !lines)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct portal_line_row *row = &rows.items[i];
        lines[i] =
            (struct referrals_line){.verdict = row->verdict,
                                    .state = row->state,
                                    .reason = row->reason,
                                    .why = doubt_say_reason(request, row->reason, row->findings),
                                    .below = row->level - 1,
                                    .at = row->at,
                                    .hour = {row->hour > 0, {row->hour}},
                                    .events = row->events,
                                    .shown = row->shown,
                                    .total = row->total,
                                    .post = row->post};
        if (!lines[i].why.data)
            return &out_of_memory;
        if (row->sum.present)
            lines[i].sum = (struct maybe_money){
                true, {row->sum.value.minor - row->back_minor, row->sum.value.currency}};
        if (row->sum.present && row->back_minor > 0)
            lines[i].back = (struct maybe_money){true, {row->back_minor, row->sum.value.currency}};
        bool whole_back = row->sum.present && row->back_minor >= row->sum.value.minor;
        if (row->due.ms > request->now.ms && !whole_back)
            lines[i].due = (struct maybe_instant){true, row->due};
    }
    view->lines = (struct referrals_line_list){lines, rows.count};
    return list_cut(request->memory, &referrals_line_shape, &view->lines, PAGE, &view->later,
                    "?before=");
}

/* RFC 6068: the mail program of whoever shares it writes and sends it; we don't. */
static const struct problem *write_mail(struct memory *memory, struct text title, struct text link,
                                        struct text *out)
{
    struct builder b = builder_make(memory, MAIL_BYTES);
    builder_add_c(&b, "mailto:?subject=");
    builder_add_url(&b, title);
    builder_add_c(&b, "&body=");
    builder_add_url(&b, link);
    return builder_end(&b, out);
}

static const struct problem *read_accepted(struct request *request,
                                           const struct program_row *program,
                                           struct referrals_mine *view)
{
    struct portal_accepted accepted;
    const struct problem *problem =
        portal_accepted_by(request->db, request->memory, view->program.partner, &accepted);
    if (problem)
        return problem;
    view->accepted = accepted.version;
    view->version = program->version;
    view->asks = accepted.asks && program->state == PROGRAM_RUNNING;
    return NULL;
}

const struct problem *referrals_mine_show(struct request *request,
                                          const struct referrals_mine_query *input,
                                          struct referrals_mine *view)
{
    struct program_row program;
    const struct problem *problem = portal_own_one(request->db, request->memory, input->partner,
                                                   request->viewer.person, &view->program);
    if (!problem)
        problem = program_find(request->db, request->memory, view->program.program, &program);
    if (!problem)
        problem = mail_site(request->memory, &view->site);
    if (problem)
        return problem;
    view->business = program.business;
    view->link = text_format(request->memory, "%.*s/r/%.*s", TEXT_ARGS(view->site),
                             TEXT_ARGS(view->program.code));
    view->invitation =
        text_format(request->memory, "%.*s/programs/%s?by=%.*s", TEXT_ARGS(view->site),
                    id_text("prg", program.id.value).text, TEXT_ARGS(view->program.code));
    if (!view->link.data || !view->invitation.data)
        return &out_of_memory;
    if (view->program.state == PARTNER_INVITED || text_empty(view->program.code))
        view->link = view->invitation = text_of("");
    problem = write_mail(request->memory, program.title, view->link, &view->mail);
    if (!problem)
        problem = referrals_say_rules(request, &program, &view->rules, &view->empty);
    if (!problem)
        problem = personal_read(request, input->partner, &view->offers);
    view->currency = setting_text("site.currency");
    if (!problem)
        problem = kit_read_own(request, &view->program, view->link, &view->kit);
    if (!problem)
        problem = sharer_blocks_it(request->db, request->memory, request->viewer.person,
                                   program.business, &view->wants_none);
    if (!problem)
        problem = read_accepted(request, &program, view);
    if (!problem)
        problem = read_team(request, view);
    if (!problem)
        problem = read_sums(request, &program, view);
    if (!problem)
        problem =
            doubts_of_partner(request, view->program.partner, INT64_MAX, DOUBTS, &view->doubts);
    return problem ? problem : read_lines(request, input, view);
}

const struct problem *referrals_mine_leave(struct request *request,
                                           const struct referrals_partner_query *input,
                                           struct nothing *view)
{
    struct move move = {.flow = &referrals_partner_flow,
                        .subject = input->partner.value,
                        .event = PARTNER_LEAVE,
                        .by = BY_SUPPLIER};
    const struct problem *problem = request_move(request, &move);
    (void)view;
    if (!problem)
        request_go_saying(request, "referrals.left", "/me/programs/%s",
                          id_text("rpt", input->partner.value).text);
    return problem;
}
