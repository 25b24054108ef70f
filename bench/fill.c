/*
 * Fills a data folder for the measurements: people, photographs in the catalogue, a business with money.
 *
 *   fill DATA PHOTOS TAGS [HASHES]
 *
 * PHOTOS rows come in bulk through the module's own statements and the effect that accepting has, so
 * that tables, index and word counts are what real use would leave; only history and events of their
 * coming are missing, and there are no picture files. TAGS is a file of words, the most used first:
 * word k is given with a probability proportional to 1/k (Zipf). HASHES more perceptual hashes are
 * kept without photographs. DATA/session, DATA/photos and DATA/queries tell the load what to ask.
 *
 * The same numbers give the same rows. Read next: bench/run.sh.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/media/media.shapes.h"
#include "core/media/queries.h"
#include "core/media/rows.h"
#include "core/pay/pay.h"
#include "core/login/session.h"
#include "modules/stock/likeness.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/rules.h"
#include "modules/stock/states.h"
#include "modules/stock/stock.shapes.h"
#include "filling.h"

enum { AUTHORS = 200, BATCH = 200, WORDS_MAX = 2000, QUERIES = 5000, SAMPLE = 20000 };

struct filling {
    struct world world;
    struct memory *memory;
    struct party_id authors[AUTHORS];
    struct party_id reviewer;
    char *words[WORDS_MAX];
    double reach[WORDS_MAX]; /* cumulated probability */
    size_t word_count;
    uint64_t random;
    int64_t wanted; /* photographs */
    int64_t made;
    int64_t hashes; /* still to be kept without photographs */
    FILE *photos;
};

/* xorshift64* (Vigna 2016): the same on every machine. */
static uint64_t next_random(struct filling *filling)
{
    uint64_t x = filling->random;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    filling->random = x;
    return x * UINT64_C(2685821657736338717);
}

static int64_t below(struct filling *filling, int64_t end)
{
    return (int64_t)(next_random(filling) % (uint64_t)end);
}

/* ---- words ------------------------------------------------------------------------------------ */

static void read_words(struct filling *filling, const char *path)
{
    char word[64];
    double all = 0;
    FILE *file = fopen(path, "re");
    if (!file)
        must(&not_found, path);
    while (filling->word_count < WORDS_MAX && fscanf(file, "%63s", word) == 1) {
        size_t at = filling->word_count++;
        filling->words[at] = strdup(word);
        all += 1.0 / (double)(at + 1);
        filling->reach[at] = all;
    }
    fclose(file);
    if (filling->word_count < 10)
        must(&invalid_input, path);
}

static const char *any_word(struct filling *filling)
{
    double last = filling->reach[filling->word_count - 1];
    double at = (double)(next_random(filling) >> 11) / 9007199254740992.0 * last;
    size_t low = 0;
    size_t high = filling->word_count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (filling->reach[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return filling->words[low];
}

static struct text some_words(struct filling *filling, struct memory *memory, int64_t count,
                              const char *between)
{
    struct builder out = builder_make(memory, 1000);
    for (int64_t i = 0; i < count; i++) {
        builder_add_c(&out, i ? between : "");
        builder_add_c(&out, any_word(filling));
    }
    struct text text;
    must(builder_end(&out, &text), "words");
    return text;
}

/* ---- photographs ------------------------------------------------------------------------------ */

/* Prices as on the demo's photographs: always standard, others now and then. */
static void price(struct filling *filling, struct stock_photo_words *words)
{
    words->standard_minor = 300 + 100 * below(filling, 18);
    words->extended_minor = below(filling, 2) ? words->standard_minor * 4 : 0;
    words->editorial_minor = below(filling, 3) ? 0 : words->standard_minor - 100;
    words->buyout_minor = below(filling, 4) ? 0 : words->standard_minor * 60;
    words->from_minor = words->editorial_minor ? words->editorial_minor : words->standard_minor;
    words->currency = text_of("EUR");
}

/* The rows of a draft as stock_take_file() leaves them. */
static const struct problem *write_draft(struct filling *filling, struct database *db,
                                         struct memory *memory, struct stock_photo_words *words)
{
    static const int64_t edges[][2] = {{6000, 4000}, {4000, 6000}, {4096, 4096}, {3840, 2160}};
    const int64_t *edge = edges[below(filling, 4)];
    uint64_t likeness = next_random(filling);
    struct instant at = clock_now();
    struct media_row media = {
        .hash = text_format(
            memory, "%016llx%016llx%016llx%016llx", (unsigned long long)next_random(filling),
            (unsigned long long)next_random(filling), (unsigned long long)next_random(filling),
            (unsigned long long)words->id.value),
        .format = MEDIA_JPEG,
        .width = edge[0],
        .height = edge[1],
        .size = 1000000 + below(filling, 8000000),
        .camera = text_of("Nikon D750"),
        .taken = {true, at},
        .colour = (enum media_colour)(MEDIA_RED + below(filling, MEDIA_WHITE)),
        .likeness = (int64_t)likeness,
        .mirrored = (int64_t)next_random(filling),
        .at = at,
    };
    struct stock_photo_new photo = {
        .id = words->id,
        .author = words->author,
        .media = media.hash,
        .file = text_of("DSC_0001.JPG"),
        .shape = stock_form_of(media.width, media.height),
        .colour = media.colour,
        .width = media.width,
        .height = media.height,
        .currency = text_of("EUR"),
        .at = at,
    };
    const struct problem *problem = media_row_insert(db, memory, &media);
    if (!problem)
        problem = stock_photo_insert(db, memory, &photo);
    return problem ? problem : stock_likeness_put(db, memory, words->id, likeness);
}

static const struct problem *write_photo(struct filling *filling, struct database *db,
                                         struct memory *memory)
{
    struct stock_photo_hit hit;
    struct stored_state set;
    struct stock_photo_words words = {
        .id = {id_new()},
        .author = filling->authors[below(filling, AUTHORS)],
        .title = some_words(filling, memory, 2 + below(filling, 3), " "),
        .description = some_words(filling, memory, 12, " "),
        .tags = some_words(filling, memory, 4 + below(filling, 5), ", "),
        .category = (enum stock_category)(CATEGORY_NATURE + below(filling, CATEGORY_ABSTRACT)),
    };
    price(filling, &words);
    struct move accept = {.db = db,
                          .memory = memory,
                          .flow = &stock_photo_flow,
                          .subject = words.id.value,
                          .event = PHOTO_ACCEPT,
                          .by = BY_OPERATOR,
                          .actor = filling->reviewer,
                          .at = clock_now()};
    const struct problem *problem = write_draft(filling, db, memory, &words);
    if (!problem)
        problem = stock_photo_describe(db, memory, &words, &hit);
    if (!problem)
        problem = stock_photo_state_set(db, memory, words.id.value, text_of("draft"),
                                        text_of("accepted"), accept.at, &set);
    if (!problem)
        problem = stock_effect_accept(&accept);
    int64_t every = filling->wanted / SAMPLE + 1;
    if (!problem && filling->made % every == 0) {
        char id[ID_TEXT_MAX];
        id_write(id, "pho", words.id.value);
        fprintf(filling->photos, "%s %lld\n", id, (long long)words.standard_minor);
    }
    return problem;
}

static const struct problem *write_batch(struct database *db, struct memory *memory, void *context)
{
    struct filling *filling = context;
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < BATCH && filling->made < filling->wanted; i++) {
        struct memory *one = memory_scratch(memory);
        problem = one ? write_photo(filling, db, one) : &out_of_memory;
        memory_end(one);
        filling->made++;
    }
    for (int i = 0;
         !problem && i < BATCH && filling->made == filling->wanted && filling->hashes > 0;
         i++, filling->hashes--) {
        struct memory *one = memory_scratch(memory);
        struct stock_photo_id nobody = {id_new()};
        problem = one ? stock_likeness_put(db, one, nobody, next_random(filling)) : &out_of_memory;
        memory_end(one);
    }
    return problem;
}

static void write_photos(struct filling *filling)
{
    while (filling->made < filling->wanted || filling->hashes > 0) {
        struct memory *memory = memory_create(64 << 20);
        must(memory ? store_write(filling->world.store, memory, write_batch, filling)
                    : &out_of_memory,
             "photographs");
        memory_end(memory);
        if (filling->made % 50000 == 0)
            fprintf(stderr, "\r%lld photographs", (long long)filling->made);
    }
    fputc('\n', stderr);
}

/* ---- people ----------------------------------------------------------------------------------- */

static void write_people(struct filling *filling)
{
    struct text session;
    struct party_id business;
    struct payment_id payment;
    struct money amount = {MONEY_MAX / 1000, {"EUR"}};
    struct store *store = filling->world.store;
    for (int i = 0; i < AUTHORS; i++) {
        char mail[40];
        snprintf(mail, sizeof mail, "author%d@example.org", i);
        filling->authors[i] = person(&filling->world, mail, false);
    }
    filling->reviewer = person(&filling->world, "reviewer@example.org", true);
    struct party_id buyer = person(&filling->world, "buyer@example.org", false);
    must(party_found(store, filling->memory, text_of("Nordlicht Reisen"), text_of("Kiel"), buyer,
                     clock_now(), &business),
         "a business");
    must(payment_begin(store, filling->memory, &rail_test, business, buyer, amount, text_of(""),
                       clock_now(), &payment),
         "a payment");
    must(login_session(store, filling->memory, buyer, clock_now(), &session), "a session");
    must(session_act(store, filling->memory, session, business), "acting");
    FILE *file = open_out(&filling->world, "session");
    fprintf(file, "%.*s\n", TEXT_ARGS(session));
    fclose(file);
}

/* ---- queries ---------------------------------------------------------------------------------- */

/* One or two words; half of the queries with one to three filters. */
static void write_queries(struct filling *filling)
{
    FILE *file = open_out(&filling->world, "queries");
    for (int i = 0; i < QUERIES; i++) {
        fprintf(file, "q=%s", any_word(filling));
        if (below(filling, 3) == 0)
            fprintf(file, "+%s", any_word(filling));
        int64_t filters = i % 2 ? 1 + below(filling, 3) : 0;
        int64_t first = below(filling, 4);
        for (int64_t k = 0; k < filters; k++) {
            switch ((first + k) % 4) {
            case 0:
                fprintf(file, "&shape=%s",
                        words_name(&stock_form_words, FORM_WIDE + (int)below(filling, 3)));
                break;
            case 1:
                fprintf(file, "&colour=%s",
                        words_name(&media_colour_words, MEDIA_RED + (int)below(filling, 12)));
                break;
            case 2:
                fprintf(
                    file, "&category=%s",
                    words_name(&stock_category_words, CATEGORY_NATURE + (int)below(filling, 9)));
                break;
            default:
                fprintf(file, "&licence=%s",
                        words_name(&stock_licence_kind_words,
                                   LICENCE_STANDARD + (int)below(filling, 4)));
            }
        }
        fputc('\n', file);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    static struct filling filling = {.random = UINT64_C(88172645463325252)};
    struct text complaint = {0};
    if (argc < 4) {
        fprintf(stderr, "usage: fill DATA PHOTOS TAGS [HASHES]\n");
        return 2;
    }
    log_set_level(LOG_ERROR);
    filling.memory = memory_create(64 << 20);
    filling.wanted = strtoll(argv[2], NULL, 10);
    filling.hashes = argc > 4 ? strtoll(argv[4], NULL, 10) : 0;
    read_words(&filling, argv[3]);
    setenv("CONTRAFLOW_PAY_TEST_RAIL", "on", 1);
    must(world_settings(filling.memory, text_of(argv[1]), &complaint), "settings");
    must(world_open(filling.memory, text_of(argv[1]), &filling.world, &complaint), "opening");
    must(world_lease(&filling.world, &complaint), "leasing");
    write_people(&filling);
    write_queries(&filling);
    filling.photos = open_out(&filling.world, "photos");
    write_photos(&filling);
    fclose(filling.photos);
    /* Followers of events pass what all these rows left, so that the load does not wait for them. */
    must(world_settle(&filling.world), "settling");
    world_close(&filling.world);
    memory_end(filling.memory);
    return 0;
}
