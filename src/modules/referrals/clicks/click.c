/*
 * The quick route: found on the I/O thread, written by a thread of its own, all that wait at a time.
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

enum { WAITING_MOST = 8192, BATCH_MEMORY = 16 << 20, LOOK_MEMORY = 8 << 20 };

/* One pixel, transparent: 43 bytes (GIF89a). */
static const unsigned char pixel[43] = {
    'G', 'I', 'F', '8', '9', 'a',  1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x21, 0xf9, 4,
    1,   0,   0,   0,   0,   0x2c, 0, 0, 0, 0, 1,    0, 1, 0, 0, 2, 2,    0x44, 1,    0,    0x3b,
};

static struct {
    struct store *store;
    struct link_index *index;
    struct link_follower *follower;
    pthread_mutex_t looking; /* over `look` */
    struct memory *memory;   /* of `look` */
    struct click_look *look;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t came;
    struct quick *first, **last;
    size_t waiting;
    bool stopping;
    bool fresh; /* something came that the thread was not told of */
} clicks = {.looking = PTHREAD_MUTEX_INITIALIZER,
            .lock = PTHREAD_MUTEX_INITIALIZER,
            .came = PTHREAD_COND_INITIALIZER};

/* With `looking` held. What it remembers lasts as long as the process. */
static bool ready_to_look(void)
{
    if (!clicks.memory)
        clicks.memory = memory_create(LOOK_MEMORY);
    if (clicks.memory && !clicks.look)
        clicks.look = click_look_make(clicks.memory);
    return clicks.look;
}

/* ---- the answer ---- */

static struct text address_of(struct memory *memory, const struct link_found *found)
{
    const struct text *part = found->address;
    char *out = memory_take_room(memory, part[0].size + part[1].size + part[2].size + 1);
    struct text whole = {out, 0};
    for (int i = 0; out && i < 3; i++) {
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

/* ---- the thread ---- */

static void write_batch(struct click **batch, size_t count)
{
    struct memory *memory = memory_create(BATCH_MEMORY);
    const struct problem *problem = memory ? NULL : &out_of_memory;
    pthread_mutex_lock(&clicks.looking);
    if (!problem)
        click_look_begin(clicks.look, clicks.store, memory, batch[0]->at);
    for (size_t i = 0; i < count; i++)
        click_look(clicks.look, batch[i], batch[i]->quick);
    pthread_mutex_unlock(&clicks.looking);
    if (!problem)
        problem = clicks_write(clicks.store, memory, batch, count);
    if (problem)
        log_write(LOG_ERROR, "referrals.clicks_not_written", "clicks=%zu problem=%s", count,
                  problem->name);
    for (size_t i = 0; i < count; i++) {
        answer_click(batch[i]->quick, batch[i]);
        batch[i]->quick->next = i > 0 ? batch[i - 1]->quick : NULL;
    }
    quick_resume_all(batch[count - 1]->quick);
    memory_end(memory);
}

/* How many there are, once there are some; 0: none will come any more. */
static size_t take_batch(struct click **batch)
{
    size_t count = 0;
    pthread_mutex_lock(&clicks.lock);
    while (!clicks.first && !clicks.stopping)
        pthread_cond_wait(&clicks.came, &clicks.lock);
    while (clicks.first && count < CLICKS_MOST) {
        batch[count++] = clicks.first->own;
        clicks.first = clicks.first->next;
    }
    if (!clicks.first)
        clicks.last = &clicks.first;
    clicks.waiting -= count;
    pthread_mutex_unlock(&clicks.lock);
    return count;
}

static void *run(void *context)
{
    static struct click *batch[CLICKS_MOST];
    size_t count;
    (void)context;
    while ((count = take_batch(batch)) > 0)
        write_batch(batch, count);
    return NULL;
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
    pthread_mutex_lock(&clicks.looking);
    if (ready_to_look()) {
        click_look_begin(clicks.look, request->store, request->memory, click->at);
        click_look(clicks.look, click,
                   &(struct quick){.address = request->address, .agent = request->agent});
    }
    pthread_mutex_unlock(&clicks.looking);
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
    pthread_mutex_lock(&clicks.looking);
    const struct problem *problem = clicks.index && ready_to_look() ? NULL : &out_of_memory;
    pthread_mutex_unlock(&clicks.looking);
    if (!problem)
        problem = link_follow_start(process, store, clicks.index, &clicks.follower);
    if (!problem && pthread_create(&clicks.thread, NULL, run, NULL) != 0) {
        link_follow_stop(clicks.follower);
        problem = &world_failed;
    }
    return problem;
}

/* The index stays: until the daemon ends, requests are still looked at. */
static void stop(void)
{
    pthread_mutex_lock(&clicks.lock);
    clicks.stopping = true;
    pthread_cond_signal(&clicks.came);
    pthread_mutex_unlock(&clicks.lock);
    pthread_join(clicks.thread, NULL);
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
        clicks.fresh = true;
    }
    pthread_mutex_unlock(&clicks.lock);
    return outcome;
}

static void taken(void)
{
    pthread_mutex_lock(&clicks.lock);
    if (clicks.fresh)
        pthread_cond_signal(&clicks.came);
    clicks.fresh = false;
    pthread_mutex_unlock(&clicks.lock);
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
    return push(quick);
}

const struct quick_route referrals_click_route = {
    .prefix = "/r/", .start = start, .take = take, .taken = taken, .stop = stop};
