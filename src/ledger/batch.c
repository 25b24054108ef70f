/*
 * Many postings at once: their accounts are read together, the lines applied one after another in
 * memory, and everything written together, so that a batch costs statements by kind and not by line.
 *
 * Must not know: who sends batches. Read next: ledger/sheet.h, ledger/once.c.
 */
#include <stdlib.h>

#include "base/log.h"
#include "ledger/post.h"
#include "ledger/queries.h"
#include "ledger/sets.h"

/* A batch under way. */
struct batch {
    struct sheet *sheet;
    struct memory *memory;
    struct ledger_line *lines;
    size_t count;
    struct post_leg **legs; /* of each line */
    size_t *leg_counts;
    size_t *places; /* of each line's posting on the sheet */
    size_t *firsts; /* of each line: the first line with the same key, itself when it has none */
    const struct ledger_line **sorted; /* by key, lines of one key in their order */
};

/* ---- keys ------------------------------------------------------------------------------------- */

static int compare_keys(struct party_id caller, struct text key, const struct ledger_line *with)
{
    if (caller.value != with->caller.value)
        return caller.value < with->caller.value ? -1 : 1;
    return text_compare(key, with->key);
}

static int by_key(const void *left, const void *right)
{
    const struct ledger_line *a = *(const struct ledger_line *const *)left;
    const struct ledger_line *b = *(const struct ledger_line *const *)right;
    int order = compare_keys(a->caller, a->key, b);
    return order ? order : (a > b) - (a < b);
}

/* Finds lines that repeat another's key. */
static const struct problem *find_repeats(struct batch *batch)
{
    const struct ledger_line **sorted =
        memory_take_array(batch->memory, batch->count, sizeof(const struct ledger_line *));
    if (!sorted)
        return &out_of_memory;
    batch->sorted = sorted;
    for (size_t i = 0; i < batch->count; i++)
        sorted[i] = &batch->lines[i];
    qsort(sorted, batch->count, sizeof sorted[0], by_key);
    for (size_t i = 0; i < batch->count; i++) {
        size_t line = (size_t)(sorted[i] - batch->lines);
        bool repeats = i > 0 && sorted[i]->key.size > 0 &&
                       compare_keys(sorted[i]->caller, sorted[i]->key, sorted[i - 1]) == 0;
        batch->firsts[line] =
            repeats ? batch->firsts[(size_t)(sorted[i - 1] - batch->lines)] : line;
    }
    return NULL;
}

/* What a key that was used before answers. */
static void answer_again(struct ledger_line *line, struct text fingerprint, int64_t result)
{
    bool same = text_equal(line->fingerprint, fingerprint);
    line->problem = same ? NULL : &ledger_once_conflict;
    line->posted.value = same ? result : 0;
    line->again = same;
}

/* Answers all lines with a key that was used in an earlier call; there is at least one. */
static void answer_all_again(const struct batch *batch, struct party_id caller, struct text key,
                             struct text fingerprint, int64_t result)
{
    size_t low = 0;
    size_t high = batch->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(caller, key, batch->sorted[middle]) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    ensure(low < batch->count && compare_keys(caller, key, batch->sorted[low]) == 0);
    for (; low < batch->count && compare_keys(caller, key, batch->sorted[low]) == 0; low++)
        answer_again(&batch->lines[batch->sorted[low] - batch->lines], fingerprint, result);
}

static const struct problem *find_used_together(struct batch *batch)
{
    struct set set = set_begin(batch->memory);
    struct ledger_once_used_list used;
    struct text keys;
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->lines[i].key.size == 0 || batch->firsts[i] != i)
            continue;
        set_row(&set);
        set_integer(&set, "party", batch->lines[i].caller.value);
        set_text(&set, "key", batch->lines[i].key);
    }
    const struct problem *problem = set_end(&set, &keys);
    if (problem || set.rows == 0)
        return problem;
    problem = ledger_once_find_all(batch->sheet->db, batch->memory, keys, &used);
    for (size_t i = 0; !problem && i < used.count; i++) {
        const struct ledger_once_used *row = &used.items[i];
        answer_all_again(batch, row->party, row->key, row->fingerprint, row->result);
    }
    return problem;
}

/* Lines whose key was used in an earlier call. */
static const struct problem *find_used(struct batch *batch)
{
    if (batch->sheet->sets)
        return find_used_together(batch);
    for (size_t i = 0; i < batch->count; i++) {
        const struct ledger_line *line = &batch->lines[i];
        struct ledger_once_row row;
        if (line->key.size == 0 || batch->firsts[i] != i)
            continue;
        const struct problem *problem =
            ledger_once_find(batch->sheet->db, batch->memory, line->caller, line->key, &row);
        if (!problem)
            answer_all_again(batch, line->caller, line->key, row.fingerprint, row.result);
        else if (problem != &not_found)
            return problem;
    }
    return NULL;
}

static bool is_kept(const struct ledger_line *line)
{
    return !line->problem && !line->again && line->key.size > 0;
}

/* In the order of keys: two batches that share several wait for each other in one direction only. */
static const struct problem *keep_together(struct batch *batch)
{
    struct set set = set_begin(batch->memory);
    struct text rows;
    for (size_t i = 0; i < batch->count; i++) {
        const struct ledger_line *line = batch->sorted[i];
        if (!is_kept(line))
            continue;
        set_row(&set);
        set_integer(&set, "party", line->caller.value);
        set_text(&set, "key", line->key);
        set_text(&set, "fingerprint", line->fingerprint);
        set_integer(&set, "result", line->posted.value);
        set_integer(&set, "at", line->posting.at.ms);
    }
    const struct problem *problem = set_end(&set, &rows);
    if (problem || set.rows == 0)
        return problem;
    return ledger_once_keep_all(batch->sheet->db, batch->memory, rows);
}

/* Keeps the keys of what was posted. */
static const struct problem *keep_keys(struct batch *batch)
{
    const struct problem *problem = NULL;
    if (batch->sheet->sets)
        return keep_together(batch);
    for (size_t i = 0; !problem && i < batch->count; i++) {
        const struct ledger_line *line = &batch->lines[i];
        if (is_kept(line))
            problem = ledger_once_keep(batch->sheet->db, batch->memory, line->caller, line->key,
                                       line->fingerprint, line->posted.value, line->posting.at);
    }
    return problem;
}

/* ---- lines ------------------------------------------------------------------------------------ */

/* Room for the legs of all lines, with fees. */
static struct post_leg *take_legs(const struct batch *batch)
{
    size_t most = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const struct posting *posting = &batch->lines[i].posting;
        most += (size_t)(posting->template->count + posting->fee_count);
    }
    return memory_take_array(batch->memory, most, sizeof(struct post_leg));
}

static const struct problem *prepare(struct batch *batch, struct database *db)
{
    size_t all = 0;
    struct post_leg *legs = take_legs(batch);
    batch->legs = memory_take_array(batch->memory, batch->count, sizeof *batch->legs);
    batch->leg_counts = memory_take_array(batch->memory, batch->count, sizeof *batch->leg_counts);
    batch->firsts = memory_take_array(batch->memory, batch->count, sizeof *batch->firsts);
    batch->places = memory_take_array(batch->memory, batch->count, sizeof *batch->places);
    if (!legs || !batch->legs || !batch->leg_counts || !batch->firsts || !batch->places)
        return &out_of_memory;
    for (size_t i = 0; i < batch->count; i++) {
        struct ledger_line *line = &batch->lines[i];
        line->problem = NULL;
        line->posted.value = 0;
        line->again = false;
        batch->legs[i] = legs + all;
        batch->leg_counts[i] = post_legs(&line->posting, batch->legs[i]);
        all += batch->leg_counts[i];
    }
    batch->sheet =
        sheet_begin(db, batch->memory, (struct instant){0}, 2 * all + 1, batch->count, all);
    return batch->sheet ? NULL : &out_of_memory;
}

static const struct problem *open_accounts(struct batch *batch)
{
    size_t all = 0;
    for (size_t i = 0; i < batch->count; i++)
        all += 2 * batch->leg_counts[i];
    struct ledger_account_key *keys = memory_take_array(batch->memory, all, sizeof *keys);
    size_t count = 0;
    if (!keys)
        return &out_of_memory;
    for (size_t i = 0; i < batch->count; i++) {
        for (size_t j = 0; j < batch->leg_counts[i]; j++) {
            keys[count++] = batch->legs[i][j].from;
            keys[count++] = batch->legs[i][j].to;
        }
    }
    return sheet_open(batch->sheet, keys, count);
}

/* Posts one line on the sheet; when it can't be, its accounts are as before. */
static const struct problem *apply(struct batch *batch, size_t i)
{
    struct ledger_account_row *touched[2 * POSTING_ALL];
    struct ledger_account_row before[2 * POSTING_ALL];
    struct ledger_line *line = &batch->lines[i];
    struct post_head head = post_head(&line->posting);
    size_t count = 0;
    for (size_t j = 0; j < batch->leg_counts[i]; j++) {
        touched[count++] = sheet_account(batch->sheet, &batch->legs[i][j].from);
        touched[count++] = sheet_account(batch->sheet, &batch->legs[i][j].to);
    }
    for (size_t j = 0; j < count; j++)
        before[j] = *touched[j];
    size_t grants = batch->sheet->grant_count;
    batch->sheet->at = line->posting.at;
    const struct problem *problem =
        post_on(batch->sheet, &head, batch->legs[i], batch->leg_counts[i], &batch->places[i]);
    if (problem)
        batch->sheet->grant_count = grants;
    for (size_t j = 0; problem && j < count; j++)
        *touched[j] = before[j];
    return problem;
}

/* What becomes of a line, when it was not answered already. */
static void decide(struct batch *batch, size_t i)
{
    struct ledger_line *line = &batch->lines[i];
    const struct ledger_line *first = &batch->lines[batch->firsts[i]];
    if (line->again || line->problem)
        return;
    if (first == line)
        line->problem = apply(batch, i);
    else if (first->problem)
        line->problem = first->problem;
    else
        answer_again(line, first->fingerprint, 0);
}

/* Postings have their names once they are written; a line that repeats another's key has its. */
static void name_lines(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        struct ledger_line *line = &batch->lines[i];
        if (!line->problem && !line->again)
            line->posted = batch->sheet->postings[batch->places[i]].id;
        else if (line->again && !line->posted.value)
            line->posted = batch->lines[batch->firsts[i]].posted;
    }
}

const struct problem *ledger_batch(struct database *db, struct memory *memory,
                                   struct ledger_line *lines, size_t count, enum batch_mode mode,
                                   size_t *wrong)
{
    struct batch batch = {.memory = memory, .lines = lines, .count = count};
    ensure(count <= LEDGER_LINES_MAX);
    *wrong = count;
    const struct problem *problem = prepare(&batch, db);
    if (!problem)
        problem = find_repeats(&batch);
    if (!problem)
        problem = find_used(&batch);
    if (!problem)
        problem = open_accounts(&batch);
    for (size_t i = 0; !problem && i < count; i++) {
        decide(&batch, i);
        if (lines[i].problem == &out_of_memory || (lines[i].problem && mode == BATCH_ALL)) {
            problem = lines[i].problem;
            *wrong = i;
        }
    }
    if (!problem)
        problem = sheet_write(batch.sheet);
    if (problem)
        return problem;
    name_lines(&batch);
    return keep_keys(&batch);
}
