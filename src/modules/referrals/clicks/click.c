/*
 * The quick route: found and looked at on the I/O thread, which hands all that wait to the store at a time, and the
 * next while the disk has yet to say that it has those. A thread of the store answers.
 *
 * Must not know: SQL. Read next: click_look.c, click_write.c.
 */
#include "modules/referrals/clicks/click.h"

#include <pthread.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/clicks/queries.h"
#include "web/decode.h"

enum { WAITING_MOST = 8192, BATCHES_MOST = 2, BATCH_MEMORY = 16 << 20, LOOK_MEMORY = 8 << 20 };

/* One pixel, transparent: 43 bytes (GIF89a). */
static const unsigned char pixel[43] = {
    'G', 'I', 'F', '8', '9', 'a',  1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x21, 0xf9, 4,
    1,   0,   0,   0,   0,   0x2c, 0, 0, 0, 0, 1,    0, 1, 0, 0, 2, 2,    0x44, 1,    0,    0x3b,
};

/* Clicks that are written together. */
struct batch {
    struct memory *memory; /* its own */
    size_t count;          /* 0: it is free */
    struct click *clicks[CLICKS_MOST];
};

static struct {
    struct store *store;
    struct link_index *index;
    struct link_follower *follower;
    pthread_mutex_t lock;  /* over what follows */
    struct memory *memory; /* of `look` */
    struct click_look *look;
    pthread_cond_t over; /* a batch */
    struct quick *first, **last;
    size_t waiting;
    struct batch batch[BATCHES_MOST];
    size_t batches; /* under way */
    bool stopping;
} clicks = {.lock = PTHREAD_MUTEX_INITIALIZER, .over = PTHREAD_COND_INITIALIZER};

/* What it remembers lasts as long as the process. */
static bool ready_to_look(void)
{
    pthread_mutex_lock(&clicks.lock);
    if (!clicks.memory)
        clicks.memory = memory_create(LOOK_MEMORY);
    if (clicks.memory && !clicks.look)
        clicks.look = click_look_make(clicks.memory);
    pthread_mutex_unlock(&clicks.lock);
    return clicks.look;
}

/* ---- the answer ---- */

static struct text address_of(struct memory *memory, const struct link_found *found)
{
    const struct text *part = found->address;
    char *out = memory_take_room(memory, part[0].size + part[1].size + part[2].size + 1);
    struct text whole = {out, 0};
    for (int i = 0; out && i < 3; i++) {
        if (part[i].size > 0) /* memcpy wants an address also for nothing */
            memcpy(out + whole.size, part[i].data, part[i].size);
        whole.size += part[i].size;
    }
    if (out)
        out[whole.size] = '\0';
    return whole;
}

struct text click_target(struct memory *memory, const struct click *click)
{
    struct landing deep;
    struct landing *marked = memory_take_room(memory, sizeof *marked);
    struct text target = address_of(memory, &click->found);
    struct id_text id = id_text("clk", click->id);
    if (!marked || !target.data)
        return (struct text){"", 0};
    if (click->to.size && referrals_landing_deep(target, click->found.hosts, click->to, &deep))
        target = (struct text){deep.text, deep.size};
    referrals_landing_mark(target, click->id ? text_of(id.text) : (struct text){"", 0}, marked);
    return (struct text){marked->text, marked->size};
}

static void answer_impression(struct answer *answer, bool beacon)
{
    struct text picture = {(const char *)pixel, sizeof pixel};
    answer_bytes(answer, beacon ? 204 : 200, beacon ? NULL : "image/gif",
                 beacon ? (struct text){"", 0} : picture);
    answer_header_as_is(answer, "Cache-Control", "no-store");
    answer_header_as_is(answer, "Cross-Origin-Resource-Policy", "cross-origin");
}

static void answer_click(struct quick *quick, const struct click *click)
{
    struct answer *answer = quick->answer;
    if (click->impression) {
        answer_impression(answer, text_is(quick->method, "POST"));
        return;
    }
    struct text target = click_target(quick->memory, click);
    answer_bytes(answer, target.size ? 302 : 503, NULL, (struct text){"", 0});
    if (target.size)
        answer_header_as_is(answer, "Location", target.data);
    answer_header_as_is(answer, "Cache-Control", "no-store");
    answer_header_as_is(answer, "Referrer-Policy", "strict-origin-when-cross-origin");
}

/* ---- batches ---- */

/* On a thread of the store. */
static void answer_batch(void *context, const struct problem *problem)
{
    struct batch *batch = context;
    struct click **all = batch->clicks;
    struct quick *first = all[batch->count - 1]->quick;
    if (problem)
        log_write(LOG_ERROR, "referrals.clicks_not_written", "clicks=%zu problem=%s", batch->count,
                  problem->name);
    for (size_t i = 0; i < batch->count; i++) {
        answer_click(all[i]->quick, all[i]);
        all[i]->quick->next = i > 0 ? all[i - 1]->quick : NULL;
    }
    memory_renew(batch->memory);
    pthread_mutex_lock(&clicks.lock);
    batch->count = 0;
    clicks.batches--;
    pthread_cond_signal(&clicks.over);
    pthread_mutex_unlock(&clicks.lock);
    /* Wakes the I/O thread, which begins the next one. */
    quick_resume_all(first);
}

/* Those that wait, when there are some and another batch may begin; else NULL. */
static struct batch *next_batch(void)
{
    struct batch *batch = NULL;
    pthread_mutex_lock(&clicks.lock);
    if (clicks.first && clicks.batches < BATCHES_MOST) {
        batch = clicks.batch;
        while (batch->count > 0)
            batch++;
        while (clicks.first && batch->count < CLICKS_MOST) {
            batch->clicks[batch->count++] = clicks.first->own;
            clicks.first = clicks.first->next;
        }
        if (!clicks.first)
            clicks.last = &clicks.first;
        clicks.waiting -= batch->count;
        clicks.batches++;
    }
    pthread_mutex_unlock(&clicks.lock);
    return batch;
}

static void begin_batches(void)
{
    for (struct batch *batch; (batch = next_batch()) != NULL;)
        clicks_write_later(clicks.store, batch->memory, batch->clicks, batch->count, answer_batch,
                           batch);
}

/* They last as long as the process, like what is remembered of visitors. */
static bool make_batches(void)
{
    for (size_t i = 0; i < BATCHES_MOST; i++) {
        if (!clicks.batch[i].memory)
            clicks.batch[i].memory = memory_create(BATCH_MEMORY);
        if (!clicks.batch[i].memory)
            return false;
    }
    return true;
}

/* ---- by a worker ---- */

static const struct problem *find_stored(struct request *request, const struct code *code,
                                         struct link_found *out)
{
    struct referrals_index_row link;
    struct referrals_program_row program;
    const struct problem *problem = referrals_index_code(
        request->db, request->memory, (struct text){code->text, code->size}, &link);
    if (!problem)
        problem = referrals_index_program(request->db, request->memory, link.program, &program);
    if (problem)
        return problem == &not_found ? &referrals_unknown_code : problem;
    *out = (struct link_found){
        .link = link.link.value,
        .program = link.program,
        .address = {link.target},
        .hosts = program.hosts,
        .counts = link.counts && program.counts &&
                  (program.until.ms == 0 || request->now.ms < program.until.ms),
    };
    return NULL;
}

const struct problem *click_follow(struct request *request, struct text typed, struct text to,
                                   struct text *target)
{
    struct code code;
    struct click *click = memory_take(request->memory, sizeof *click);
    if (!click)
        return &out_of_memory;
    if (!referrals_fold_code(typed, &code))
        return &referrals_unknown_code;
    const struct problem *problem = find_stored(request, &code, &click->found);
    if (problem)
        return problem;
    click->to = to;
    click->at = request->now;
    if (ready_to_look()) {
        click_look_keep(clicks.look, request->store, request->memory, click->at);
        click_look(clicks.look, click,
                   &(struct quick){.address = request->address, .agent = request->agent});
    }
    problem = clicks_write(request->store, request->memory, &click, 1);
    if (problem)
        log_write(LOG_ERROR, "referrals.clicks_not_written", "clicks=1 problem=%s", problem->name);
    *target = click_target(request->memory, click);
    return target->size ? NULL : &out_of_memory;
}

/* ---- the route ---- */

static const struct problem *start(struct memory *process, struct store *store)
{
    clicks.store = store;
    clicks.stopping = false;
    clicks.first = NULL;
    clicks.last = &clicks.first;
    link_index_end(clicks.index);
    clicks.index = link_index_make();
    if (!clicks.index || !make_batches() || !ready_to_look())
        return &out_of_memory;
    return link_follow_start(process, store, clicks.index, clicks.look, &clicks.follower);
}

/* The index stays: until the daemon ends, requests are still looked at. */
static void stop(void)
{
    bool over = false;
    pthread_mutex_lock(&clicks.lock);
    clicks.stopping = true;
    pthread_mutex_unlock(&clicks.lock);
    while (!over) {
        begin_batches();
        pthread_mutex_lock(&clicks.lock);
        if (clicks.batches > 0)
            pthread_cond_wait(&clicks.over, &clicks.lock);
        over = !clicks.first && clicks.batches == 0;
        pthread_mutex_unlock(&clicks.lock);
    }
    link_follow_stop(clicks.follower);
}

static enum quick_outcome push(struct quick *quick)
{
    enum quick_outcome outcome = QUICK_FULL;
    pthread_mutex_lock(&clicks.lock);
    if (!clicks.stopping && clicks.waiting < WAITING_MOST) {
        outcome = QUICK_SUSPENDED;
        quick_suspend(quick);
        quick->next = NULL;
        *clicks.last = quick;
        clicks.last = &quick->next;
        clicks.waiting++;
    }
    pthread_mutex_unlock(&clicks.lock);
    return outcome;
}

/* CODE, CODE/i.gif by GET, or CODE/i by POST. False: something else. */
static bool read_what(const struct quick *quick, struct text *code, bool *impression)
{
    struct text rest = quick->rest;
    bool look = text_is(quick->method, "GET") || text_is(quick->method, "HEAD");
    const char *slash = rest.size ? memchr(rest.data, '/', rest.size) : NULL;
    *code = (struct text){rest.data, slash ? (size_t)(slash - rest.data) : rest.size};
    *impression = slash != NULL;
    if (!slash)
        return look;
    rest = (struct text){slash + 1, rest.size - code->size - 1};
    return look ? text_is(rest, "i.gif") : text_is(quick->method, "POST") && text_is(rest, "i");
}

static struct text to_of(const struct quick *quick)
{
    struct pairs pairs;
    if (!quick->query.size || decode_pairs(quick->memory, quick->query, &pairs))
        return (struct text){"", 0};
    for (size_t i = 0; i < pairs.count; i++)
        if (text_is(pairs.items[i].name, "to"))
            return pairs.items[i].value;
    return (struct text){"", 0};
}

static enum quick_outcome take(struct quick *quick)
{
    struct text typed;
    struct code code;
    bool impression;
    if (!read_what(quick, &typed, &impression))
        return QUICK_PASSED;
    struct click *click = memory_take(quick->memory, sizeof *click);
    struct instant now = clock_now();
    bool known = click && referrals_fold_code(typed, &code) &&
                 link_index_find(clicks.index, &code, now, &click->found);
    if (!known && !impression)
        return QUICK_PASSED;
    if (!known) {
        answer_impression(quick->answer, text_is(quick->method, "POST"));
        return QUICK_ANSWERED;
    }
    click->quick = quick;
    click->impression = impression;
    click->at = now;
    click->to = impression ? (struct text){"", 0} : to_of(quick);
    quick->own = click;
    click_look(clicks.look, click, quick);
    return push(quick);
}

const struct quick_route referrals_click_route = {
    .prefix = "/r/", .start = start, .take = take, .taken = begin_batches, .stop = stop};
