/*
 * Gathers the problems of all parts, and tells them in the reader's language.
 *
 * Must not know: who reports them. Read next: core/developers/reference.c.
 */
#include "core/developers/problems.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/flow.h"
#include "core/module.h"
#include "ledger/ledger.h"
#include "store/store.h"
#include "web/body.h"
#include "web/match.h"
#include "web/router.h"
#include "web/version.h"
#include "web/words.h"

enum { ALL_MAX = 512 };

/* What belongs to no part. */
static const struct problem *const everywhere[] = {
    &not_found,
    &not_allowed,
    &invalid_input,
    &conflict,
    &out_of_memory,
    &too_large,
    &world_failed,
    &disk_full,
    &our_fault,
    &store_busy,
    &store_away,
    &store_broken,
    &store_failed,
    &web_bad_type,
    &web_bad_body,
    &web_bad_path,
    &web_sign_in,
    &web_prove,
    &web_forged,
    &web_no_key,
    &web_bad_key,
    &web_keyless,
    &web_scope,
    &web_origin,
    &web_too_often,
    &web_overloaded,
    &web_ambiguous,
    &web_changed,
    &flow_no_such_move,
    &flow_not_by_you,
    &web_not_allowed_method,
    &ledger_not_enough,
    &ledger_daily_limit,
    &ledger_ceiling,
    &ledger_out_of_range,
    &ledger_wrong_currency,
    &ledger_once_conflict,
    &ledger_hold_over,
    &ledger_hold_too_small,
    &ledger_is_correction,
    &ledger_nothing_left,
    &ledger_more_than_left,
    &ledger_bad_rate,
};

static struct text topic_of(const struct problem *problem)
{
    const char *dot = strchr(problem->name, '.');
    return (struct text){problem->name, dot ? (size_t)(dot - problem->name) : 0};
}

static int compare(const void *a, const void *b)
{
    const struct problem *const *first = a;
    const struct problem *const *second = b;
    int way = text_compare(topic_of(*first), topic_of(*second));
    return way ? way : strcmp((*first)->name, (*second)->name);
}

/* All of them, by topic and name; a problem that two parts declare comes once. */
static size_t gather(const struct problem *out[ALL_MAX])
{
    size_t count = sizeof everywhere / sizeof *everywhere;
    memcpy(out, everywhere, sizeof everywhere);
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->problem_count && count < ALL_MAX; i++)
            out[count++] = (*part)->problems[i];
    }
    qsort(out, count, sizeof *out, compare);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || out[kept - 1] != out[i])
            out[kept++] = out[i];
    }
    return kept;
}

static struct problem_told told_of(const struct request *request, const struct problem *problem)
{
    char key[160];
    snprintf(key, sizeof key, "problem.%s", problem->name);
    struct problem_told told = {.name = text_of(problem->name),
                                .status = problem->status,
                                .retry = problem->retry,
                                .title = text_of(problem->name)};
    if (words_have(key))
        told.title = words_text(request->memory, request->language, key, NULL, 0);
    snprintf(key, sizeof key, "problem.%s.detail", problem->name);
    if (words_have(key) && problem != &web_scope)
        told.detail =
            (struct maybe_text){true, words_text(request->memory, request->language, key, NULL, 0)};
    return told;
}

const struct problem *core_problems(struct request *request, const struct nothing *query,
                                    struct problems_view *view)
{
    const struct problem *all[ALL_MAX];
    size_t count = gather(all);
    struct problem_told *told = memory_take_array(request->memory, count, sizeof *told);
    struct problem_topic *topics = memory_take_array(request->memory, count, sizeof *topics);
    size_t topic_count = 0;
    (void)query;
    if (!told || !topics)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        told[i] = told_of(request, all[i]);
        if (i == 0 || !text_equal(topic_of(all[i]), topic_of(all[i - 1])))
            topics[topic_count++] = (struct problem_topic){topic_of(all[i]), {&told[i], 0}};
        topics[topic_count - 1].problems.count++;
    }
    view->topics = (struct problem_topic_list){topics, topic_count};
    return NULL;
}

const struct problem *core_problem(struct request *request, const struct problem_query *query,
                                   struct problem_told *view)
{
    const struct problem *all[ALL_MAX];
    size_t count = gather(all);
    for (size_t i = 0; i < count; i++) {
        if (text_is(query->problem, all[i]->name)) {
            *view = told_of(request, all[i]);
            return NULL;
        }
    }
    return &not_found;
}
