/*
 * A person's own profile for businesses that look for reach, and whom they want to hear nothing of.
 *
 * Must not know: who looked. Read next: profile.c.
 */
#include "base/ids.h"
#include "modules/referrals/recruiting/pages.h"
#include "modules/referrals/recruiting/pages.shapes.h"
#include "modules/referrals/recruiting/queries.h"
#include "modules/referrals/recruiting/recruit.shapes.h"
#include "modules/referrals/recruiting/rows.h"

enum { CODES_BYTES = SHARER_PLACES * 3, TOPICS_BYTES = 200 };

/* Whether a word stands among others with a blank between. */
static bool holds(struct text words, struct text word)
{
    struct text one;
    while (text_split(&words, ' ', &one)) {
        if (text_equal(one, word))
            return true;
    }
    return false;
}

const struct problem *sharer_choices(struct memory *memory, struct text said,
                                     struct sharer_choice_list *out)
{
    struct sharer_choice *items = memory_take_array(memory, SHARER_TOPICS, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (int i = 0; i < SHARER_TOPICS; i++) {
        struct text value = text_of(words_name(&sharer_topic_words, i + 1));
        items[i] = (struct sharer_choice){(enum sharer_topic)(i + 1), value, holds(said, value)};
    }
    *out = (struct sharer_choice_list){items, SHARER_TOPICS};
    return NULL;
}

const struct problem *sharer_kinds(struct memory *memory, struct sharer_kind_choice_list *out)
{
    struct sharer_kind_choice *items = memory_take_array(memory, SHARER_KINDS, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (int i = 0; i < SHARER_KINDS; i++)
        items[i] = (struct sharer_kind_choice){(enum sharer_kind)(i + 1),
                                               text_of(words_name(&sharer_kind_words, i + 1))};
    *out = (struct sharer_kind_choice_list){items, SHARER_KINDS};
    return NULL;
}

/* ---- what is shown ---------------------------------------------------------------------------- */

static void place_channels(const struct sharer_channel_list *channels, struct sharing_view *view)
{
    struct text *const addresses[] = {&view->address_1, &view->address_2, &view->address_3};
    struct maybe_integer *const reaches[] = {&view->reach_1, &view->reach_2, &view->reach_3};
    struct text *const kinds[] = {&view->kind_1, &view->kind_2, &view->kind_3};
    for (size_t i = 0; i < SHARER_CHANNELS; i++) {
        bool there = i < channels->count;
        *addresses[i] = there ? channels->items[i].address : text_of("");
        *reaches[i] = (struct maybe_integer){there, there ? channels->items[i].reach : 0};
        *kinds[i] =
            text_of(there ? words_name(&sharer_kind_words, (int)channels->items[i].kind) : "");
    }
}

/* What codes are called; empty behind the last. */
static void place_names(enum language language, enum word_place_kind kind, struct text codes,
                        struct text *const out[SHARER_PLACES])
{
    struct text code;
    for (size_t i = 0; i < SHARER_PLACES; i++) {
        const struct word_place *place =
            text_split(&codes, ' ', &code) ? words_place(language, kind, code) : NULL;
        *out[i] = place ? place->name : text_of("");
    }
}

static void place_places(enum language language, struct sharing_view *view)
{
    struct text *const spoken[] = {&view->language_1, &view->language_2, &view->language_3,
                                   &view->language_4};
    struct text *const reached[] = {&view->country_1, &view->country_2, &view->country_3,
                                    &view->country_4};
    place_names(language, PLACES_LANGUAGES, view->languages, spoken);
    place_names(language, PLACES_COUNTRIES, view->countries, reached);
    view->all_languages = words_places(language, PLACES_LANGUAGES);
    view->all_countries = words_places(language, PLACES_COUNTRIES);
}

const struct problem *sharing_show(struct request *request, const struct nothing *input,
                                   struct sharing_view *view)
{
    struct sharer_row sharer = {.name = text_of(""), .topics = text_of("")};
    struct sharer_channel_list channels = {NULL, 0};
    (void)input;
    const struct problem *problem =
        sharer_of(request->db, request->memory, request->viewer.person, &sharer);
    bool said = !problem;
    if (said)
        problem = sharer_channels(request->db, request->memory, sharer.id, &channels);
    if (problem && problem != &not_found)
        return problem;
    *view = (struct sharing_view){
        .sharer = {said, sharer.id},
        .shown = said ? sharer.shown : true,
        .name = said ? sharer.name : text_of(""),
        .about = said ? sharer.about : text_of(""),
        .languages = said ? sharer.languages : text_of(""),
        .countries = said ? sharer.countries : text_of(""),
    };
    place_channels(&channels, view);
    place_places(request->language, view);
    problem = sharer_choices(request->memory, said ? sharer.topics : text_of(""), &view->topics);
    if (!problem)
        problem = sharer_kinds(request->memory, &view->kinds);
    return problem ? problem
                   : sharer_blocks(request->db, request->memory, request->viewer.person,
                                   &view->blocked);
}

/* ---- what is typed ---------------------------------------------------------------------------- */

static struct text typed_of(struct maybe_text typed)
{
    return typed.present ? text_trim(typed.value) : text_of("");
}

/* Codes of what was typed, each once and with a blank between. */
static const struct problem *read_places(struct request *request, enum word_place_kind kind,
                                         const struct maybe_text typed[SHARER_PLACES],
                                         const char *const names[SHARER_PLACES], struct text *out)
{
    char kept[CODES_BYTES];
    size_t size = 0;
    for (size_t i = 0; i < SHARER_PLACES; i++) {
        struct text text = typed_of(typed[i]);
        const struct word_place *place = words_place(request->language, kind, text);
        if (text_empty(text))
            continue;
        if (!place)
            return request_refuse(request, names[i],
                                  kind == PLACES_COUNTRIES ? "referrals.sharing.wrong.country"
                                                           : "referrals.sharing.wrong.language");
        if (holds((struct text){kept, size}, place->code))
            continue;
        if (size)
            kept[size++] = ' ';
        kept[size++] = place->code.data[0];
        kept[size++] = place->code.data[1];
    }
    *out = text_copy(request->memory, (struct text){kept, size});
    return out->data ? NULL : &out_of_memory;
}

static const struct problem *
read_all_places(struct request *request, const struct sharing_input *input, struct sharer_row *out)
{
    static const char *const languages[] = {"language_1", "language_2", "language_3", "language_4"};
    static const char *const countries[] = {"country_1", "country_2", "country_3", "country_4"};
    const struct maybe_text spoken[] = {input->language_1, input->language_2, input->language_3,
                                        input->language_4};
    const struct maybe_text reached[] = {input->country_1, input->country_2, input->country_3,
                                         input->country_4};
    const struct problem *problem =
        read_places(request, PLACES_LANGUAGES, spoken, languages, &out->languages);
    return problem ? problem
                   : read_places(request, PLACES_COUNTRIES, reached, countries, &out->countries);
}

static const struct problem *read_topics(struct request *request, struct text_list typed,
                                         struct text *out)
{
    struct builder b = builder_make(request->memory, TOPICS_BYTES);
    if (typed.count > SHARER_TOPICS)
        return request_refuse(request, "topics", "referrals.sharing.wrong.topics");
    builder_add_c(&b, "");
    for (size_t i = 0; i < typed.count; i++) {
        if (!words_value(&sharer_topic_words, typed.items[i]))
            return request_refuse(request, "topics", "referrals.sharing.wrong.topics");
        if (i)
            builder_add_char(&b, ' ');
        builder_add(&b, typed.items[i]);
    }
    return builder_end(&b, out);
}

struct typed_channel {
    struct maybe_text address, kind;
    struct maybe_integer reach;
    const char *names[3]; /* of these fields */
};

/* One of the up to three; `out` has no address where none was typed. */
static const struct problem *read_channel(struct request *request, struct typed_channel typed,
                                          struct sharer_channel *out)
{
    struct text kind = typed_of(typed.kind);
    *out = (struct sharer_channel){typed_of(typed.address), typed.reach.value, KIND_OTHER};
    if (text_empty(out->address))
        return typed.reach.present && typed.reach.value > 0
                   ? request_refuse(request, typed.names[0], "referrals.sharing.wrong.address")
                   : NULL;
    if (!text_starts(out->address, "https://"))
        return request_refuse(request, typed.names[0], "referrals.sharing.wrong.https");
    if (!text_empty(kind))
        out->kind = (enum sharer_kind)words_value(&sharer_kind_words, kind);
    if (!out->kind)
        return request_refuse(request, typed.names[1], "referrals.sharing.wrong.topics");
    return typed.reach.present
               ? NULL
               : request_refuse(request, typed.names[2], "referrals.sharing.wrong.reach");
}

static const struct problem *read_channels(struct request *request,
                                           const struct sharing_input *input,
                                           struct sharer_channel_list *out)
{
    const struct typed_channel typed[SHARER_CHANNELS] = {
        {input->address_1, input->kind_1, input->reach_1, {"address_1", "kind_1", "reach_1"}},
        {input->address_2, input->kind_2, input->reach_2, {"address_2", "kind_2", "reach_2"}},
        {input->address_3, input->kind_3, input->reach_3, {"address_3", "kind_3", "reach_3"}},
    };
    struct sharer_channel *items =
        memory_take_array(request->memory, SHARER_CHANNELS, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; !problem && i < SHARER_CHANNELS; i++) {
        problem = read_channel(request, typed[i], &items[count]);
        count += !problem && !text_empty(items[count].address);
    }
    if (problem)
        return problem;
    *out = (struct sharer_channel_list){items, count};
    return input->shown && count == 0
               ? request_refuse(request, "address_1", "referrals.sharing.wrong.none")
               : NULL;
}

struct keeping_sharer {
    struct sharer_row sharer;
    struct sharer_channel_list channels;
};

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct keeping_sharer *keeping = context;
    return sharer_keep(db, memory, &keeping->sharer, &keeping->channels);
}

const struct problem *sharing_keep(struct request *request, const struct sharing_input *input,
                                   struct sharing_kept *view)
{
    struct keeping_sharer keeping = {.sharer = {.person = request->viewer.person,
                                                .shown = input->shown,
                                                .name = text_trim(input->name),
                                                .about = typed_of(input->about),
                                                .at = request->now}};
    const struct problem *problem = read_topics(request, input->topics, &keeping.sharer.topics);
    if (!problem)
        problem = read_all_places(request, input, &keeping.sharer);
    if (!problem)
        problem = read_channels(request, input, &keeping.channels);
    if (!problem)
        problem = store_write(request->store, request->memory, keep, &keeping);
    if (problem)
        return problem;
    view->sharer = keeping.sharer.id;
    request_go_saying(request, "referrals.sharing_kept", "/me/sharing");
    return NULL;
}

static const struct problem *remove_it(struct database *db, struct memory *memory, void *context)
{
    const struct party_id *person = context;
    return sharer_remove(db, memory, *person);
}

const struct problem *sharing_remove(struct request *request, const struct nothing *input,
                                     struct nothing *view)
{
    struct party_id person = request->viewer.person;
    (void)input;
    (void)view;
    const struct problem *problem =
        store_write(request->store, request->memory, remove_it, &person);
    if (!problem)
        request_go_saying(request, "referrals.sharing_removed", "/me/sharing");
    return problem;
}

/* ---- wanting no more of it -------------------------------------------------------------------- */

struct blocking {
    struct party_id person, business;
    struct referrals_partner_id partner;
    struct instant at;
};

static const struct problem *unblock(struct database *db, struct memory *memory, void *context)
{
    const struct blocking *blocking = context;
    struct sharer_hit hit;
    return sharer_block_delete(db, memory, blocking->person, blocking->business, &hit);
}

const struct problem *sharing_unblock(struct request *request, const struct sharing_unblock *input,
                                      struct nothing *view)
{
    struct blocking blocking = {.person = request->viewer.person, .business = input->business};
    (void)view;
    const struct problem *problem =
        store_write(request->store, request->memory, unblock, &blocking);
    if (!problem)
        request_go_saying(request, "referrals.sharing_unblocked", "/me/sharing");
    return problem;
}

static const struct problem *block(struct database *db, struct memory *memory, void *context)
{
    const struct blocking *blocking = context;
    return sharer_block(db, memory, blocking->partner, blocking->person, blocking->at);
}

const struct problem *sharing_block(struct request *request, const struct sharing_refuse *input,
                                    struct nothing *view)
{
    struct blocking blocking = {
        .person = request->viewer.person, .partner = input->partner, .at = request->now};
    (void)view;
    const struct problem *problem = store_write(request->store, request->memory, block, &blocking);
    if (!problem)
        request_go_saying(request, "referrals.sharing_blocked", "/me/sharing");
    return problem;
}
