/*
 * Codes folded, a character at a time.
 *
 * Must not know: links. Read next: code.h.
 */
#include "modules/referrals/code.h"

static char fold(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

bool referrals_fold_code(struct text typed, struct code *out)
{
    out->size = 0;
    if (typed.size < CODE_LEAST || typed.size > CODE_MOST)
        return false;
    for (size_t i = 0; i < typed.size; i++) {
        char c = fold(typed.data[i]);
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
            out->text[out->size++] = c;
        else if (c != '-')
            return false;
    }
    out->text[out->size] = '\0';
    return out->size >= CODE_LEAST;
}
