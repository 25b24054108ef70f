/*
 * The crowd before the verdict rules. See judged.h.
 */
#include "judged.h"

#include <stdlib.h>
#include <string.h>

#include "ids.h"
#include "modules/referrals/clicks/agent.h"

enum { HOUR_LATER, DAYS_LATER };

/* A click or a claim, and whom it leads to. */
struct item {
    enum crowd_fact_kind kind;    /* click, sign-up or order */
    struct crowd_truth truth;     /* for the one who asks */
    struct suspect_click click;   /* of a click */
    struct suspect_claim claim;   /* of a claim */
    struct suspect_number number; /* of an order */
    uint64_t from;                /* of a claim: the click it carries, by its id; 0: none */
    int64_t amount;               /* of an order, minor units */
    int64_t returned;             /* of an order, in thousandths of it */
    struct item *next;            /* that came after it */
};

struct basket {
    int64_t at;     /* when it was opened */
    uint64_t click; /* that it named */
};

struct court {
    struct crowd *crowd;               /* who comes */
    struct suspect_memory *memory;     /* of the rules */
    struct memory *lifetime;           /* what that lives in */
    const struct suspect_terms *terms; /* of the program */
    struct ids clicks;                 /* items by id */
    struct ids orders;                 /* items by id */
    struct ids sessions;               /* baskets */
    struct ids codes;                  /* partners by their code */
    struct item *first, *last;         /* all in time order */
    struct item *seen;                 /* the first click that the rules were not shown */
    struct item *paid;                 /* the first item that was not judged for good */
    bool failed;                       /* memory is short */
    void (*tell)(const struct judged *judged, void *context); /* who asks */
    void *context;                                            /* of theirs */
};

/* ---- facts as the rules take them ------------------------------------------------------------- */

/* FNV-1a; a server's marks are keyed. */
static uint64_t mark_of(const char *bytes, size_t size)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (uint64_t)(unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return size ? hash ^ (hash >> 29) : 0;
}

static struct suspect_person person_of(const struct crowd_identity *who, uint64_t payment,
                                       uint64_t address, uint64_t ip)
{
    const char *at = strchr(who->mail, '@'), *surname = strrchr(who->name, ' ');
    char mail[SUSPECT_MAILBOX_MAX] = {0};
    size_t size = suspect_fold_mail(mail, text_of(who->mail));
    struct suspect_person person = {
        .mail = mark_of(mail, size),
        .name = mark_of(who->name, strlen(who->name)),
        .surname = surname ? mark_of(surname, strlen(surname)) : 0,
        .device = who->device,
        .payment = payment,
        .address = address,
        .ip = ip,
        .disposable = at && crowd_is_disposable(at + 1),
    };
    return person;
}

static struct suspect_click click_of(const struct crowd_click *click, int64_t at)
{
    bool fetched = click->mode[0] != '\0';
    return (struct suspect_click){
        .partner = click->partner,
        .program = 1,
        .link = click->link,
        .visitor = click->visitor ? click->visitor
                                  : click->ip ^ mark_of(click->agent, strlen(click->agent)),
        .network = click->ip,
        .region = 1 + (int64_t)(click->network * UINT64_C(0x9e3779b97f4a7c15) >> 58),
        .at = {at},
        .machine =
            strcmp(click->method, "GET") != 0 || referrals_agent_is_bot(text_of(click->agent)),
        .embedded = click->dest[0] && strcmp(click->dest, "document") != 0,
        .prefetch = click->purpose[0] != '\0',
        .networks = true,
        .hosted = crowd_is_data_centre(click->network),
        .headers = true,
        .bare = !fetched,
        .idle = fetched && !click->user[0],
        .typed = strcmp(click->site, "none") == 0,
        .device = suspect_read_device(text_of(click->agent)),
        .source = {.present = true, .value = click->referrer[0] != 0},
    };
}

/* ---- judging ---------------------------------------------------------------------------------- */

/* A click that led to something held is judged with that knowledge, should it not be paid yet. */
static void note_claim(struct court *court, const struct item *item,
                       const struct suspect_verdict *verdict)
{
    struct item *clicked = ids_find(&court->clicks, item->from);
    if (clicked && verdict->state != VERDICT_COUNTED)
        clicked->click.led =
            verdict->score > clicked->click.led ? verdict->score : clicked->click.led;
}

static void say(struct court *court, const struct item *item, bool paid)
{
    struct judged judged = {.kind = item->kind, .truth = item->truth, .paid = paid};
    bool click = item->kind == CROWD_CLICK;
    int64_t partner = click ? item->click.partner : item->claim.partner;
    judged.partner = crowd_partner_truth(court->crowd, (uint32_t)partner);
    if (click)
        suspect_judge_click(court->memory, court->terms, &item->click, &judged.verdict);
    else
        suspect_judge_claim(court->memory, court->terms, &item->claim, &judged.verdict);
    if (!click)
        note_claim(court, item, &judged.verdict);
    court->tell(&judged, court->context);
}

static int64_t when(const struct item *item)
{
    return item->kind == CROWD_CLICK ? item->click.at.ms : item->claim.at.ms;
}

/* What an hour's job and the day of paying would do until `now`. */
static void catch_up(struct court *court, int64_t now)
{
    for (; court->seen && when(court->seen) < now - HOUR; court->seen = court->seen->next) {
        if (court->seen->kind != CROWD_CLICK)
            continue;
        suspect_see_click(court->memory, &court->seen->click);
        say(court, court->seen, false);
    }
    for (; court->paid && when(court->paid) < now - JUDGED_PAID * DAY;
         court->paid = court->paid->next)
        say(court, court->paid, true);
}

static struct item *item_add(struct court *court, enum crowd_fact_kind kind)
{
    struct item *item = calloc(1, sizeof *item);
    if (!item) {
        court->failed = true;
        return NULL;
    }
    item->kind = kind;
    item->truth = crowd_truth(court->crowd);
    if (court->last)
        court->last->next = item;
    court->first = court->first ? court->first : item;
    court->last = item;
    court->seen = court->seen ? court->seen : item;
    court->paid = court->paid ? court->paid : item;
    return item;
}

static void take_claim(struct court *court, struct item *item, uint64_t click, const char *code)
{
    struct item *clicked = ids_find(&court->clicks, click);
    void *partner = code[0] ? ids_find(&court->codes, mark_of(code, strlen(code))) : NULL;
    item->claim.click = clicked && !partner ? &clicked->click : NULL;
    item->claim.partner = partner   ? (int64_t)(intptr_t)partner
                          : clicked ? clicked->click.partner
                                    : 0;
    item->claim.kind = item->kind == CROWD_ORDER ? SUSPECT_ORDER : SUSPECT_SIGN_UP;
    item->from = item->claim.click ? click : 0;
    suspect_see_claim(court->memory, &item->claim);
    say(court, item, false);
}

static void take_sign_up(struct court *court, const struct crowd_fact *fact)
{
    const struct crowd_sign_up *sign_up = &fact->sign_up;
    if (crowd_truth(court->crowd).partner == 0)
        return;
    struct item *item = item_add(court, CROWD_SIGN_UP);
    if (!item)
        return;
    item->claim.at.ms = fact->at;
    item->claim.account = sign_up->account;
    item->claim.who = person_of(&sign_up->who, 0, 0, sign_up->ip);
    take_claim(court, item, sign_up->click, sign_up->code);
}

static void take_order(struct court *court, const struct crowd_fact *fact)
{
    const struct crowd_order *order = &fact->order;
    const struct basket *basket = ids_find(&court->sessions, order->session);
    struct suspect_number number = suspect_read_number(1, text_of(order->reference));
    struct item *item = crowd_truth(court->crowd).partner ? item_add(court, CROWD_ORDER) : NULL;
    if (item) {
        item->number = number;
        item->amount = order->amount;
        item->claim.number = &item->number;
        item->claim.at.ms = fact->at;
        item->claim.account = order->account;
        item->claim.who = person_of(&order->who, order->payment, order->address, order->ip);
        item->claim.browser = strcmp(order->source, "pixel") == 0;
        item->claim.basket.ms = basket ? basket->at : 0;
        item->claim.basket_knew = basket && basket->click == order->click;
        take_claim(court, item, order->click, order->code);
        court->failed |= !ids_put(&court->orders, order->order, item);
    }
    if (strcmp(order->source, "api") == 0)
        suspect_see_number(court->memory, &number);
}

/* Of an order that is sent back and disputed no more comes to nothing than all of it. */
static void take_reversal(struct court *court, const struct crowd_fact *fact)
{
    struct item *item = ids_find(&court->orders, fact->reverse.order);
    if (!item)
        return;
    int64_t permille = 1000 * fact->reverse.amount / item->amount;
    if (permille > 1000 - item->returned)
        permille = 1000 - item->returned;
    item->returned += permille;
    if (permille > 0)
        suspect_see_return(court->memory, &(struct suspect_return){item->claim.partner, permille});
}

static void take_partner(struct court *court, const struct crowd_fact *fact)
{
    const struct crowd_partner *partner = &fact->partner;
    struct suspect_account account = {
        partner->partner, person_of(&partner->who, partner->payout, partner->address, partner->ip)};
    suspect_see_account(court->memory, &account);
    court->failed |= !ids_put(&court->codes, mark_of(partner->code, strlen(partner->code)),
                              (void *)(intptr_t)partner->partner);
}

static void take_page(struct court *court, const struct crowd_page *page)
{
    struct item *item = ids_find(&court->clicks, page->click);
    if (!item)
        return;
    item->click.paged = true;
    item->click.visible = page->visible;
    item->click.touches = page->touches;
    item->click.scrolled.present = true;
    item->click.scrolled.value = page->scrolled;
}

static void take_basket(struct court *court, const struct crowd_fact *fact)
{
    if (ids_find(&court->sessions, fact->basket.session))
        return;
    struct basket *basket = malloc(sizeof *basket);
    court->failed = court->failed || !basket;
    if (!basket)
        return;
    *basket = (struct basket){fact->at, fact->basket.click};
    court->failed |= !ids_put(&court->sessions, fact->basket.session, basket);
}

/* ---- all of it -------------------------------------------------------------------------------- */

static void take_click(struct court *court, const struct crowd_fact *fact)
{
    struct item *item = item_add(court, CROWD_CLICK);
    if (!item)
        return;
    item->click = click_of(&fact->click, fact->at);
    court->failed |= !ids_put(&court->clicks, fact->click.click, item);
}

static void take(struct court *court, const struct crowd_fact *fact)
{
    catch_up(court, fact->at);
    if (fact->kind == CROWD_PARTNER)
        take_partner(court, fact);
    else if (fact->kind == CROWD_CLICK)
        take_click(court, fact);
    else if (fact->kind == CROWD_PAGE)
        take_page(court, &fact->page);
    else if (fact->kind == CROWD_BASKET)
        take_basket(court, fact);
    else if (fact->kind == CROWD_SIGN_UP)
        take_sign_up(court, fact);
    else if (fact->kind == CROWD_ORDER)
        take_order(court, fact);
    else if (fact->kind == CROWD_REVERSAL)
        take_reversal(court, fact);
}

static void close_court(struct court *court)
{
    for (size_t i = 0; i < court->sessions.room; i++)
        free(court->sessions.things[i]);
    while (court->first) {
        struct item *next = court->first->next;
        free(court->first);
        court->first = next;
    }
    ids_free(&court->clicks);
    ids_free(&court->orders);
    ids_free(&court->sessions);
    ids_free(&court->codes);
    memory_end(court->lifetime);
    crowd_close(court->crowd);
}

bool judge_crowd(uint64_t seed, uint32_t partners, uint32_t days, const struct suspect_terms *terms,
                 void (*tell)(const struct judged *judged, void *context), void *context)
{
    struct crowd_fact fact;
    struct court court = {
        .crowd = crowd_open(seed, partners, days),
        .lifetime = memory_create((size_t)1 << 30),
        .terms = terms,
        .tell = tell,
        .context = context,
    };
    court.memory = court.lifetime ? suspect_memory_make(court.lifetime, (size_t)partners * 8,
                                                        (size_t)partners * days * 15)
                                  : NULL;
    court.failed = !court.crowd || !court.memory;
    while (!court.failed && crowd_next(court.crowd, &fact))
        take(&court, &fact);
    if (!court.failed)
        catch_up(&court, INT64_MAX);
    court.failed = court.failed || crowd_failed(court.crowd);
    close_court(&court);
    return !court.failed;
}
