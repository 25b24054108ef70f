/*
 * Members of JSON as shops write them: numbers as words, sums with more digits than a currency has.
 * A sum that is a fraction in JSON is none: it went through binary and is not what the shop meant.
 *
 * Must not know: which shop. Read next: core/shop/woocommerce.c.
 */
#include "core/shop/payload.h"

#include <string.h>

#include "base/json_scan.h"

enum { MEMBERS_MAX = 100000, MAIL_MAX = 254 };

json_t *payload_read(struct text body)
{
    struct bytes bytes = {(const unsigned char *)body.data, body.size};
    if (body.size == 0 || !text_valid(bytes) || !json_is_small(bytes, MEMBERS_MAX))
        return NULL;
    json_t *root = json_loadb(body.data, body.size, JSON_REJECT_DUPLICATES, NULL);
    if (root && !json_is_object(root)) {
        json_decref(root);
        return NULL;
    }
    return root;
}

struct text payload_text(struct memory *memory, const json_t *object, const char *name, size_t most)
{
    const json_t *member = json_object_get(object, name);
    if (json_is_integer(member))
        return text_format(memory, "%lld", (long long)json_integer_value(member));
    if (!json_is_string(member))
        return text_of("");
    struct text words =
        text_trim((struct text){json_string_value(member), json_string_length(member)});
    size_t size = words.size < most ? words.size : most;
    while (size > 0 && size < words.size && ((unsigned char)words.data[size] & 0xC0) == 0x80)
        size -= 1;
    return text_copy(memory, (struct text){words.data, size});
}

struct maybe_text payload_maybe(struct memory *memory, const json_t *object, const char *name,
                                size_t most)
{
    struct text words = payload_text(memory, object, name, most);
    return (struct maybe_text){words.size > 0, words};
}

/* Digits with at most one point, as minor units, half away from zero; false: something else. */
static bool minor_of(struct text typed, struct currency currency, int64_t *out)
{
    int left = -1; /* digits still to come behind the point; -1 before it */
    int digits = currency_digits(currency);
    bool up = false;
    bool any = false;
    *out = 0;
    for (size_t i = 0; i < typed.size; i++) {
        char c = typed.data[i];
        if (c == '.' && left < 0) {
            left = digits;
            continue;
        }
        if (c < '0' || c > '9' || *out > MONEY_MAX / 10)
            return false;
        any = true;
        if (left == 0) {
            up = c >= '5';
            left = -2; /* what follows is too small to count */
        } else if (left != -2) {
            *out = *out * 10 + (c - '0');
            left -= left > 0 ? 1 : 0;
        }
    }
    for (int i = left >= 0 ? left : left == -1 ? digits : 0; i > 0; i--)
        *out = *out > MONEY_MAX / 10 ? MONEY_MAX + 1 : *out * 10;
    *out += up ? 1 : 0;
    return any && *out <= MONEY_MAX;
}

bool payload_money(const json_t *object, const char *name, struct currency currency,
                   struct money *out)
{
    const json_t *member = json_object_get(object, name);
    char number[40];
    struct text typed = {"", 0};
    if (json_is_string(member)) {
        typed = text_trim((struct text){json_string_value(member), json_string_length(member)});
    } else if (json_is_integer(member)) {
        int size = snprintf(number, sizeof number, "%lld", (long long)json_integer_value(member));
        typed = (struct text){number, (size_t)size};
    }
    if (typed.size > 0 && (typed.data[0] == '-' || typed.data[0] == '+'))
        typed = (struct text){typed.data + 1, typed.size - 1};
    out->currency = currency;
    return minor_of(typed, currency, &out->minor);
}

bool payload_instant(const json_t *object, const char *name, struct instant *out)
{
    const json_t *member = json_object_get(object, name);
    char zoned[40];
    if (!json_is_string(member))
        return false;
    struct text typed = {json_string_value(member), json_string_length(member)};
    if (instant_parse(typed, out))
        return true;
    int size = snprintf(zoned, sizeof zoned, "%.*sZ", TEXT_ARGS(typed));
    return size > 0 && (size_t)size < sizeof zoned && instant_parse(text_of(zoned), out);
}

struct maybe_instant payload_maybe_instant(const json_t *object, const char *name)
{
    struct maybe_instant at = {0};
    at.present = payload_instant(object, name, &at.value);
    return at;
}

struct maybe_text payload_name(struct memory *memory, const json_t *object)
{
    struct text first = payload_text(memory, object, "first_name", 90);
    struct text last = payload_text(memory, object, "last_name", 90);
    struct text both = text_format(memory, "%.*s %.*s", TEXT_ARGS(first), TEXT_ARGS(last));
    both = text_trim(both);
    return (struct maybe_text){both.size > 0, both};
}

struct maybe_text payload_country(struct memory *memory, const json_t *object, const char *name)
{
    struct maybe_text country = payload_maybe(memory, object, name, 3);
    country.present = country.present && country.value.size == 2;
    return country;
}

struct maybe_text payload_mail(struct memory *memory, const json_t *object, const char *name)
{
    struct maybe_text mail = payload_maybe(memory, object, name, MAIL_MAX + 1);
    mail.present = mail.present && mail.value.size <= MAIL_MAX &&
                   memchr(mail.value.data, '@', mail.value.size);
    return mail;
}
