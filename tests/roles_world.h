/*
 * The small world in which roles_test.c tries every route as everybody: who there is, which things they
 * share, and what each demand of a route table means for each of them.
 *
 * Only roles_test.c includes it. Things that modules besides the stock may keep are made over their
 * API, so that the test builds without them.
 */
#ifndef CONTRAFLOW_TESTS_ROLES_WORLD_H
#define CONTRAFLOW_TESTS_ROLES_WORLD_H

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "core/event_queries.h"
#include "core/hooks/receiver.h"
#include "core/apps/grant.h"
#include "core/apps/queries.h"
#include "core/keys/key.h"
#include "core/owed/obligation_queries.h"
#include "core/owed/obligation_rows.h"
#include "core/pay/parts.h"
#include "core/login/identity_queries.h"
#include "core/login/identity_rows.h"
#include "core/login/passkey.h"
#include "core/login/session.h"
#include "core/people/team.h"
#include "core/checkout/spend.h"
#include "core/reward/queries.h"
#include "core/reward/rows.h"
#include "core/shop/hook.h"
#include "core/widgets/queries.h"
#include "core/widgets/rows.h"
#include "web/router.h"
#include "web/words.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include "purchase_test_bed.h"
#pragma GCC diagnostic pop

/* The check of a key of zeros, worked out by hand: zlib's CRC-32 in base 62. */
#define KEY_INVENTED_CHECK "3iCihd"

/* Everybody who may come. Their order is that of `known`. */
enum who_comes {
    NOBODY,
    STRANGER,     /* with a session secret that never was */
    SIGNED_OUT,   /* with one that is over */
    SUSPENDED,    /* was a buyer when they signed in */
    PERSON,       /* offers photographs */
    OTHER,        /* another person, of no business */
    READER,       /* a viewer of the business */
    SPENDER,      /* its buyer */
    HEAD,         /* its owner */
    FORMER,       /* was its buyer, and is still signed in */
    STALE_HEAD,   /* owner of a business that is suspended */
    OTHER_HEAD,   /* owner of another business */
    STAFF,        /* an operator who sees to everything */
    JUDGE,        /* one who judges what is handed in */
    HELPER,       /* one who helps people */
    CASHIER,      /* one who sees to money */
    FORMER_STAFF, /* was one, and is still signed in */
    LAPSED,       /* an owner who proved long ago who they are */
    /* Programs that come with a key. */
    KEY_PERSON,      /* of the person, with every scope */
    KEY_STAFF,       /* of the operator, with every scope */
    KEY_HOUSE,       /* of the business, made by its owner, with every scope */
    KEY_OTHER,       /* of another business, with every scope */
    KEY_NARROW,      /* of the business, with no scope that any route asks for */
    KEY_INVENTED,    /* that never was */
    KEY_ENDED,       /* that was ended */
    KEY_LATE,        /* whose time is over */
    KEY_OF_FORMER,   /* of the business, made by who is no member any more */
    KEY_SUSPENDED,   /* of who is shut out */
    KEY_STALE_HOUSE, /* of a business that is shut out */
    /* Apps of others that somebody let in. */
    APP_PERSON,   /* by the person, with every scope but the desk's */
    APP_STAFF,    /* by the operator, the same */
    APP_HOUSE,    /* by the owner for the business, the same */
    APP_NARROW,   /* the same, with no scope that any route asks for */
    APP_ENDED,    /* whose access was ended */
    APP_OF_FORMER /* let in for the business by who is no member any more */
};
enum { ROLES = APP_OF_FORMER + 1, THINGS = 64, SHARERS = 6 };

struct role {
    const char *name;
    bool signed_in;
    /* What a route may demand of them, a letter each; stated here, not computed: Any, Signed in, Viewer,
     * Buyer, oWner, Operator, Moderator, sUpport, Finance, aDmin */
    const char *may;
    bool lapsed; /* what asks for a fresh proof is closed to them */
    enum { BY_SESSION, BY_KEY, BY_HOUSE_KEY, BY_DEAD_KEY } comes; /* with what */
    struct party_id person;                                       /* 0: nobody */
    struct party_id organisation;                                 /* they act for; 0: none */
    struct text session;                                          /* secret they come with */
};
static const char demands[] = "?ASVBWOMUFD"; /* in the order of enum who */

#define COMES(name, signed_in, may)                                                                \
    {                                                                                              \
        name, signed_in, may, false, BY_SESSION, {0}, {0},                                         \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }
static struct role roles[ROLES] = {
    [NOBODY] = COMES("nobody", false, "A"),
    [STRANGER] = COMES("a stranger's secret", false, "A"),
    [SIGNED_OUT] = COMES("a signed-out person", false, "A"),
    [SUSPENDED] = COMES("a suspended buyer", false, "A"),
    [PERSON] = COMES("a person", true, "AS"),
    [OTHER] = COMES("another person", true, "AS"),
    [READER] = COMES("a viewer", true, "ASV"),
    [SPENDER] = COMES("a buyer", true, "ASVB"),
    [HEAD] = COMES("an owner", true, "ASVBW"),
    [FORMER] = COMES("a former member", true, "AS"),
    [STALE_HEAD] = COMES("an owner of a suspended business", true, "AS"),
    [OTHER_HEAD] = COMES("another business's owner", true, "ASVBW"),
    [STAFF] = COMES("an admin", true, "ASOMUFD"),
    [JUDGE] = COMES("a moderator", true, "ASOM"),
    [HELPER] = COMES("a supporter", true, "ASOU"),
    [CASHIER] = COMES("one who sees to money", true, "ASOF"),
    [FORMER_STAFF] = COMES("a former operator", true, "AS"),
    [LAPSED] = {"an owner of long ago", true, "ASVBW", true, BY_SESSION, {0}, {0}, {NULL, 0}},
    [KEY_PERSON] = {.name = "a person's key", true, "AS", .comes = BY_KEY},
    [KEY_STAFF] = {.name = "an admin's key", true, "ASOMUFD", .comes = BY_KEY},
    [KEY_HOUSE] = {.name = "a business's key", true, "ASVBW", .comes = BY_HOUSE_KEY},
    [KEY_OTHER] = {.name = "another business's key", true, "ASVBW", .comes = BY_HOUSE_KEY},
    [KEY_NARROW] = {.name = "a key without scopes", true, "", .comes = BY_HOUSE_KEY},
    [KEY_INVENTED] = {.name = "an invented key", .may = "", .comes = BY_DEAD_KEY},
    [KEY_ENDED] = {.name = "an ended key", .may = "", .comes = BY_DEAD_KEY},
    [KEY_LATE] = {.name = "an expired key", .may = "", .comes = BY_DEAD_KEY},
    [KEY_OF_FORMER] = {.name = "a former member's key", .may = "", .comes = BY_DEAD_KEY},
    [KEY_SUSPENDED] = {.name = "a suspended person's key", .may = "", .comes = BY_DEAD_KEY},
    [KEY_STALE_HOUSE] = {.name = "a suspended business's key", .may = "", .comes = BY_DEAD_KEY},
    [APP_PERSON] = {.name = "a person's app", true, "AS", .comes = BY_KEY},
    [APP_STAFF] = {.name = "an admin's app", true, "AS", .comes = BY_KEY},
    [APP_HOUSE] = {.name = "a business's app", true, "ASVBW", .comes = BY_HOUSE_KEY},
    [APP_NARROW] = {.name = "an app without scopes", true, "", .comes = BY_HOUSE_KEY},
    [APP_ENDED] = {.name = "an app whose access ended", .may = "", .comes = BY_DEAD_KEY},
    [APP_OF_FORMER] = {.name = "a former member's app", .may = "", .comes = BY_DEAD_KEY},
};

static bool meets(const struct role *role, enum who who)
{
    return strchr(role->may, demands[who]) != NULL;
}

/* Something that has an id, and who takes part in it. */
struct thing {
    char id[ID_TEXT_MAX];
    struct party_id sharers[SHARERS]; /* people and businesses */
    bool everybody;                   /* anyone may read it on the public pages */
    bool staff;                       /* operators may read it wherever it is shown */
};
static struct thing things[THINGS];
static size_t thing_count;

static struct bed bed;
static sqlite3 *aside;              /* a connection of our own, to look from outside */
static struct party_id bystander;   /* a member of the business whom nobody here is */
static struct party_id other_house; /* a business that nobody here belongs to */

/* Notes a thing of those whom the list names, which ends with party 0. */
static struct thing *add_thing(const char *prefix, int64_t id, bool everybody,
                               const struct party_id *sharers)
{
    ensure(thing_count < THINGS);
    struct thing *thing = &things[thing_count++];
    *thing = (struct thing){.everybody = everybody};
    id_write(thing->id, prefix, id);
    for (size_t i = 0; sharers[i].value && i < SHARERS; i++)
        thing->sharers[i] = sharers[i];
    return thing;
}

static bool is_of(const struct thing *thing, const char *prefix)
{
    size_t size = strlen(prefix);
    return strncmp(thing->id, prefix, size) == 0 && thing->id[size] == '_';
}

static bool shares(const struct thing *thing, const struct role *role)
{
    for (size_t i = 0; i < SHARERS; i++) {
        int64_t sharer = thing->sharers[i].value;
        if (sharer && role->signed_in &&
            (sharer == role->person.value || sharer == role->organisation.value))
            return true;
    }
    return false;
}

/* ---- people ---- */

/* A session of somebody, acting for their business. */
static struct text session_of(struct party_id person, struct party_id organisation)
{
    struct text secret;
    bed_must(login_session(bed.world.store, bed.memory, person, clock_now(), &secret), "a session");
    if (organisation.value)
        bed_must(session_act(bed.world.store, bed.memory, secret, organisation), "acting for it");
    return secret;
}

static void comes(enum who_comes who, struct party_id person, struct party_id organisation)
{
    roles[who].person = person;
    roles[who].organisation = organisation;
    roles[who].session = session_of(person, organisation);
}

static struct party_id member(const char *name, struct party_id house, enum member_role role)
{
    struct party_id person = bed_person(&bed, name, false);
    bed_must(party_member(bed.world.store, bed.memory, house, person, role, clock_now()), name);
    return person;
}

static void suspend(struct party_id party)
{
    bed_must(login_suspend(bed.world.store, bed.memory, party, true, bed.reviewer, clock_now()),
             "suspending");
}

static void sees_to(struct party_id person, int64_t desk)
{
    bed_must(team_set(bed.world.store, bed.memory, person, desk, bed.reviewer, clock_now()),
             "what an operator sees to");
}

static void operator_comes(enum who_comes who, const char *name, enum desk_part part)
{
    comes(who, bed_person(&bed, name, true), (struct party_id){0});
    sees_to(roles[who].person, DESK_BIT(part));
}

/* As if their last proof were of before the time that one is good for. */
static void forget_proof(struct party_id person)
{
    sqlite3_stmt *statement;
    sqlite3_prepare_v2(aside, "UPDATE core_session SET proven = 1 WHERE person = ?", -1, &statement,
                       NULL);
    sqlite3_bind_int64(statement, 1, person.value);
    if (sqlite3_step(statement) != SQLITE_DONE || sqlite3_changes(aside) != 1)
        bed_must(&our_fault, "forgetting a proof");
    sqlite3_finalize(statement);
}

/* Every scope there is, with blanks between. */
static struct text every_scope(void)
{
    struct builder b = builder_make(bed.memory, 8192);
    struct text out;
    char scope[SCOPE_MAX];
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; j < table->count; j++) {
                if (access_scope(table->owner, &table->routes[j], scope))
                    builder_add_format(&b, "%s ", scope);
            }
        }
    }
    bed_must(builder_end(&b, &out), "all scopes");
    return out;
}

/* Comes with a new key, used once, since its first use is written down. */
static struct key_id with_key(enum who_comes who, struct party_id maker, struct party_id owner,
                              struct text scopes, int64_t days)
{
    static int made;
    struct exchange exchange;
    struct key_id id;
    struct text secret;
    struct key_order order = {.owner = owner.value ? owner : maker,
                              .maker = maker,
                              .name = text_of("A shop"),
                              .scopes = scopes,
                              .once = text_format(bed.memory, "key-%d", made++),
                              .at = clock_now(),
                              .until = instant_add(clock_now(), days * DAY)};
    bed_must(key_make(bed.world.store, bed.memory, &order, &id, &secret), "a key");
    roles[who].person = maker;
    roles[who].organisation = owner;
    roles[who].session = text_format(bed.memory, "Bearer %.*s", TEXT_ARGS(secret));
    bed_must(server_call(bed.world.server, bed.memory, "GET", text_of("/api/v1/photos"),
                         roles[who].session, true, (struct text){"", 0}, &exchange),
             "its first use");
    if (exchange.status != (days < 0 ? 401 : scopes.size ? 200 : 403))
        bed_must(&our_fault, roles[who].name);
    return id;
}

static struct app_id make_app(struct party_id house, const char *once)
{
    struct text secret;
    struct app_order order = {.owner = house,
                              .maker = bed.buyer,
                              .name = text_of("Planner"),
                              .website = text_of("https://app.example"),
                              .redirects = text_of("https://app.example/back"),
                              .scopes = text_of("people.read"),
                              .once = text_of(once),
                              .at = clock_now()};
    bed_must(app_register(bed.world.store, bed.memory, &order, &secret), "an app");
    return order.id;
}

/* Comes with the access token of an app that somebody let in, used once. */
static void with_app(enum who_comes who, struct app_id app, struct party_id person,
                     struct party_id organisation, struct text scopes)
{
    struct exchange exchange;
    struct text code;
    struct app_grant_pair pair;
    /* RFC 7636, appendix B. */
    struct app_grant_order order = {.app = app,
                                    .app_name = text_of("Planner"),
                                    .person = person,
                                    .organisation = organisation,
                                    .organisation_name = text_of("A business"),
                                    .scopes = scopes,
                                    .redirect = text_of("https://app.example/back"),
                                    .challenge =
                                        text_of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                                    .at = clock_now()};
    bed_must(app_grant_give(bed.world.store, bed.memory, &order, &code), "a code");
    bed_must(app_grant_redeem(bed.world.store, bed.memory, app, code, order.redirect,
                              text_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), clock_now(),
                              &pair),
             "a token");
    roles[who].person = person;
    roles[who].organisation = organisation;
    roles[who].session = text_format(bed.memory, "Bearer %.*s", TEXT_ARGS(pair.access));
    bed_must(server_call(bed.world.server, bed.memory, "GET", text_of("/api/v1/photos"),
                         roles[who].session, true, (struct text){"", 0}, &exchange),
             "its first use");
    if (exchange.status != (scopes.size ? 200 : 403))
        bed_must(&our_fault, roles[who].name);
}

/* The permission that a person gave last. */
static struct app_grant_id last_grant(struct party_id person)
{
    struct app_access_list all;
    bed_must(
        app_grants_of_person(bed.world.reader, bed.memory, person, clock_now(), INT64_MAX, 1, &all),
        "what was allowed");
    return all.items[0].id;
}

static void apps_come(struct party_id house)
{
    struct party_id nobody = {0};
    struct app_id app = make_app(house, "app");
    struct text all = every_scope();
    with_app(APP_PERSON, app, bed.author, nobody, all);
    /* Others to be ended and removed. */
    add_thing("gnt", last_grant(bed.author).value, false, (struct party_id[]){bed.author, {0}});
    add_thing("app", make_app(house, "spare").value, false, (struct party_id[]){house, {0}});
    with_app(APP_PERSON, app, bed.author, nobody, all);
    with_app(APP_STAFF, app, bed.reviewer, nobody, all);
    with_app(APP_HOUSE, app, bed.buyer, house, all);
    with_app(APP_NARROW, app, bed.buyer, house, (struct text){"", 0});
    with_app(APP_ENDED, app, bed.buyer, house, all);
    bed_must(app_grant_end_of_person(bed.world.store, bed.memory, bed.buyer, last_grant(bed.buyer),
                                     clock_now()),
             "ending access");
}

/* Keys that work; those of who leaves later are made while they may. */
static void keys_come(struct party_id house)
{
    struct party_id nobody = {0};
    struct text all = every_scope();
    with_key(KEY_PERSON, bed.author, nobody, all, 365);
    with_key(KEY_STAFF, bed.reviewer, nobody, all, 365);
    struct key_id spare = with_key(KEY_HOUSE, bed.buyer, house, all, 365);
    with_key(KEY_HOUSE, bed.buyer, house, all, 365);
    with_key(KEY_NARROW, bed.buyer, house, (struct text){"", 0}, 365);
    with_key(KEY_LATE, bed.buyer, house, all, -1);
    struct key_id over = with_key(KEY_ENDED, bed.buyer, house, all, 365);
    bed_must(key_end(bed.world.store, bed.memory, house, over, bed.buyer, clock_now()),
             "ending a key");
    /* Well formed, and nobody's. */
    roles[KEY_INVENTED].session =
        text_of("Bearer cf_live_00000000000000000000000000000000" KEY_INVENTED_CHECK);
    add_thing("key", spare.value, false, (struct party_id[]){house, {0}});
}

static void people_come(struct party_id house)
{
    struct store *store = bed.world.store;
    struct party_id nobody = {0};
    comes(PERSON, bed.author, nobody);
    comes(OTHER, bed_person(&bed, "otto", false), nobody);
    comes(SIGNED_OUT, roles[OTHER].person, nobody);
    bed_must(session_sign_out(store, bed.memory, roles[SIGNED_OUT].session), "signing out");
    roles[STRANGER].session = text_of("0000000000000000000000000000000000000000000");
    comes(HEAD, bed.buyer, house);
    comes(READER, member("vera", house, MEMBER_VIEWER), house);
    comes(SPENDER, member("ben", house, MEMBER_BUYER), house);
    comes(FORMER, member("fay", house, MEMBER_BUYER), house);
    with_key(KEY_OF_FORMER, roles[FORMER].person, house, every_scope(), 365);
    with_app(APP_OF_FORMER, make_app(house, "former"), roles[FORMER].person, house, every_scope());
    bed_must(party_member(store, bed.memory, house, roles[FORMER].person, 0, clock_now()),
             "ending a membership");
    comes(SUSPENDED, member("sue", house, MEMBER_BUYER), house);
    with_key(KEY_SUSPENDED, roles[SUSPENDED].person, (struct party_id){0}, every_scope(), 365);
    suspend(roles[SUSPENDED].person);
    struct party_id tove = bed_person(&bed, "tove", false);
    comes(OTHER_HEAD, tove, bed_business(&bed, tove, 100000));
    with_key(KEY_OTHER, tove, roles[OTHER_HEAD].organisation, every_scope(), 365);
    struct party_id stan = bed_person(&bed, "stan", false);
    comes(STALE_HEAD, stan, bed_business(&bed, stan, 100000));
    with_key(KEY_STALE_HOUSE, stan, roles[STALE_HEAD].organisation, every_scope(), 365);
    suspend(roles[STALE_HEAD].organisation);
    comes(STAFF, bed.reviewer, nobody);
    comes(FORMER_STAFF, bed_person(&bed, "fred", true), nobody);
    sees_to(roles[FORMER_STAFF].person, 0);
    operator_comes(JUDGE, "mona", DESK_MODERATION);
    operator_comes(HELPER, "sue-ann", DESK_SUPPORT);
    operator_comes(CASHIER, "finn", DESK_FINANCE);
    comes(LAPSED, member("lena", house, MEMBER_OWNER), house);
    forget_proof(roles[LAPSED].person);
    /* Whoever has no right to act for a business has none: their things are their own only. */
    roles[FORMER].organisation = roles[SUSPENDED].organisation = roles[STALE_HEAD].organisation =
        nobody;
    bystander = member("vic", house, MEMBER_VIEWER);
    other_house = bed_business(&bed, bed_person(&bed, "ada", false), 100000);
}

/* ---- things ---- */

static void photos_and_licences(struct party_id house)
{
    struct store *store = bed.world.store;
    struct party_id both[] = {bed.author, house, {0}};
    struct party_id own[] = {bed.author, {0}};
    struct stock_purchase purchase = {.photo = bed_photo(&bed),
                                      .licence = LICENCE_STANDARD,
                                      .organisation = house,
                                      .person = bed.buyer,
                                      .seen = {BED_PRICE, {"EUR"}},
                                      .language = text_of("en")};
    struct bed_draft draft = {.author = bed.author};
    struct stock_licence_id licence;
    struct deal_id deal;
    bed_must(stock_buy(store, bed.memory, &purchase, clock_now(), &licence), "a licence");
    purchase.seen.minor = 1000;
    bed_must(stock_offer(store, bed.memory, &purchase, text_of("For a poster"), clock_now(), &deal),
             "an offer");
    bed_must(store_write(store, bed.memory, bed_write_draft, &draft), "a draft");
    add_thing("pho", purchase.photo.value, true, own)->staff = true;
    add_thing("pho", draft.photo.value, false, own)->staff = true;
    add_thing("lic", licence.value, false, both)->staff = true;
    add_thing("del", deal.value, false, both);
}

static void money_in_and_out(struct party_id house)
{
    struct store *store = bed.world.store;
    struct payment_id payment;
    struct payout_id payout;
    struct money in = {5000, {"EUR"}};
    struct money out = {200, {"EUR"}};
    bed_must(payment_begin(store, bed.memory, &rail_bank, house, bed.buyer, in, text_of(""),
                           clock_now(), &payment),
             "a payment");
    bed_must(payout_bank(store, bed.memory, bed.author, text_of("Ines Otero"),
                         text_of("ES9121000418450200051332"), clock_now()),
             "an account");
    bed_must(payout_begin(store, bed.memory, bed.author, out, text_of(""), clock_now(), &payout),
             "a payout");
    add_thing("pay", payment.value, false, (struct party_id[]){house, {0}})->staff = true;
    add_thing("out", payout.value, false, (struct party_id[]){bed.author, {0}})->staff = true;
}

/* A receiver of webhooks, and a message to it. */
static void webhooks(struct party_id house)
{
    char secret[HOOK_SECRET_TEXT];
    struct hook_id hook;
    struct hook_message_id message;
    const struct text events[] = {text_of("payment.received")};
    const struct hook_wish wish = {.owner = house,
                                   .address = text_of("https://hooks.example/"),
                                   .about = text_of(""),
                                   .events = {events, 1}};
    bed_must(hook_register_receiver(bed.world.store, bed.memory, &wish, text_of("h1"), clock_now(),
                                    &hook, secret),
             "a webhook");
    bed_must(hook_send_test(bed.world.store, bed.memory, house, hook, text_of("h2"), clock_now(),
                            &message),
             "a test of it");
    add_thing("whk", hook.value, false, (struct party_id[]){house, {0}});
    add_thing("whm", message.value, false, (struct party_id[]){house, {0}});
}

/* A plan that its debtor has not answered, and one of which something is owed. */
static const struct problem *write_plans(struct database *db, struct memory *memory, void *context)
{
    struct plan_row *plans = context;
    struct obligation_hit_list open;
    struct move move = {
        .db = db, .memory = memory, .by = BY_OPERATOR, .actor = bed.reviewer, .at = clock_now()};
    const struct problem *problem = plan_begin(&move, &plans[0]);
    if (!problem)
        problem = plan_begin(&move, &plans[1]);
    if (!problem)
        problem = plan_accept(&move, plans[1].id);
    if (!problem)
        problem = obligations_open_of(db, memory, plans[1].id, &open);
    if (!problem)
        add_thing("obl", open.items[0].id.value, false,
                  (struct party_id[]){plans[1].debtor, plans[1].creditor, {0}})
            ->staff = true;
    return problem;
}

static void plans(struct party_id house)
{
    struct plan_row plan = {.kind = text_of(plan_agreed.name),
                            .title = text_of("A series"),
                            .debtor = house,
                            .creditor = bed.author,
                            .term = PLAN_INSTALMENTS,
                            .sum = {3000, {"EUR"}},
                            .parts = 3,
                            .remainder = REMAINDER_LAST,
                            .unit = PLAN_MONTH,
                            .every = 1,
                            .first = words_day_of(clock_now()) + 10,
                            .basis = BASIS_ACTUAL_365};
    plan.month_day = civil_of((struct instant){plan.first * DAY}).day;
    struct plan_row both[] = {plan, plan};
    bed_must(store_write(bed.world.store, bed.memory, write_plans, both), "plans");
    for (size_t i = 0; i < 2; i++)
        add_thing("pln", both[i].id.value, false, (struct party_id[]){house, bed.author, {0}})
            ->staff = true;
}

static const struct problem *keep_passkey(struct database *db, struct memory *memory, void *context)
{
    static const struct webauthn_made made = {
        .credential = TEXT("AAAA"), .algorithm = PASSKEY_ES256, .key = TEXT("00")};
    struct passkey_line_list kept;
    (void)context;
    const struct problem *problem =
        passkey_keep(db, memory, bed.author, &made, text_of("Phone"), clock_now());
    if (!problem)
        problem = passkey_list(db, memory, bed.author, &kept);
    if (!problem)
        add_thing("pky", kept.items[0].id.value, false, (struct party_id[]){bed.author, {0}});
    return problem;
}

static const struct problem *keep_identity(struct database *db, struct memory *memory,
                                           void *context)
{
    struct identity_new identity = {.id = {id_new()},
                                    .person = bed.author,
                                    .issuer = text_of("https://id.example"),
                                    .subject = text_of("248289761001"),
                                    .mail = text_of("anna@example.org"),
                                    .made = clock_now()};
    struct identity_hit hit;
    (void)context;
    const struct problem *problem = identity_insert(db, memory, &identity, &hit);
    if (!problem)
        add_thing("idt", identity.id.value, false, (struct party_id[]){bed.author, {0}});
    return problem;
}

static const struct problem *promise_points(struct database *db, struct memory *memory,
                                            void *context)
{
    const struct party_id *house = context;
    struct ledger_promise promise = {.issuer = *house,
                                     .kind = PROMISE_POINTS,
                                     .currency = text_of(currency_points.code),
                                     .least = 1,
                                     .part = 10000,
                                     .worth = {true, {1, {"EUR"}}},
                                     .per = 1,
                                     .since = clock_now()};
    return promise_set(db, memory, &promise);
}

/* Points of the business that the person has, and some that they used there. */
static void points_and_uses(struct party_id house)
{
    struct store *store = bed.world.store;
    struct reward_act act = {.what = REWARD_GIVEN,
                             .issuer = house,
                             .party = bed.author,
                             .actor = bed.buyer,
                             .units = {100, currency_points},
                             .note = text_of("Thanks"),
                             .at = clock_now()};
    bed_must(store_write(store, bed.memory, promise_points, &house), "rules for points");
    bed_must(reward_make(store, bed.memory, &act), "points");
    act.what = REWARD_USED;
    act.units.minor = 40;
    act.price = (struct maybe_money){true, {500, {"EUR"}}};
    bed_must(reward_make(store, bed.memory, &act), "a use of points");
    struct reward_account had;
    bed_must(reward_account_at(bed.world.reader, bed.memory, bed.author, house,
                               text_of(currency_points.code), &had),
             "the points");
    add_thing("pst", act.posting.value, false, (struct party_id[]){bed.author, house, {0}});
    add_thing("acc", had.id.value, false, (struct party_id[]){bed.author, {0}});
    struct spend_row spend = {.business = house,
                              .party = bed.author,
                              .actor = bed.buyer,
                              .number = text_of("1001"),
                              .units = {20, currency_points},
                              .price = {500, {"EUR"}},
                              .at = clock_now(),
                              .until = instant_add(clock_now(), DAY)};
    bed_must(spend_reserve(store, bed.memory, &spend), "points of an order");
    add_thing("spn", spend.id.value, false, (struct party_id[]){house, {0}});
}

/* A shop of the business that tells of its orders by itself. */
static void connections(struct party_id house)
{
    struct connection_new made = {.business = house,
                                  .kind = CONNECTION_SHOPIFY,
                                  .name = text_of("Shop"),
                                  .secret = text_of("12345678"),
                                  .at = clock_now()};
    bed_must(connection_make(bed.world.store, bed.memory, &made), "a connection");
    add_thing("con", made.id.value, false, (struct party_id[]){house, {0}});
}

/* Something that the author wrote to the business. */
static const struct problem *take_feedback(struct database *db, struct memory *memory,
                                           void *context)
{
    const struct party_id *house = context;
    struct feedback_box_row box = {.business = *house,
                                   .taking = true,
                                   .side = FEEDBACK_RIGHT,
                                   .tone = FEEDBACK_INK,
                                   .label = text_of(""),
                                   .at = clock_now()};
    return feedback_box_put(db, memory, &box);
}

static void feedback(struct party_id house)
{
    struct feedback_begin begin = {.business = house,
                                   .person = bed.author,
                                   .language = LANGUAGE_EN,
                                   .body = text_of("What does a print cost?"),
                                   .once = text_of("feedback"),
                                   .at = clock_now()};
    struct feedback_id id;
    bed_must(store_write(bed.world.store, bed.memory, take_feedback, &house), "a box");
    bed_must(store_write(bed.world.store, bed.memory, take_feedback, &other_house), "a box");
    bed_must(feedback_begin(bed.world.store, bed.memory, &begin, &id), "feedback");
    add_thing("fbk", id.value, false, (struct party_id[]){house, {0}});
}

/* The first id of a kind in an answer; false when there is none. */
static bool find_id(struct text body, const char *prefix, int64_t *out)
{
    char mark[ID_TEXT_MAX];
    snprintf(mark, sizeof mark, "\"%s_", prefix);
    const char *at = body.data ? memmem(body.data, body.size, mark, strlen(mark)) : NULL;
    size_t size = strlen(mark) - 1 + 13;
    return at && at + 1 + size <= body.data + body.size &&
           id_parse((struct text){at + 1, size}, prefix, out);
}

/* Text with the id of the first thing of each kind it names: "/briefs/{cal}/offers". */
static struct text with_things(const char *pattern)
{
    struct builder b = builder_make(bed.memory, 4096);
    struct text out;
    for (const char *at = pattern; *at; at++) {
        char prefix[ID_TEXT_MAX];
        if (sscanf(at, "{%20[a-z]}", prefix) != 1) {
            builder_add_char(&b, *at);
            continue;
        }
        size_t i = 0;
        while (i < thing_count && !is_of(&things[i], prefix))
            i++;
        if (i == thing_count)
            bed_must(&not_found, pattern);
        builder_add_c(&b, things[i].id);
        at += strlen(prefix) + 1;
    }
    bed_must(builder_end(&b, &out), pattern);
    return out;
}

/* What modules say makes one of their things. */
static void make_example(const struct module_example *example, struct party_id house)
{
    struct exchange exchange;
    struct party_id sharers[3] = {{0}};
    size_t count = 0;
    int64_t id = 0;
    enum who_comes who = example->by == EXAMPLE_PERSON ? PERSON : SPENDER;
    bed_must(server_call(bed.world.server, bed.memory, "POST", with_things(example->path),
                         roles[who].session, true, with_things(example->form), &exchange),
             example->path);
    bool made = !example->makes || find_id(exchange.body, example->makes, &id);
    if (exchange.status != 200 || !made) {
        printf("# %s answered %d\n# %.*s\n", example->path, exchange.status,
               TEXT_ARGS(exchange.body));
        bed_must(&our_fault, example->path);
    }
    if (!example->makes)
        return;
    if (example->seen_by & EXAMPLE_PERSON)
        sharers[count++] = bed.author;
    if (example->seen_by & EXAMPLE_BUSINESS)
        sharers[count++] = house;
    add_thing(example->makes, id, (example->seen_by & EXAMPLE_ANYONE) != 0, sharers);
}

static void make_examples(struct party_id house)
{
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->example_count; i++)
            make_example(&(*part)->examples[i], house);
    }
}

/* An event that a follower could not take, for the desk to look at. */
static const struct problem *set_aside(struct database *db, struct memory *memory, void *context)
{
    struct event_list events = {0};
    const struct problem *problem = events_after(db, memory, 0, (struct event_id){0}, 1, &events);
    (void)context;
    if (problem || events.count == 0)
        return problem ? problem : &not_found;
    return event_failed_insert(db, memory, text_of("stock.copies"), events.items[0].id,
                               text_of("our_fault"), clock_now());
}

static void world_begins(const char *folder)
{
    struct text complaint = {0};
    char path[200];
    clock_set((struct instant){INT64_C(1780000000000)});
    setenv("CONTRAFLOW_WEB_RATE_LIMITS", "off", 1);
    setenv("CONTRAFLOW_PAY_MINIMUM", "100", 1);
    setenv("CONTRAFLOW_PAY_DEBTOR_NAME", "Marktgemeinschaft Bonn eG", 1);
    setenv("CONTRAFLOW_PAY_DEBTOR_IBAN", "DE89370400440532013000", 1);
    bed_open(&bed, folder, "");
    if (world_serve(&bed.world, -1, &complaint))
        bed_must(&our_fault, text_c(bed.memory, complaint));
    snprintf(path, sizeof path, "%s/contraflow.db", folder);
    if (sqlite3_open(path, &aside) || sqlite3_busy_timeout(aside, 5000))
        bed_must(&our_fault, "a second connection");
    bed_people(&bed);
    struct party_id house = bed_business(&bed, bed.buyer, 1000000);
    people_come(house);
    keys_come(house);
    apps_come(house);
    photos_and_licences(house);
    money_in_and_out(house);
    plans(house);
    bed_must(store_write(bed.world.store, bed.memory, keep_passkey, NULL), "a passkey");
    bed_must(store_write(bed.world.store, bed.memory, keep_identity, NULL), "an identity");
    points_and_uses(house);
    webhooks(house);
    connections(house);
    feedback(house);
    make_examples(house);
    add_thing("pty", bystander.value, true, (struct party_id[]){bystander, house, {0}})->staff =
        true;
    add_thing("pty", other_house.value, true, (struct party_id[]){other_house, {0}})->staff = true;
    bed_must(reset_ask(bed.world.store, bed.memory, text_of("otto@example.org"),
                       text_of("http://127.0.0.1"), clock_now()),
             "a mail");
    bed_must(store_write(bed.world.store, bed.memory, set_aside, NULL), "an event set aside");
    bed_must(world_settle(&bed.world), "what was due");
}

/* ---- what has been written ---- */

static void take_table(crypto_generichash_state *state, const char *table)
{
    sqlite3_stmt *rows;
    char query[200];
    snprintf(query, sizeof query, "SELECT * FROM %s", table);
    if (sqlite3_prepare_v2(aside, query, -1, &rows, NULL))
        bed_must(&our_fault, query);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const void *value = sqlite3_column_blob(rows, i);
            int size = sqlite3_column_bytes(rows, i);
            crypto_generichash_update(state, (const unsigned char *)&size, sizeof size);
            crypto_generichash_update(state, value ? value : "", (unsigned long long)size);
        }
    }
    sqlite3_finalize(rows);
}

/* A hash of every row of every table. */
struct print {
    unsigned char hash[crypto_generichash_BYTES];
};
static struct print fingerprint(void)
{
    struct print print;
    crypto_generichash_state state;
    sqlite3_stmt *tables;
    crypto_generichash_init(&state, NULL, 0, sizeof print.hash);
    sqlite3_prepare_v2(aside,
                       "SELECT name FROM sqlite_master WHERE type = 'table' AND "
                       "sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
                       -1, &tables, NULL);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        crypto_generichash_update(&state, (const unsigned char *)name, strlen(name));
        take_table(&state, name);
    }
    sqlite3_finalize(tables);
    crypto_generichash_final(&state, print.hash, sizeof print.hash);
    return print;
}

static bool has_changed(const struct print *before)
{
    struct print now = fingerprint();
    return memcmp(now.hash, before->hash, sizeof now.hash) != 0;
}

#endif
