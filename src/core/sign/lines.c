/*
 * Judges a file of lines: each by its own hash and number, all of them by the signature.
 *
 * The signature covers the hashes of all lines. When it fits those that stand in the lines, or those made
 * anew from what they say, only some lines or the hash beside them were changed and they can be
 * named; otherwise nothing is certified, and what is named is a help only.
 * Must not know: what the lines are about. Read next: ledger/lines.h.
 */
#include "core/sign/lines.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/json_scan.h"

enum { HEX = 64, SIGNATURE = 128, FACTS_MAX = 200, VALUE_MAX = 80, KIND_MAX = 40 };

/* What a line says, cut out of its bytes. */
struct line {
    int64_t number;
    struct text hash;   /* as stated */
    struct text entry;  /* its bytes */
    char made[HEX + 1]; /* hash made anew */
};
/* What the last line says besides. */
struct seal {
    struct text chain;
    struct text key;
    struct text signature;
};

struct look {
    struct memory *memory;
    crypto_generichash_state *stated; /* over the hashes as they stand in the lines */
    crypto_generichash_state *made;   /* over those made anew */
    char kind[KIND_MAX];              /* of the first line's entry; empty when it says none */
    int64_t expected;                 /* number of the next line */
    struct seal seal;                 /* of the last line */
    bool sealed;                      /* there is one */
    struct sign_fact *facts;
    size_t count;
    size_t wrong; /* findings, also those beyond FACTS_MAX */
};

/* ---- reading ---------------------------------------------------------------------------------- */

static bool take(struct text *rest, const char *exact)
{
    if (!text_starts(*rest, exact))
        return false;
    rest->data += strlen(exact);
    rest->size -= strlen(exact);
    return true;
}

static bool is_hex(struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!memchr("0123456789abcdef", text.data[i], 16))
            return false;
    }
    return true;
}

static bool take_hex(struct text *rest, size_t size, struct text *out)
{
    *out = (struct text){rest->data, size};
    if (rest->size < size || !is_hex(*out))
        return false;
    rest->data += size;
    rest->size -= size;
    return true;
}

static bool take_number(struct text *rest, int64_t *out)
{
    size_t size = 0;
    while (size < rest->size && size < 18 && rest->data[size] >= '0' && rest->data[size] <= '9')
        size++;
    struct text digits = {rest->data, size};
    if (size == 0 || digits.data[0] == '0' || !text_to_integer(digits, out))
        return false;
    rest->data += size;
    rest->size -= size;
    return true;
}

/* Cuts the seal, which has one size only, off the end of a line. */
static bool cut_seal(struct text *line, struct seal *out)
{
    static const char between[] = ",\"chain\":\"\",\"public_key\":\"\",\"signature\":\"\"}";
    size_t size = sizeof between - 1 + HEX + HEX + SIGNATURE;
    if (line->size < size)
        return false;
    struct text rest = {line->data + line->size - size, size};
    bool fine = take(&rest, ",\"chain\":\"") && take_hex(&rest, HEX, &out->chain) &&
                take(&rest, "\",\"public_key\":\"") && take_hex(&rest, HEX, &out->key) &&
                take(&rest, "\",\"signature\":\"") && take_hex(&rest, SIGNATURE, &out->signature) &&
                take(&rest, "\"}");
    line->size -= fine ? size : 0;
    return fine;
}

static bool read_line(struct text line, bool sealed, struct line *out)
{
    unsigned char hash[crypto_generichash_BYTES];
    bool fine = take(&line, "{\"line\":") && take_number(&line, &out->number) &&
                take(&line, ",\"hash\":\"") && take_hex(&line, HEX, &out->hash) &&
                take(&line, "\",\"entry\":") && line.size > 0;
    if (fine && !sealed)
        fine = line.data[--line.size] == '}';
    if (!fine)
        return false;
    out->entry = line;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)line.data, line.size, NULL, 0);
    sodium_bin2hex(out->made, sizeof out->made, hash, sizeof hash);
    return true;
}

static void count_in(crypto_generichash_state *state, struct text hex)
{
    unsigned char hash[crypto_generichash_BYTES];
    size_t got = 0;
    (void)sodium_hex2bin(hash, sizeof hash, hex.data, hex.size, NULL, &got, NULL);
    crypto_generichash_update(state, hash, sizeof hash);
}

/* ---- saying ----------------------------------------------------------------------------------- */

struct text sign_plain(struct memory *memory, struct text text)
{
    unsigned char *bytes = memory_take(memory, text.size + 1);
    if (!bytes)
        return (struct text){0};
    if (text.size)
        memcpy(bytes, text.data, text.size);
    for (size_t i = 0; i < text.size; i++) {
        bool second = bytes[i] == 0xc2 && bytes[i + 1] < 0xa0 && i + 1 < text.size; /* U+0080.. */
        if (bytes[i] < 0x20 || bytes[i] == 0x7f || second)
            bytes[i] = ' ';
        if (second)
            bytes[i + 1] = ' ';
    }
    return (struct text){(const char *)bytes, text.size};
}

static void say(struct look *look, struct text name, struct text value, enum sign_finding finding)
{
    look->wrong += finding != FACT_AS_SIGNED ? 1 : 0;
    if (look->count < FACTS_MAX)
        look->facts[look->count++] = (struct sign_fact){name, value, finding};
}

static struct text line_name(struct look *look, int64_t first, int64_t last)
{
    return first == last
               ? text_format(look->memory, "line %lld", (long long)first)
               : text_format(look->memory, "lines %lld to %lld", (long long)first, (long long)last);
}

/* The beginning of what a line says, which names the posting or transfer it is about. */
static struct text beginning(struct look *look, struct text entry)
{
    struct text part = {entry.data, entry.size < VALUE_MAX ? entry.size : VALUE_MAX};
    while (part.size > 0 && part.size < entry.size && (part.data[part.size] & 0xc0) == 0x80)
        part.size--;
    struct bytes raw = {(const unsigned char *)part.data, part.size};
    return text_valid(raw) ? sign_plain(look->memory, part) : text_of("(not text)");
}

/* Each member of an entry as a fact. */
static void say_entry(struct look *look, struct text entry)
{
    struct bytes raw = {(const unsigned char *)entry.data, entry.size};
    const char *name;
    json_t *value;
    if (entry.size > (1 << 16) || !text_valid(raw) || !json_is_small(raw, JSON_MEMBERS_MAX))
        return;
    json_t *parsed = json_loadb(entry.data, entry.size, JSON_REJECT_DUPLICATES, NULL);
    json_object_foreach(parsed, name, value)
    {
        char *written = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY);
        const char *text = written ? written : json_string_value(value);
        if (strcmp(name, "kind") != 0)
            say(look, sign_plain(look->memory, text_of(name)),
                sign_plain(look->memory, text_of(text ? text : "")), FACT_AS_SIGNED);
        free(written);
    }
    json_decref(parsed);
}

/* ---- looking ---------------------------------------------------------------------------------- */

static void read_kind(struct look *look, struct text entry)
{
    size_t size = 0;
    if (!take(&entry, "{\"kind\":\""))
        return;
    while (size < entry.size && size < KIND_MAX - 1 &&
           memchr("abcdefghijklmnopqrstuvwxyz._", entry.data[size], 28))
        size++;
    memcpy(look->kind, entry.data, size);
    look->kind[size] = '\0';
}

/* Lines carry numbers from 1 on, so that one taken out leaves a gap and one added has no place. */
static void look_at_number(struct look *look, const struct line *line)
{
    if (line->number > look->expected)
        say(look, line_name(look, look->expected, line->number - 1), text_of(""), FACT_MISSING);
    else if (line->number < look->expected)
        say(look, line_name(look, line->number, line->number), beginning(look, line->entry),
            FACT_ADDED);
    if (line->number >= look->expected)
        look->expected = line->number + 1;
}

static void look_at_line(struct look *look, int64_t place, struct text raw, bool sealed)
{
    struct line line = {0};
    if (!read_line(raw, sealed, &line)) {
        say(look, line_name(look, place, place), beginning(look, raw), FACT_ALTERED);
        look->expected++;
        return;
    }
    bool fine = text_is(line.hash, line.made);
    size_t wrong = look->wrong;
    count_in(look->stated, line.hash);
    count_in(look->made, text_of(line.made));
    if (place == 1)
        read_kind(look, line.entry);
    look_at_number(look, &line);
    if (!fine)
        say(look, line_name(look, place, place), beginning(look, line.entry), FACT_ALTERED);
    else if (look->wrong == wrong && (place == 1 || sealed))
        say_entry(look, line.entry);
}

static bool fits(const struct look *look, const char *chain)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    char text[HEX + KIND_MAX + 40];
    size_t got = 0;
    const struct seal *seal = &look->seal;
    (void)sodium_hex2bin(key, sizeof key, seal->key.data, HEX, NULL, &got, NULL);
    (void)sodium_hex2bin(signature, sizeof signature, seal->signature.data, SIGNATURE, NULL, &got,
                         NULL);
    int size = snprintf(text, sizeof text, "{\"hash\":\"%s\",\"kind\":\"%s\"}", chain, look->kind);
    return crypto_sign_verify_detached(signature, (const unsigned char *)text,
                                       (unsigned long long)size, key) == 0;
}

static void finish(crypto_generichash_state *state, char out[HEX + 1])
{
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash_final(state, hash, sizeof hash);
    sodium_bin2hex(out, HEX + 1, hash, sizeof hash);
}

static enum sign_verdict judge(struct look *look, struct text trusted)
{
    char stated[HEX + 1];
    char made[HEX + 1];
    finish(look->stated, stated);
    finish(look->made, made);
    if (!look->sealed)
        return SIGN_BROKEN;
    if (!fits(look, stated) && !fits(look, made))
        return SIGN_BROKEN;
    if (!text_is(look->seal.chain, stated) && !text_is(look->seal.chain, made))
        say(look, text_of("chain"), text_copy(look->memory, look->seal.chain), FACT_ALTERED);
    if (trusted.size && !text_equal(trusted, look->seal.key))
        return SIGN_OTHER_KEY;
    return look->wrong ? SIGN_ALTERED : SIGN_GOOD;
}

static void look_at_all(struct look *look, struct text rest)
{
    struct text raw;
    bool ends = rest.size > 0 && rest.data[rest.size - 1] == '\n';
    for (int64_t place = 1; text_split(&rest, '\n', &raw); place++) {
        bool last = rest.size == 0;
        look->sealed = last && cut_seal(&raw, &look->seal);
        look_at_line(look, place, raw, look->sealed);
    }
    if (!ends || !look->sealed)
        say(look, text_of("the end"), text_of(""), look->sealed ? FACT_ALTERED : FACT_MISSING);
}

bool sign_is_lines(struct bytes file)
{
    static const char between[] = "\n{\"line\":";
    struct text text = {(const char *)file.data, file.size};
    return text_starts(text, between + 1) ||
           (file.size > 0 && memmem(file.data, file.size, between, sizeof between - 1) != NULL);
}

const struct problem *sign_lines_verify(struct memory *memory, struct bytes file,
                                        struct text trusted, struct sign_report *out)
{
    crypto_generichash_state stated;
    crypto_generichash_state made;
    struct look look = {.memory = memory, .stated = &stated, .made = &made, .expected = 1};
    look.facts = memory_take_array(memory, FACTS_MAX, sizeof *look.facts);
    *out = (struct sign_report){.verdict = SIGN_UNREADABLE};
    if (!look.facts)
        return &out_of_memory;
    crypto_generichash_init(&stated, NULL, 0, crypto_generichash_BYTES);
    crypto_generichash_init(&made, NULL, 0, crypto_generichash_BYTES);
    look_at_all(&look, (struct text){(const char *)file.data, file.size});
    out->verdict = judge(&look, trusted);
    out->kind = text_copy(memory, text_of(look.kind));
    out->key = look.sealed ? text_copy(memory, look.seal.key) : text_of("");
    out->facts = (struct sign_fact_list){look.facts, look.count};
    for (size_t i = 0; i < look.count; i++) {
        if (!look.facts[i].name.data || !look.facts[i].value.data)
            return &out_of_memory;
    }
    return out->kind.data && out->key.data ? NULL : &out_of_memory;
}
