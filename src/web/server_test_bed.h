/*
 * A small site for the tests of this folder: three routes, their shapes and pages, two people.
 *
 * For *_test.c of web/ only. Session secret "ana" is a person, "olga" an operator, "bo" a buyer.
 */
#ifndef CONTRAFLOW_WEB_SERVER_TEST_BED_H
#define CONTRAFLOW_WEB_SERVER_TEST_BED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "base/log.h"
#include "base/settings.h"
#include "web/route.h"
#include "web/server.h"
#include "web/upload.h"
#include "web/words.h"

struct bed_note_id {
    int64_t value;
};
struct bed_item {
    struct text name;
};
LIST_OF(bed_item);
struct bed_ask {
    struct bed_note_id note;
    struct text find;
};
struct bed_note {
    struct bed_note_id id;
    struct text title;
    struct text secret;
    struct bed_item_list items;
};
struct bed_change {
    struct bed_note_id note;
    struct text title;
    struct maybe_text remark;
    struct money price;
    struct text_list tags;
    struct text password;
};
struct bed_files {
    struct upload_list files;
    struct upload cover;
};
struct bed_count {
    int64_t count;
    int64_t bytes;
    int64_t cut;
    bool cover;
    struct text first;
};

#define BED_FIELD(type, member, field_kind, ...)                                                   \
    {                                                                                              \
        .name = #member, .meaning = "For tests", .offset = offsetof(struct type, member),          \
        .kind = (field_kind), __VA_ARGS__                                                          \
    }
#define BED_SHAPE(type, list)                                                                      \
    {                                                                                              \
#type, "For tests", sizeof(struct type), list, sizeof(list) / sizeof *(list)               \
    }
#define BED_ANY .low = 0, .high = INT64_MAX

static const struct field bed_item_fields[] = {
    BED_FIELD(bed_item, name, FIELD_TEXT, BED_ANY),
};
static const struct shape bed_item_shape = BED_SHAPE(bed_item, bed_item_fields);
static const struct field bed_ask_fields[] = {
    BED_FIELD(bed_ask, note, FIELD_ID, .prefix = "not", BED_ANY),
    BED_FIELD(bed_ask, find, FIELD_TEXT, .low = 0, .high = 20),
};
static const struct shape bed_ask_shape = BED_SHAPE(bed_ask, bed_ask_fields);
static const struct field bed_note_fields[] = {
    BED_FIELD(bed_note, id, FIELD_ID, .prefix = "not", BED_ANY),
    BED_FIELD(bed_note, title, FIELD_TEXT, BED_ANY),
    BED_FIELD(bed_note, secret, FIELD_TEXT, .audience = FOR_PARTY, BED_ANY),
    BED_FIELD(bed_note, items, FIELD_LIST, .item_kind = FIELD_STRUCT, .shape = &bed_item_shape,
              BED_ANY),
};
static const struct shape bed_note_shape = BED_SHAPE(bed_note, bed_note_fields);
static const struct field bed_change_fields[] = {
    BED_FIELD(bed_change, note, FIELD_ID, .prefix = "not", BED_ANY),
    BED_FIELD(bed_change, title, FIELD_TEXT, .low = 1, .high = 20),
    BED_FIELD(bed_change, remark, FIELD_TEXT, .optional = true,
              .value_offset = offsetof(struct maybe_text, value), .low = 0, .high = 100),
    BED_FIELD(bed_change, price, FIELD_MONEY, .low = 1, .high = 10000000),
    BED_FIELD(bed_change, tags, FIELD_LIST, .item_kind = FIELD_TEXT, .low = 0, .high = 3),
    BED_FIELD(bed_change, password, FIELD_TEXT, BED_ANY),
};
static const struct shape bed_change_shape = BED_SHAPE(bed_change, bed_change_fields);
static const struct field bed_files_fields[] = {
    BED_FIELD(bed_files, files, FIELD_LIST, .item_kind = FIELD_UPLOAD, BED_ANY),
    BED_FIELD(bed_files, cover, FIELD_UPLOAD, BED_ANY),
};
static const struct shape bed_files_shape = BED_SHAPE(bed_files, bed_files_fields);
static const struct field bed_count_fields[] = {
    BED_FIELD(bed_count, count, FIELD_INTEGER, BED_ANY),
    BED_FIELD(bed_count, bytes, FIELD_INTEGER, BED_ANY),
    BED_FIELD(bed_count, cut, FIELD_INTEGER, BED_ANY),
    BED_FIELD(bed_count, cover, FIELD_FLAG, BED_ANY),
    BED_FIELD(bed_count, first, FIELD_TEXT, BED_ANY),
};
static const struct shape bed_count_shape = BED_SHAPE(bed_count, bed_count_fields);

static int bed_calls; /* of bed_change(), to see what never reached a handler */

static const struct problem *bed_show(struct request *request, const void *takes, void *gives)
{
    static const struct bed_item items[] = {{TEXT("one")}, {TEXT("<two>")}};
    const struct bed_ask *ask = takes;
    struct bed_note *note = gives;
    if (text_starts(request->path, "/framed/")) {
        request_frame_in(request, text_of("https://shop.example"));
        note->title = request->viewer.signed_in ? text_of("Known") : text_of("Nobody");
        return NULL;
    }
    if (ask->note.value == 404)
        return &not_found;
    note->id = ask->note;
    note->title = ask->find.size ? ask->find : text_copy(request->memory, text_of("A & B"));
    note->secret = text_of("only for her");
    note->items = (struct bed_item_list){items, 2};
    return NULL;
}

/* A list of one note, with a form for each. */
static const struct problem *bed_list(struct request *request, const void *takes, void *gives)
{
    (void)request;
    (void)takes;
    struct bed_note *note = gives;
    note->id.value = 7;
    note->title = text_of("Notes");
    return NULL;
}

static const struct problem *bed_change(struct request *request, const void *takes, void *gives)
{
    const struct bed_change *change = takes;
    (void)gives;
    bed_calls++;
    if (text_is(change->title, "taken"))
        return request_refuse(request, "title", "bed.taken");
    if (text_is(change->title, "gone"))
        return &conflict;
    request_go_saying(request, "saved", "/notes/not_%013d?x=1#top", (int)change->note.value);
    return NULL;
}

static const struct problem *bed_take(struct request *request, const void *takes, void *gives)
{
    const struct bed_files *files = takes;
    struct bed_count *count = gives;
    count->first = text_of("");
    for (size_t i = 0; i < files->files.count; i++) {
        struct stat about;
        const struct upload *upload = &files->files.items[i];
        count->count++;
        count->cut += upload->cut;
        if (stat(upload->path.data, &about) == 0 && about.st_size == upload->size)
            count->bytes += upload->size;
        if (i == 0)
            count->first = text_copy(request->memory, upload->name);
    }
    count->cover = files->cover.present;
    return NULL;
}

static const struct handler bed_show_handler = {"bed_show", bed_show, &bed_ask_shape,
                                                &bed_note_shape};
static const struct handler bed_list_handler = {"bed_list", bed_list, &bed_item_shape,
                                                &bed_note_shape};
static const struct handler bed_change_handler = {"bed_change", bed_change, &bed_change_shape,
                                                  &bed_note_shape};
static const struct handler bed_take_handler = {"bed_take", bed_take, &bed_files_shape,
                                                &bed_count_shape};

static const struct route bed_routes[] = {
    {.method = GET,
     .path = "/notes/{note}",
     .handler = &bed_show_handler,
     .who = ANYONE,
     .page = "bed/note.html",
     .api = "/api/v1/notes/{note}"},
    {.method = POST,
     .path = "/notes/{note}",
     .handler = &bed_change_handler,
     .who = SIGNED_IN,
     .api = "/api/v1/notes/{note}",
     .again = "/notes/{note}"},
    {.method = POST,
     .path = "/notes/{note}/open",
     .handler = &bed_change_handler,
     .who = ANYONE,
     .open = true,
     .again = "/notes/{note}"},
    {.method = POST,
     .path = "/notes/{note}/once",
     .handler = &bed_change_handler,
     .who = BUYER,
     .once = true},
    {.method = GET,
     .path = "/notes",
     .handler = &bed_list_handler,
     .who = SIGNED_IN,
     .page = "bed/notes.html"},
    {.method = POST,
     .path = "/notes/{note}/reword",
     .handler = &bed_change_handler,
     .who = SIGNED_IN,
     .again = "/notes"},
    {.method = GET,
     .path = "/framed/{note}",
     .handler = &bed_show_handler,
     .who = ANYONE,
     .page = "bed/note.html",
     .framed = true},
    {.method = POST,
     .path = "/framed/{note}",
     .handler = &bed_change_handler,
     .who = ANYONE,
     .again = "/framed/{note}",
     .framed = true},
    {.method = GET, .path = "/desk", .handler = &bed_show_handler, .who = OPERATOR},
    {.method = POST,
     .path = "/files",
     .handler = &bed_take_handler,
     .who = ANYONE,
     .open = true,
     .body = 4 * 1024 * 1024},
};
static const struct route_table bed_table = {"bed", bed_routes,
                                             sizeof bed_routes / sizeof *bed_routes};

static const struct problem *bed_viewer(struct request *request, struct text secret,
                                        struct viewer *out)
{
    (void)request;
    if (!text_is(secret, "ana") && !text_is(secret, "olga") && !text_is(secret, "bo"))
        return NULL;
    *out = (struct viewer){.signed_in = true,
                           .consumer = true,
                           .person = {secret.data[0]},
                           .name = text_of("Somebody"),
                           .initials = text_of("S"),
                           .operator_ = text_is(secret, "olga"),
                           .desk = text_is(secret, "olga") ? DESK_BIT(DESK_ADMIN) : 0};
    if (text_is(secret, "bo")) {
        out->organisation = (struct party_id){7};
        out->role = MEMBER_BUYER;
    }
    return NULL;
}

#define BED_FILE(path, content)                                                                    \
    {                                                                                              \
        path, (const unsigned char *)(content), sizeof(content) - 1                                \
    }
/* Makes pages long enough to be worth compressing. */
#define BED_LONG                                                                                   \
    "A photograph is kept as it came, and what others see of it is made from it once. "            \
    "Whoever pays for it gets the first, whoever looks at it the others. "

static const struct embedded bed_sources[] = {
    BED_FILE("bed/note.html", "{layout public}\n{title title}\n<h1>{title}</h1>\n"
                              "<ul>{each items as item}<li>{item.name}</li>{end}</ul>\n"
                              "<form method=\"post\" action=\"/x\">"
                              "<input name=\"token\" value=\"{page.token}\">"
                              "<input name=\"title\" value=\"{form.title}\">"
                              "{if error.title}<em>{error.title}</em>{end}"
                              "<input name=\"remark\" value=\"{form.remark}\"></form>\n"),
    BED_FILE("bed/notes.html", "{layout public}\n{title title}\n"
                               "<form method=\"post\" action=\"/notes/{id}/reword\">"
                               "<input name=\"token\" value=\"{page.token}\">"
                               "{if form.note equals id}<em>{error.title}</em>"
                               "<input name=\"remark\" value=\"{form.remark}\">{end}</form>\n"),
    BED_FILE("ui/layouts/public.html",
             "<!DOCTYPE html>\n<html lang=\"{page.language}\"><title>{title}</title>\n"
             "{if page.notice}<p class=\"notice\">{page.notice}</p>{end}\n"
             "<nav>{each page.languages as l}<a href=\"{l.href}\">{l.label}</a>{end}</nav>\n"
             "{content}\n<p>" BED_LONG BED_LONG BED_LONG BED_LONG "</p></html>\n"),
    BED_FILE("ui/pages/problem.html",
             "{layout public}\n{title title}\n<h1>{title}</h1><p>{instance}</p>\n"),
};
static const struct embedded bed_words[] = {
    BED_FILE("ui/text/en.txt",
             "bed.taken = That title is taken\nfield.missing = {label}: please fill this in\n"
             "field.too_long = At most {limit} characters\nfield.unknown = Unknown\n"
             "field.repeated = Only once\nfield.not_money = Not an amount\n"
             "field.not_text = Not text\nfield.refused = Refused\nnotice.saved = Saved\n"
             "problem.not_found = There is no such page\nlanguage.name = English\n"),
};

static const struct quick_route *bed_quick; /* of a test that has one; NULL: none */

struct bed {
    struct memory *process;
    struct server *server;
    char folder[64];
};

/* Starts the site on a free port; ends the test program when it cannot. */
static void bed_start(struct bed *bed)
{
    static bool declared;
    struct text complaint = {"", 0};
    const struct route_table *tables[] = {&bed_table};
    bed->process = memory_create(64 * 1024 * 1024);
    assert_non_null(bed->process);
    snprintf(bed->folder, sizeof bed->folder, "/tmp/contraflow-web-XXXXXX");
    assert_non_null(mkdtemp(bed->folder));
    if (!declared)
        settings_declare(web_settings, web_setting_count);
    declared = true;
    assert_null(settings_load(bed->process, "/nonexistent", &complaint));
    assert_null(settings_set(bed->process, text_of("web.workers"), text_of("4"), &complaint));
    assert_null(
        settings_set(bed->process, text_of("web.rate_limits"), text_of("false"), &complaint));
    assert_null(words_load_from(bed->process, bed_words, 1, &complaint));
    template_sources_set(bed_sources, sizeof bed_sources / sizeof *bed_sources);
    struct route_table const **kept = memory_take(bed->process, sizeof *kept);
    assert_non_null(kept);
    kept[0] = tables[0];
    struct server_options options = {.tables = kept,
                                     .table_count = 1,
                                     .quick = &bed_quick,
                                     .quick_count = bed_quick ? 1 : 0,
                                     .viewer_load = bed_viewer,
                                     .data = text_of(bed->folder),
                                     .address = "127.0.0.1"};
    const struct problem *problem = server_start(bed->process, &options, &bed->server, &complaint);
    if (problem)
        print_error("server_start: %s: %.*s\n", problem->name, TEXT_ARGS(complaint));
    assert_null(problem);
}

static void bed_stop(struct bed *bed)
{
    char command[128];
    server_stop(bed->server);
    memory_end(bed->process);
    snprintf(command, sizeof command, "rm -rf '%s'", bed->folder);
    assert_int_equal(system(command), 0);
}

#endif
