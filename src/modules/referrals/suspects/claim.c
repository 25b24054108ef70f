/*
 * What speaks against a sign-up or an order. See rules.h.
 *
 * A household is not one person: the same postal address, network address or surname says nothing here, and
 * a device or a card shared inside it says little.
 */
#include "modules/referrals/suspects/rules.h"

/* ---- who -------------------------------------------------------------------------------------- */

static bool same(uint64_t one, uint64_t other)
{
    return one && one == other;
}

int64_t suspect_same_mail(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return same(look->claim->who.mail, look->partner->who.mail) ? 30 : 0;
}

int64_t suspect_same_person(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_person *customer = &look->claim->who, *partner = &look->partner->who;
    bool device = same(customer->device, partner->device);
    bool payment = same(customer->payment, partner->payment);
    bool name = same(customer->name, partner->name);
    bool home = same(customer->address, partner->address) || same(customer->ip, partner->ip) ||
                same(customer->surname, partner->surname);
    found->count = device + payment + name;
    if (name && (home || device || payment))
        return 20;
    if (device && payment)
        return 10;
    return home ? (device || payment ? 6 : 0) : device || payment ? 12 : 0;
}

static int64_t owner(const struct suspect_look *look, enum suspect_key kind, uint64_t value)
{
    const struct suspect_mark *mark =
        value ? suspect_find(look->memory, suspect_key(kind, value, 0)) : NULL;
    return mark ? mark->value : 0;
}

/* Two marks of the customer are those of another partner's account. */
int64_t suspect_fellow(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_person *who = &look->claim->who;
    const int64_t owners[] = {
        owner(look, KEY_OWNER_DEVICE, who->device),   owner(look, KEY_OWNER_PAYMENT, who->payment),
        owner(look, KEY_OWNER_ADDRESS, who->address), owner(look, KEY_OWNER_IP, who->ip),
        owner(look, KEY_OWNER_MAIL, who->mail),       owner(look, KEY_OWNER_NAME, who->name),
    };
    for (size_t i = 0; i < 6; i++) {
        int64_t marks = 0;
        for (size_t k = 0; owners[i] && owners[i] != look->claim->partner && k < 6; k++)
            marks += owners[k] == owners[i];
        if (marks > found->count)
            found->count = marks;
    }
    return found->count < 2 ? 0 : found->count == 2 ? 10 : 13;
}

static int64_t accounts_with(const struct suspect_look *look, enum suspect_key kind, uint64_t value)
{
    const struct suspect_mark *mark =
        value ? suspect_find(look->memory, suspect_key(kind, value, 0)) : NULL;
    return mark ? mark->count : 0;
}

/* Two accounts paid to one place are a couple; three are not. */
int64_t suspect_same_payout(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_person *who = &look->partner->who;
    int64_t paid = accounts_with(look, KEY_OWNER_PAYMENT, who->payment);
    int64_t device = accounts_with(look, KEY_OWNER_DEVICE, who->device);
    found->count = paid > device ? paid : device;
    if (found->count >= 3)
        return 8;
    return paid >= 2 && device >= 2 ? 5 : 0;
}

int64_t suspect_disposable(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->claim->who.disposable ? 4 : 0;
}

int64_t suspect_same_machine(const struct suspect_look *look, struct suspect_finding *found)
{
    found->count = look->claim->machines;
    if (look->claim->kind != SUSPECT_SIGN_UP || found->count < 3)
        return 0;
    return found->count < 5 ? 4 : 6;
}

/* ---- when ------------------------------------------------------------------------------------- */

/* The shop's session knew another click, or none, when its basket was opened. */
int64_t suspect_after_basket(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_claim *claim = look->claim;
    if (!claim->basket.ms || !claim->click || claim->basket_knew)
        return 0;
    found->count = (claim->at.ms - claim->click->at.ms) / SECOND;
    return 20;
}

/* Seconds between two moments; by clocks that differ the second may seem to be the first. */
static int64_t seconds_between(struct instant first, struct instant second)
{
    return second.ms > first.ms ? (second.ms - first.ms) / SECOND : 0;
}

/* Who follows a link looks before they choose; a click made at the shop is followed by the basket. Below the threshold,
 * since a link may lead to the one thing that somebody wants. */
int64_t suspect_rushed(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_claim *claim = look->claim;
    if (!claim->click || !claim->basket.ms || claim->basket.ms < claim->click->at.ms)
        return 0;
    found->count = seconds_between(claim->click->at, claim->basket);
    return found->count < 20 ? 15 : 0;
}

int64_t suspect_at_once(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_claim *claim = look->claim;
    if (!claim->click)
        return 0;
    found->count = seconds_between(claim->click->at, claim->at);
    return found->count < 20 ? 19 : found->count < 60 ? 4 : 0;
}

int64_t suspect_prepared(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_claim *claim = look->claim;
    if (!claim->basket.ms)
        return 0;
    found->count = seconds_between(claim->basket, claim->at);
    return found->count < 60 ? 12 : 0;
}

/* ---- by whom it was told ---------------------------------------------------------------------- */

int64_t suspect_odd_number(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->claim->number && look->claim->odd_number ? 15 : 0;
}

/* Orders of the same minute can come in another order than they were numbered in. */
int64_t suspect_early_number(const struct suspect_look *look, struct suspect_finding *found)
{
    if (!look->claim->number)
        return 0;
    found->count = look->claim->ahead;
    return found->count > 8 ? 12 : found->count > 3 ? 4 : 0;
}

int64_t suspect_hearsay(const struct suspect_look *look, struct suspect_finding *found)
{
    (void)found;
    return look->claim->browser ? 6 : 0;
}

/* ---- how the partner's claims are ------------------------------------------------------------- */

int64_t suspect_its_click(const struct suspect_look *look, struct suspect_finding *found)
{
    if (!look->click)
        return 0;
    int64_t score = suspect_click_score(look);
    found->count = score;
    return score < 6 ? 0 : score < 13 ? score / 2 : score > 24 ? 20 : score - 4;
}

/* Of a hundred clicks two to eight become a sign-up or an order, of friends fifteen. What came by a
 * code, without a click, is not in the count. */
int64_t suspect_too_many(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    int64_t claims = partner->followed;
    found->count = claims;
    found->of = partner->clicks;
    if (claims >= 3 && claims * 100 >= partner->clicks * 40)
        return 9;
    return claims >= 4 && claims * 100 >= partner->clicks * 20 ? 5 : 0;
}

int64_t suspect_one_customer(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    found->count = partner->customers;
    found->of = partner->orders;
    if (look->claim->kind != SUSPECT_ORDER || partner->orders < 4 ||
        suspect_times_ordered(look->memory, look->claim) < 2)
        return 0;
    return partner->customers * 3 <= partner->orders       ? 6
           : partner->customers * 3 <= 2 * partner->orders ? 3
                                                           : 0;
}

int64_t suspect_sent_back(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    found->count = partner->returned / 1000;
    found->of = partner->orders;
    if (look->claim->kind != SUSPECT_ORDER || partner->orders < 4)
        return 0;
    int64_t percent = partner->returned / 10 / partner->orders;
    return percent >= 60 ? 10 : percent >= 38 ? 4 : 0;
}

/* People who follow a link to buy do so in the same sitting, three of four. Where most orders come hours
 * later, the clicks had nothing to do with them, or what is sold is slowly decided on; the clicks tell. */
int64_t suspect_late(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    const struct suspect_claim *claim = look->claim;
    found->count = partner->late;
    found->of = partner->timed;
    if (claim->kind != SUSPECT_ORDER || !claim->click || partner->timed < 4 ||
        claim->at.ms - claim->click->at.ms < 2 * HOUR || partner->late * 2 < partner->timed)
        return 0;
    bool made = partner->clicks >= 20 && (partner->idle * 100 > partner->clicks * 35 ||
                                          partner->unseen * 100 > partner->clicks * 55);
    return made ? 19 : 4;
}

int64_t suspect_asleep(const struct suspect_look *look, struct suspect_finding *found)
{
    const struct suspect_sums *partner = look->partner;
    found->count = partner->sign_ups;
    found->of = partner->orders;
    if (look->claim->kind != SUSPECT_SIGN_UP || partner->sign_ups < 4)
        return 0;
    if (partner->orders * 4 >= partner->sign_ups)
        return 0;
    return partner->orders * 10 >= partner->sign_ups || partner->sign_ups < 6 ? 10 : 13;
}
