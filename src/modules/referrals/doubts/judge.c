/*
 * A share of an order, judged by what the program knows of its partner, its customer and the click.
 *
 * What accounts have in common is compared by keyed hashes that hold for one program, so that who takes part
 * in two is not two accounts of one person. Must not know: what is paid. Read next: known.c, modules/referrals/suspects/claim.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/search/search.h"
#include "modules/referrals/doubts/known.h"
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/doubts/queries.h"
#include "modules/referrals/lists/lists.h"

/* One judgement. */
struct judging {
    struct database *db;
    struct memory *memory;
    const struct doubt_order *order;
    struct suspect_person partner; /* as the account is now */
    struct suspect_sums sums;      /* as kept */
    struct suspect_claim claim;
    struct suspect_click click;
    struct suspect_terms terms;
    uint64_t owned[3], keys[KNOWN_KEYS]; /* what changed of the account; what is looked up */
    size_t owned_count, key_count;
};

/* ---- who -------------------------------------------------------------------------------------- */

static const struct problem *mark(const struct judging *judging, const char *purpose,
                                  struct text what, uint64_t *out)
{
    struct text whole = text_format(judging->memory, "%lld %.*s",
                                    (long long)judging->order->program.value, TEXT_ARGS(what));
    struct text hex;
    *out = 0;
    if (what.size == 0)
        return NULL;
    const struct problem *problem =
        whole.data ? shop_mark(judging->memory, purpose, whole, &hex) : &out_of_memory;
    for (size_t i = 0; !problem && i < 16; i++)
        *out =
            *out << 4 | (uint64_t)(hex.data[i] <= '9' ? hex.data[i] - '0' : hex.data[i] - 'a' + 10);
    return problem;
}

/* A single word is no whole name: half a country is called Maria. */
static const struct problem *mark_name(const struct judging *judging, struct text name,
                                       struct suspect_person *who)
{
    struct text folded, rest, word, last = {"", 0};
    size_t words = 0;
    const struct problem *problem = search_tokens(judging->memory, name, text_of(""), &folded);
    for (rest = problem ? last : folded; text_split(&rest, ' ', &word); words++)
        last = word;
    if (problem || words < 2)
        return problem;
    problem = mark(judging, "referrals.name", folded, &who->name);
    return problem ? problem : mark(judging, "referrals.name", last, &who->surname);
}

/* An address is marked as the shop marks those of customers, so that both can be compared. */
static const struct problem *mark_mail(const struct judging *judging, struct text mail,
                                       struct suspect_person *who)
{
    char folded[SUSPECT_MAILBOX_MAX];
    struct text hex;
    size_t size = suspect_fold_mail(folded, mail);
    const struct problem *problem =
        mail.size > 0 ? shop_mail_mark(judging->memory, (struct text){folded, size}, &hex) : NULL;
    if (problem || mail.size == 0)
        return problem;
    return mark(judging, "referrals.mail", hex, &who->mail);
}

static const struct problem *look_at_person(const struct judging *judging, struct party_id person,
                                            struct suspect_person *who)
{
    struct judge_person_row row;
    const struct problem *problem = judge_person(judging->db, judging->memory, person, &row);
    if (!problem)
        who->disposable = list_is_throwaway(row.mail);
    if (!problem)
        problem = mark_name(judging, row.name, who);
    if (!problem)
        problem = mark_mail(judging, row.mail, who);
    return problem ? problem : mark(judging, "referrals.payment", row.iban, &who->payment);
}

/* What the shop says of a customer goes before what their account here says. */
static const struct problem *look_at_customer(const struct judging *judging,
                                              struct suspect_person *who)
{
    struct judge_customer_row row;
    if (judging->order->customer.value == 0)
        return NULL;
    const struct problem *problem =
        judge_customer(judging->db, judging->memory, judging->order->customer, &row);
    if (!problem && row.party.value)
        problem = look_at_person(judging, row.party, who);
    if (!problem && row.name.size > 0)
        problem = mark_name(judging, row.name, who);
    if (!problem && row.mail.size > 0)
        problem = mark(judging, "referrals.mail", row.mail, &who->mail);
    return problem;
}

/* ---- what is known ---------------------------------------------------------------------------- */

static void look_up(struct judging *judging, uint64_t key)
{
    ensure(judging->key_count < KNOWN_KEYS);
    judging->keys[judging->key_count++] = key;
}

static void look_up_owner(struct judging *judging, enum suspect_key kind, uint64_t value)
{
    if (value)
        look_up(judging, suspect_key(kind, value, 0));
}

/* Leaves of an account what is new about it. */
static uint64_t news(struct judging *judging, enum suspect_key kind, uint64_t now, uint64_t before)
{
    if (!now || now == before)
        return 0;
    judging->owned[judging->owned_count++] = suspect_key(kind, now, 0);
    return now;
}

static const struct problem *remember(struct judging *judging, struct suspect_memory *known)
{
    const struct suspect_person *customer = &judging->claim.who, *partner = &judging->partner;
    const struct suspect_person was = judging->sums.who;
    uint64_t key = suspect_customer_key(&judging->claim);
    look_up_owner(judging, KEY_OWNER_MAIL, customer->mail);
    look_up_owner(judging, KEY_OWNER_NAME, customer->name);
    look_up_owner(judging, KEY_OWNER_PAYMENT, customer->payment);
    look_up_owner(judging, KEY_OWNER_MAIL, partner->mail);
    look_up_owner(judging, KEY_OWNER_NAME, partner->name);
    look_up_owner(judging, KEY_OWNER_PAYMENT, partner->payment);
    if (key)
        look_up(judging, key);
    const struct problem *problem = judging->key_count > 0
                                        ? known_read_marks(judging->db, judging->memory,
                                                           judging->keys, judging->key_count, known)
                                        : NULL;
    const struct suspect_account account = {
        .partner = judging->order->partner.value,
        .who = {.mail = news(judging, KEY_OWNER_MAIL, partner->mail, was.mail),
                .name = news(judging, KEY_OWNER_NAME, partner->name, was.name),
                .payment = news(judging, KEY_OWNER_PAYMENT, partner->payment, was.payment)}};
    suspect_put_sums(known, &judging->sums);
    suspect_see_account(known, &account);
    judging->sums.who = *partner;
    suspect_put_sums(known, &judging->sums);
    return problem;
}

static const struct problem *look_at_click(struct judging *judging)
{
    struct judge_click_row row;
    const struct problem *problem =
        judging->order->touch.value
            ? judge_click(judging->db, judging->memory, judging->order->touch, &row)
            : &not_found;
    if (problem)
        return problem == &not_found ? NULL : problem;
    const struct doubt_clicked clicked = {
        .partner = judging->order->partner.value,
        .program = judging->order->program.value,
        .link = row.link,
        .visitor = row.visitor,
        .network = row.network,
        .at = row.at,
        .marks = row.marks,
        .seen = row.seen,
        .reports = row.reports,
        .paged = row.paged,
        .visible = row.visible,
        .touches = row.touches,
        .scrolled = row.scrolled,
        .source = row.source,
        .device = row.device,
        .hosted = row.hosted,
    };
    judging->click = doubt_click_of(&clicked);
    judging->claim.click = &judging->click;
    return NULL;
}

/* Clicks are judged an hour after they came, orders at once: what is not judged yet is counted for them. */
static const struct problem *count_new_clicks(const struct judging *judging, int64_t *out)
{
    struct judge_number number = {0};
    int64_t hour = 0;
    *out = 0;
    if (judging->sums.followed < 2)
        return NULL;
    const struct problem *problem = doubt_judged_before(judging->db, judging->memory, &hour);
    if (!problem)
        problem = judge_clicks_since(judging->db, judging->memory, judging->order->partner, hour,
                                     &number);
    *out = number.number;
    return problem;
}

/* ---- judging ---------------------------------------------------------------------------------- */

static const struct problem *read_all(struct judging *judging)
{
    const struct doubt_order *order = judging->order;
    judging->claim = (struct suspect_claim){
        .kind = SUSPECT_ORDER,
        .partner = order->partner.value,
        .account = (uint64_t)order->customer.value,
        .at = order->placed,
        .basket = order->basket.present ? order->basket.value : (struct instant){0},
        .basket_knew = true, /* what came after it is no touch (attribution.h) */
    };
    const struct problem *problem =
        known_read(judging->db, judging->memory, order->partner, &judging->sums);
    if (!problem)
        problem = look_at_person(judging, order->person, &judging->partner);
    if (!problem)
        problem = look_at_customer(judging, &judging->claim.who);
    if (!problem)
        problem = look_at_click(judging);
    if (!problem)
        problem = doubt_terms(judging->db, judging->memory, order->program, &judging->terms);
    return problem;
}

/* What was learned: of an order that was judged before nothing. */
static const struct problem *keep(const struct judging *judging, const struct suspect_memory *known,
                                  int64_t extra)
{
    struct suspect_sums sums = *suspect_sums_of(known, judging->order->partner.value);
    uint64_t customer = suspect_customer_key(&judging->claim);
    sums.clicks -= extra;
    const struct problem *problem = known_write(judging->db, judging->memory, &sums);
    if (!problem)
        problem = known_write_marks(judging->db, judging->memory, judging->owned,
                                    judging->owned_count, known);
    if (!problem && customer)
        problem = known_write_marks(judging->db, judging->memory, &customer, 1, known);
    return problem;
}

/* What of the partner's clicks looks made. Not asked when the order comes, which is not made slower by it: it is
 * judged again. */
static const struct problem *read_made(struct judging *judging, struct suspect_memory *known)
{
    struct suspect_sums usual = {.partner = suspect_sums_key(judging->order->program.value)};
    const struct problem *problem = known_read_made(
        judging->db, judging->memory, judging->order->partner.value, &judging->sums.made);
    if (!problem)
        problem = known_read_made(judging->db, judging->memory, judging->order->program.value,
                                  &usual.made);
    suspect_put_sums(known, &usual);
    return problem;
}

const struct problem *doubt_judge_order(struct database *db, struct memory *memory,
                                        const struct doubt_order *order, bool again,
                                        struct suspect_verdict *verdict)
{
    struct judging judging = {.db = db, .memory = memory, .order = order};
    struct suspect_memory *known = suspect_memory_small(memory);
    int64_t extra = 0;
    if (!known)
        return &out_of_memory;
    const struct problem *problem = read_all(&judging);
    if (!problem)
        problem = count_new_clicks(&judging, &extra);
    judging.sums.clicks += extra;
    if (!problem && again)
        problem = read_made(&judging, known);
    if (!problem)
        problem = remember(&judging, known);
    if (problem)
        return problem;
    if (!again)
        suspect_see_claim(known, &judging.claim);
    suspect_judge_claim(known, &judging.terms, &judging.claim, verdict);
    return again ? NULL : keep(&judging, known, extra);
}

/* Told anew each time in all, so only what is new of it counts. */
const struct problem *doubt_see_return(struct database *db, struct memory *memory,
                                       struct program_id program, int64_t event, int64_t minor,
                                       int64_t of)
{
    struct judge_number seen;
    int64_t permille = minor >= of ? 1000 : (int64_t)((__int128)minor * 1000 / of);
    const struct problem *problem = known_returned_of(db, memory, program, event, &seen);
    if (problem == &not_found)
        return NULL; /* nobody of this program brought it */
    if (problem || permille <= seen.number)
        return problem;
    problem = known_returned_set(db, memory, program, event, permille);
    return problem ? problem
                   : known_returned_add(db, memory, program, event, permille - seen.number);
}

const struct problem *doubt_see_checkout(struct database *db, struct memory *memory,
                                         struct referrals_touch_id touch, int64_t seconds)
{
    return doubt_led_late(db, memory, touch, seconds);
}

const struct problem *doubt_judged_before(struct database *db, struct memory *memory, int64_t *hour)
{
    struct judge_number number = {0};
    const struct problem *problem = judged_before(db, memory, &number);
    *hour = problem ? 0 : number.number;
    return problem == &not_found ? NULL : problem;
}

const struct problem *doubt_terms(struct database *db, struct memory *memory,
                                  struct program_id program, struct suspect_terms *out)
{
    struct judge_terms_row row;
    const struct problem *problem = judge_terms(db, memory, program, &row);
    if (problem)
        return problem;
    *out = suspect_terms_plain;
    out->hold_click =
        row.hold_click.present ? row.hold_click.value : setting_integer("referrals.hold_click");
    out->hold_claim =
        row.hold_claim.present ? row.hold_claim.value : setting_integer("referrals.hold_claim");
    return NULL;
}

const struct problem *doubt_first_of(struct database *db, struct memory *memory,
                                     struct order_id order, struct maybe_doubt_id *out)
{
    struct doubt_hit hit = {{0}};
    const struct problem *problem = doubt_of_order(db, memory, order, &hit);
    *out = (struct maybe_doubt_id){.present = !problem && hit.id.value, .value = hit.id};
    return problem;
}

const struct setting doubt_settings[DOUBT_SETTINGS] = {
    {"referrals.hold_click", SETTING_INTEGER, "13", 1, 1000, false,
     "Points from which a click is held, unless its program says otherwise"},
    {"referrals.hold_claim", SETTING_INTEGER, "19", 1, 1000, false,
     "Points from which an order is held, unless its program says otherwise"},
    {"referrals.data_centres", SETTING_TEXT, "", 0, 0, false,
     "File with networks of data centres (192.0.2.0/24), by which clicks are judged"},
    {"referrals.throwaway_domains", SETTING_TEXT, "", 0, 0, false,
     "File with domains of throwaway mail addresses, by which orders are judged"},
    {"referrals.invitations", SETTING_INTEGER, "20", 0, 10000, false,
     "Invitations that a business may send to people with reach in 24 hours"},
};

/* ---- what is kept of it ----------------------------------------------------------------------- */

const struct problem *doubt_begin_order(struct database *db, struct memory *memory,
                                        const struct doubt_order *order, struct verdict_id subject,
                                        const struct suspect_verdict *verdict)
{
    struct doubt_row row = {
        .id = {id_new()},
        .program = order->program,
        .partner = order->account,
        .person = order->person,
        .what = DOUBT_ORDER,
        .subject = subject.value,
        .found = verdict->state,
        .rule = verdict->findings[0].rule,
        .score = verdict->score,
        .findings = doubt_findings_write(memory, verdict),
        .state = DOUBT_OPEN,
        .said = text_of(""),
        .answer = text_of(""),
        .at = order->placed,
    };
    const struct problem *problem =
        row.findings.data ? doubt_begin(db, memory, &row) : &out_of_memory;
    return problem || order->touch.value == 0 ? problem
                                              : doubt_led(db, memory, order->touch, verdict->score);
}

const struct problem *doubt_keep_order(struct database *db, struct memory *memory,
                                       const struct doubt_order *order, struct verdict_id subject,
                                       const struct suspect_verdict *verdict)
{
    struct doubt_score score = {order->program, DOUBT_ORDER, order->placed.ms / DAY, verdict->score,
                                1};
    const struct problem *problem = doubt_score_add(db, memory, &score);
    if (problem || verdict->state == VERDICT_COUNTED)
        return problem;
    return doubt_begin_order(db, memory, order, subject, verdict);
}
