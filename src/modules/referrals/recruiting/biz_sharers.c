/*
 * A business looks for people with reach and invites them.
 *
 * Shows what they say about themselves, and of what came by them only a coarse band. Must not know: their accounts.
 * Read next: queries.sql, invite.c.
 */
#include "base/ids.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/personal/personal_pages.h"
#include "modules/referrals/recruiting/pages.h"
#include "modules/referrals/recruiting/pages.shapes.h"
#include "modules/referrals/recruiting/queries.h"
#include "modules/referrals/recruiting/recruit.shapes.h"
#include "modules/referrals/recruiting/rows.h"

enum { PAGE = 20, DAYS = 14, FEW = 10, SOME = 100, NAMES_BYTES = 1200 };

/* So coarse that nothing can be told of any one business. */
static enum sharer_past past_of(int64_t orders)
{
    if (orders <= 0)
        return PAST_NOTHING;
    return orders <= FEW ? PAST_FEW : orders <= SOME ? PAST_SOME : PAST_MANY;
}

/* What codes are called, by commas; a code that is none any more stands as it is. */
static const struct problem *say_places(struct request *request, enum word_place_kind kind,
                                        struct text codes, struct text *out)
{
    struct builder b = builder_make(request->memory, NAMES_BYTES);
    struct text code;
    builder_add_c(&b, "");
    for (bool first = true; text_split(&codes, ' ', &code); first = false) {
        const struct word_place *place = words_place(request->language, kind, code);
        if (!first)
            builder_add_c(&b, ", ");
        builder_add(&b, place ? place->name : code);
    }
    return builder_end(&b, out);
}

static const struct problem *card_of(struct request *request, const struct sharer_found_row *row,
                                     struct sharer_card *out)
{
    struct memory *memory = request->memory;
    struct text rest = row->topics, word;
    struct sharer_topic_said *topics = memory_take_array(memory, SHARER_TOPICS, sizeof *topics);
    size_t count = 0;
    if (!topics)
        return &out_of_memory;
    while (count < SHARER_TOPICS && text_split(&rest, ' ', &word)) {
        int topic = words_value(&sharer_topic_words, word);
        if (topic)
            topics[count++] = (struct sharer_topic_said){(enum sharer_topic)topic};
    }
    *out = (struct sharer_card){.sharer = row->sharer,
                                .name = row->name,
                                .about = row->about,
                                .reach = row->reach,
                                .topics = {topics, count},
                                .languages = row->languages,
                                .countries = row->countries,
                                .past = past_of(row->orders)};
    const struct problem *problem =
        say_places(request, PLACES_LANGUAGES, row->languages, &out->language_names);
    return problem ? problem
                   : say_places(request, PLACES_COUNTRIES, row->countries, &out->country_names);
}

/* ---- looking ---------------------------------------------------------------------------------- */

static struct text asked_of(struct maybe_text typed)
{
    return typed.present ? text_trim(typed.value) : text_of("");
}

/* What was typed for a place to look for. */
struct place_asked {
    struct text code;  /* empty: none */
    struct text name;  /* as the form shows it */
    struct text wrong; /* why there is none like that; empty: there is */
};

static struct place_asked place_of(struct request *request, enum word_place_kind kind,
                                   struct maybe_text typed)
{
    struct text asked = asked_of(typed);
    const struct word_place *place = words_place(request->language, kind, asked);
    if (place || text_empty(asked))
        return (struct place_asked){place ? place->code : text_of(""), place ? place->name : asked,
                                    text_of("")};
    const char *wrong = kind == PLACES_COUNTRIES ? "referrals.sharing.wrong.country"
                                                 : "referrals.sharing.wrong.language";
    return (struct place_asked){text_of(""), asked,
                                words_text(request->memory, request->language, wrong, NULL, 0)};
}

struct looking {
    struct text topic, language, country, kind;
    int64_t least;
};

/* Goes along the fact that fewest have, as a rule; the others are looked up for each. */
static const struct problem *find(struct request *request, const struct looking *looking,
                                  const struct sharers_query *input,
                                  struct sharer_found_row_list *rows)
{
    bool country = !text_empty(looking->country), topic = !text_empty(looking->topic);
    bool language = !text_empty(looking->language), kind = !text_empty(looking->kind);
    const char *fact = country    ? "country"
                       : topic    ? "topic"
                       : language ? "language"
                       : kind     ? "kind"
                                  : "all";
    struct text value = country    ? looking->country
                        : topic    ? looking->topic
                        : language ? looking->language
                                   : looking->kind;
    return sharers_found(request->db, request->memory, text_of(fact), value,
                         country ? looking->topic : text_of(""),
                         country || topic ? looking->language : text_of(""),
                         country || topic || language ? looking->kind : text_of(""),
                         input->reach.present ? input->reach.value : INT64_MAX,
                         input->before.present ? input->before.value.value : INT64_MAX,
                         looking->least, request->viewer.organisation, PAGE + 1, rows);
}

static const struct problem *write_later(struct request *request, const struct looking *looking,
                                         struct sharers_page *view)
{
    struct builder b = builder_make(request->memory, 400);
    if (view->sharers.count <= PAGE)
        return NULL;
    view->sharers.count = PAGE;
    const struct sharer_card *last = &view->sharers.items[PAGE - 1];
    builder_add_c(&b, "?topic=");
    builder_add_url(&b, looking->topic);
    builder_add_c(&b, "&language=");
    builder_add_url(&b, looking->language);
    builder_add_c(&b, "&country=");
    builder_add_url(&b, looking->country);
    builder_add_c(&b, "&kind=");
    builder_add_url(&b, looking->kind);
    builder_add_format(&b, "&least=%lld&reach=%lld&before=%s", (long long)looking->least,
                       (long long)last->reach, id_text("shr", last->sharer.value).text);
    view->later.present = true;
    return builder_end(&b, &view->later.value);
}

const struct problem *sharers_show(struct request *request, const struct sharers_query *input,
                                   struct sharers_page *view)
{
    struct place_asked language = place_of(request, PLACES_LANGUAGES, input->language);
    struct place_asked country = place_of(request, PLACES_COUNTRIES, input->country);
    struct looking looking = {.topic = asked_of(input->topic),
                              .language = language.code,
                              .country = country.code,
                              .kind = asked_of(input->kind),
                              .least = input->least.present ? input->least.value : 0};
    struct sharer_found_row_list rows = {NULL, 0};
    struct memory *memory = request->memory;
    struct sharer_card *cards = memory_take_array(memory, PAGE + 1, sizeof *cards);
    const struct problem *problem = cards ? NULL : &out_of_memory;
    if (!problem && text_empty(language.wrong) && text_empty(country.wrong))
        problem = find(request, &looking, input, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = card_of(request, &rows.items[i], &cards[i]);
    if (problem)
        return problem;
    view->sharers = (struct sharer_card_list){cards, rows.count};
    view->language = language.name;
    view->country = country.name;
    view->wrong_language = language.wrong;
    view->wrong_country = country.wrong;
    view->all_languages = words_places(request->language, PLACES_LANGUAGES);
    view->all_countries = words_places(request->language, PLACES_COUNTRIES);
    view->least = looking.least;
    view->kind = looking.kind;
    view->asked = looking.least > 0 || looking.topic.size || language.name.size ||
                  country.name.size || looking.kind.size;
    problem = sharer_choices(memory, looking.topic, &view->topics);
    if (!problem)
        problem = sharer_kinds(memory, &view->kinds);
    return problem ? problem : write_later(request, &looking, view);
}

/* ---- inviting --------------------------------------------------------------------------------- */

const struct problem *sharer_show(struct request *request, const struct sharer_query *input,
                                  struct sharer_page *view)
{
    struct sharer_row sharer;
    struct sharer_number orders;
    const struct problem *problem = sharer_for(request->db, request->memory, input->sharer,
                                               request->viewer.organisation, &sharer);
    if (!problem)
        problem = sharer_orders(request->db, request->memory, sharer.person, &orders);
    if (problem)
        return problem;
    const struct sharer_found_row row = {sharer.id,        sharer.name,   sharer.about,
                                         sharer.reach,     sharer.topics, sharer.languages,
                                         sharer.countries, orders.number};
    view->currency = setting_text("site.currency");
    view->days = DAYS;
    problem = card_of(request, &row, &view->sharer);
    if (!problem)
        problem = sharer_channels(request->db, request->memory, sharer.id, &view->channels);
    return problem ? problem
                   : sharer_programs(request->db, request->memory, request->viewer.organisation,
                                     &view->programs);
}

static const struct problem *invite(struct move *move)
{
    return sharer_invite(move, move->context);
}

static const struct problem *blame(struct request *request, const struct problem *problem)
{
    bool fee = problem == &ledger_not_enough;
    bool program = problem == &referrals_not_open || problem == &referrals_takes_part;
    return request_blame(request, fee ? "fee" : program ? "program" : "percent", problem);
}

const struct problem *sharer_send(struct request *request, const struct sharer_invite_input *input,
                                  struct sharer_invited *view)
{
    const struct personal_counter_input typed = {.percent = input->percent,
                                                 .percent_2 = input->percent_2,
                                                 .percent_3 = input->percent_3,
                                                 .fee = input->fee,
                                                 .words = input->words};
    struct sharer_inviting inviting = {.sharer = input->sharer,
                                       .making = {.program = input->program,
                                                  .business = request->viewer.organisation,
                                                  .days = input->days}};
    struct move move = {.flow = &personal_flow,
                        .by = BY_BUYER,
                        .actor = request->viewer.person,
                        .at = request->now,
                        .context = &inviting};
    struct personal_row offer;
    const struct problem *problem = personal_read_terms(request, typed, &inviting.making.terms);
    const struct personal_terms *terms = &inviting.making.terms;
    if (problem)
        return problem;
    if (input->on_post && terms->fee.minor == 0)
        return request_refuse(request, "fee", "referrals.personal.wrong.post_fee");
    inviting.making.terms.on_post = input->on_post;
    move.note = terms->words;
    struct once once = {inviting.making.business, request->once,
                        text_format(request->memory, "invite %lld %lld %lld %lld %lld %lld %d",
                                    (long long)input->sharer.value, (long long)input->program.value,
                                    (long long)terms->levels[0], (long long)terms->levels[1],
                                    (long long)terms->levels[2], (long long)terms->fee.minor,
                                    terms->on_post)};
    problem = flow_once(request->store, request->memory, &move, &once, invite);
    if (problem)
        return problem == &not_found ? problem : blame(request, problem);
    view->offer.value = move.subject;
    problem = personal_find(request->db, request->memory, view->offer, &offer);
    if (problem)
        return problem;
    view->partner = offer.partner;
    request_go_saying(request, "referrals.invited", "/biz/partners/%s/offers",
                      id_text("rpt", offer.partner.value).text);
    return NULL;
}
