/*
 * Words looked for in titles and names that are in no index, folded as the search folds them.
 *
 * Must not know: whose they are. Read next: core/search/search.h, biz_library.c, desk_licences.c.
 */
#include "modules/stock/matching.h"

#include <string.h>

#include "core/search/search.h"

static bool has_token(struct text tokens, struct text wanted)
{
    struct text token;
    while (text_split(&tokens, ' ', &token)) {
        if (token.size >= wanted.size && memcmp(token.data, wanted.data, wanted.size) == 0)
            return true;
    }
    return false;
}

const struct problem *stock_words_match(struct memory *memory, struct text all, struct text wanted,
                                        bool *out)
{
    struct text tokens;
    struct text token;
    const struct problem *problem = search_tokens(memory, all, text_of(""), &tokens);
    *out = !problem;
    while (*out && text_split(&wanted, ' ', &token))
        *out = has_token(tokens, token);
    return problem;
}
