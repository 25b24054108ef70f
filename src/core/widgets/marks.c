/*
 * Marks that only this installation makes: when a form was made, which conversation a link opens, from where
 * something came.
 *
 * Must not know: tables, pages. Read next: core/sign/sign.h, core/widgets/marks_test.c.
 */
#include <sodium.h>
#include <stdio.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/sign/sign.h"
#include "core/widgets/parts.h"

enum { NONCE = 16 /* bytes */ };

/* ---- forms: "stamp-<business>-<milliseconds>-<nonce>-<mark>" --------------------------------- */

const struct problem *feedback_stamp(struct memory *memory, struct party_id business,
                                     struct instant at, struct text *out)
{
    unsigned char nonce[NONCE];
    char hex[NONCE * 2 + 1];
    randombytes_buf(nonce, sizeof nonce);
    sodium_bin2hex(hex, sizeof hex, nonce, sizeof nonce);
    struct text claim = text_format(memory, "stamp-%s-%lld-%s", id_text("pty", business.value).text,
                                    (long long)at.ms, hex);
    return sign_words(memory, "core.feedback.form", claim, out);
}

const struct problem *feedback_stamp_judge(struct party_id business, struct text stamp,
                                           struct instant at, enum stamp_verdict *out)
{
    struct text claim;
    struct text word;
    struct text house;
    struct text moment;
    int64_t made = 0;
    bool fits;
    *out = STAMP_WRONG;
    const struct problem *problem = sign_words_read("core.feedback.form", stamp, &claim, &fits);
    if (problem || !fits)
        return problem;
    if (!text_split(&claim, '-', &word) || !text_split(&claim, '-', &house) ||
        !text_split(&claim, '-', &moment) || !text_is(house, id_text("pty", business.value).text) ||
        !text_to_integer(moment, &made))
        return NULL;
    int64_t lasted = at.ms - made;
    *out = lasted < FEEDBACK_HASTE ? STAMP_EARLY : lasted > FEEDBACK_LIFE ? STAMP_LATE : STAMP_GOOD;
    return NULL;
}

/* ---- links: "<conversation>-<mark>" ----------------------------------------------------------- */

const struct problem *feedback_link(struct memory *memory, struct feedback_id id, struct text *out)
{
    struct text claim = text_format(memory, "%s", id_text("fbk", id.value).text);
    return sign_words(memory, "core.feedback.link", claim, out);
}

const struct problem *feedback_of_link(struct text link, struct feedback_id *out)
{
    struct text claim;
    bool fits;
    const struct problem *problem = sign_words_read("core.feedback.link", link, &claim, &fits);
    if (problem)
        return problem;
    return fits && id_parse(claim, "fbk", &out->value) ? NULL : &not_found;
}

/* ---- senders ---------------------------------------------------------------------------------- */

const struct problem *feedback_sender(struct memory *memory, struct party_id business,
                                      struct text address, struct text *out)
{
    char hex[SIGN_HEX_MAX];
    struct sign_key key;
    struct text what =
        text_format(memory, "%s %.*s", id_text("pty", business.value).text, TEXT_ARGS(address));
    const struct problem *problem =
        what.data ? sign_key_make(setting_text("data"), &key) : &out_of_memory;
    if (problem)
        return problem;
    sign_mark(&key, "core.feedback.sender", what, hex);
    sign_key_end(&key);
    *out = text_copy(memory, text_of(hex));
    return out->data ? NULL : &out_of_memory;
}
