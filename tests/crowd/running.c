/*
 * The crowd before the running program. See running.h.
 */
#include "running.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ids.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/doubts/parts.h"
#include "modules/referrals/lists/lists.h"
#include "modules/referrals/suspects/memory.h"
#include "modules/referrals/widgets/widgets.h"

enum {
    PAGE = 500 /* clicks that are seen before they are judged, as in doubts/hours.c */,
    PROGRAM = 1
};

/* A click or an order. */
struct item {
    enum crowd_fact_kind kind;    /* click or order */
    struct crowd_truth truth;     /* for the one who asks */
    struct doubt_clicked row;     /* of a click: as stored */
    struct suspect_click click;   /* of a click: as judged; of an order: the one that led to it */
    struct suspect_claim claim;   /* of an order */
    struct item *from;            /* of an order: its click; NULL: none */
    int64_t amount;               /* of an order, minor units */
    int64_t returned;             /* of an order, in thousandths of it */
    int64_t led;                  /* of a click: points of an order that was held */
    int64_t basket;               /* of a click: seconds for which the basket had been open */
    struct suspect_verdict first; /* when it came */
    struct item *next;            /* that came after it */
};

struct basket {
    int64_t at;     /* when it was opened */
    uint64_t click; /* that it named */
};

struct run {
    struct crowd *crowd;               /* who comes */
    struct suspect_memory *memory;     /* what stands in tables */
    struct memory *lifetime;           /* of all that */
    struct click_look *look;           /* at requests */
    const struct suspect_terms *terms; /* of the program */
    struct ids clicks;                 /* items by id */
    struct ids orders;                 /* items by id */
    struct ids sessions;               /* baskets */
    struct ids codes;                  /* partners by their code */
    struct suspect_person *people;     /* by partner: the account */
    bool *known;               /* by partner: an order was judged, so the account is known */
    int64_t *waiting;          /* by partner: clicks that are not judged yet */
    struct item *first, *last; /* all in time order */
    struct item *fresh;        /* the first whose hour was not judged */
    struct item *again;        /* the first that was not judged again */
    int64_t again_after;       /* ms after its hour */
    int64_t reports;           /* when the first page reported; 0: none did */
    bool failed;               /* memory is short */
    void (*tell)(const struct judged *judged, void *context); /* who asks */
    void *context;                                            /* of theirs */
};

/* ---- facts ------------------------------------------------------------------------------------ */

/* FNV-1a; a server's marks are keyed. */
static uint64_t mark_of(const char *bytes)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = bytes; *c; c++)
        hash = (hash ^ (uint64_t)(unsigned char)*c) * UINT64_C(1099511628211);
    return *bytes ? hash ^ (hash >> 29) : 0;
}

static struct suspect_person person_of(const struct crowd_identity *who)
{
    const char *surname = strrchr(who->name, ' ');
    char mail[SUSPECT_MAILBOX_MAX + 1] = {0};
    (void)suspect_fold_mail(mail, text_of(who->mail));
    return (struct suspect_person){
        .mail = mark_of(mail),
        .name = surname ? mark_of(who->name) : 0, /* a single word is no whole name */
        .surname = surname ? mark_of(surname) : 0,
    };
}

/* Addresses of a network of the crowd are those of one of ours, so that the list of data centres names them. */
static const struct problem *take_lists(struct memory *lifetime)
{
    static const struct text none = {NULL, 0};
    char lines[4096];
    size_t size = 0;
    for (uint32_t network = 0; network < 65536 && size < sizeof lines - 16; network++)
        if (crowd_is_data_centre(network))
            size += (size_t)snprintf(lines + size, sizeof lines - size, "%x::/16\n", network);
    return lists_take(lifetime, (struct text){lines, size}, none);
}

/* Visitors and networks are known for an hour: what is remembered while a job runs ends with it. */
static int64_t for_an_hour(int64_t mark, int64_t hour, uint64_t link)
{
    return (int64_t)((uint64_t)mark ^ ((uint64_t)hour * 64 + link) * UINT64_C(0x9e3779b97f4a7c15));
}

static void look_at(struct run *run, const struct crowd_click *click, struct item *item)
{
    char address[64];
    (void)snprintf(address, sizeof address, "%x:%x:%x::%x", (unsigned)click->network & 0xffff,
                   (unsigned)click->network & 0xffff, (unsigned)(click->ip >> 32 & 0xffff),
                   (unsigned)(click->ip & 0xffff));
    const struct quick came = {
        .method = text_of(click->method),
        .agent = text_of(click->agent),
        .address = text_of(address),
        .referer = text_of(click->referrer),
        .fetch_site = text_of(click->site),
        .fetch_mode = text_of(click->mode),
        .fetch_user = text_of(click->user),
        .fetch_dest = text_of(click->dest),
        .purpose = text_of(click->purpose),
    };
    struct click seen = {.found = {.link = click->link, .counts = true}, .at = item->row.at};
    click_look(run->look, &seen, &came);
    /* Under a key that chance has no part in, so that a seed gives the same verdicts each time. */
    unsigned char key[VISITOR_KEY] = {0};
    int64_t day = item->row.at.ms / DAY;
    memcpy(key, &day, sizeof day);
    seen.visitor = referrals_visitor_mark(key, came.address, came.agent);
    item->row.visitor = seen.visitor.visitor;
    item->row.network = seen.visitor.network;
    item->row.marks = seen.marks;
    item->row.seen = seen.seen;
}

/* ---- judging ---------------------------------------------------------------------------------- */

static void say(struct run *run, const struct item *item, bool paid,
                const struct suspect_verdict *verdict)
{
    struct judged judged = {
        .kind = item->kind, .truth = item->truth, .paid = paid, .verdict = *verdict};
    int64_t partner = item->kind == CROWD_CLICK ? item->row.partner : item->claim.partner;
    judged.partner = crowd_partner_truth(run->crowd, (uint32_t)partner);
    run->tell(&judged, run->context);
}

static bool is_click(const struct item *item)
{
    return item->kind == CROWD_CLICK;
}

static int64_t hour_of(const struct item *item)
{
    return (is_click(item) ? item->row.at.ms : item->claim.at.ms) / HOUR;
}

/* `salt` is the link where it is looked at alone, else 0. */
static struct suspect_click click_in(const struct run *run, const struct item *item, uint64_t salt)
{
    struct doubt_clicked row = item->row;
    row.reports.ms = run->reports;
    row.visitor = for_an_hour(row.visitor, hour_of(item), salt);
    row.network = for_an_hour(row.network, hour_of(item), salt);
    return doubt_click_of(&row);
}

/* A page of clicks of one hour: all are seen, then all are judged. */
static struct item *judge_page(struct run *run, struct item *from, int64_t hour)
{
    struct item *item = from;
    for (int i = 0; item && hour_of(item) == hour && i < PAGE; item = item->next) {
        if (!is_click(item) || item->row.marks)
            continue;
        item->click = click_in(run, item, 0);
        suspect_see_click(run->memory, &item->click);
        run->waiting[item->row.partner]--;
        i++;
    }
    for (struct item *one = from; one != item; one = one->next) {
        if (!is_click(one))
            continue;
        if (one->row.marks)
            one->first = (struct suspect_verdict){.state = VERDICT_REJECTED};
        else
            suspect_judge_click(run->memory, run->terms, &one->click, &one->first);
        say(run, one, false, &one->first);
    }
    return item;
}

static void judge_click_again(struct run *run, struct item *item, struct suspect_verdict *verdict)
{
    struct suspect_click click = click_in(run, item, (uint64_t)item->row.link);
    click.led = item->led;
    click.basket = item->basket;
    suspect_meet_click(run->memory, &click);
    suspect_judge_click(run->memory, run->terms, &click, verdict);
}

/* As doubts/judge.c does: clicks that are not judged yet count for the partner, and what looks made is only asked for
 * the second time. */
static void judge_order(struct run *run, struct item *item, bool again,
                        struct suspect_verdict *verdict)
{
    int64_t partner = item->claim.partner, usual = suspect_sums_key(PROGRAM);
    struct suspect_sums was, is;
    if (item->from) {
        item->from->row.reports.ms = run->reports;
        item->click = doubt_click_of(&item->from->row);
    }
    if (!again) {
        const struct suspect_account account = {partner, run->people[partner]};
        if (!run->known[partner])
            suspect_see_account(run->memory, &account);
        run->known[partner] = true;
        suspect_see_claim(run->memory, &item->claim);
    }
    was = is = *suspect_sums_of(run->memory, partner);
    struct suspect_sums program = *suspect_sums_of(run->memory, usual), nothing = program;
    is.clicks += is.followed < 2 ? 0 : run->waiting[partner];
    if (!again)
        nothing.made = is.made = (struct suspect_made){.clicks = 0};
    suspect_put_sums(run->memory, &is);
    suspect_put_sums(run->memory, &nothing);
    suspect_judge_claim(run->memory, run->terms, &item->claim, verdict);
    suspect_put_sums(run->memory, &was);
    suspect_put_sums(run->memory, &program);
    if (item->from && verdict->state != VERDICT_COUNTED && verdict->score > item->from->led)
        item->from->led = verdict->score;
}

static void judge_again(struct run *run, struct item *item)
{
    struct suspect_verdict verdict = item->first;
    if (item->first.state == VERDICT_COUNTED && is_click(item))
        judge_click_again(run, item, &verdict);
    else if (item->first.state == VERDICT_COUNTED)
        judge_order(run, item, true, &verdict);
    say(run, item, true, &verdict);
}

/* What the jobs of each hour would have done until `now`. */
static void catch_up(struct run *run, int64_t now)
{
    while (run->fresh && (hour_of(run->fresh) + 1) * HOUR + DOUBT_LATE <= now)
        run->fresh = judge_page(run, run->fresh, hour_of(run->fresh));
    for (; run->again && run->again != run->fresh &&
           (hour_of(run->again) + 1) * HOUR + run->again_after <= now;
         run->again = run->again->next)
        judge_again(run, run->again);
}

/* ---- what comes ------------------------------------------------------------------------------- */

static struct item *item_add(struct run *run, enum crowd_fact_kind kind)
{
    struct item *item = calloc(1, sizeof *item);
    if (!item) {
        run->failed = true;
        return NULL;
    }
    item->kind = kind;
    item->truth = crowd_truth(run->crowd);
    if (run->last)
        run->last->next = item;
    run->first = run->first ? run->first : item;
    run->last = item;
    run->fresh = run->fresh ? run->fresh : item;
    run->again = run->again ? run->again : item;
    return item;
}

static void keep(struct run *run, struct ids *ids, uint64_t id, void *thing)
{
    if (!ids_put(ids, id, thing))
        run->failed = true;
}

static void take_partner(struct run *run, const struct crowd_partner *partner)
{
    run->people[partner->partner] = person_of(&partner->who);
    run->people[partner->partner].payment = partner->payout;
    keep(run, &run->codes, mark_of(partner->code), (void *)(intptr_t)partner->partner);
}

static void take_click(struct run *run, const struct crowd_fact *fact)
{
    struct item *item = item_add(run, CROWD_CLICK);
    if (!item)
        return;
    item->row.partner = fact->click.partner;
    item->row.program = PROGRAM;
    item->row.link = fact->click.link;
    item->row.at.ms = fact->at;
    look_at(run, &fact->click, item);
    run->waiting[fact->click.partner] += item->row.marks == 0;
    keep(run, &run->clicks, fact->click.click, item);
}

static void take_page(struct run *run, const struct crowd_page *page, int64_t at)
{
    struct item *item = ids_find(&run->clicks, page->click);
    if (!item || item->row.paged || at - item->row.at.ms > LANDING_LIFE)
        return;
    run->reports = run->reports ? run->reports : at;
    item->row.paged = true;
    item->row.visible = page->visible;
    item->row.touches = page->touches;
    item->row.scrolled = (struct maybe_integer){true, page->scrolled};
}

static void take_basket(struct run *run, const struct crowd_fact *fact)
{
    if (ids_find(&run->sessions, fact->basket.session))
        return;
    struct basket *basket = memory_take(run->lifetime, sizeof *basket);
    if (!basket) {
        run->failed = true;
        return;
    }
    *basket = (struct basket){fact->at, fact->basket.click};
    keep(run, &run->sessions, fact->basket.session, basket);
}

static void take_order(struct run *run, const struct crowd_fact *fact)
{
    const struct crowd_order *order = &fact->order;
    const struct basket *basket = ids_find(&run->sessions, order->session);
    void *code = order->code[0] ? ids_find(&run->codes, mark_of(order->code)) : NULL;
    struct item *clicked = code ? NULL : ids_find(&run->clicks, order->click);
    if (crowd_truth(run->crowd).partner == 0 || strcmp(order->source, "pixel") == 0 ||
        (!code && !clicked))
        return;
    struct item *item = item_add(run, CROWD_ORDER);
    if (!item)
        return;
    item->from = clicked;
    item->amount = order->amount;
    item->claim = (struct suspect_claim){
        .kind = SUSPECT_ORDER,
        .partner = code ? (int64_t)(intptr_t)code : clicked->row.partner,
        .account = order->account,
        .who = person_of(&order->who),
        .at = {fact->at},
        .click = clicked ? &item->click : NULL,
        .basket = {basket ? basket->at : 0},
        .basket_knew = true,
    };
    int64_t open = clicked && basket ? clicked->row.at.ms - basket->at : 0;
    if (open > CLOCKS_APART && fact->at - clicked->row.at.ms <= DOUBT_CHECKOUT)
        clicked->basket = open / SECOND;
    if (open > CLOCKS_APART)
        item->first = (struct suspect_verdict){.state = VERDICT_REJECTED}; /* it is no touch */
    else
        judge_order(run, item, false, &item->first);
    say(run, item, false, &item->first);
    keep(run, &run->orders, order->order, item);
}

/* Of an order that is sent back and disputed no more comes to nothing than all of it. */
static void take_reversal(struct run *run, const struct crowd_fact *fact)
{
    struct item *item = ids_find(&run->orders, fact->reverse.order);
    if (!item)
        return;
    int64_t permille = 1000 * fact->reverse.amount / item->amount;
    if (permille > 1000 - item->returned)
        permille = 1000 - item->returned;
    item->returned += permille;
    if (permille > 0)
        suspect_see_return(run->memory, &(struct suspect_return){item->claim.partner, permille});
}

static void take(struct run *run, const struct crowd_fact *fact)
{
    catch_up(run, fact->at);
    if (fact->kind == CROWD_PARTNER)
        take_partner(run, &fact->partner);
    else if (fact->kind == CROWD_CLICK)
        take_click(run, fact);
    else if (fact->kind == CROWD_PAGE)
        take_page(run, &fact->page, fact->at);
    else if (fact->kind == CROWD_BASKET)
        take_basket(run, fact);
    else if (fact->kind == CROWD_ORDER)
        take_order(run, fact);
    else if (fact->kind == CROWD_REVERSAL)
        take_reversal(run, fact);
}

/* ---- all of it -------------------------------------------------------------------------------- */

static bool begin(struct run *run, uint32_t partners, uint32_t days)
{
    size_t count = (size_t)partners + 1;
    if (!run->crowd || !run->lifetime || take_lists(run->lifetime))
        return false;
    run->look = click_look_make(run->lifetime);
    run->memory =
        suspect_memory_make(run->lifetime, (size_t)partners * 8, (size_t)partners * days * 40);
    run->people = memory_take_array(run->lifetime, count, sizeof *run->people);
    run->known = memory_take_array(run->lifetime, count, sizeof *run->known);
    run->waiting = memory_take_array(run->lifetime, count, sizeof *run->waiting);
    return run->look && run->memory && run->people && run->known && run->waiting;
}

static void end(struct run *run)
{
    while (run->first) {
        struct item *next = run->first->next;
        free(run->first);
        run->first = next;
    }
    ids_free(&run->clicks);
    ids_free(&run->orders);
    ids_free(&run->sessions);
    ids_free(&run->codes);
    memory_end(run->lifetime);
    crowd_close(run->crowd);
}

bool run_crowd(uint64_t seed, uint32_t partners, uint32_t days, int64_t hold_days,
               const struct suspect_terms *terms,
               void (*tell)(const struct judged *judged, void *context), void *context)
{
    struct crowd_fact fact;
    struct run run = {
        .crowd = crowd_open(seed, partners, days),
        .lifetime = memory_create((size_t)1 << 30),
        .terms = terms,
        .again_after = (hold_days - 1) * DAY,
        .tell = tell,
        .context = context,
    };
    run.failed = !begin(&run, partners, days);
    while (!run.failed && crowd_next(run.crowd, &fact))
        take(&run, &fact);
    if (!run.failed)
        catch_up(&run, INT64_MAX / 2);
    run.failed = run.failed || crowd_failed(run.crowd);
    end(&run);
    return !run.failed;
}
