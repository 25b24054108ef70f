/*
 * 10,000 random journeys: what the program decides equals the rules applied one at a time to a list,
 * slowly and without a line of the program's, for all models; and another model gives afterwards what it
 * would have given at first.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "modules/referrals/attribution/attribution.h"

enum { ANNA = 1, EMIL = 5 }; /* five partners */
enum { ORDER = 77, CUSTOMER = 900, TOUCHES = 16, JOURNEYS = 10000 };

static const int64_t noon = INT64_C(20600) * DAY + 12 * HOUR; /* of the order */

static struct attribution_terms terms;
static struct attribution_conversion order;
static struct attribution_touch touches[TOUCHES];
static struct attribution_credit credits[TOUCHES];
static size_t touch_count, credit_count;

/* ---- the same, slowly ---- */

/* A touch in the list of the slow way: on the table until a rule strikes it. */
struct slip {
    struct attribution_touch touch;
    bool struck;
    bool might_have; /* struck only because of others */
    enum touch_outcome why;
};
struct pile {
    struct slip slips[TOUCHES];
    size_t count;
    int64_t dealt[EMIL + 1]; /* basis points a partner */
    int64_t named[EMIL + 1]; /* the touch that is said to have brought them */
};

static bool earlier(const struct slip *a, const struct slip *b)
{
    return a->touch.at.ms < b->touch.at.ms ||
           (a->touch.at.ms == b->touch.at.ms && a->touch.id.value < b->touch.id.value);
}

static bool mine(const struct slip *slip, int partner)
{
    return partner == 0 || slip->touch.partner.value == partner;
}

/* The earliest or latest slip on the table of a partner (0: of any). */
static struct slip *end_of(struct pile *pile, int partner, bool latest)
{
    struct slip *best = NULL;
    for (size_t i = 0; i < pile->count; i++) {
        struct slip *slip = &pile->slips[i];
        if (slip->struck || !mine(slip, partner))
            continue;
        if (!best || (latest ? earlier(best, slip) : earlier(slip, best)))
            best = slip;
    }
    return best;
}

static bool on_table(const struct pile *pile, enum touch_kind kind)
{
    for (size_t i = 0; i < pile->count; i++) {
        if (!pile->slips[i].struck && pile->slips[i].touch.kind == kind)
            return true;
    }
    return false;
}

enum rule {
    RULE_BOUND,
    RULE_CLAIMS_TAKEN,
    RULE_CLAIM_IN_TIME,
    RULE_BEFORE_ORDER,
    RULE_PROTECTED,
    RULE_BEFORE_BASKET,
    RULE_WINDOW,
    RULES
};
static const enum touch_outcome rule_says[] = {
    TOUCH_UNBOUND,     TOUCH_NO_CLAIMS,    TOUCH_CLAIM_LATE, TOUCH_AFTER_ORDER,
    TOUCH_UNPROTECTED, TOUCH_AFTER_BASKET, TOUCH_TOO_OLD,
};

static bool came_with_order(const struct attribution_touch *t, int64_t event)
{
    return t->event != 0 && t->event == event;
}

static bool breaks(enum rule rule, const struct attribution_touch *t,
                   const struct attribution_terms *by, const struct attribution_conversion *of)
{
    int64_t before = of->at.ms - t->at.ms; /* negative: after */
    if (t->kind == TOUCH_CODE && came_with_order(t, of->event))
        return false;
    switch (rule) {
    case RULE_BOUND:
        if (came_with_order(t, of->event))
            return false;
        return t->event != 0 || t->customer.value == 0 || of->customer.value == 0 ||
               t->customer.value != of->customer.value;
    case RULE_CLAIMS_TAKEN:
        return t->kind == TOUCH_CLAIM && by->late_days == 0;
    case RULE_CLAIM_IN_TIME:
        return t->kind == TOUCH_CLAIM && -before > by->late_days * 86400000 + 5000;
    case RULE_BEFORE_ORDER:
        return t->kind != TOUCH_CLAIM && before < -5000;
    case RULE_PROTECTED:
        return t->kind == TOUCH_LEAD && t->until.ms + 5000 < of->at.ms;
    case RULE_BEFORE_BASKET:
        return (t->kind == TOUCH_LINK || t->kind == TOUCH_LEAD) && of->basket.present &&
               t->at.ms > of->basket.value.ms + 5000;
    case RULE_WINDOW:
        return t->kind != TOUCH_LEAD && before > by->window_days * 86400000 + 5000;
    case RULES:
        break;
    }
    return false;
}

static void strike_by_rules(struct pile *pile, const struct attribution_terms *by,
                            const struct attribution_conversion *of)
{
    for (int rule = 0; rule < RULES; rule++) {
        for (size_t i = 0; i < pile->count; i++) {
            struct slip *slip = &pile->slips[i];
            if (!slip->struck && breaks((enum rule)rule, &slip->touch, by, of)) {
                slip->struck = true;
                slip->why = rule_says[rule];
            }
        }
    }
}

/* Strikes all of the kinds that another goes before. */
static void strike_kinds(struct pile *pile, const enum touch_kind *kinds, size_t kind_count,
                         enum touch_outcome why)
{
    for (size_t i = 0; i < pile->count; i++) {
        struct slip *slip = &pile->slips[i];
        for (size_t k = 0; k < kind_count; k++) {
            if (!slip->struck && slip->touch.kind == kinds[k]) {
                slip->struck = slip->might_have = true;
                slip->why = why;
            }
        }
    }
}

static void strike_by_precedence(struct pile *pile, bool code_first)
{
    static const enum touch_kind claim[] = {TOUCH_CLAIM};
    static const enum touch_kind link[] = {TOUCH_LINK};
    static const enum touch_kind code[] = {TOUCH_CODE};
    static const enum touch_kind not_leads[] = {TOUCH_LINK, TOUCH_CODE, TOUCH_CLAIM};
    if (on_table(pile, TOUCH_LEAD))
        strike_kinds(pile, not_leads, 3, TOUCH_BEHIND_LEAD);
    if (on_table(pile, TOUCH_LINK) || on_table(pile, TOUCH_CODE))
        strike_kinds(pile, claim, 1, TOUCH_CLAIM_NEEDLESS);
    if (on_table(pile, TOUCH_LINK) && on_table(pile, TOUCH_CODE)) {
        if (code_first)
            strike_kinds(pile, link, 1, TOUCH_BEHIND_CODE);
        else
            strike_kinds(pile, code, 1, TOUCH_BEHIND_LINK);
    }
}

/* Deals so many points one by one round the partners of a list; what does not go round again, to the first. */
static void deal(struct pile *pile, const int *partners, int count, int64_t points)
{
    for (; points >= count; points -= count) {
        for (int i = 0; i < count; i++)
            pile->dealt[partners[i]]++;
    }
    pile->dealt[partners[0]] += points;
}

/* The partners on the table in the order in which they came, but for two. */
static int partners_but(struct pile *pile, int64_t one, int64_t other, int *partners)
{
    int count = 0;
    for (int partner = ANNA; partner <= EMIL; partner++) {
        const struct slip *own = end_of(pile, partner, false);
        if (!own || partner == one || partner == other)
            continue;
        int place = count++;
        for (; place > 0 && earlier(own, end_of(pile, partners[place - 1], false)); place--)
            partners[place] = partners[place - 1];
        partners[place] = partner;
    }
    return count;
}

static void share_slowly(struct pile *pile, enum attribution_model model)
{
    int partners[EMIL];
    const struct slip *first = end_of(pile, 0, false);
    const struct slip *last = end_of(pile, 0, true);
    for (int partner = ANNA; partner <= EMIL; partner++) {
        const struct slip *own = end_of(pile, partner, false);
        pile->named[partner] = own ? own->touch.id.value : 0;
    }
    int64_t at_first = first->touch.partner.value;
    int64_t at_last = last->touch.partner.value;
    if (model == ATTRIBUTION_FIRST)
        pile->dealt[at_first] = 10000;
    if (model == ATTRIBUTION_LAST)
        pile->dealt[at_last] = 10000;
    if (model == ATTRIBUTION_LAST || (model == ATTRIBUTION_POSITION && at_last != at_first))
        pile->named[at_last] = last->touch.id.value;
    if (model == ATTRIBUTION_LINEAR)
        deal(pile, partners, partners_but(pile, 0, 0, partners), 10000);
    if (model == ATTRIBUTION_POSITION) {
        int between = partners_but(pile, at_first, at_last, partners);
        pile->dealt[at_first] += between ? 4000 : 5000;
        pile->dealt[at_last] += between ? 4000 : 5000;
        if (between)
            deal(pile, partners, between, 2000);
    }
}

/* Why a slip that is still on the table, or was struck because of others, has nothing. */
static void close_slip(struct slip *slip, const struct pile *pile, enum attribution_model model)
{
    int64_t partner = slip->touch.partner.value;
    if (slip->struck && !slip->might_have)
        return;
    if (pile->dealt[partner] > 0) {
        bool named = !slip->struck && pile->named[partner] == slip->touch.id.value;
        slip->why = named ? TOUCH_COUNTS : TOUCH_SAME_PARTNER;
    } else if (!slip->struck) {
        slip->why = model == ATTRIBUTION_LAST ? TOUCH_NOT_LAST : TOUCH_NOT_FIRST;
    }
}

static void decide_slowly(struct pile *pile, const struct attribution_terms *by,
                          const struct attribution_conversion *of)
{
    strike_by_rules(pile, by, of);
    strike_by_precedence(pile, by->code_first);
    enum attribution_model model = by->model;
    if (on_table(pile, TOUCH_LEAD) || on_table(pile, TOUCH_CLAIM))
        model = ATTRIBUTION_FIRST;
    if (end_of(pile, 0, false))
        share_slowly(pile, model);
    for (size_t i = 0; i < pile->count; i++)
        close_slip(&pile->slips[i], pile, model);
}

/* ---- random journeys ---- */

static uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);

static int64_t any_below(int64_t bound)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int64_t)((seed * UINT64_C(2685821657736338717)) >> 1) % bound;
}

/* Near a limit in half of the cases to the millisecond: 5,000 before or after it, give or take one. */
static int64_t near(int64_t limit)
{
    int64_t side = any_below(2) ? 5000 : -5000;
    return any_below(2) ? limit + side + any_below(3) - 1 : limit + any_below(20001) - 10000;
}

static struct instant any_time(void)
{
    switch (any_below(8)) {
    case 0:
        return (struct instant){near(noon)};
    case 1:
        return (struct instant){near(noon - terms.window_days * DAY)};
    case 2:
        return (struct instant){near(order.basket.present ? order.basket.value.ms : noon)};
    case 3:
        return (struct instant){near(noon + terms.late_days * DAY)};
    case 4:
        return (struct instant){noon + any_below(40 * DAY)};
    default:
        return (struct instant){noon - any_below(terms.window_days * DAY * 5 / 4)};
    }
}

static void any_touch(void)
{
    static const enum touch_kind kinds[] = {TOUCH_LINK, TOUCH_LINK, TOUCH_LINK,  TOUCH_LINK,
                                            TOUCH_CODE, TOUCH_LEAD, TOUCH_CLAIM, TOUCH_CODE};
    struct attribution_touch *made = &touches[touch_count++];
    *made = (struct attribution_touch){
        .partner = {ANNA + any_below(EMIL)}, .kind = kinds[any_below(8)], .customer = {CUSTOMER}};
    made->at = any_time();
    if (touch_count > 1 && any_below(6) == 0)
        made->at = made[-1].at;
    made->id.value = any_below(1000) * TOUCHES + (int64_t)touch_count;
    if (made->kind == TOUCH_LEAD)
        made->until.ms = any_below(3) ? made->at.ms + any_below(60 * DAY) : near(noon);
    if (any_below(3) == 0)
        made->event = any_below(4) ? ORDER : ORDER + 1;
    if (any_below(8) == 0)
        made->customer.value = any_below(2) ? 0 : CUSTOMER + 1;
}

static void any_journey(void)
{
    static const int64_t windows[] = {1, 7, 30, 30, 365};
    static const int64_t lates[] = {0, 7, 30};
    terms = (struct attribution_terms){ATTRIBUTION_FIRST, windows[any_below(5)], any_below(2) == 0,
                                       lates[any_below(3)]};
    order = (struct attribution_conversion){ORDER, {CUSTOMER}, {noon}, {false, {0}}};
    touch_count = 0;
    if (any_below(8) == 0)
        order.customer.value = 0;
    if (any_below(2))
        order.basket = (struct maybe_instant){true, {noon - any_below(2 * DAY)}};
    for (int64_t left = any_below(13); left > 0; left--)
        any_touch();
}

static void compare(const struct pile *pile, int64_t journey)
{
    int64_t sum = 0;
    for (size_t i = 0; i < touch_count; i++) {
        enum touch_outcome expected = 0; /* there is no slip of this touch */
        for (size_t k = 0; k < pile->count; k++) {
            if (pile->slips[k].touch.id.value == touches[i].id.value)
                expected = pile->slips[k].why;
        }
        if (touches[i].outcome != expected)
            fail_msg("journey %d, model %d: %d instead of %d", (int)journey, (int)terms.model,
                     (int)touches[i].outcome, (int)expected);
    }
    int64_t dealt[EMIL + 1] = {0};
    for (size_t i = 0; i < credit_count; i++) {
        int64_t partner = credits[i].partner.value;
        assert_int_equal(dealt[partner], 0);
        dealt[partner] = credits[i].share;
        sum += credits[i].share;
        assert_int_equal(credits[i].touch.value, pile->named[partner]);
    }
    assert_memory_equal(dealt, pile->dealt, sizeof dealt);
    assert_true(credit_count == 0 ? sum == 0 : sum == 10000);
}

static void shuffle(void)
{
    for (size_t i = touch_count; i > 1; i--) {
        size_t other = (size_t)any_below((int64_t)i);
        struct attribution_touch kept = touches[i - 1];
        touches[i - 1] = touches[other];
        touches[other] = kept;
    }
}

static void journeys_equal_the_rules_one_at_a_time(void **state)
{
    int64_t met[TOUCH_NOT_LAST + 1] = {0};
    int64_t shared = 0;
    (void)state;
    for (int64_t journey = 0; journey < JOURNEYS; journey++) {
        any_journey();
        for (int model = ATTRIBUTION_FIRST; model <= ATTRIBUTION_POSITION; model++) {
            struct pile pile = {.count = touch_count};
            for (size_t i = 0; i < touch_count; i++)
                pile.slips[i].touch = touches[i];
            terms.model = (enum attribution_model)model;
            decide_slowly(&pile, &terms, &order);
            credit_count = attribution_decide(&terms, &order, touches, touch_count, credits);
            compare(&pile, journey);
            for (size_t i = 0; i < touch_count; i++)
                met[touches[i].outcome]++;
            shared += credit_count > 2;
        }
    }
    for (int outcome = TOUCH_COUNTS; outcome <= TOUCH_NOT_LAST; outcome++) {
        assert_true(met[outcome] >= 100);
    }
    assert_true(shared >= 1000);
}

/* Through models in any order: touches that others decided before, in another order, give what fresh ones
 * give. */
static void another_model_gives_what_it_would_have_given(void **state)
{
    (void)state;
    for (int64_t journey = 0; journey < JOURNEYS; journey++) {
        struct attribution_touch made[TOUCHES];
        struct attribution_touch fresh[TOUCHES];
        struct attribution_credit fresh_credits[TOUCHES];
        any_journey();
        memcpy(made, touches, sizeof made);
        for (int change = 0; change < 6; change++) {
            memcpy(fresh, made, sizeof fresh);
            terms.model = (enum attribution_model)(ATTRIBUTION_FIRST + any_below(4));
            size_t count = attribution_decide(&terms, &order, fresh, touch_count, fresh_credits);
            shuffle();
            credit_count = attribution_decide(&terms, &order, touches, touch_count, credits);
            assert_int_equal(count, credit_count);
            for (size_t i = 0; i < touch_count; i++) {
                assert_int_equal(fresh[i].id.value, touches[i].id.value);
                assert_int_equal(fresh[i].outcome, touches[i].outcome);
            }
            assert_memory_equal(fresh_credits, credits, credit_count * sizeof *credits);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(journeys_equal_the_rules_one_at_a_time),
        cmocka_unit_test(another_model_gives_what_it_would_have_given),
    };
    return cmocka_run_group_tests_name("modules/referrals/attribution_journeys", tests, NULL, NULL);
}
