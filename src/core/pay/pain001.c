/*
 * Writes payouts as a payment file for the intermediary's bank.
 *
 * The order of elements and their limits are those of pain.001.001.09 as EPC132-08 restricts it; the
 * test validates what is written against that schema. Must not know: states, the ledger.
 */
#include "core/pay/pain001.h"

#include <stdio.h>
#include <string.h>
#include <unicode/utrans.h>
#include <unicode/ustring.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"

const struct problem pay_no_debtor = {"pay.no_debtor", 409, FAULT_CLIENT, false};

enum {
    FILE_BYTES = 64 << 20, /* some 90,000 transfers */
    NAME_CHARACTERS = 70,  /* AT-C001, AT-P001: at most */
    UNITS = 1024           /* UTF-16 units of a name while it is transliterated */
};
static const int64_t amount_max = INT64_C(99999999999); /* euro cents */

/* The name in Latin letters without marks, in UTF-16; as it is when ICU can't. */
static int32_t latin(struct text name, UChar out[UNITS])
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t size = 0;
    u_strFromUTF8WithSub(out, UNITS / 4, &size, name.data ? name.data : "", (int32_t)name.size,
                         0xfffd, NULL, &status);
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
        return 0;
    if (size > UNITS / 4)
        size = UNITS / 4;
    UChar rules[64];
    u_uastrcpy(rules, "Any-Latin; Latin-ASCII");
    status = U_ZERO_ERROR;
    UTransliterator *script = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status))
        return size;
    int32_t limit = size;
    utrans_transUChars(script, out, &size, UNITS, 0, &limit, &status);
    utrans_close(script);
    return size < UNITS ? size : UNITS;
}

static char allowed(UChar c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return (char)c;
    if (c == '_')
        return '-';
    if (c == '&')
        return '+';
    return c > 0 && c < 128 && strchr("/-?:().,'+ ", (char)c) ? (char)c : '.';
}

void pain001_name(struct builder *out, struct text name)
{
    UChar units[UNITS];
    char written[NAME_CHARACTERS + 1];
    int32_t size = latin(name, units);
    size_t length = 0;
    for (int32_t i = 0; i < size && length < NAME_CHARACTERS; i++) {
        char c = allowed(units[i]);
        char before = length > 0 ? written[length - 1] : ' ';
        if ((c == ' ' && before == ' ') || (c == '/' && (before == '/' || length == 0)))
            continue;
        written[length++] = c;
    }
    while (length > 0 && (written[length - 1] == ' ' || written[length - 1] == '/'))
        length--;
    if (length == 0)
        builder_add_c(out, "NOTPROVIDED");
    else
        builder_add_html(out, (struct text){written, length});
}

/* An identifier in the allowed characters: a hyphen where ours has an underscore. */
static void add_id(struct builder *out, const char *prefix, int64_t id)
{
    char name[ID_TEXT_MAX];
    id_write(name, prefix, id);
    for (char *c = name; *c; c++)
        *c = *c == '_' ? '-' : *c;
    builder_add_c(out, name);
}

static void add_amount(struct builder *out, int64_t cents)
{
    builder_add_format(out, "%lld.%02lld", (long long)(cents / 100), (long long)(cents % 100));
}

struct pain001 pain001_begin(struct memory *memory)
{
    return (struct pain001){.memory = memory, .orders = builder_make(memory, FILE_BYTES)};
}

bool pain001_add(struct pain001 *pain, const struct payout_row *payout)
{
    struct builder *out = &pain->orders;
    if (strcmp(payout->amount.currency.code, "EUR") != 0 || payout->amount.minor > amount_max) {
        if (pain->left_out++ == 0)
            pain->left_out_currency = text_format(pain->memory, "%s", payout->amount.currency.code);
        return false;
    }
    builder_add_c(out, "      <CdtTrfTxInf>\n        <PmtId><EndToEndId>");
    add_id(out, "out", payout->id.value);
    builder_add_c(out, "</EndToEndId></PmtId>\n        <Amt><InstdAmt Ccy=\"EUR\">");
    add_amount(out, payout->amount.minor);
    builder_add_c(out, "</InstdAmt></Amt>\n        <Cdtr><Nm>");
    pain001_name(out, payout->holder);
    builder_add_c(out, "</Nm></Cdtr>\n        <CdtrAcct><Id><IBAN>");
    builder_add_html(out, payout->iban);
    builder_add_c(out, "</IBAN></Id></CdtrAcct>\n        <RmtInf><Ustrd>Contraflow ");
    add_id(out, "out", payout->id.value);
    builder_add_c(out, "</Ustrd></RmtInf>\n      </CdtTrfTxInf>\n");
    pain->count++;
    pain->sum += payout->amount.minor;
    return true;
}

static void add_totals(struct builder *out, const struct pain001 *pain)
{
    builder_add_format(out, "<NbOfTxs>%lld</NbOfTxs><CtrlSum>", (long long)pain->count);
    add_amount(out, pain->sum);
    builder_add_c(out, "</CtrlSum>");
}

static void add_head(struct builder *out, const struct pain001 *pain, struct instant at,
                     int64_t file, const char *iban)
{
    struct civil now = civil_of(at);
    struct text name = setting_text("pay.debtor_name");
    struct text bic = setting_text("pay.debtor_bic");
    builder_add_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
                       "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">\n"
                       "  <CstmrCdtTrfInitn>\n    <GrpHdr><MsgId>");
    add_id(out, "msg", file);
    builder_add_format(out, "</MsgId><CreDtTm>%04d-%02d-%02dT%02d:%02d:%02dZ</CreDtTm>", now.year,
                       now.month, now.day, now.hour, now.minute, now.second);
    add_totals(out, pain);
    builder_add_c(out, "<InitgPty><Nm>");
    pain001_name(out, name);
    builder_add_c(out, "</Nm></InitgPty></GrpHdr>\n    <PmtInf>\n      <PmtInfId>");
    add_id(out, "inf", file);
    builder_add_c(out, "</PmtInfId><PmtMtd>TRF</PmtMtd>");
    add_totals(out, pain);
    builder_add_format(out,
                       "\n      <PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>"
                       "<ReqdExctnDt><Dt>%04d-%02d-%02d</Dt></ReqdExctnDt>\n      <Dbtr><Nm>",
                       now.year, now.month, now.day);
    pain001_name(out, name);
    builder_add_format(out,
                       "</Nm></Dbtr><DbtrAcct><Id><IBAN>%s</IBAN></Id></DbtrAcct>"
                       "<DbtrAgt><FinInstnId>",
                       iban);
    if (text_empty(bic)) {
        builder_add_c(out, "<Othr><Id>NOTPROVIDED</Id></Othr>");
    } else {
        builder_add_c(out, "<BICFI>");
        builder_add_html(out, bic);
        builder_add_c(out, "</BICFI>");
    }
    builder_add_c(out, "</FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>\n");
}

const struct problem *pain001_end(struct pain001 *pain, struct instant at, struct text *xml,
                                  struct text *complaint)
{
    char iban[35];
    struct text orders;
    *complaint = (struct text){"", 0};
    if (pain->left_out > 0)
        *complaint =
            text_format(pain->memory, "%lld left out that SEPA can't carry, the first in %.*s",
                        (long long)pain->left_out, TEXT_ARGS(pain->left_out_currency));
    if (!complaint->data)
        return &out_of_memory;
    if (pain->count == 0)
        return &not_found;
    if (!iban_parse(setting_text("pay.debtor_iban"), iban) ||
        text_empty(setting_text("pay.debtor_name")))
        return &pay_no_debtor;
    const struct problem *problem = builder_end(&pain->orders, &orders);
    if (problem)
        return problem;
    struct builder out = builder_make(pain->memory, FILE_BYTES);
    add_head(&out, pain, at, id_new(), iban);
    builder_add(&out, orders);
    builder_add_c(&out, "    </PmtInf>\n  </CstmrCdtTrfInitn>\n</Document>\n");
    return builder_end(&out, xml);
}

/* One pain001_write(). */
struct writing {
    struct instant at;
    struct text *xml, *complaint;
};

static const struct problem *write_all(struct database *db, struct memory *memory, void *context)
{
    struct writing *writing = context;
    struct pain001 pain = pain001_begin(memory);
    struct payout_id after = {0};
    for (size_t count = 1; count > 0;) {
        struct memory *page = memory_scratch(memory);
        struct payout_row_list list = {NULL, 0};
        if (!page)
            return &out_of_memory;
        const struct problem *problem =
            payouts_approved(db, page, after, (struct party_id){0}, &list);
        count = problem ? 0 : list.count;
        for (size_t i = 0; i < count; i++) {
            pain001_add(&pain, &list.items[i]);
            after = list.items[i].id;
        }
        memory_end(page);
        if (problem)
            return problem;
    }
    return pain001_end(&pain, writing->at, writing->xml, writing->complaint);
}

const struct problem *pain001_write(struct database *db, struct memory *memory, struct instant at,
                                    struct text *xml, struct text *complaint)
{
    struct writing writing = {at, xml, complaint};
    return store_read(db, memory, write_all, &writing);
}
