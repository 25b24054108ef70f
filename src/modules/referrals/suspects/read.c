/*
 * Mail addresses and numbers of orders, as the verdict rules compare them. See suspect.h.
 */
#include <string.h>

#include "modules/referrals/suspects/suspect.h"

size_t suspect_fold_mail(char out[SUSPECT_MAILBOX_MAX], struct text mail)
{
    const char *sign = mail.data ? memrchr(mail.data, '@', mail.size) : NULL;
    size_t name = sign ? (size_t)(sign - mail.data) : mail.size, size = 0;
    const char *plus = mail.data ? memchr(mail.data, '+', name) : NULL;
    size_t end = plus ? (size_t)(plus - mail.data) : name;
    for (size_t i = 0; i < mail.size && size < SUSPECT_MAILBOX_MAX; i++) {
        char c = mail.data[i];
        bool left_out = i < name && (i >= end || c == '.');
        if (!left_out)
            out[size++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return size;
}

static bool names(struct text agent, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memmem(agent.data, agent.size, words[i], strlen(words[i])))
            return true;
    return false;
}

/* Apps show pages in a view of the system, which names itself "wv" on Android, and most add their name. */
enum suspect_device suspect_read_device(struct text agent)
{
    static const char *const apps[] = {
        "Instagram",  "FBAN/",    "FBAV/",          "FB_IAB",
        "; wv)",      "Line/",    "MicroMessenger", "BytedanceWebview",
        "musical_ly", "Snapchat", "Pinterest",      "LinkedInApp"};
    static const char *const phones[] = {"Mobile", "iPhone", "iPad", "Android"};
    if (agent.size == 0)
        return 0;
    if (names(agent, apps, sizeof apps / sizeof *apps))
        return SUSPECT_APP;
    return names(agent, phones, sizeof phones / sizeof *phones) ? SUSPECT_PHONE : SUSPECT_COMPUTER;
}

/* FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo): the form of a number is no secret. */
static uint64_t add_to_form(uint64_t form, char c)
{
    return (form ^ (uint64_t)(unsigned char)c) * UINT64_C(1099511628211);
}

struct suspect_number suspect_read_number(uint64_t shop, struct text written)
{
    struct suspect_number number = {.shop = shop, .form = UINT64_C(14695981039346656037)};
    size_t digits = 0, i = 0;
    for (; i < written.size && (written.data[i] < '0' || written.data[i] > '9'); i++)
        number.form = add_to_form(number.form, written.data[i]);
    for (; i < written.size && written.data[i] >= '0' && written.data[i] <= '9' && digits < 18;
         i++, digits++)
        number.number = number.number * 10 + (written.data[i] - '0');
    number.form = add_to_form(number.form, (char)digits);
    for (; i < written.size; i++)
        number.form = add_to_form(number.form, written.data[i]);
    return number;
}
