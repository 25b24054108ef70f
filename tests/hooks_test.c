/*
 * What modules tell businesses' own programs, through the whole world: each public event happens, its
 * message is written for who is concerned, and says of the thing what the API says of it.
 *
 * Modules that may be absent are reached over their API and left out when they have no events. Read
 * next: core/hooks/hooks.h, core/hooks/lane_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hooks/queries.h"
#include "core/hooks/receiver.h"
#include "core/hooks/rows.h"
#include "core/login/session.h"
#include "purchase_test_bed.h"

struct place {
    struct bed bed;
    struct party_id house;
    struct hook_id hook;
    struct text author;  /* their session */
    struct text buyer;   /* theirs, acting for the house */
    struct text offered; /* id of a thing that was answered */
    int64_t read;        /* messages looked at so far */
    char folder[64];
};

static struct text session_of(struct place *place, struct party_id person,
                              struct party_id organisation)
{
    struct text secret;
    struct bed *bed = &place->bed;
    assert_null(login_session(bed->world.store, bed->memory, person, clock_now(), &secret));
    if (organisation.value)
        assert_null(session_act(bed->world.store, bed->memory, secret, organisation));
    return secret;
}

static struct text called(struct place *place, const char *method, const char *path,
                          struct text session, const char *form)
{
    struct exchange exchange;
    struct bed *bed = &place->bed;
    assert_null(server_call(bed->world.server, bed->memory, method, text_of(path), session, true,
                            text_of(form), &exchange));
    if (exchange.status != 200)
        fail_msg("%s: %d %.*s", path, exchange.status, TEXT_ARGS(exchange.body));
    return exchange.body;
}

/* The one message of that name since the last look: its data. */
static struct text told(struct place *place, const char *name)
{
    struct hook_message_row_list rows;
    struct hook_message_id all = {INT64_MAX};
    struct hook_message_row row = {.kind = {"", 0}};
    struct bed *bed = &place->bed;
    assert_null(world_settle(&bed->world));
    assert_null(hook_messages_of(bed->world.reader, bed->memory, place->hook, all, 100, &rows));
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].id.value > place->read && text_is(rows.items[i].kind, name))
            row = rows.items[i];
    if (!row.id.value)
        fail_msg("nothing is told of %s", name);
    assert_null(hook_message_by_id(bed->world.reader, bed->memory, row.id, &row));
    assert_non_null(memmem(row.body.data, row.body.size, name, strlen(name)));
    const char *data = memmem(row.body.data, row.body.size, ",\"data\":", 8);
    assert_non_null(data);
    data += 8;
    return (struct text){data, (size_t)(row.body.data + row.body.size - 1 - data)};
}

static void looked(struct place *place)
{
    struct hook_message_hit last;
    assert_null(hook_message_last(place->bed.world.reader, place->bed.memory, place->hook, &last));
    place->read = last.id.value;
}

/* The API says the same, in the same words. */
static void says_the_same(struct place *place, const char *name, const char *path)
{
    struct text data = told(place, name);
    struct text body = called(place, "GET", path, place->buyer, "");
    if (!memmem(body.data, body.size, data.data, data.size))
        fail_msg("%s says %.*s, and %s says %.*s", name, TEXT_ARGS(data), path, TEXT_ARGS(body));
    clock_set(instant_add(clock_now(), MINUTE));
}

static struct stock_purchase purchase_of(struct place *place, struct stock_photo_id photo,
                                         int64_t cents)
{
    return (struct stock_purchase){.photo = photo,
                                   .licence = LICENCE_STANDARD,
                                   .organisation = place->house,
                                   .person = place->bed.buyer,
                                   .seen = {cents, {"EUR"}},
                                   .language = text_of("en")};
}

static void answer(struct place *place, struct deal_id deal, enum stock_deal_event event,
                   int64_t cents)
{
    struct bed *bed = &place->bed;
    assert_null(stock_answer(bed->world.store, bed->memory, deal, event, BY_SUPPLIER, bed->author,
                             (struct money){cents, {"EUR"}}, text_of("so"), clock_now()));
}

static void licences_are_told(void **state)
{
    struct place *place = *state;
    struct bed *bed = &place->bed;
    struct stock_licence_id licence;
    struct deal_id deal;
    looked(place);
    struct stock_purchase purchase = purchase_of(place, bed_photo(bed), BED_PRICE);
    assert_null(stock_buy(bed->world.store, bed->memory, &purchase, clock_now(), &licence));
    says_the_same(place, "licence.granted", "/api/v1/biz/licences");
    struct stock_giving_back back = {.licence = licence,
                                     .amount = {true, {500, {"EUR"}}},
                                     .reason = text_of("It came late"),
                                     .operator_ = bed->reviewer};
    struct stock_refund_id refund;
    assert_null(stock_refund(bed->world.store, bed->memory, &back, clock_now(), &refund));
    says_the_same(place, "licence.refunded", "/api/v1/biz/licences");
    looked(place);
    purchase = purchase_of(place, bed_photo(bed), 1000);
    assert_null(stock_offer(bed->world.store, bed->memory, &purchase, text_of("For a poster"),
                            clock_now(), &deal));
    says_the_same(place, "deal.offered", "/api/v1/biz/deals");
    answer(place, deal, DEAL_COUNTER, 1400);
    says_the_same(place, "deal.countered", "/api/v1/biz/deals");
    assert_null(stock_answer(bed->world.store, bed->memory, deal, DEAL_ACCEPT, BY_BUYER, bed->buyer,
                             (struct money){1400, {"EUR"}}, text_of(""), clock_now()));
    says_the_same(place, "deal.accepted", "/api/v1/biz/deals?which=ended");
    says_the_same(place, "licence.granted", "/api/v1/biz/licences");
    purchase = purchase_of(place, bed_photo(bed), 1000);
    assert_null(stock_offer(bed->world.store, bed->memory, &purchase, text_of("For a poster"),
                            clock_now(), &deal));
    answer(place, deal, DEAL_DECLINE, 1000);
    says_the_same(place, "deal.declined", "/api/v1/biz/deals?which=ended");
    purchase = purchase_of(place, bed_photo(bed), 1000);
    assert_null(stock_offer(bed->world.store, bed->memory, &purchase, text_of("For a poster"),
                            clock_now(), &deal));
    clock_set(instant_add(clock_now(), 8 * DAY));
    says_the_same(place, "deal.lapsed", "/api/v1/biz/deals?which=ended");
}

static void payments_are_told(void **state)
{
    struct place *place = *state;
    struct bed *bed = &place->bed;
    struct payment_id payment;
    char path[100];
    looked(place);
    assert_null(payment_begin(bed->world.store, bed->memory, &rail_test, place->house, bed->buyer,
                              (struct money){500, {"EUR"}}, text_of(""), clock_now(), &payment));
    snprintf(path, sizeof path, "/api/v1/wallet/payments/%s", id_text("pay", payment.value).text);
    says_the_same(place, "payment.received", path);
}

static bool is_told(const char *name)
{
    const char *known;
    for (size_t i = 0; (known = hook_event_name(i)); i++)
        if (strcmp(known, name) == 0)
            return true;
    return false;
}

static void id_in(struct text body, const char *prefix, char out[ID_TEXT_MAX])
{
    char mark[ID_TEXT_MAX];
    snprintf(mark, sizeof mark, "\"%s_", prefix);
    const char *at = memmem(body.data, body.size, mark, strlen(mark));
    assert_non_null(at);
    snprintf(out, ID_TEXT_MAX, "%.*s", (int)strlen(prefix) + 14, at + 1);
}

static void briefs_are_told(void **state)
{
    struct place *place = *state;
    char brief[ID_TEXT_MAX], offer[ID_TEXT_MAX], path[100], form[200];
    if (!is_told("brief.answered")) {
        print_message("the briefs are not there\n");
        skip();
    }
    looked(place);
    struct text body =
        called(place, "POST", "/api/v1/briefs", place->buyer,
               "title=Night+markets&body=Two+of+them&wanted=2&budget=80.00&until=2027-07-01");
    id_in(body, "cal", brief);
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "/api/v1/briefs/%s/offers", brief);
        snprintf(form, sizeof form, "photos=%s&price=60.00",
                 id_text("pho", bed_photo(&place->bed).value).text);
        id_in(called(place, "POST", path, place->author, form), "del", offer);
        struct text data = told(place, "brief.answered");
        assert_non_null(memmem(data.data, data.size, offer, strlen(offer)));
        assert_non_null(memmem(data.data, data.size, brief, strlen(brief)));
        if (i == 0) {
            snprintf(path, sizeof path, "/api/v1/me/brief-offers/%s/withdraw", offer);
            (void)called(place, "POST", path, place->author, "");
            (void)told(place, "brief.answer_withdrawn");
            looked(place);
        }
    }
    snprintf(path, sizeof path, "/api/v1/briefs/%s/accept", brief);
    snprintf(form, sizeof form, "offer=%s", offer);
    (void)called(place, "POST", path, place->buyer, form);
    (void)told(place, "brief.answer_accepted");
    snprintf(path, sizeof path, "/api/v1/briefs/%s/close", brief);
    (void)called(place, "POST", path, place->buyer, "");
    says_the_same(place, "brief.closed", "/api/v1/biz/briefs");
}

static int open_place(void **state)
{
    static struct place place;
    struct bed *bed = &place.bed;
    struct text complaint = {0};
    char secret[HOOK_SECRET_TEXT];
    struct text events[64];
    struct hook_wish wish = {.address = text_of("https://hooks.example/"), .about = text_of("")};
    const char *name;
    size_t count = 0;
    snprintf(place.folder, sizeof place.folder, "/tmp/contraflow_hooks_XXXXXX");
    if (!mkdtemp(place.folder))
        return -1;
    setenv("CONTRAFLOW_WEB_RATE_LIMITS", "off", 1);
    clock_set((struct instant){INT64_C(1790000000000)});
    bed_open(bed, place.folder, "");
    if (world_serve(&bed->world, -1, &complaint))
        bed_must(&our_fault, text_c(bed->memory, complaint));
    bed_people(bed);
    place.house = bed_business(bed, bed->buyer, 1000000);
    place.author = session_of(&place, bed->author, (struct party_id){0});
    place.buyer = session_of(&place, bed->buyer, place.house);
    while (count < 64 && (name = hook_event_name(count)))
        events[count++] = text_of(name);
    wish.owner = place.house;
    wish.events = (struct text_list){events, count};
    bed_must(hook_register_receiver(bed->world.store, bed->memory, &wish, text_of("k"), clock_now(),
                                    &place.hook, secret),
             "a receiver");
    struct hook_message_id test;
    bed_must(hook_send_test(bed->world.store, bed->memory, place.house, place.hook, text_of("t"),
                            clock_now(), &test),
             "a first message");
    *state = &place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    char command[100];
    int64_t wrong = bed_discrepancies(&place->bed);
    bed_close(&place->bed);
    snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    return wrong ? -1 : system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(licences_are_told),
        cmocka_unit_test(payments_are_told),
        cmocka_unit_test(briefs_are_told),
    };
    return cmocka_run_group_tests_name("what is told by webhooks", tests, open_place, close_place);
}
