/*
 * Writes what the lines of a closed day say: JSON without blanks, members in this order, ids and
 * instants as everywhere, amounts in minor units, nothing left out.
 *
 * Must not know: hashes, files. Read next: ledger/lines.h.
 */
#include "ledger/day_entry.h"

#include "base/ids.h"

static void add_id(struct builder *out, const char *name, const char *prefix, int64_t id)
{
    builder_add_format(out, ",\"%s\":\"%s\"", name, id_text(prefix, id).text);
}

static void add_maybe_id(struct builder *out, const char *name, const char *prefix, bool present,
                         int64_t id)
{
    if (present)
        add_id(out, name, prefix, id);
    else
        builder_add_format(out, ",\"%s\":null", name);
}

static void add_text(struct builder *out, const char *name, struct text text)
{
    builder_add_format(out, ",\"%s\":", name);
    builder_add_json(out, text);
}

static void add_at(struct builder *out, struct instant at)
{
    char written[INSTANT_TEXT_MAX];
    instant_print(written, at);
    builder_add_format(out, ",\"at\":\"%s\"", written);
}

const struct problem *day_head(struct memory *memory, const struct ledger_day_row *day,
                               struct text *out)
{
    char written[INSTANT_TEXT_MAX];
    struct builder json = builder_make(memory, 400);
    instant_print(written, (struct instant){day->day * DAY});
    builder_add_format(&json, "{\"kind\":\"" LEDGER_DAY_KIND "\",\"day\":\"%.10s\"", written);
    add_id(&json, "from", "pst", day->from_posting.value);
    add_id(&json, "through", "pst", day->through_posting.value);
    builder_add_char(&json, '}');
    return builder_end(&json, out);
}

const struct problem *day_tail(struct memory *memory, const struct ledger_day_row *day,
                               struct text *out)
{
    struct builder json = builder_make(memory, 400);
    builder_add_format(&json, "{\"postings\":%lld,\"transfers\":%lld", (long long)day->postings,
                       (long long)day->transfers);
    add_text(&json, "previous", day->previous);
    builder_add_char(&json, '}');
    return builder_end(&json, out);
}

static void add_account(struct builder *out, const char *name, struct account_id account,
                        struct text purpose, struct party_id party)
{
    builder_add_format(out, ",\"%s\":{\"account\":\"%s\"", name,
                       id_text("acc", account.value).text);
    add_text(out, "purpose", purpose);
    add_maybe_id(out, "party", "pty", party.value != 0, party.value);
    builder_add_char(out, '}');
}

static void add_transfer(struct builder *out, const struct day_transfer *transfer)
{
    builder_add_format(out, "{\"transfer\":\"%s\"", id_text("trf", transfer->id.value).text);
    add_account(out, "from", transfer->from_account, transfer->from_purpose, transfer->from_party);
    add_account(out, "to", transfer->to_account, transfer->to_purpose, transfer->to_party);
    builder_add_format(out, ",\"minor\":%lld,\"currency\":\"%s\"",
                       (long long)transfer->amount.minor, transfer->amount.currency.code);
    add_maybe_id(out, "issuer", "pty", transfer->issuer.value != 0, transfer->issuer.value);
    add_text(out, "reason", transfer->reason);
    add_maybe_id(out, "corrects", "trf", transfer->corrects.present,
                 transfer->corrects.value.value);
    add_at(out, transfer->at);
    builder_add_char(out, '}');
}

size_t day_write_posting(struct builder *out, const struct day_posting *posting,
                         const struct day_transfer *transfers, size_t count)
{
    size_t at = 0;
    size_t own = 0;
    builder_add_format(out, "{\"posting\":\"%s\"", id_text("pst", posting->id.value).text);
    add_text(out, "template", posting->template);
    /* As text: readers of JSON may round numbers of this size. */
    builder_add_format(out, ",\"subject\":\"%lld\",\"legs\":%lld", (long long)posting->subject,
                       (long long)posting->legs);
    add_text(out, "digest", posting->digest);
    add_maybe_id(out, "corrects", "pst", posting->corrects.present, posting->corrects.value.value);
    add_maybe_id(out, "follows", "pst", posting->follows.present, posting->follows.value.value);
    add_at(out, posting->at);
    builder_add_c(out, ",\"transfers\":[");
    for (; at < count && transfers[at].posting.value <= posting->id.value; at++) {
        if (transfers[at].posting.value < posting->id.value)
            continue;
        builder_add_c(out, own++ > 0 ? "," : "");
        add_transfer(out, &transfers[at]);
    }
    builder_add_c(out, "]}");
    return at;
}
