/*
 * Licensed originals by links that expire: only members of the holder are given one, and whoever has
 * it can use it for fifteen minutes, also a program without a session.
 *
 * A link is the licence's id, the moment it ends and a keyed hash of both, so nothing is stored.
 * Must not know: how the copy is made. Read next: copy.c, core/sign/sign.h.
 */
#include <unistd.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/media/media.shapes.h"
#include "core/sign/sign.h"
#include "modules/stock/biz_queries.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/public_rows.h"

const struct problem stock_link_over = {"stock.link_over", 410, FAULT_CLIENT, false};
const struct problem stock_licence_over = {"stock.licence_over", 410, FAULT_CLIENT, false};
const struct problem stock_not_made = {"stock.not_made", 503, FAULT_WORLD, true};

enum { NAME_MAX_BYTES = 120 };
static const int64_t link_life = 15 * MINUTE;
static const char purpose[] = "stock.download";

/* What is marked: "lic_..-1780000000". */
static struct text claim_of(struct memory *memory, struct stock_licence_id licence,
                            int64_t until_seconds)
{
    return text_format(memory, "%s-%lld", id_text("lic", licence.value).text,
                       (long long)until_seconds);
}

static const struct problem *mark(struct text claim, char out[SIGN_HEX_MAX])
{
    struct sign_key key;
    const struct problem *problem =
        claim.data ? sign_key_make(setting_text("data"), &key) : &out_of_memory;
    if (problem)
        return problem;
    sign_mark(&key, purpose, claim, out);
    sign_key_end(&key);
    return NULL;
}

/* The title in letters and digits, hyphens between, then the licence: "last-light-lic_0BCD.jpg".
 * Letters beyond ASCII stay as they are. */
static struct text name_of(struct memory *memory, const struct stock_biz_copy_row *row)
{
    struct builder b = builder_make(memory, 4096);
    bool gap = false;
    for (size_t i = 0; i < row->title.size; i++) {
        char c = row->title.data[i];
        bool capital = c >= 'A' && c <= 'Z';
        bool kept = capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
        bool begins = ((unsigned char)c & 0xc0) != 0x80;
        if (begins && b.size >= NAME_MAX_BYTES)
            break;
        if (kept && gap && b.size)
            builder_add_char(&b, '-');
        if (kept)
            builder_add_char(&b, capital ? (char)(c - 'A' + 'a') : c);
        gap = !kept;
    }
    if (b.size)
        builder_add_char(&b, '-');
    builder_add_format(&b, "%s.%s", id_text("lic", row->id.value).text,
                       media_extension(row->copy_format));
    struct text out = {0};
    return builder_end(&b, &out) ? (struct text){0} : out;
}

static const struct problem *open_copy(const struct stock_biz_copy_row *row, int *file,
                                       int64_t *size)
{
    struct media_file name = {.format = row->copy_format};
    if (row->ended.ms)
        return &stock_licence_over;
    if (row->copy.size == 0)
        return &stock_not_made;
    return media_hash_parse(row->copy, &name.hash) ? media_open(&name, file, size) : &our_fault;
}

static const struct problem *show_link(struct request *request, struct stock_licence_id licence,
                                       struct stock_biz_original *view)
{
    char hash[SIGN_HEX_MAX];
    int64_t until = (request->now.ms + link_life) / SECOND;
    struct text claim = claim_of(request->memory, licence, until);
    const struct problem *problem = mark(claim, hash);
    if (problem)
        return problem;
    view->until = (struct maybe_instant){true, {until * SECOND}};
    return maybe_text_format(request->memory, &view->link, "/download/%.*s-%s", TEXT_ARGS(claim),
                             hash);
}

const struct problem *stock_biz_original_show(struct request *request,
                                              const struct stock_biz_licence_query *input,
                                              struct stock_biz_original *view)
{
    struct stock_biz_whole_row row;
    const struct problem *problem = stock_biz_whole(request, input->licence, &row);
    if (!problem && !row.held)
        problem = &not_found;
    if (!problem && row.ended.ms)
        problem = &stock_licence_over;
    if (problem)
        return problem;
    struct stock_biz_copy_row copy = {row.id, row.title, row.copy, row.copy_format, row.ended};
    int file = -1;
    *view = (struct stock_biz_original){
        .licence = row.id,
        .title = row.title,
        .preview = stock_public_preview_of(row.media, row.width, row.height),
        .ready = row.copy.size > 0,
        .name = name_of(request->memory, &copy),
        .format = row.copy_format,
    };
    if (!view->ready)
        return NULL;
    problem = open_copy(&copy, &file, &view->size);
    if (file >= 0)
        close(file);
    return problem ? problem : show_link(request, input->licence, view);
}

/* Splits "CLAIM-HASH" and "ID-SECONDS"; no part of the token is believed yet. */
static bool token_parse(struct text token, struct text *claim, struct text *hash,
                        struct stock_licence_id *licence, int64_t *until)
{
    struct text id;
    if (token.size < SIGN_HEX_MAX)
        return false;
    *hash = (struct text){token.data + token.size - (SIGN_HEX_MAX - 1), SIGN_HEX_MAX - 1};
    *claim = (struct text){token.data, token.size - SIGN_HEX_MAX};
    if (token.data[claim->size] != '-')
        return false;
    struct text rest = *claim;
    return text_split(&rest, '-', &id) && id_parse(id, "lic", &licence->value) &&
           text_to_integer(rest, until);
}

const struct problem *stock_biz_download_send(struct request *request,
                                              const struct stock_biz_download *input,
                                              struct nothing *view)
{
    struct text claim;
    struct text hash;
    struct stock_licence_id licence;
    int64_t until;
    char made[SIGN_HEX_MAX];
    struct stock_biz_copy_row row;
    int file = -1;
    (void)view;
    if (!token_parse(input->token, &claim, &hash, &licence, &until))
        return &not_found;
    const struct problem *problem = mark(claim, made);
    if (problem)
        return problem;
    if (!sign_mark_fits(made, hash))
        return &not_found;
    if (until < request->now.ms / SECOND)
        return &stock_link_over;
    problem = stock_biz_copy(request->db, request->memory, licence, &row);
    if (!problem)
        problem = open_copy(&row, &file, NULL);
    if (!problem)
        request_send_file(request, file, media_type(row.copy_format),
                          name_of(request->memory, &row), 0);
    return problem;
}
