/*
 * Codes folded, a character at a time, and made up.
 *
 * Must not know: links. Read next: code.h.
 */
#include "modules/referrals/code.h"

#include <sodium.h>

enum { MADE_UP = 8 };

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

/* 40 bits: of a million links, one in a million guesses meets one. */
struct text referrals_code_made_up(struct memory *memory)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's base 32 */
    unsigned char random[MADE_UP];
    char code[MADE_UP];
    randombytes_buf(random, sizeof random);
    for (size_t i = 0; i < MADE_UP; i++)
        code[i] = digits[random[i] % 32];
    return text_copy(memory, (struct text){code, MADE_UP});
}
