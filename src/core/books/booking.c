/*
 * Reads what is to be booked, asks the ledger, says what became of it.
 *
 * Must not know: how the ledger writes. Read next: core/books/booking.h.
 */
#include "core/books/booking.h"

#include "base/log.h"
#include "core/books/booking.shapes.h"
#include "core/module.h"
#include "core/people/party_queries.h"
#include "core/people/party_rows.h"
#include "ledger/ledger.shapes.h"

/* Where money only passes or is on its way it may not be put by hand. */
static bool is_open(enum account_purpose purpose)
{
    return purpose != ACCOUNT_SALE && purpose != ACCOUNT_PAYOUTS;
}

static struct party_id or_nobody(struct maybe_party_id party)
{
    return party.present ? party.value : (struct party_id){0};
}

static const char *reason_key(enum booking_reason reason)
{
    static const char *const keys[] = {
        [BOOKING_GOODWILL] = "booking.goodwill",
        [BOOKING_CORRECTION] = "booking.correction",
        [BOOKING_REWARD] = "booking.reward",
        [BOOKING_TRANSFER] = "booking.transfer",
    };
    return keys[reason];
}

/* Why a line can't be booked at all: the field and the rule; NULL when it can. */
static const char *wrong_field(const struct booking_line *line, const char **rule)
{
    bool same = or_nobody(line->from).value == or_nobody(line->to).value &&
                line->from_purpose == line->to_purpose;
    *rule = "problem.booking.no_hand";
    if (!is_open(line->from_purpose))
        return "from_purpose";
    if (!is_open(line->to_purpose))
        return "to_purpose";
    *rule = "problem.booking.same_account";
    return same ? "to" : NULL;
}

/* `template` is the line's own, for as long as it is being written. */
static const struct problem *line_of(struct request *request, const struct booking_line *input,
                                     struct text key, struct posting_template *template,
                                     struct ledger_line *out)
{
    struct posting_leg leg = {.from = {input->from_purpose, 0},
                              .to = {input->to_purpose, 1},
                              .amount = 0,
                              .reason = reason_key(input->reason)};
    *template = (struct posting_template){.name = "booking", .legs = {leg}, .count = 1};
    *out = (struct ledger_line){
        .posting = {.template = template,
                    .parties = {or_nobody(input->from), or_nobody(input->to)},
                    .amounts = {input->amount},
                    .issuer = or_nobody(input->issuer),
                    .at = request->now},
        .caller = request->viewer.person,
        .key = key,
    };
    if (key.size == 0)
        return NULL;
    out->fingerprint = text_format(
        request->memory, "%lld %d %lld %d %lld %s %d %lld", (long long)or_nobody(input->from).value,
        (int)input->from_purpose, (long long)or_nobody(input->to).value, (int)input->to_purpose,
        (long long)input->amount.minor, input->amount.currency.code, (int)input->reason,
        (long long)or_nobody(input->issuer).value);
    return out->fingerprint.data ? NULL : &out_of_memory;
}

static struct booking_made made_of(const struct ledger_line *line)
{
    return (struct booking_made){
        .posting = {!line->problem, line->posted},
        .again = line->again,
        .problem = {line->problem, text_of(line->problem ? line->problem->name : "")},
    };
}

/* ---- parties ---------------------------------------------------------------------------------- */

static void add_party(struct builder *ids, const struct maybe_party_id *party)
{
    if (!party->present)
        return;
    builder_add_char(ids, ids->size ? ',' : '[');
    builder_add_integer(ids, party->value.value);
}

/* The first of all named parties that is not there; 0: all are. */
static const struct problem *find_missing(struct request *request, const struct booking_line *lines,
                                          size_t count, struct party_id *out)
{
    struct builder ids = builder_make(request->memory, count * 70 + 16);
    struct party_hit missing;
    struct text all;
    for (size_t i = 0; i < count; i++) {
        add_party(&ids, &lines[i].from);
        add_party(&ids, &lines[i].to);
        add_party(&ids, &lines[i].issuer);
    }
    *out = (struct party_id){0};
    if (ids.size == 0)
        return NULL;
    builder_add_char(&ids, ']');
    const struct problem *problem = builder_end(&ids, &all);
    if (!problem)
        problem = party_missing(request->db, request->memory, all, &missing);
    if (problem == &not_found)
        return NULL;
    *out = problem ? *out : missing.id;
    return problem;
}

static bool is_party(const struct maybe_party_id *party, struct party_id wanted)
{
    return party->present && party->value.value == wanted.value;
}

/* Which field of which line names the party. */
static const char *field_naming(const struct booking_line *lines, size_t count,
                                struct party_id party, size_t *line)
{
    for (size_t i = 0; i < count; i++) {
        *line = i;
        if (is_party(&lines[i].from, party))
            return "from";
        if (is_party(&lines[i].to, party))
            return "to";
        if (is_party(&lines[i].issuer, party))
            return "issuer";
    }
    return "lines";
}

/* What can be said about lines without booking them: the field of one is blamed. */
static const struct problem *check_lines(struct request *request, const struct booking_line *lines,
                                         size_t count, bool batch)
{
    struct party_id missing;
    const char *rule = NULL;
    const char *field = NULL;
    size_t line = 0;
    for (size_t i = 0; !field && i < count; i++) {
        field = wrong_field(&lines[i], &rule);
        line = i;
    }
    const struct problem *problem = field ? NULL : find_missing(request, lines, count, &missing);
    if (problem)
        return problem;
    if (!field && missing.value) {
        field = field_naming(lines, count, missing, &line);
        rule = "problem.booking.no_party";
    }
    if (!field)
        return NULL;
    struct text path =
        batch ? text_format(request->memory, "lines.%zu.%s", line, field) : text_of(field);
    return path.data ? request_refuse(request, path.data, rule) : &out_of_memory;
}

/* ---- handlers --------------------------------------------------------------------------------- */

const struct problem *core_booking_make(struct request *request, const struct booking_line *input,
                                        struct booking_made *view)
{
    struct posting_template template;
    struct ledger_line line;
    const struct problem *problem = check_lines(request, input, 1, false);
    if (problem)
        return problem;
    struct text key = input->key.present ? input->key.value : request->once;
    problem = line_of(request, input, key, &template, &line);
    if (!problem)
        problem = ledger_gather(request->store, &line);
    if (problem)
        return problem;
    *view = made_of(&line);
    return NULL;
}

/* A batch as a write. */
struct booking {
    struct ledger_line *lines;
    size_t count;
    enum batch_mode mode;
    size_t wrong;
};

static const struct problem *book(struct database *db, struct memory *memory, void *context)
{
    struct booking *booking = context;
    return ledger_batch(db, memory, booking->lines, booking->count, booking->mode, &booking->wrong);
}

static const struct problem *prepare(struct request *request, const struct booking_batch *input,
                                     struct booking *out)
{
    size_t count = input->lines.count;
    struct ledger_line *lines = memory_take_array(request->memory, count, sizeof *lines);
    struct posting_template *templates =
        memory_take_array(request->memory, count, sizeof *templates);
    const struct problem *problem = lines && templates ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++) {
        const struct booking_line *line = &input->lines.items[i];
        struct text key = line->key.present ? line->key.value : text_of("");
        problem = line_of(request, line, key, &templates[i], &lines[i]);
    }
    *out = (struct booking){lines, count, input->each ? BATCH_EACH : BATCH_ALL, count};
    return problem;
}

const struct problem *booking_tell(struct memory *memory, const struct ledger_line *lines,
                                   size_t count, struct booking_result *out)
{
    struct booking_made *made = memory_take_array(memory, count, sizeof *made);
    if (!made)
        return &out_of_memory;
    *out = (struct booking_result){.lines = {made, count}};
    for (size_t i = 0; i < count; i++) {
        made[i] = made_of(&lines[i]);
        out->refused += lines[i].problem ? 1 : 0;
        out->before += lines[i].again ? 1 : 0;
        out->booked += lines[i].problem || lines[i].again ? 0 : 1;
    }
    return NULL;
}

const struct problem *core_booking_make_all(struct request *request,
                                            const struct booking_batch *input,
                                            struct booking_result *view)
{
    struct booking booking;
    const struct problem *problem =
        check_lines(request, input->lines.items, input->lines.count, true);
    if (!problem)
        problem = prepare(request, input, &booking);
    if (problem)
        return problem;
    problem = store_write_locking(request->store, request->memory, book, &booking);
    if (problem && booking.wrong < booking.count && problem->fault == FAULT_CLIENT) {
        struct text path = text_format(request->memory, "lines.%zu", booking.wrong);
        struct text rule = text_format(request->memory, "problem.%s", problem->name);
        return path.data && rule.data ? request_refuse(request, path.data, rule.data)
                                      : &out_of_memory;
    }
    return problem ? problem : booking_tell(request->memory, booking.lines, booking.count, view);
}

/* ---- the part --------------------------------------------------------------------------------- */

static const struct route routes[] = {
    {POST, "/desk/bookings", &core_booking_make_handler, FINANCE, .api = "/api/v1/desk/bookings",
     .once = true, .summary = "Books one transfer between two accounts"},
    {POST, "/desk/bookings/batch", &core_booking_make_all_handler, FINANCE,
     .api = "/api/v1/desk/bookings/batch", .repeat = REPEAT_SAME,
     .summary = "Books up to 10,000 transfers, all or none, or each on its own"},
};
static const struct route_table table = {"books", ALL(routes)};
static const struct route_table *const tables[] = {&table};

const struct module booking_part = {
    .name = "booking",
    .routes = ALL(tables),
};
