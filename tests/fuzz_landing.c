/*
 * Fuzz target: where a visitor wants to go within a shop, and the click put into that address.
 *
 * The first line is the link's address, the rest what the visitor brought. Nothing leads to another host.
 * Read next: src/modules/referrals/clicks/landing.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "modules/referrals/code.h"
#include "modules/referrals/clicks/landing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_mark(struct text target)
{
    struct landing marked;
    struct landing again;
    if (target.size > LANDING_MOST)
        return;
    referrals_landing_mark(target, text_of("clk_0123456789ABC"), &marked);
    if (marked.size > sizeof marked.text - 1 ||
        !memmem(marked.text, marked.size, "cf_click=clk_0", 14))
        abort();
    /* A second click takes the place of the first. */
    if (marked.size <= LANDING_MOST) {
        referrals_landing_mark((struct text){marked.text, marked.size},
                               text_of("clk_0123456789ABC"), &again);
        if (again.size != marked.size || memcmp(again.text, marked.text, again.size) != 0)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char origin[] = "https://shop.example";
    struct text hosts = text_of("shop.example\nother.example:8443");
    struct text rest = {(const char *)data, size};
    struct text target = {"", 0};
    struct landing deep;
    struct code code;
    (void)referrals_fold_code(rest, &code);
    (void)text_split(&rest, '\n', &target);
    check_mark(target);
    (void)referrals_landing_allowed(target, hosts);
    if (!referrals_landing_deep(text_of("https://shop.example/a"), hosts, rest, &deep))
        return 0;
    struct text found = {deep.text, deep.size};
    if (!referrals_landing_allowed(found, hosts))
        abort();
    if (rest.data[0] == '/' &&
        (deep.size < sizeof origin || memcmp(deep.text, origin, sizeof origin - 1) != 0 ||
         deep.text[sizeof origin - 1] != '/'))
        abort();
    check_mark(found);
    return 0;
}
