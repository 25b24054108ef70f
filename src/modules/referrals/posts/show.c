/*
 * Posts, rules and words as pages show them.
 *
 * Must not know: who may see them. Read next: me_posts.c.
 */
#include "modules/referrals/posts/show.h"

#include "modules/referrals/portal.h"
#include "web/words.h"

enum { WORDS_BYTES = 8 << 10 };

static struct maybe_text if_any(struct text text)
{
    return (struct maybe_text){text.size > 0, text};
}

static struct maybe_instant if_set(struct instant at)
{
    return (struct maybe_instant){at.ms > 0, at};
}

const struct problem *posts_show(struct request *request, const struct post_shown_row_list *rows,
                                 struct post_card_list *out)
{
    struct post_card *cards = memory_take_array(request->memory, rows->count + 1, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows->count; i++) {
        const struct post_shown_row *row = &rows->items[i];
        cards[i] = (struct post_card){.post = row->id,
                                      .partner = row->partner,
                                      .title = row->title,
                                      .name = row->name,
                                      .state = row->state,
                                      .address = row->address,
                                      .found = row->found,
                                      .said = if_any(row->said),
                                      .appeal = if_any(row->appeal),
                                      .answer = if_any(row->answer),
                                      .looked = if_set(row->looked),
                                      .due = if_set(row->due),
                                      .sum = row->sum,
                                      .at = row->at};
        cards[i].appeals = row->state == POST_REJECTED && row->appeal.size == 0;
        cards[i].rejects =
            (row->state == POST_HANDED_IN || row->state == POST_ACCEPTED) && row->appeal.size == 0;
        if (row->sum.present && row->free.ms > request->now.ms)
            cards[i].free = if_set(row->free);
        if (row->why.size > 0)
            cards[i].why = if_any(words_text(request->memory, request->language,
                                             text_c(request->memory, row->why), NULL, 0));
    }
    *out = (struct post_card_list){cards, rows->count};
    return NULL;
}

const struct problem *posts_say_rules(struct request *request, struct program_id program,
                                      struct program_said_list *out)
{
    struct program_row row;
    struct program_rules rules;
    struct text empty;
    const struct problem *problem = program_find(request->db, request->memory, program, &row);
    if (!problem)
        problem = program_rules_of(request->db, request->memory, program, row.version, &rules);
    if (!problem)
        problem = referrals_say_rules(request, &row, out, &empty);
    struct program_said *own =
        problem ? NULL : memory_take_array(request->memory, out->count + 1, sizeof *own);
    size_t count = 0;
    if (!own)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < rules.rules.count; i++) {
        if (rules.rules.items[i].trigger == TRIGGER_POST)
            own[count++] = out->items[i];
    }
    *out = (struct program_said_list){own, count};
    return NULL;
}

const struct problem *posts_say_words(struct memory *memory, struct text own, struct text *out)
{
    struct text_list words;
    struct builder b = builder_make(memory, WORDS_BYTES);
    const struct problem *problem = post_words(memory, own, &words);
    for (size_t i = 0; !problem && i < words.count; i++) {
        if (i > 0)
            builder_add_c(&b, ", ");
        builder_add(&b, words.items[i]);
    }
    return problem ? problem : builder_end(&b, out);
}
