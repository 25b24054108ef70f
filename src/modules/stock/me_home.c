/*
 * A person's first page: what waits, what is theirs, what happened. And what its siblings share.
 *
 * Must not know: how an offer is answered or a photograph decided. Read next: me_rows.h, me_chart.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/talk_queries.h"
#include "modules/stock/queries.h"
#include "modules/stock/sale.h"
#include "modules/stock/states.h"
#include "web/words.h"

enum { TURNS = 10, HAPPENED = 12 };

/* ---- what the person's pages share ------------------------------------------------------------ */

struct text stock_me_say(const struct request *request, const char *prefix, struct text word)
{
    struct text key = text_format(request->memory, "%s.%.*s", prefix, TEXT_ARGS(word));
    if (!key.data || word.size == 0 || !words_have(key.data))
        return (struct text){"", 0};
    return words_text(request->memory, request->language, key.data, NULL, 0);
}

struct currency stock_me_currency(void)
{
    return setting_currency("site.currency");
}

struct money stock_me_free(const struct ledger_balance *balance)
{
    bool some = balance->free.minor > 0;
    return (struct money){some ? balance->free.minor : 0, balance->free.currency};
}

const struct problem *stock_me_count(struct request *request, int64_t *out)
{
    struct stock_count counted;
    struct instant since = instant_add(request->now, -STOCK_APPEAL_WITHIN);
    const struct problem *problem =
        stock_me_waiting(request->db, request->memory, request->viewer.person, since, &counted);
    *out = problem ? 0 : counted.number;
    return problem;
}

/* ---- what happened ---------------------------------------------------------------------------- */

static struct stock_me_line line_of_photo(const struct stock_me_photo *photo)
{
    bool accepted = photo->state == PHOTO_ACCEPTED;
    return (struct stock_me_line){
        .event = accepted ? STOCK_ME_ACCEPTED : STOCK_ME_REFUSED,
        .photo = photo->id,
        .title = photo->title,
        .preview = photo->preview,
        .reason = accepted ? text_of("") : photo->reason,
        .at = photo->moved,
    };
}

static struct stock_me_line line_of_licence(const struct stock_me_earning *earning)
{
    return (struct stock_me_line){
        .event = STOCK_ME_LICENSED,
        .photo = earning->photo,
        .title = earning->title,
        .preview = earning->preview,
        .reason = text_of(""),
        .earned = {earning, 1},
        .at = earning->at,
    };
}

/* Two lists, each newest first, become one. */
static size_t merge(const struct stock_me_earning_list *earned,
                    const struct stock_me_photo_list *decided, struct stock_me_line *out)
{
    size_t a = 0;
    size_t b = 0;
    size_t count = 0;
    while (count < HAPPENED && (a < earned->count || b < decided->count)) {
        bool money = b == decided->count ||
                     (a < earned->count && earned->items[a].at.ms >= decided->items[b].moved.ms);
        out[count++] =
            money ? line_of_licence(&earned->items[a++]) : line_of_photo(&decided->items[b++]);
    }
    return count;
}

static bool same_day(struct instant a, struct instant b)
{
    return a.ms / DAY == b.ms / DAY;
}

static const struct problem *show_days(struct request *request, struct stock_me_home *view,
                                       const struct stock_me_line *lines, size_t count)
{
    struct stock_me_day *days = memory_take_array(request->memory, count, sizeof *days);
    size_t day_count = 0;
    if (!days)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        struct stock_me_day *day = day_count ? &days[day_count - 1] : NULL;
        if (!day || !same_day(day->at, lines[i].at)) {
            day = &days[day_count++];
            *day = (struct stock_me_day){.at = lines[i].at,
                                         .today = same_day(lines[i].at, request->now),
                                         .lines = {&lines[i], 0}};
        }
        day->lines.count++;
    }
    view->days = (struct stock_me_day_list){days, day_count};
    return NULL;
}

static const struct problem *show_happened(struct request *request, struct stock_me_home *view)
{
    struct party_id person = request->viewer.person;
    struct stock_me_line_row_list sold;
    struct stock_me_photo_row_list rows;
    struct stock_me_earning_list earned;
    struct stock_me_photo_list decided;
    struct stock_me_line *lines = memory_take_array(request->memory, HAPPENED, sizeof *lines);
    const struct problem *problem =
        lines ? stock_me_lines(request->db, request->memory, person, instant_add(request->now, 1),
                               (struct stock_licence_id){0}, (struct instant){0}, HAPPENED, &sold)
              : &out_of_memory;
    if (!problem)
        problem = stock_me_decided(request->db, request->memory, person, HAPPENED, &rows);
    if (!problem)
        problem = stock_me_earnings_of(request, &sold, HAPPENED, &earned);
    if (!problem)
        problem = stock_me_photos_of(request, &rows, HAPPENED, &decided);
    return problem ? problem : show_days(request, view, lines, merge(&earned, &decided, lines));
}

/* ---- what waits, and what is theirs ----------------------------------------------------------- */

static const struct problem *show_turns(struct request *request, struct stock_me_home *view)
{
    struct party_id person = request->viewer.person;
    struct instant since = instant_add(request->now, -STOCK_APPEAL_WITHIN);
    struct stock_talk_row_list deals;
    struct stock_me_photo_row_list refused;
    struct stock_me_photo_row_list drafts;
    struct text none = text_of("");
    const struct problem *problem =
        stock_talks_for_author(request->db, request->memory, person, TURNS, &deals);
    if (!problem)
        problem = stock_talks_shown(request->memory, &deals, TURNS, &view->deals);
    if (!problem)
        problem = stock_me_refused(request->db, request->memory, person, since, TURNS, &refused);
    if (!problem)
        problem = stock_me_photos_of(request, &refused, TURNS, &view->refused);
    if (!problem)
        problem = stock_me_photos(request->db, request->memory, person, text_of("draft"), none,
                                  none, INT64_MAX, 1, &drafts);
    if (!problem)
        problem = stock_me_photos_of(request, &drafts, 1, &view->draft);
    return problem;
}

static const struct problem *count_waiting(struct request *request, struct stock_me_home *view)
{
    int64_t own = 0;
    int64_t turns = 0;
    const struct problem *problem = stock_me_count(request, &own);
    if (!problem)
        problem = waiting_for(request, PORTAL_ME, &view->waits, &turns);
    view->waiting = own + turns < 100 ? own + turns : 100;
    return problem;
}

static const struct problem *show_money(struct request *request, struct stock_me_home *view)
{
    struct ledger_balance earnings;
    struct ledger_balance payouts;
    struct stock_me_rights_row rights;
    struct party_id person = request->viewer.person;
    struct currency currency = stock_me_currency();
    const struct problem *problem =
        ledger_balance(request->db, request->memory, person, ACCOUNT_EARNINGS, currency, &earnings);
    if (!problem)
        problem = ledger_balance(request->db, request->memory, person, ACCOUNT_PAYOUTS, currency,
                                 &payouts);
    if (!problem)
        problem =
            stock_me_rights_count(request->db, request->memory, person, request->now, &rights);
    if (problem)
        return problem;
    view->free = stock_me_free(&earnings);
    view->owed = earnings.owed;
    view->under_way = payouts.balance;
    view->running = rights.running;
    view->exclusive = rights.exclusive;
    return NULL;
}

static const struct problem *show_level(struct request *request, struct stock_me_level *out)
{
    struct stock_split split;
    struct stock_rules rules;
    struct money nothing = {0, stock_me_currency()};
    const struct problem *problem = stock_rules_now(request->memory, &rules);
    if (!problem)
        problem = stock_split_for(request->db, request->memory, &rules, request->viewer.person,
                                  nothing, request->now, &split);
    if (problem)
        return problem;
    *out = (struct stock_me_level){
        .level = split.level,
        .levels = rules.levels.count,
        .rate = split.rate,
        .counted = split.counted,
        .next = split.next,
        .next_rate = split.next_rate,
    };
    return NULL;
}

static struct text first_word(struct text name)
{
    struct text word;
    struct text rest = name;
    return text_split(&rest, ' ', &word) && word.size ? word : name;
}

const struct problem *stock_me_home_show(struct request *request, const struct nothing *input,
                                         struct stock_me_home *view)
{
    int64_t counts[PHOTO_SOLD + 1];
    (void)input;
    view->name = first_word(request->viewer.name);
    const struct problem *problem = stock_me_count_states(request, counts);
    if (!problem)
        problem = show_turns(request, view);
    if (!problem)
        problem = count_waiting(request, view);
    if (!problem)
        problem = show_money(request, view);
    if (!problem)
        problem = show_level(request, &view->level);
    if (!problem)
        problem = stock_me_chart_of(request, request->now, &view->chart);
    if (!problem)
        problem = show_happened(request, view);
    if (problem)
        return problem;
    int64_t all = 0;
    for (int state = PHOTO_DRAFT; state <= PHOTO_SOLD; state++)
        all += counts[state];
    view->fresh = all == 0;
    view->drafts = counts[PHOTO_DRAFT];
    return NULL;
}
