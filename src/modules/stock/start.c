/*
 * Keeps the licence texts under their hashes at start.
 *
 * Must not know: pages. Read next: terms/.
 */
#include "modules/stock/start.h"

#include "base/log.h"
#include "core/terms.h"
#include "modules/stock/sums.h"
#include "web/request.shapes.h"
#include "web/words.h"

static const struct {
    const char *name; /* of the terms, and of the text key */
} licences[] = {{"stock.standard"}, {"stock.extended"}, {"stock.editorial"}, {"stock.buyout"}};

/* The version people cite: the day on which this text came into force. A changed text gets a new one. */
static const char version[] = "2024-01-01";

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct instant since;
    (void)context;
    ensure(instant_parse(text_of(version), &since));
    for (size_t i = 0; i < sizeof licences / sizeof licences[0]; i++) {
        for (int language = LANGUAGE_EN; language <= LANGUAGE_ZH; language++) {
            struct text key = text_format(memory, "%s.terms", licences[i].name);
            if (!key.data)
                return &out_of_memory;
            struct text body = words_text(memory, (enum language)language, key.data, NULL, 0);
            const struct problem *problem =
                terms_keep(db, memory, text_of(licences[i].name), text_of(version),
                           text_of(words_name(&language_words, language)), body, since);
            if (problem)
                return problem;
        }
    }
    return NULL;
}

const struct problem *stock_start(struct memory *process, struct store *store)
{
    struct text complaint = {"", 0};
    (void)process;
    struct memory *memory = memory_create(1 << 20);
    const struct problem *problem = memory ? stock_rules_check(memory, &complaint) : &out_of_memory;
    if (problem == &invalid_input)
        log_write(LOG_ERROR, "stock.setting_unreadable", "%.*s", TEXT_ARGS(complaint));
    if (!problem)
        problem = store_write(store, memory, keep, NULL);
    memory_end(memory);
    return problem;
}
