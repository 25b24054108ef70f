/*
 * What the verdict rules remember. See memory.h.
 *
 * Both tables are arrays of rows of eight, and a key has its row: finding, adding and forgetting look at eight
 * places, whatever was there before. Of a full row the place that was met longest ago is given away.
 */
#include "modules/referrals/suspects/memory.h"

#include <math.h>

enum { WAYS = 8, BURST_ROOM = 1 << 15 };

/* The last clicks of a visitor on a link. */
struct burst {
    uint64_t key;                     /* of visitor and link; 0: free */
    int64_t at[SUSPECT_BURST_CLICKS]; /* in ms, round about */
    int64_t next;                     /* where the next one goes */
};

struct suspect_memory {
    struct suspect_sums *sums;  /* partners */
    size_t partners;            /* places for them, a multiple of WAYS */
    struct suspect_mark *marks; /* marks */
    size_t places;              /* for them, likewise */
    struct burst *bursts;       /* BURST_ROOM of them, one place a key */
    struct suspect_sums nobody; /* zeros */
    struct instant now;         /* of the newest fact */
};

static struct suspect_memory *make_tables(struct memory *lifetime, size_t partners, size_t marks)
{
    struct suspect_memory *memory = memory_take(lifetime, sizeof *memory);
    if (!memory)
        return NULL;
    memory->partners = (partners / WAYS + 1) * WAYS;
    memory->places = (marks / WAYS + 1) * WAYS;
    memory->sums = memory_take_array(lifetime, memory->partners, sizeof *memory->sums);
    memory->marks = memory_take_array(lifetime, memory->places, sizeof *memory->marks);
    return memory->sums && memory->marks ? memory : NULL;
}

struct suspect_memory *suspect_memory_make(struct memory *lifetime, size_t partners, size_t marks)
{
    struct suspect_memory *memory = make_tables(lifetime, partners, marks);
    if (!memory)
        return NULL;
    memory->bursts = memory_take_array(lifetime, BURST_ROOM, sizeof *memory->bursts);
    return memory->bursts ? memory : NULL;
}

/* Far more room than one claim has keys, so that none pushes another out. */
struct suspect_memory *suspect_memory_small(struct memory *lifetime)
{
    return make_tables(lifetime, WAYS - 1, 32 * WAYS);
}

/* ---- places ----------------------------------------------------------------------------------- */

/* Of MurmurHash3 (A. Appleby): every bit of the input moves every bit. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 33)) * UINT64_C(0xff51afd7ed558ccd);
    value = (value ^ (value >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
    return value ^ (value >> 33);
}

uint64_t suspect_key(enum suspect_key kind, uint64_t one, uint64_t two)
{
    uint64_t key = mix(mix(one ^ mix((uint64_t)kind)) ^ two);
    return key ? key : 1;
}

static struct suspect_mark *marks_of(const struct suspect_memory *memory, uint64_t key)
{
    return memory->marks + key % (memory->places / WAYS) * WAYS;
}

const struct suspect_mark *suspect_find(const struct suspect_memory *memory, uint64_t key)
{
    const struct suspect_mark *row = marks_of(memory, key);
    for (size_t i = 0; i < WAYS; i++)
        if (row[i].key == key)
            return &row[i];
    return NULL;
}

/* The place of a key, made when there is none: its count is 0 then. */
static struct suspect_mark *mark(struct suspect_memory *memory, uint64_t key)
{
    struct suspect_mark *row = marks_of(memory, key), *oldest = row;
    for (size_t i = 0; i < WAYS; i++) {
        if (row[i].key == key) {
            row[i].last = memory->now;
            return &row[i];
        }
        if (row[i].last.ms < oldest->last.ms)
            oldest = &row[i];
    }
    *oldest = (struct suspect_mark){.key = key, .last = memory->now, .since = memory->now};
    return oldest;
}

static struct suspect_sums *sums_row(const struct suspect_memory *memory, int64_t partner)
{
    return memory->sums + mix((uint64_t)partner) % (memory->partners / WAYS) * WAYS;
}

const struct suspect_sums *suspect_sums_of(const struct suspect_memory *memory, int64_t partner)
{
    const struct suspect_sums *row = sums_row(memory, partner);
    for (size_t i = 0; i < WAYS; i++)
        if (row[i].partner == partner)
            return &row[i];
    return &memory->nobody;
}

int64_t suspect_sums_key(int64_t program)
{
    return -program;
}

static struct suspect_sums *sums(struct suspect_memory *memory, int64_t partner)
{
    struct suspect_sums *row = sums_row(memory, partner), *oldest = row;
    for (size_t i = 0; i < WAYS; i++) {
        if (row[i].partner == partner) {
            row[i].last = memory->now;
            return &row[i];
        }
        if (row[i].last.ms < oldest->last.ms)
            oldest = &row[i];
    }
    *oldest = (struct suspect_sums){.partner = partner, .last = memory->now};
    return oldest;
}

void suspect_put_mark(struct suspect_memory *memory, const struct suspect_mark *kept)
{
    *mark(memory, kept->key) = *kept;
}

void suspect_put_sums(struct suspect_memory *memory, const struct suspect_sums *kept)
{
    *sums(memory, kept->partner) = *kept;
}

static void move_on(struct suspect_memory *memory, struct instant at)
{
    if (at.ms > memory->now.ms)
        memory->now = at;
}

/* ---- accounts --------------------------------------------------------------------------------- */

/* Who joined first with it is whose it is. */
static void own(struct suspect_memory *memory, enum suspect_key kind, uint64_t value,
                int64_t partner)
{
    struct suspect_mark *found = value ? mark(memory, suspect_key(kind, value, 0)) : NULL;
    if (found && found->count++ == 0)
        found->value = partner;
}

void suspect_see_account(struct suspect_memory *memory, const struct suspect_account *account)
{
    const struct suspect_person *who = &account->who;
    struct suspect_sums *partner = sums(memory, account->partner);
    partner->who = *who;
    own(memory, KEY_OWNER_DEVICE, who->device, account->partner);
    own(memory, KEY_OWNER_PAYMENT, who->payment, account->partner);
    own(memory, KEY_OWNER_ADDRESS, who->address, account->partner);
    own(memory, KEY_OWNER_IP, who->ip, account->partner);
    own(memory, KEY_OWNER_MAIL, who->mail, account->partner);
    own(memory, KEY_OWNER_NAME, who->name, account->partner);
}

/* ---- clicks ----------------------------------------------------------------------------------- */

static int64_t count_burst(struct suspect_memory *memory, const struct suspect_click *click)
{
    uint64_t key = mix(click->visitor ^ mix(click->link)) | 1;
    struct burst *burst = &memory->bursts[key / 2 % BURST_ROOM];
    int64_t count = 0;
    if (burst->key != key)
        *burst = (struct burst){.key = key};
    burst->at[burst->next++ % SUSPECT_BURST_CLICKS] = click->at.ms;
    for (size_t i = 0; i < SUSPECT_BURST_CLICKS; i++)
        count += burst->at[i] > click->at.ms - MINUTE;
    return count;
}

/* Of this day, since marks of a network hold for one. Somebody who comes twice in a row is one. */
static void count_others(struct suspect_memory *memory, struct suspect_click *click)
{
    struct suspect_mark *network =
        mark(memory, suspect_key(KEY_NETWORK, click->network, (uint64_t)click->program));
    if (network->since.ms / DAY != click->at.ms / DAY)
        *network =
            (struct suspect_mark){.key = network->key, .last = click->at, .since = click->at};
    bool same = network->count > 0 && network->value == (int64_t)click->visitor;
    click->others.present = true;
    click->others.value = network->count - same;
    network->count += !same;
    network->value = (int64_t)click->visitor;
}

static bool is_visit(const struct suspect_click *click)
{
    return !click->machine && !click->embedded && !click->prefetch && !click->banned;
}

void suspect_meet_click(struct suspect_memory *memory, struct suspect_click *click)
{
    move_on(memory, click->at);
    if (!is_visit(click))
        return;
    if (click->network)
        count_others(memory, click);
    click->burst = count_burst(memory, click);
    click->times =
        ++mark(memory, suspect_key(KEY_VISITOR, click->visitor, (uint64_t)click->partner))->count;
}

void suspect_see_click(struct suspect_memory *memory, struct suspect_click *click)
{
    suspect_meet_click(memory, click);
    if (!is_visit(click))
        return;
    struct suspect_sums *partner = sums(memory, click->partner);
    struct suspect_sums *usual = sums(memory, suspect_sums_key(click->program));
    suspect_made_see(&partner->made, &usual->made, click);
    partner->clicks++;
    partner->idle += click->idle;
    partner->unseen += !click->paged && !click->silent;
    partner->glances += click->paged && click->touches == 0;
    if (!click->paged)
        return;
    int64_t length = (int64_t)(1000 * log((double)(click->visible < 1 ? 1 : click->visible)));
    partner->pages++;
    partner->seconds += length;
    partner->squares += length * length;
}

/* ---- claims ----------------------------------------------------------------------------------- */

void suspect_see_number(struct suspect_memory *memory, const struct suspect_number *number)
{
    struct suspect_mark *form = mark(memory, suspect_key(KEY_FORM, number->shop, number->form));
    form->count++;
    if (number->number > form->value)
        form->value = number->number;
}

static void look_at_number(struct suspect_memory *memory, struct suspect_claim *claim)
{
    const struct suspect_number *number = claim->number;
    const struct suspect_mark *form =
        suspect_find(memory, suspect_key(KEY_FORM, number->shop, number->form));
    claim->odd_number = !form || form->count < 3;
    claim->ahead = form && number->number > form->value ? number->number - form->value : 0;
}

uint64_t suspect_customer_key(const struct suspect_claim *claim)
{
    const struct suspect_person *who = &claim->who;
    uint64_t customer = claim->account ? claim->account : who->mail ? who->mail : who->payment;
    return customer ? suspect_key(KEY_CUSTOMER, customer, (uint64_t)claim->partner) : 0;
}

int64_t suspect_times_ordered(const struct suspect_memory *memory,
                              const struct suspect_claim *claim)
{
    uint64_t customer = suspect_customer_key(claim);
    const struct suspect_mark *mark = customer ? suspect_find(memory, customer) : NULL;
    return mark ? mark->count : 0;
}

static void see_sign_up(struct suspect_memory *memory, struct suspect_claim *claim,
                        struct suspect_sums *partner)
{
    partner->sign_ups++;
    if (claim->who.device)
        claim->machines = ++mark(memory, suspect_key(KEY_MACHINE, claim->who.device, 0))->count;
    if (!claim->who.ip)
        return;
    struct suspect_mark *line =
        mark(memory, suspect_key(KEY_LINE, claim->who.ip, (uint64_t)claim->partner));
    if (line->since.ms < claim->at.ms - DAY)
        *line = (struct suspect_mark){.key = line->key, .last = claim->at, .since = claim->at};
    if (++line->count > claim->machines)
        claim->machines = line->count;
}

static void see_order(struct suspect_memory *memory, struct suspect_claim *claim,
                      struct suspect_sums *partner)
{
    uint64_t customer = suspect_customer_key(claim);
    partner->orders++;
    if (customer)
        partner->customers += mark(memory, customer)->count++ == 0;
    if (claim->click) {
        partner->timed++;
        partner->late += claim->at.ms - claim->click->at.ms > 2 * HOUR;
    }
    if (claim->number)
        look_at_number(memory, claim);
}

void suspect_see_claim(struct suspect_memory *memory, struct suspect_claim *claim)
{
    move_on(memory, claim->at);
    struct suspect_sums *partner = sums(memory, claim->partner);
    partner->followed += claim->click != NULL;
    if (claim->kind == SUSPECT_SIGN_UP)
        see_sign_up(memory, claim, partner);
    else
        see_order(memory, claim, partner);
}

void suspect_see_return(struct suspect_memory *memory, const struct suspect_return *returned)
{
    sums(memory, returned->partner)->returned += returned->permille;
}
