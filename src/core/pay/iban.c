/*
 * International bank account numbers: ISO 13616, checked by MOD 97-10 of ISO/IEC 7064.
 *
 * Must not know: banks, whose account it is. Read next: core/pay/pay.h.
 */
#include <string.h>

#include "core/pay/parts.h"

/* Lengths as in the IBAN Registry that SWIFT keeps for ISO 13616-2. */
static const struct length {
    char country[3]; /* ISO 3166-1 alpha-2 */
    int size;        /* characters in all */
} lengths[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
    {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27},
    {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
    {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
    {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20},
    {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24},
    {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
    {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25},
    {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
    {"YE", 30},
};

static int length_of(const char *iban)
{
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        if (memcmp(lengths[i].country, iban, 2) == 0)
            return lengths[i].size;
    return 0;
}

/* The number made of the characters with the first four moved to the end, letters as 10..35, leaves
 * 1 when divided by 97. */
static bool adds_up(const char *iban, size_t size)
{
    int rest = 0;
    for (size_t i = 0; i < size; i++) {
        char c = iban[(i + 4) % size];
        int value = c <= '9' ? c - '0' : c - 'A' + 10;
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
}

bool iban_parse(struct text typed, char out[35])
{
    char iban[35];
    size_t size = 0;
    for (size_t i = 0; i < typed.size; i++) {
        char c = typed.data[i];
        if (c == ' ')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        bool letter = c >= 'A' && c <= 'Z';
        bool digit = c >= '0' && c <= '9';
        bool wanted = size < 2 ? letter : size < 4 ? digit : letter || digit;
        if (!wanted || size + 1 == sizeof iban)
            return false;
        iban[size++] = c;
    }
    iban[size] = '\0';
    if (size < 4 || length_of(iban) != (int)size || !adds_up(iban, size))
        return false;
    memcpy(out, iban, size + 1);
    return true;
}

struct text iban_hint(struct memory *memory, struct text iban)
{
    if (iban.size < 6)
        return iban;
    return text_format(memory, "%.2s\u2022\u2022\u00a0%.4s", iban.data, iban.data + iban.size - 4);
}
