/*
 * Programs as rows: begun as a draft, given rules and a budget, opened, paused, ended.
 *
 * Must not know: events. Read next: core/program/hear.c.
 */
#include "core/program/program.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/module.h"
#include "core/program/parts.h"
#include "core/program/proposal.h"
#include "core/program/program.shapes.h"
#include "core/program/queries.h"
#include "core/program/rule.shapes.h"
#include "ledger/promise.h"

#define RULES_BYTES (128 << 10) /* of rules as JSON */

const struct problem program_bad_rules = {"program.bad_rules", 422, FAULT_CLIENT, false};
const struct problem program_no_rules = {"program.no_rules", 409, FAULT_CLIENT, false};
const struct problem program_no_promise = {"program.no_promise", 409, FAULT_CLIENT, false};
const struct problem program_no_budget = {"program.no_budget", 409, FAULT_CLIENT, false};

const struct posting_template program_fund_posting = {
    .name = "program.fund",
    .parties = {"business"},
    .amounts = {"sum"},
    .legs = {{{ACCOUNT_WALLET, 0}, {ACCOUNT_BUDGET, 0}, 0, "program.leg.fund"}},
    .count = 1,
};
const struct posting_template program_unfund_posting = {
    .name = "program.unfund",
    .parties = {"business"},
    .amounts = {"sum"},
    .legs = {{{ACCOUNT_BUDGET, 0}, {ACCOUNT_WALLET, 0}, 0, "program.leg.unfund"}},
    .count = 1,
};

/* ---- states ----------------------------------------------------------------------------------- */

static const struct problem *guard_rules(struct move *move)
{
    struct program_row program;
    const struct problem *problem =
        program_by_id(move->db, move->memory, (struct program_id){move->subject}, &program);
    return problem || program.version > 0 ? problem : &program_no_rules;
}

/* Of a draft nothing can be owed. */
static const struct problem *free_budget(struct move *move)
{
    return program_free(move->db, move->memory, (struct program_id){move->subject}, move->at);
}

static const struct flow_move moves[] = {
    {PROGRAM_DRAFT, PROGRAM_START, BY_BUYER, guard_rules, NULL, PROGRAM_RUNNING},
    {PROGRAM_DRAFT, PROGRAM_END, BY_BUYER, NULL, free_budget, PROGRAM_ENDED},
    {PROGRAM_RUNNING, PROGRAM_PAUSE, BY_BUYER | BY_OPERATOR, NULL, NULL, PROGRAM_PAUSED},
    {PROGRAM_RUNNING, PROGRAM_END, BY_BUYER | BY_TIMER, NULL, program_settle_later, PROGRAM_ENDED},
    {PROGRAM_PAUSED, PROGRAM_START, BY_BUYER, guard_rules, NULL, PROGRAM_RUNNING},
    {PROGRAM_PAUSED, PROGRAM_END, BY_BUYER | BY_TIMER, NULL, program_settle_later, PROGRAM_ENDED},
};
const struct flow program_flow = {
    .name = "core.program",
    .states = &program_state_words,
    .events = &program_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = PROGRAM_DRAFT,
    .table = &core_program_table,
};

/* ---- making ----------------------------------------------------------------------------------- */

const struct problem *program_begin(struct move *move, const struct program_row *program)
{
    struct program_row row = *program;
    row.id.value = move->subject;
    row.state = PROGRAM_DRAFT;
    row.version = row.budget_minor = row.given_minor = 0;
    row.at = row.moved = move->at;
    const struct problem *problem = program_insert(move->db, move->memory, &row);
    if (!problem)
        problem = flow_begin(move);
    if (!problem && row.until.ms > 0)
        problem = flow_remind(move->db, move->memory, &program_flow, move->subject, PROGRAM_END,
                              row.until);
    return problem;
}

/* Units are given by rules of the business: how long they live, what they are worth. */
static const struct problem *check_promises(struct database *db, struct memory *memory,
                                            const struct program_row *program,
                                            const struct program_rules *rules)
{
    const struct problem *problem = NULL;
    struct ledger_promise promise;
    for (size_t i = 0; !problem && i < rules->rules.count; i++) {
        const struct program_rule *rule = &rules->rules.items[i];
        if (!program_pays_money(rule->benefit))
            problem = promise_find(db, memory, program->business,
                                   program_unit(rule->benefit, program->currency), &promise);
        for (size_t k = 0; !problem && k < rule->gifts.count; k++)
            problem = promise_find(db, memory, program->business,
                                   program_unit(rule->gifts.items[k].benefit, program->currency),
                                   &promise);
    }
    return problem == &promise_none ? &program_no_promise : problem;
}

const struct problem *program_set_rules(struct database *db, struct memory *memory,
                                        const struct program_row *program,
                                        const struct program_rules *rules, struct party_id person,
                                        struct instant at)
{
    struct program_fault fault;
    struct program_hit hit;
    struct currency currency = program_unit(BENEFIT_AMOUNT, program->currency);
    struct program_rules_row row = {program->id, program->version + 1, {NULL, 0}, person, at};
    struct builder b = builder_make(memory, RULES_BYTES);
    if (!program_rules_check(memory, rules, currency, &fault))
        return &program_bad_rules;
    shape_write_json(&b, &program_rules_shape, rules, FOR_OPERATOR);
    const struct problem *problem = builder_end(&b, &row.rules);
    if (!problem)
        problem = check_promises(db, memory, program, rules);
    if (!problem)
        problem = program_version(db, memory, row.program, row.version, &hit);
    if (problem == &not_found)
        return &conflict;
    return problem ? problem : program_rules_insert(db, memory, &row);
}

const struct problem *program_rules_of(struct database *db, struct memory *memory,
                                       struct program_id program, int64_t version,
                                       struct program_rules *out)
{
    struct program_rules_row row;
    const struct problem *problem = program_rules_find(db, memory, program, version, &row);
    return problem ? problem : program_rules_kept(memory, program, row.rules, out);
}

const struct problem *program_rules_since(struct database *db, struct memory *memory,
                                          struct program_id program, struct instant since,
                                          struct program_version_list *out)
{
    struct program_rules_row_list rows = {NULL, 0};
    const struct problem *problem = program_versions(db, memory, program, since, &rows);
    struct program_version *items = memory_take_array(memory, rows.count + 1, sizeof *items);
    if (!problem && !items)
        problem = &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        items[i].version = rows.items[i].version;
        items[i].at = rows.items[i].at;
        problem = program_rules_kept(memory, program, rows.items[i].rules, &items[i].rules);
    }
    *out = (struct program_version_list){items, rows.count};
    return problem;
}

const struct problem *program_fund(struct database *db, struct memory *memory,
                                   const struct program_row *program, int64_t minor,
                                   struct instant at)
{
    struct program_hit hit;
    struct posting_id id;
    struct posting posting = {
        .template = minor > 0 ? &program_fund_posting : &program_unfund_posting,
        .parties = {program->business},
        .amounts = {{minor > 0 ? minor : -minor, program_unit(BENEFIT_AMOUNT, program->currency)}},
        .subject = program->id.value,
        .at = at,
    };
    const struct problem *problem = program_budget(db, memory, program->id, minor, &hit);
    if (problem == &not_found)
        return &program_no_budget;
    if (problem || minor == 0)
        return problem;
    problem = ledger_post(db, memory, &posting, &id);
    return problem || minor < 0 ? problem : program_release_soon(db, memory, program->id, at);
}

const struct problem *program_find(struct database *db, struct memory *memory, struct program_id id,
                                   struct program_row *out)
{
    return program_by_id(db, memory, id, out);
}

const struct problem *programs_begun(struct database *db, struct memory *memory,
                                     struct party_id business, struct text module,
                                     struct instant since, struct program_row_list *out)
{
    return program_all_begun(db, memory, business, module, since, out);
}

/* ---- the audit -------------------------------------------------------------------------------- */

static const struct problem *check_budgets(struct audit_voice *voice, struct database *db,
                                           struct memory *page, int64_t *after, size_t *count)
{
    struct program_audit_row_list rows = {NULL, 0};
    const struct problem *problem = program_audit_budgets(db, page, *after, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct program_audit_row *row = &rows.items[i];
        audit_compare(voice, "acc", row->account.value, "what its programs may still give",
                      row->left_minor, row->balance_minor);
        *after = row->account.value;
    }
    return problem;
}

static const struct problem *check_given(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count)
{
    struct program_given_row_list rows = {NULL, 0};
    const struct problem *problem = program_audit_given(db, page, *after, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct program_given_row *row = &rows.items[i];
        audit_compare(voice, "prg", row->id.value, "what it gave less what came back",
                      row->awarded_minor, row->given_minor);
        *after = row->id.value;
    }
    return problem;
}

static const struct problem *check_units(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count)
{
    struct award_audit_row_list rows = {NULL, 0};
    const struct problem *problem = award_audit_units(db, page, (struct award_id){*after}, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct award_audit_row *row = &rows.items[i];
        audit_compare(voice, "awd", row->id.value, "units given less what came back", row->minor,
                      row->booked_minor);
        *after = row->id.value;
    }
    return problem;
}

const struct problem *program_audit(struct database *db, struct memory *memory,
                                    const struct ledger_audit_listener *listener,
                                    int64_t *discrepancies)
{
    static audit_page *const checks[] = {check_budgets, check_given, check_units};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}

static const struct flow *const flows[] = {&program_flow};
static const struct job_kind *const jobs[] = {&program_release_job, &program_settle_job,
                                              &proposal_job};
static const struct posting_template *const postings[] = {
    &program_reward_posting, &program_fund_posting, &program_unfund_posting};
static const struct problem *const problems[] = {&program_bad_rules,    &program_no_rules,
                                                 &program_no_promise,   &program_no_budget,
                                                 &proposal_not_counted, &proposal_old};

const struct module program_part = {
    .name = "program",
    .flows = ALL(flows),
    .postings = ALL(postings),
    .jobs = ALL(jobs),
    .problems = ALL(problems),
    .audit = program_audit,
};
