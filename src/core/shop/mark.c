/*
 * Marks of what must be found again and not be read: mail addresses, what was said about an order.
 *
 * Must not know: tables. Read next: core/sign/sign.h.
 */
#include "core/shop/parts.h"

#include <pthread.h>

static struct text folder; /* where the installation's key lies */
static struct sign_key key;
static bool key_read;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* over the two above */

const struct problem *shop_start(struct memory *process, struct text data)
{
    pthread_mutex_lock(&lock);
    key_read = false;
    pthread_mutex_unlock(&lock);
    folder = text_copy(process, data);
    return folder.data ? NULL : &out_of_memory;
}

const struct problem *shop_key(const struct sign_key **out)
{
    const struct problem *problem = NULL;
    pthread_mutex_lock(&lock);
    if (!key_read)
        problem = sign_key_make(folder, &key);
    key_read = !problem;
    pthread_mutex_unlock(&lock);
    *out = &key;
    return problem;
}

const struct problem *shop_mark(struct memory *memory, const char *purpose, struct text what,
                                struct text *out)
{
    char mark[SIGN_HEX_MAX];
    const struct sign_key *own;
    const struct problem *problem = shop_key(&own);
    if (problem)
        return problem;
    sign_mark(own, purpose, what, mark);
    *out = text_copy(memory, text_of(mark));
    return out->data ? NULL : &out_of_memory;
}

struct text shop_mail_fold(struct memory *memory, struct text mail)
{
    struct text folded = text_copy(memory, text_trim(mail));
    char *letters = (char *)(uintptr_t)folded.data;
    for (size_t i = 0; letters && i < folded.size; i++)
        letters[i] =
            letters[i] >= 'A' && letters[i] <= 'Z' ? (char)(letters[i] - 'A' + 'a') : letters[i];
    return folded;
}

const struct problem *shop_mail_mark(struct memory *memory, struct text mail, struct text *out)
{
    struct text folded = shop_mail_fold(memory, mail);
    return folded.data ? shop_mark(memory, "core.customer.mail", folded, out) : &out_of_memory;
}

struct text customer_reference(struct memory *memory, struct text mail)
{
    return text_format(memory, "@%.*s", TEXT_ARGS(mail));
}

struct text text_or_empty(struct maybe_text text)
{
    return text.present ? text.value : text_of("");
}
