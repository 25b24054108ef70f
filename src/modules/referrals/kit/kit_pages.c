/*
 * Kits on pages: what a business lends, and what a partner has of it.
 *
 * Must not know: what a partner earns. Read next: kit.c.
 */
#include "modules/referrals/kit/kit_pages.h"

#include "base/ids.h"
#include "core/mail/mail.h"
#include "core/media/arrival.h"
#include "core/media/media.shapes.h"
#include "modules/referrals/kit/kit_pages.shapes.h"
#include "modules/referrals/kit/queries.h"
#include "modules/referrals/kit/rows.h"
#include "modules/referrals/kit/rows.shapes.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "web/version.h"

/* What a language calls itself. */
static struct text spoken(struct request *request, enum language language)
{
    return words_text(request->memory, language, "language.name", NULL, 0);
}

/* ---- a partner -------------------------------------------------------------------------------- */

static const struct problem *fill(struct request *request, const struct kit_item_row *row,
                                  struct text link, struct text code, struct kit_own *out)
{
    *out = (struct kit_own){.id = row->id,
                            .kind = row->kind,
                            .language = spoken(request, row->language),
                            .title = row->title,
                            .preview = {row->media.size > 0, row->media}};
    return kit_words_fill(request->memory, row->body, link, code, &out->words);
}

/* Those of one kind: first in the reader's language, then the others. */
static const struct problem *pick(struct request *request, const struct kit_item_row_list *rows,
                                  enum kit_kind kind, const struct text own[2],
                                  struct kit_own_list *out)
{
    struct kit_own *items = memory_take_array(request->memory, KIT_MOST, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; !problem && i < 2 * rows->count; i++) {
        const struct kit_item_row *row = &rows->items[i % rows->count];
        bool mine = kind == KIT_PICTURE || row->language == request->language;
        if (row->kind != kind || mine != (i < rows->count) ||
            (kind == KIT_PICTURE && row->copy.size == 0))
            continue;
        problem = fill(request, row, own[0], own[1], &items[count++]);
    }
    *out = (struct kit_own_list){items, count};
    return problem;
}

const struct problem *kit_read_own(struct request *request, const struct referrals_own *own,
                                   struct text link, struct kit_own_all *out)
{
    struct kit_item_row_list rows = {0};
    const struct text theirs[] = {link, own->code};
    bool takes_part = own->state == PARTNER_ACTIVE || own->state == PARTNER_PAUSED;
    const struct problem *problem =
        takes_part ? kit_of(request->db, request->memory, own->program, KIT_MOST, &rows) : NULL;
    out->partner = own->partner;
    if (!problem)
        problem = pick(request, &rows, KIT_TEXT, theirs, &out->texts);
    if (!problem)
        problem = pick(request, &rows, KIT_SAMPLE, theirs, &out->samples);
    return problem ? problem : pick(request, &rows, KIT_PICTURE, theirs, &out->pictures);
}

/* The reader in a program, and their link. */
static const struct problem *read_part(struct request *request, struct referrals_partner_id partner,
                                       struct referrals_own *own, struct text *link)
{
    struct text site;
    const struct problem *problem =
        portal_own_one(request->db, request->memory, partner, request->viewer.person, own);
    if (!problem)
        problem = mail_site(request->memory, &site);
    if (problem)
        return problem;
    *link = text_format(request->memory, "%.*s/r/%.*s", TEXT_ARGS(site), TEXT_ARGS(own->code));
    return link->data ? NULL : &out_of_memory;
}

const struct problem *kit_own_show(struct request *request, const struct kit_own_query *input,
                                   struct kit_own_all *view)
{
    struct referrals_own own;
    struct text link;
    const struct problem *problem = read_part(request, input->partner, &own, &link);
    return problem ? problem : kit_read_own(request, &own, link, view);
}

static const struct problem *send_picture(struct request *request, const struct kit_item_row *item)
{
    struct media_file name = {.format = item->format};
    int file;
    if (item->copy.size == 0)
        return &not_found;
    if (!media_hash_parse(item->copy, &name.hash))
        return &our_fault;
    const struct problem *problem = media_open(&name, &file, NULL);
    if (problem)
        return problem;
    request_send_file(request, file, media_type(item->format),
                      text_format(request->memory, "%s.%s", id_text("kit", item->id.value).text,
                                  media_extension(item->format)),
                      0);
    return NULL;
}

const struct problem *kit_file_send(struct request *request, const struct kit_file_query *input,
                                    struct nothing *view)
{
    struct kit_item_row item;
    struct referrals_own own;
    struct text link, words;
    (void)view;
    const struct problem *problem = kit_lent(request->db, request->memory, input->item,
                                             input->partner, request->viewer.person, &item);
    if (!problem && item.kind == KIT_PICTURE)
        return send_picture(request, &item);
    if (!problem)
        problem = read_part(request, input->partner, &own, &link);
    if (!problem)
        problem = kit_words_fill(request->memory, item.body, link, own.code, &words);
    if (!problem)
        request_send_bytes(
            request, words, "text/plain; charset=utf-8",
            text_format(request->memory, "%s.txt", id_text("kit", item.id.value).text));
    return problem;
}

/* ---- a business ------------------------------------------------------------------------------- */

/* A sentence about what was wrong with a picture, in the reader's language. */
static struct maybe_text say_wrong(struct request *request, struct text problem)
{
    struct text key = text_format(request->memory, "problem.%.*s", TEXT_ARGS(problem));
    if (problem.size == 0 || !key.data)
        return (struct maybe_text){.present = false};
    return (struct maybe_text){true,
                               words_text(request->memory, request->language, key.data, NULL, 0)};
}

static struct kit_line line_of(struct request *request, const struct kit_item_row *row, bool first)
{
    return (struct kit_line){
        .id = row->id,
        .kind = row->kind,
        .language = row->language,
        .spoken = spoken(request, row->language),
        .title = row->title,
        .body = row->body,
        .preview = {row->media.size > 0, row->media},
        .wrong = say_wrong(request, row->problem),
        .looked = row->kind != KIT_PICTURE || row->media.size || row->problem.size,
        .first = first,
    };
}

/* The program of the business acted for. */
static const struct problem *own_program(struct request *request, struct program_id id,
                                         struct portal_biz_row *out)
{
    return portal_biz_one(request->db, request->memory, id, request->viewer.organisation, out);
}

const struct problem *kit_show(struct request *request, const struct kit_query *input,
                               struct kit_view *view)
{
    struct portal_biz_row program;
    struct kit_item_row_list rows;
    struct kit_line *lines = memory_take_array(request->memory, KIT_MOST, sizeof *lines);
    const struct problem *problem =
        lines ? own_program(request, input->program, &program) : &out_of_memory;
    if (!problem)
        problem = kit_of(request->db, request->memory, input->program, KIT_MOST, &rows);
    if (problem)
        return problem;
    for (size_t i = 0; i < rows.count; i++)
        lines[i] = line_of(request, &rows.items[i], i == 0);
    *view = (struct kit_view){.program = input->program,
                              .title = program.title,
                              .items = {lines, rows.count},
                              .full = rows.count >= KIT_MOST,
                              .most = KIT_MOST};
    return NULL;
}

struct adding {
    struct kit_item_row item;
    struct once once;
    struct move move;
};

static const struct problem *add(struct move *move)
{
    struct adding *adding = move->context;
    const struct problem *problem = kit_add(move->db, move->memory, &adding->item);
    move->subject = adding->item.id.value;
    return problem;
}

/* Once, also when sent twice. */
static const struct problem *keep(struct request *request, struct adding *adding,
                                  struct kit_made *view)
{
    adding->item.at = request->now;
    adding->move = (struct move){.at = request->now, .context = adding};
    adding->once = (struct once){request->viewer.organisation, request->once, adding->item.title};
    const struct problem *problem =
        flow_once(request->store, request->memory, &adding->move, &adding->once, add);
    if (problem)
        return request_blame(request, "title", problem);
    view->id.value = adding->move.subject;
    request_go_saying(request, "referrals.kit.added", "/biz/programs/%s/kit",
                      id_text("prg", adding->item.program.value).text);
    return NULL;
}

const struct problem *kit_words_add(struct request *request, const struct kit_words_input *input,
                                    struct kit_made *view)
{
    struct portal_biz_row program;
    struct adding adding = {.item = {.program = input->program,
                                     .kind = input->kind,
                                     .language = input->language,
                                     .title = text_trim(input->title),
                                     .body = text_trim(input->body),
                                     .media = text_of(""),
                                     .copy = text_of(""),
                                     .format = MEDIA_JPEG,
                                     .problem = text_of("")}};
    const struct problem *problem = own_program(request, input->program, &program);
    const char *wrong = kit_words_wrong(input->kind, input->body);
    if (problem)
        return problem;
    if (input->kind == KIT_PICTURE)
        return request_refuse(request, "kind", "referrals.kit.wrong.picture");
    return wrong ? request_refuse(request, "body", wrong) : keep(request, &adding, view);
}

/* What can be told of a file without opening it. */
static const struct problem *look_at(const struct upload *file)
{
    if (!file->present || file->size == 0)
        return &media_not_an_image;
    if (file->cut)
        return &media_truncated;
    return file->size > media_standard_limits.photo_bytes ? &media_too_large_file : NULL;
}

const struct problem *kit_picture_add(struct request *request,
                                      const struct kit_picture_input *input, struct kit_made *view)
{
    struct portal_biz_row program;
    struct adding adding = {.item = {.id = {id_new()},
                                     .program = input->program,
                                     .kind = KIT_PICTURE,
                                     .language = request->language,
                                     .title = text_trim(input->title),
                                     .body = text_of(""),
                                     .media = text_of(""),
                                     .copy = text_of(""),
                                     .format = MEDIA_JPEG,
                                     .problem = text_of("")}};
    const struct problem *problem = own_program(request, input->program, &program);
    if (problem)
        return problem;
    problem = look_at(&input->file);
    if (problem)
        return request_blame(request, "file", problem);
    problem = media_arrival_keep(request->memory, adding.item.id.value, input->file.path);
    if (!problem)
        problem = keep(request, &adding, view);
    if (problem || adding.move.subject != adding.item.id.value)
        media_arrival_end(request->memory, adding.item.id.value);
    return problem;
}

/* ---- one thing -------------------------------------------------------------------------------- */

static struct kit_words words_of(const struct kit_item_row *row)
{
    return (struct kit_words){row->id, row->language, row->title, row->body};
}

const struct problem *kit_one_show(struct request *request, const struct kit_one_query *input,
                                   struct kit_one_view *view)
{
    struct kit_item_row row;
    const struct problem *problem =
        kit_one(request->db, request->memory, input->item, request->viewer.organisation, &row);
    if (problem)
        return problem;
    struct kit_words now = words_of(&row);
    view->program = row.program;
    view->item = line_of(request, &row, false);
    return version_of(request->memory, &kit_words_shape, &now, &view->version);
}

/* What is done to one thing inside a write. */
struct doing {
    struct party_id business;
    struct kit_words words;    /* the id, and what it says from now on */
    struct maybe_text seen;    /* version of what was changed */
    struct program_id program; /* filled */
};

static const struct problem *change(struct database *db, struct memory *memory, void *context)
{
    struct doing *doing = context;
    struct kit_item_row row;
    struct kit_hit hit;
    const struct problem *problem = kit_one(db, memory, doing->words.id, doing->business, &row);
    struct kit_words now = words_of(&row);
    doing->program = row.program;
    if (!problem)
        problem = version_check(memory, doing->seen, &kit_words_shape, &now, &doing->words);
    return problem ? problem : kit_change(db, memory, &doing->words, &hit);
}

static const struct problem *raise_one(struct database *db, struct memory *memory, void *context)
{
    struct doing *doing = context;
    struct kit_item_row row;
    const struct problem *problem = kit_one(db, memory, doing->words.id, doing->business, &row);
    doing->program = row.program;
    return problem ? problem : kit_raise(db, memory, &row);
}

static const struct problem *remove_one(struct database *db, struct memory *memory, void *context)
{
    struct doing *doing = context;
    struct kit_item_row row;
    struct kit_hit hit;
    const struct problem *problem = kit_one(db, memory, doing->words.id, doing->business, &row);
    doing->program = row.program;
    return problem ? problem : kit_remove(db, memory, row.id, &hit);
}

/* Does it and goes back to the list. */
static const struct problem *act(struct request *request, store_work *work, struct doing *doing,
                                 const char *notice)
{
    const struct problem *problem = store_write(request->store, request->memory, work, doing);
    if (!problem)
        request_go_saying(request, notice, "/biz/programs/%s/kit",
                          id_text("prg", doing->program.value).text);
    return problem;
}

const struct problem *kit_one_change(struct request *request, const struct kit_change_input *input,
                                     struct nothing *view)
{
    struct kit_item_row row;
    struct doing doing = {
        .business = request->viewer.organisation,
        .words = {input->item, input->language, text_trim(input->title),
                  input->body.present ? text_trim(input->body.value) : text_of("")},
        .seen = input->version,
    };
    const struct problem *problem =
        kit_one(request->db, request->memory, input->item, doing.business, &row);
    (void)view;
    if (problem)
        return problem;
    if (row.kind == KIT_PICTURE)
        doing.words.body = text_of("");
    else if (text_empty(doing.words.body))
        return request_refuse(request, "body", "referrals.kit.wrong.empty");
    const char *wrong = kit_words_wrong(row.kind, doing.words.body);
    if (wrong)
        return request_refuse(request, "body", wrong);
    return act(request, change, &doing, "referrals.kit.changed");
}

const struct problem *kit_one_raise(struct request *request, const struct kit_one_query *input,
                                    struct nothing *view)
{
    struct doing doing = {.business = request->viewer.organisation, .words = {.id = input->item}};
    (void)view;
    return act(request, raise_one, &doing, "referrals.kit.raised");
}

const struct problem *kit_one_remove(struct request *request, const struct kit_one_query *input,
                                     struct nothing *view)
{
    struct doing doing = {.business = request->viewer.organisation, .words = {.id = input->item}};
    (void)view;
    return act(request, remove_one, &doing, "referrals.kit.removed");
}

/* ---- the routes ------------------------------------------------------------------------------- */

#define PAGE(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/me/programs/{partner}/kit", &kit_own_show_handler, SIGNED_IN, .page = PAGE("kit-own"),
     .api = "/api/v1/me/programs/{partner}/kit",
     .summary = "What a business lends: texts with one's own link and code, pictures, samples"},
    {GET, "/me/programs/{partner}/kit/{item}", &kit_file_send_handler, SIGNED_IN,
     .api = "/api/v1/me/programs/{partner}/kit/{item}", .sends = "image/jpeg,image/png,image/webp,text/plain",
     .summary = "A thing of the kit as a file: a picture, or words with one's own link in them"},

    {GET, "/biz/programs/{program}/kit", &kit_show_handler, VIEWER, .page = PAGE("kit"),
     .api = "/api/v1/biz/programs/{program}/kit",
     .summary = "What the partners of a program are lent, in its order"},
    {POST, "/biz/programs/{program}/kit", &kit_words_add_handler, BUYER,
     .again = "/biz/programs/{program}/kit", .api = "/api/v1/biz/programs/{program}/kit",
     .once = true, .summary = "Lends words: a text to publish, or how one comes by samples"},
    {POST, "/biz/programs/{program}/kit/pictures", &kit_picture_add_handler, BUYER,
     .again = "/biz/programs/{program}/kit", .api = "/api/v1/biz/programs/{program}/kit/pictures",
     .body = 51 << 20, .once = true,
     .summary = "Lends a picture; partners see it after it was looked at"},
    {GET, "/biz/kit/{item}", &kit_one_show_handler, VIEWER, .page = PAGE("kit-one"),
     .api = "/api/v1/biz/kit/{item}", .summary = "One thing of a kit"},
    {POST, "/biz/kit/{item}", &kit_one_change_handler, BUYER, .again = "/biz/kit/{item}",
     .api = "/api/v1/biz/kit/{item}", .repeat = REPEAT_SAME,
     .summary = "Changes what a thing of a kit says"},
    {POST, "/biz/kit/{item}/raise", &kit_one_raise_handler, BUYER, .again = "/biz/kit/{item}",
     .api = "/api/v1/biz/kit/{item}/raise", .repeat = REPEAT_ANEW,
     .summary = "Puts a thing before the one before it"},
    {POST, "/biz/kit/{item}/remove", &kit_one_remove_handler, BUYER, .again = "/biz/kit/{item}",
     .api = "/api/v1/biz/kit/{item}/remove", .repeat = REPEAT_REFUSED,
     .summary = "Lends a thing no more"},
};

const struct route_table kit_routes = {"referrals", ALL(routes)};
