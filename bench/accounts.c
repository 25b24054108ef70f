/*
 * Fills an installation for bookings over HTTP: people with earnings, a business with a full wallet.
 *
 *   accounts DATA PEOPLE
 *
 * The database is DATA's own, or CONTRAFLOW_DATABASE. DATA/session is of an operator, DATA/people names
 * the people, a line each, DATA/business the business. Read next: bench/ledger.sh, bench/bookings.lua.
 */

#include "base/ids.h"
#include "base/log.h"
#include "ledger/ledger.h"
#include "filling.h"

#define MINOR_EACH INT64_C(1000000000000) /* more than any load can give away */

static const struct posting_template pay_in_templates[] = {
    {.name = "bench.pay_in",
     .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, 0}, 0, "bench.in"}},
     .count = 1},
    {.name = "bench.pay_in",
     .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "bench.in"}},
     .count = 1},
};

struct filling {
    struct world world;
    struct memory *memory;
    struct ledger_line *lines; /* what everybody gets */
    size_t count;
};

/* The party is told to the load, and gets something to give away. */
static void endow(struct filling *filling, FILE *file, struct party_id party,
                  const struct posting_template *pay_in)
{
    char id[ID_TEXT_MAX];
    id_write(id, "pty", party.value);
    fprintf(file, "%s\n", id);
    filling->lines[filling->count++] =
        (struct ledger_line){.posting = {.template = pay_in,
                                         .parties = {party},
                                         .amounts = {{MINOR_EACH, {"EUR"}}},
                                         .subject = party.value,
                                         .at = clock_now()}};
}

static const struct problem *book(struct database *db, struct memory *memory, void *context)
{
    struct filling *filling = context;
    size_t wrong;
    return ledger_batch(db, memory, filling->lines, filling->count, BATCH_ALL, &wrong);
}

static void fill(struct filling *filling, int64_t people)
{
    struct text session;
    struct party_id business;
    struct store *store = filling->world.store;
    filling->lines = memory_take_array(filling->memory, (size_t)people + 1, sizeof *filling->lines);
    must(filling->lines ? NULL : &out_of_memory, "lines");
    FILE *file = open_out(&filling->world, "people");
    for (int64_t i = 0; i < people; i++) {
        char mail[60];
        snprintf(mail, sizeof mail, "person%lld@example.org", (long long)i);
        endow(filling, file, person(&filling->world, mail, false), &pay_in_templates[0]);
    }
    fclose(file);
    struct party_id operator_ = person(&filling->world, "operator@example.org", true);
    must(party_found(store, filling->memory, text_of("Nordlicht Reisen"), text_of("Kiel"),
                     operator_, clock_now(), &business),
         "a business");
    file = open_out(&filling->world, "business");
    endow(filling, file, business, &pay_in_templates[1]);
    fclose(file);
    must(store_write(store, filling->memory, book, filling), "paying in");
    must(login_session(store, filling->memory, operator_, clock_now(), &session), "a session");
    file = open_out(&filling->world, "session");
    fprintf(file, "%.*s\n", TEXT_ARGS(session));
    fclose(file);
}

int main(int argc, char **argv)
{
    static struct filling filling;
    struct text complaint = {0};
    int64_t people = argc == 3 ? strtoll(argv[2], NULL, 10) : 0;
    if (people < 2 || people > 9999) {
        fprintf(stderr, "usage: accounts DATA PEOPLE (2 to 9999)\n");
        return 2;
    }
    log_set_level(LOG_ERROR);
    filling.memory = memory_create(256 << 20);
    must(world_settings(filling.memory, text_of(argv[1]), &complaint), "settings");
    must(world_open(filling.memory, text_of(argv[1]), &filling.world, &complaint), "opening");
    must(world_lease(&filling.world, &complaint), "leasing");
    fill(&filling, people);
    must(world_settle(&filling.world), "settling");
    world_close(&filling.world);
    memory_end(filling.memory);
    return 0;
}
