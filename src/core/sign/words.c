/*
 * Words signed for addresses of pages.
 *
 * Must not know: what they name. Read next: core/widgets/marks.c, core/sign/sign.h.
 */
#include "base/settings.h"
#include "core/sign/sign.h"

static const struct problem *mark(const char *purpose, struct text words, char out[SIGN_HEX_MAX])
{
    struct sign_key key;
    const struct problem *problem =
        words.data ? sign_key_make(setting_text("data"), &key) : &out_of_memory;
    if (problem)
        return problem;
    sign_mark(&key, purpose, words, out);
    sign_key_end(&key);
    return NULL;
}

const struct problem *sign_words(struct memory *memory, const char *purpose, struct text words,
                                 struct text *out)
{
    char hex[SIGN_HEX_MAX];
    const struct problem *problem = mark(purpose, words, hex);
    if (problem)
        return problem;
    *out = text_format(memory, "%.*s-%s", TEXT_ARGS(words), hex);
    return out->data ? NULL : &out_of_memory;
}

const struct problem *sign_words_read(const char *purpose, struct text signed_words,
                                      struct text *words, bool *fits)
{
    enum { MARK = SIGN_HEX_MAX - 1 };
    char hex[SIGN_HEX_MAX];
    size_t size = signed_words.size;
    *fits = false;
    *words = text_of("");
    if (size <= MARK + 1 || signed_words.data[size - MARK - 1] != '-')
        return NULL;
    struct text said = {signed_words.data, size - MARK - 1};
    const struct problem *problem = mark(purpose, said, hex);
    *fits = !problem && sign_mark_fits(hex, (struct text){signed_words.data + size - MARK, MARK});
    if (*fits)
        *words = said;
    return problem;
}
