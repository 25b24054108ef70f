/*
 * Conversations with a business: who may begin one, what is kept of them, what is said in it.
 *
 * Must not know: pages, where a form stood. Read next: core/widgets/tell.c, core/thread.h.
 */
#include "core/widgets/feedback.h"

#include "base/ids.h"
#include "core/shop/consent.h"
#include "core/thread.h"
#include "core/widgets/parts.h"
#include "core/widgets/queries.h"
#include "core/widgets/feedback.shapes.h"
#include "ledger/ledger.h"

const struct problem feedback_closed = {"feedback.closed", 403, FAULT_CLIENT, false};

enum {
    ABOUT_BYTES = 160, /* of what is written, for lists */
};
#define ADDRESS_BLOCKED (30 * DAY)   /* network addresses pass on to others */
#define SENDER_BLOCKED  (3650 * DAY) /* people and mail addresses do not */

/* ---- the table -------------------------------------------------------------------------------- */

/* Who is wanted no more is told nothing else from here: their marks are noted, and nobody is mailed. */
static const struct problem *effect_refuse(struct move *move)
{
    struct feedback_row row;
    struct feedback_id id = {move->subject};
    struct text mail = {"", 0};
    const struct problem *problem = feedback_by_id(move->db, move->memory, id, &row);
    if (!problem && row.mail.size)
        problem = shop_mail_mark(move->memory, row.mail, &mail);
    struct instant soon = instant_add(move->at, ADDRESS_BLOCKED);
    struct instant late = instant_add(move->at, SENDER_BLOCKED);
    if (!problem && row.person.present)
        problem = feedback_block(move->db, move->memory, row.business,
                                 text_of(id_text("pty", row.person.value.value).text), id, late);
    else if (!problem)
        problem = feedback_block(move->db, move->memory, row.business, row.sender, id, soon);
    if (!problem && mail.size)
        problem = feedback_block(move->db, move->memory, row.business, mail, id, late);
    return problem;
}

static const struct problem *effect_restore(struct move *move)
{
    return feedback_unblock(move->db, move->memory, (struct feedback_id){move->subject});
}

/* Nobody waits for anything any more, so the address goes. */
static const struct problem *effect_close(struct move *move)
{
    return feedback_untell_one(move->db, move->memory, (struct feedback_id){move->subject});
}

static const struct flow_move moves[] = {
    {FEEDBACK_OPEN, FEEDBACK_WRITE, BY_SUPPLIER, NULL, NULL, FEEDBACK_OPEN},
    {FEEDBACK_OPEN, FEEDBACK_ANSWER, BY_BUYER, NULL, NULL, FEEDBACK_ANSWERED},
    {FEEDBACK_OPEN, FEEDBACK_FINISH, BY_BUYER, NULL, NULL, FEEDBACK_DONE},
    {FEEDBACK_OPEN, FEEDBACK_REFUSE, BY_BUYER, NULL, effect_refuse, FEEDBACK_SPAM},
    {FEEDBACK_ANSWERED, FEEDBACK_WRITE, BY_SUPPLIER, NULL, NULL, FEEDBACK_OPEN},
    {FEEDBACK_ANSWERED, FEEDBACK_ANSWER, BY_BUYER, NULL, NULL, FEEDBACK_ANSWERED},
    {FEEDBACK_ANSWERED, FEEDBACK_FINISH, BY_BUYER, NULL, NULL, FEEDBACK_DONE},
    {FEEDBACK_ANSWERED, FEEDBACK_REFUSE, BY_BUYER, NULL, effect_refuse, FEEDBACK_SPAM},
    {FEEDBACK_ANSWERED, FEEDBACK_CLOSE, BY_TIMER, NULL, effect_close, FEEDBACK_CLOSED},
    {FEEDBACK_DONE, FEEDBACK_WRITE, BY_SUPPLIER, NULL, NULL, FEEDBACK_OPEN},
    {FEEDBACK_DONE, FEEDBACK_ANSWER, BY_BUYER, NULL, NULL, FEEDBACK_ANSWERED},
    {FEEDBACK_DONE, FEEDBACK_REFUSE, BY_BUYER, NULL, effect_refuse, FEEDBACK_SPAM},
    {FEEDBACK_DONE, FEEDBACK_CLOSE, BY_TIMER, NULL, effect_close, FEEDBACK_CLOSED},
    {FEEDBACK_SPAM, FEEDBACK_RESTORE, BY_BUYER, NULL, effect_restore, FEEDBACK_OPEN},
    {FEEDBACK_SPAM, FEEDBACK_CLOSE, BY_TIMER, NULL, effect_close, FEEDBACK_CLOSED},
};
static const struct flow_limit limits[] = {
    {FEEDBACK_ANSWERED, FEEDBACK_REST, FEEDBACK_CLOSE},
    {FEEDBACK_DONE, FEEDBACK_REST, FEEDBACK_CLOSE},
    {FEEDBACK_SPAM, FEEDBACK_REST, FEEDBACK_CLOSE},
};

const struct flow feedback_flow = {
    .name = "core.feedback",
    .states = &feedback_state_words,
    .events = &feedback_event_words,
    .moves = ALL(moves),
    .limits = ALL(limits),
    .first = FEEDBACK_OPEN,
    .table = &core_feedback_table,
};

/* ---- beginning one ---------------------------------------------------------------------------- */

/* Whole characters of the first line, so many bytes at most. */
static struct text begins_with(struct text body)
{
    struct text line = {body.data, 0};
    while (line.size < body.size && line.size < ABOUT_BYTES && body.data[line.size] != '\n' &&
           body.data[line.size] != '\r')
        line.size++;
    while (line.size > 0 && line.size < body.size &&
           ((unsigned char)body.data[line.size] & 0xc0) == 0x80)
        line.size--;
    return line;
}

/* A guest's address is kept for one thing: to answer this business's conversations with them. */
static const struct problem *keep_consent(struct move *move, const struct feedback_begin *begin,
                                          struct text mail, struct feedback_row *row)
{
    struct kept kept = {0};
    struct keeping keeping = {.business = begin->business, .at = move->at};
    struct customer_told told = {.mail = {true, begin->mail},
                                 .name = {begin->name.size > 0, begin->name}};
    const struct problem *problem =
        customer_keep(move->db, move->memory, &keeping, &told, mail, &kept);
    if (problem)
        return problem;
    struct consent_row consent = {
        .id = {id_new()},
        .business = begin->business,
        .customer = {kept.id},
        .what = CONSENT_ANSWER,
        .basis = BASIS_CONSENT,
        .source = text_format(move->memory, "Feedback %s%s%.*s", id_text("fbk", move->subject).text,
                              begin->page.size ? ", " : "", TEXT_ARGS(begin->page)),
        .at = move->at};
    row->customer = (struct maybe_customer_id){true, {kept.id}};
    return consent.source.data
               ? consent_keep(move->db, move->memory, &consent, (struct party_id){0})
               : &out_of_memory;
}

static const struct problem *say_first(struct move *move, const struct feedback_begin *begin)
{
    struct message_id message;
    if (begin->person.value)
        return thread_say(move->db, move->memory, move->subject, begin->person,
                          (struct party_id){0}, begin->body, move->at, &message);
    return thread_say_guest(move->db, move->memory, move->subject, begin->name, begin->body,
                            move->at, &message);
}

/* Whether the business takes this from them. */
static const struct problem *admit(struct move *move, const struct feedback_begin *begin,
                                   struct text sender, struct text mail)
{
    struct feedback_house house;
    struct feedback_blocked_list blocked;
    struct text person = text_copy(
        move->memory, text_of(begin->person.value ? id_text("pty", begin->person.value).text : ""));
    const struct problem *problem =
        feedback_house_of(move->db, move->memory, begin->business, &house);
    if (!problem)
        problem = feedback_blocks(move->db, move->memory, begin->business, sender, mail, person,
                                  move->at, &blocked);
    if (problem)
        return problem;
    return blocked.count ? &feedback_closed : NULL;
}

static const struct problem *keep(struct move *move)
{
    const struct feedback_begin *begin = move->context;
    bool known = begin->person.value != 0;
    struct text mail = {"", 0};
    struct feedback_row row = {.id = {move->subject},
                               .business = begin->business,
                               .person = {known, begin->person},
                               .name = known ? text_of("") : begin->name,
                               .mail = known ? text_of("") : begin->mail,
                               .told = known || begin->mail.size > 0,
                               .language = begin->language,
                               .page = begin->page,
                               .about = begins_with(begin->body),
                               .state = FEEDBACK_OPEN,
                               .at = move->at,
                               .moved = move->at};
    const struct problem *problem =
        feedback_sender(move->memory, begin->business, begin->address, &row.sender);
    if (!problem && row.mail.size)
        problem = shop_mail_mark(move->memory, row.mail, &mail);
    if (!problem)
        problem = admit(move, begin, row.sender, mail);
    if (!problem && row.mail.size)
        problem = keep_consent(move, begin, mail, &row);
    if (!problem)
        problem = feedback_insert(move->db, move->memory, &row);
    if (!problem)
        problem = say_first(move, begin);
    return problem ? problem : flow_begin(move);
}

const struct problem *feedback_begin(struct store *store, struct memory *memory,
                                     const struct feedback_begin *begin, struct feedback_id *out)
{
    struct feedback_begin own = *begin;
    struct move move = {.flow = &feedback_flow,
                        .by = BY_SUPPLIER,
                        .actor = begin->person,
                        .at = begin->at,
                        .context = &own};
    struct once once = {begin->person, begin->once,
                        text_format(memory, "core.feedback %lld %.*s %.*s",
                                    (long long)begin->business.value, TEXT_ARGS(begin->mail),
                                    TEXT_ARGS(begin->body))};
    const struct problem *problem = flow_once(store, memory, &move, &once, keep);
    if (!problem)
        out->value = move.subject;
    return problem;
}

/* ---- going on --------------------------------------------------------------------------------- */

static const struct problem *add(struct database *db, struct memory *memory,
                                 const struct feedback_say *say, int64_t *message)
{
    struct feedback_row row;
    struct message_id said = {0};
    bool house = say->organisation.value != 0;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &feedback_flow,
                        .subject = say->feedback.value,
                        .event = house ? FEEDBACK_ANSWER : FEEDBACK_WRITE,
                        .by = house ? BY_BUYER : BY_SUPPLIER,
                        .actor = say->person,
                        .at = say->at};
    const struct problem *problem = feedback_by_id(db, memory, say->feedback, &row);
    if (!problem)
        problem = flow_move(&move);
    if (!problem && say->person.value)
        problem = thread_say(db, memory, move.subject, say->person, say->organisation, say->body,
                             say->at, &said);
    else if (!problem)
        problem = thread_say_guest(db, memory, move.subject, row.name, say->body, say->at, &said);
    if (!problem && house)
        problem = feedback_tell(db, memory, &row, say->body, say->at);
    *message = said.value;
    return problem;
}

static const struct problem *say_work(struct database *db, struct memory *memory, void *context)
{
    const struct feedback_say *say = context;
    int64_t message = 0;
    struct text content = text_format(memory, "core.feedback.say %lld %.*s",
                                      (long long)say->feedback.value, TEXT_ARGS(say->body));
    if (!content.data)
        return &out_of_memory;
    const struct problem *problem =
        ledger_once(db, memory, say->person, say->once, content, say->at, &message);
    if (problem || message)
        return problem;
    problem = add(db, memory, say, &message);
    return problem ? problem : ledger_once_result(db, memory, say->person, say->once, message);
}

const struct problem *feedback_say(struct store *store, struct memory *memory,
                                   const struct feedback_say *say)
{
    struct feedback_say own = *say;
    return store_write(store, memory, say_work, &own);
}

/* ---- no more mails ---------------------------------------------------------------------------- */

struct stopping {
    struct feedback_id id;
    struct instant at;
};

static const struct problem *stop_work(struct database *db, struct memory *memory, void *context)
{
    const struct stopping *stopping = context;
    struct feedback_row row;
    const struct problem *problem = feedback_by_id(db, memory, stopping->id, &row);
    if (problem)
        return problem;
    if (!row.customer.present)
        return feedback_untell_one(db, memory, row.id);
    problem = feedback_untell(db, memory, row.customer.value);
    return problem ? problem
                   : consent_drop(db, memory, row.customer.value, CONSENT_ANSWER,
                                  (struct party_id){0}, stopping->at);
}

const struct problem *feedback_stop(struct store *store, struct memory *memory,
                                    struct feedback_id id, struct instant at)
{
    struct stopping stopping = {id, at};
    return store_write(store, memory, stop_work, &stopping);
}
