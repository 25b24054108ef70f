/*
 * Every registered route by everybody: nobody, strangers, the suspended, people, members of every
 * role, former ones, owners of another business, operators and former operators; and by their programs,
 * with keys that work, that lack every scope, and that work no more.
 *
 * Everything comes from the tables: the routes from module_all(), a request's body from the shape its
 * handler takes, the ids from the things of roles_world.h. What is refused must be refused in the same
 * words whatever is asked for and write nothing; another's thing must answer exactly as one that does
 * not exist; a form without the token of its own session does nothing; what is allowed must neither be
 * refused nor fail. One TAP line a route.
 *
 *   roles_test [WORD [FINE...]]   also: WORD stands in no answer, in no letter case, but inside of a
 *                                 word that is FINE
 *
 * Must not know: any route. Read next: tests/roles_world.h.
 */
#include "roles_world.h"

enum { ROUTES_MAX = 512, SLOTS = 6, FILLINGS = 48, FAULT_TEXT = 600 };

/* What is said of one route. */
struct trial {
    const struct route *route;
    const char *owner;
    int refused, hidden, forged, allowed, opened; /* how many answers of each kind were right */
    bool real;                                    /* a thing of its kind exists */
    char fault[FAULT_TEXT];                       /* the first one; empty when none */
};
static struct trial trials[ROUTES_MAX];
static size_t trial_count;
static const char *unwanted;    /* the word that stands nowhere; NULL: none */
static char *const *fine_words; /* words that begin with it and may stand; ends with NULL */

/* One of the ways to a route: its page's path, or its path for programs. */
struct way {
    struct trial *trial;
    const char *pattern;
    bool json; /* asks for JSON */
    const struct field
        *slots[SLOTS]; /* where ids come in: of the path, and required ones of the body */
    bool in_path[SLOTS];
    size_t slot_count;
};

/* Which thing is asked for in each slot; NULL: one that does not exist. */
struct filling {
    const struct thing *things[SLOTS];
    size_t word; /* which word of the choices of a form */
};

struct message {
    const char *method;
    struct text target;
    struct text body;
};

static const char *method_name(enum method method)
{
    switch (method) {
    case GET:
        return "GET";
    case POST:
        return "POST";
    case PUT:
        return "PUT";
    case DELETE:
        return "DELETE";
    }
    return "";
}

__attribute__((format(printf, 4, 5))) static void blame(const struct way *way,
                                                        const struct role *role,
                                                        const struct exchange *exchange,
                                                        const char *format, ...)
{
    struct trial *trial = way->trial;
    va_list arguments;
    if (trial->fault[0])
        return;
    int used = snprintf(trial->fault, sizeof trial->fault, "%s asks %s for %s: ", role->name,
                        way->pattern, way->json ? "JSON" : "the page");
    va_start(arguments, format);
    used += vsnprintf(trial->fault + used, sizeof trial->fault - (size_t)used, format, arguments);
    va_end(arguments);
    if (exchange && used < (int)sizeof trial->fault) {
        size_t shown = exchange->body.size < 200 && way->json ? exchange->body.size : 0;
        snprintf(trial->fault + used, sizeof trial->fault - (size_t)used, " (%d %.*s%.*s)",
                 exchange->status, TEXT_ARGS(exchange->location), (int)shown,
                 shown ? exchange->body.data : "");
    }
}

/* ---- what a request says ---- */

/* Takes the next "{name}" of a pattern; false at its end. */
static bool next_parameter(const char **pattern, char name[64])
{
    const char *open = strchr(*pattern, '{');
    const char *close = open ? strchr(open, '}') : NULL;
    if (!close)
        return false;
    snprintf(name, 64, "%.*s", (int)(close - open - 1), open + 1);
    *pattern = close + 1;
    return true;
}

static bool in_pattern(const char *pattern, const char *member)
{
    char name[64];
    while (next_parameter(&pattern, name)) {
        if (strcmp(name, member) == 0)
            return true;
    }
    return false;
}

/* Finds where ids come in. A list of ids is one slot: one id is asked for. */
static struct way make_way(struct trial *trial, const char *pattern, bool json)
{
    struct way way = {.trial = trial, .pattern = pattern, .json = json};
    const struct shape *takes = trial->route->handler->takes;
    for (size_t i = 0; i < takes->count; i++) {
        const struct field *field = &takes->fields[i];
        bool in_path = in_pattern(pattern, field->name);
        bool id = field->kind == FIELD_ID ||
                  (field->kind == FIELD_LIST && field->item_kind == FIELD_ID && field->prefix);
        bool asked = in_path || (trial->route->method != GET && !field->optional);
        if (!id || !asked || way.slot_count == SLOTS)
            continue;
        way.in_path[way.slot_count] = in_path;
        way.slots[way.slot_count++] = field;
    }
    return way;
}

/* An id of a kind that names nothing; always the same one in a kind. */
static void unknown_id(char out[ID_TEXT_MAX], const char *prefix)
{
    id_write(out, prefix, INT64_C(77));
}

static const char *id_for(const struct way *way, const struct filling *filling, const char *member,
                          char room[ID_TEXT_MAX])
{
    for (size_t i = 0; i < way->slot_count; i++) {
        if (strcmp(way->slots[i]->name, member) != 0)
            continue;
        if (filling->things[i])
            return filling->things[i]->id;
        unknown_id(room, way->slots[i]->prefix);
        return room;
    }
    return NULL;
}

/* A value of a field's kind and within its limits. */
static void add_value(struct builder *out, const struct field *field, size_t word)
{
    int64_t low = field->low > 0 && field->low < 100000 ? field->low : 1;
    switch (field->kind) {
    case FIELD_INTEGER:
        builder_add_integer(out, low);
        break;
    case FIELD_MONEY:
        builder_add_c(out, "12.00");
        break;
    case FIELD_INSTANT:
        builder_add_c(out, "2026-07-01");
        break;
    case FIELD_WORD:
        builder_add_c(out, field->words->items[word % field->words->count].name);
        break;
    case FIELD_TEXT:
    case FIELD_LIST:
        if (field->format == FORMAT_MAIL)
            builder_add_c(out, "somebody%40example.org");
        else if (field->format == FORMAT_URL)
            builder_add_c(out, "https%3A%2F%2Fexample.org%2F");
        else
            for (int64_t i = 0; i < low || i < 3; i++)
                builder_add_char(out, 'x');
        break;
    case FIELD_FLAG:
    case FIELD_ID:
    case FIELD_HTML:
    case FIELD_STRUCT:
    case FIELD_UPLOAD:
        break;
    }
}

static struct message compose(const struct way *way, const struct filling *filling,
                              struct memory *memory)
{
    const struct route *route = way->trial->route;
    const struct shape *takes = route->handler->takes;
    struct builder target = builder_make(memory, 4000);
    struct builder body = builder_make(memory, 64 << 10);
    struct message message = {.method = method_name(route->method)};
    char room[ID_TEXT_MAX];
    char name[64];
    const char *rest = way->pattern;
    for (const char *at = rest; next_parameter(&rest, name); at = rest) {
        builder_add_bytes(&target, at, (size_t)(strchr(at, '{') - at));
        const char *id = id_for(way, filling, name, room);
        const struct field *field = shape_find(takes, text_of(name));
        if (id)
            builder_add_c(&target, id);
        else if (field)
            add_value(&target, field, filling->word);
    }
    builder_add_c(&target, rest);
    for (size_t i = 0; route->method != GET && i < takes->count; i++) {
        const struct field *field = &takes->fields[i];
        const char *id = id_for(way, filling, field->name, room);
        if (in_pattern(way->pattern, field->name) || (field->optional && !id) ||
            field->kind == FIELD_UPLOAD)
            continue;
        builder_add_format(&body, "%s%s=", body.size ? "&" : "", field->name);
        if (id)
            builder_add_c(&body, id);
        else
            add_value(&body, field, filling->word);
    }
    bed_must(builder_end(&target, &message.target), "a path");
    bed_must(builder_end(&body, &message.body), "a form");
    return message;
}

/* ---- asking ---- */

static bool holds_word(struct text body, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; body.data && i + size <= body.size; i++) {
        bool fine = false;
        if (strncasecmp(body.data + i, word, size) != 0)
            continue;
        for (char *const *at = fine_words; *at && !fine; at++) {
            size_t whole = strlen(*at);
            fine = i + whole <= body.size && strncasecmp(body.data + i, *at, whole) == 0;
        }
        if (!fine)
            return true;
    }
    return false;
}

static struct exchange call(const struct way *way, const struct role *role,
                            const struct filling *filling, struct text session,
                            struct memory *memory)
{
    struct message message = compose(way, filling, memory);
    struct exchange exchange = {0};
    const struct problem *problem =
        server_call(bed.world.server, memory, message.method, message.target, session, way->json,
                    message.body, &exchange);
    if (problem)
        blame(way, role, NULL, "there is no answer: %s", problem->name);
    if (exchange.status >= 500)
        blame(way, role, &exchange, "%.*s fails", TEXT_ARGS(message.target));
    if (unwanted &&
        (holds_word(exchange.body, unwanted) || holds_word(exchange.location, unwanted)))
        blame(way, role, &exchange, "\"%s\" stands in the answer to %.*s", unwanted,
              TEXT_ARGS(message.target));
    return exchange;
}

static bool leads_to_sign_in(const struct exchange *exchange)
{
    return exchange->status == 303 && text_starts(exchange->location, SIGN_IN_PATH "?next=");
}

/* ---- who may what ---- */

static bool may(const struct role *role, const struct way *way)
{
    const struct route *route = way->trial->route;
    bool allowed = meets(role, route->who) && !(role->lapsed && route->proof);
    if (role->comes == BY_SESSION)
        return allowed;
    /* A key opens what is for programs, but not what is about keys, passwords and bank accounts. What needs
     * none, it does not close either. */
    bool keyless = route->scope && route->scope[0] == '\0';
    bool fit = way->json && route->api && way->pattern == route->api && !route->proof;
    if (fit && keyless && route->method == GET && route->who == ANYONE)
        return role->comes != BY_DEAD_KEY;
    fit = fit && !keyless;
    bool mine = strncmp(route->path, "/me/", 4) == 0 || strcmp(route->path, "/me") == 0;
    return allowed && fit && role->comes != BY_DEAD_KEY && !(role->comes == BY_HOUSE_KEY && mine);
}

/* Pages on which everybody sees their own things only. */
static bool is_own_side(const struct route *route)
{
    bool side = strncmp(route->path, "/me/", 4) == 0 || strncmp(route->path, "/biz/", 5) == 0;
    return side && !route->others;
}

/* Whether a thing may be answered with, as far as the things themselves say. */
static bool is_open_to(const struct thing *thing, const struct role *role,
                       const struct route *route)
{
    if (shares(thing, role) || route->who >= OPERATOR)
        return true;
    if (is_own_side(route))
        return false;
    return thing->everybody || (thing->staff && meets(role, OPERATOR));
}

/* True when the filling asks for something of others'; *twin is the same with what does not exist. */
static bool asks_for_others(const struct way *way, const struct filling *filling,
                            const struct role *role, struct filling *twin)
{
    bool others = false;
    *twin = *filling;
    for (size_t i = 0; i < way->slot_count; i++) {
        const struct thing *thing = filling->things[i];
        if (!thing || is_open_to(thing, role, way->trial->route))
            continue;
        others = true;
        twin->things[i] = NULL;
    }
    return others;
}

/* All ways to fill the slots with things of their kinds, or with none: up to FILLINGS. */
static size_t fill(const struct way *way, struct filling out[FILLINGS])
{
    size_t count = 1;
    out[0] = (struct filling){.word = 0};
    for (size_t slot = 0; slot < way->slot_count; slot++) {
        size_t before = count;
        for (size_t i = 0; i < thing_count; i++) {
            if (!is_of(&things[i], way->slots[slot]->prefix))
                continue;
            way->trial->real = true;
            for (size_t j = 0; j < before && count < FILLINGS; j++) {
                out[count] = out[j];
                out[count++].things[slot] = &things[i];
            }
        }
    }
    return count;
}

/* ---- refused ---- */

static void expect_refusal(const struct way *way, const struct role *role,
                           const struct exchange *exchange)
{
    bool right = false;
    /* Who may, once they have proved it again, is led to where they can. */
    /* An operator who sees to other things than the desk's front begins at those. */
    bool front = strcmp(way->trial->route->path, "/desk") == 0 && meets(role, OPERATOR) &&
                 !way->json && role->comes == BY_SESSION;
    bool ask = role->lapsed && meets(role, way->trial->route->who) && !way->json;
    if (role->comes == BY_DEAD_KEY)
        right = exchange->status == 401;
    else if (ask)
        right = exchange->status == 303 && text_starts(exchange->location, PROVE_PATH "?next=");
    else if (front)
        right = exchange->status == 303 && text_starts(exchange->location, "/desk/");
    else if (role->signed_in)
        right = exchange->status == 403;
    else
        right = way->json ? exchange->status == 401 : leads_to_sign_in(exchange);
    if (right)
        way->trial->refused++;
    else
        blame(way, role, exchange, "it is not refused");
}

/* How many hexadecimal digits begin here: a token of a form, which is another one each time. */
static size_t digits_at(struct text body, size_t at)
{
    size_t size = 0;
    while (at + size < body.size && strchr("0123456789abcdef", body.data[at + size]) &&
           body.data[at + size])
        size++;
    return size;
}

/* The answer with every id that was asked for, and every token, made the same. */
static struct text without_ids(struct memory *memory, struct text body, const struct way *way,
                               const struct filling *filling)
{
    struct builder out = builder_make(memory, 8 << 20);
    char room[ID_TEXT_MAX];
    for (size_t i = 0; i < body.size;) {
        size_t skip = 0;
        for (size_t slot = 0; !skip && slot < way->slot_count; slot++) {
            const char *id = id_for(way, filling, way->slots[slot]->name, room);
            size_t size = strlen(id);
            if (i + size <= body.size && memcmp(body.data + i, id, size) == 0)
                skip = size;
        }
        size_t digits = skip ? 0 : digits_at(body, i);
        if (digits >= 32)
            skip = digits;
        builder_add_char(&out, skip ? '*' : body.data[i]);
        i += skip ? skip : 1;
    }
    struct text text;
    bed_must(builder_end(&out, &text), "an answer");
    return text;
}

/* How many statements an answer takes. The clock would tell what others do on this machine, too; who
 * asks over the network sees no more of it than that. */
static size_t cost_of(const struct way *way, const struct role *role, const struct filling *filling,
                      struct memory *memory)
{
    size_t before = store_count();
    (void)call(way, role, filling, role->session, memory);
    return store_count() - before;
}

static void expect_same_cost(const struct way *way, const struct role *role,
                             const struct filling *filling, const struct filling *twin,
                             struct memory *memory)
{
    size_t real = 0;
    size_t none = 1;
    /* A statement now and then is about the session: that it is still in use. */
    for (int turn = 0; turn < 3 && real != none; turn++) {
        real = cost_of(way, role, filling, memory);
        none = cost_of(way, role, twin, memory);
    }
    if (real != none)
        blame(way, role, NULL, "another's thing takes %zu statements, one that does not exist %zu",
              real, none);
}

/* What is another's answers as what is not there: the same status, the same words, the same work. */
static void expect_alike(const struct way *way, const struct role *role,
                         const struct filling *filling, const struct filling *twin,
                         struct memory *memory)
{
    struct exchange real = call(way, role, filling, role->session, memory);
    struct exchange none = call(way, role, twin, role->session, memory);
    bool get = way->trial->route->method == GET;
    struct text said = without_ids(memory, real.body, way, filling);
    struct text wanted = without_ids(memory, none.body, way, twin);
    if (real.status != none.status)
        blame(way, role, &real,
              "another's thing answers with %d, one that does not exist with %d (a route that acts "
              "on what anyone may see says .others, and its .examples .seen_by)",
              real.status, none.status);
    else if (get ? real.status != 404 : real.status < 400)
        blame(way, role, &real, "another's thing is there");
    else if (!text_equal(said, wanted))
        blame(way, role, &real, "another's thing answers in other words than none: %.*s",
              way->json ? (int)wanted.size : 0, wanted.data);
    else
        way->trial->hidden++;
    expect_same_cost(way, role, filling, twin, memory);
}

static void try_refused(const struct way *way)
{
    struct filling fillings[FILLINGS];
    size_t count = fill(way, fillings);
    struct print before = fingerprint();
    for (size_t who = 0; who < ROLES; who++) {
        const struct role *role = &roles[who];
        for (size_t i = 0; i < count; i++) {
            struct memory *memory = memory_create(64 << 20);
            struct filling twin;
            if (!may(role, way)) {
                struct exchange exchange = call(way, role, &fillings[i], role->session, memory);
                expect_refusal(way, role, &exchange);
            } else if (asks_for_others(way, &fillings[i], role, &twin)) {
                expect_alike(way, role, &fillings[i], &twin, memory);
            }
            memory_end(memory);
        }
    }
    if (has_changed(&before))
        blame(way, &roles[NOBODY], NULL, "what was refused has written something");
}

/* ---- forged ---- */

/* Sends a form as a browser would, with the token of `token`'s session or with none at all. */
static int send_forged(const struct way *way, const struct role *role, const struct text *token,
                       struct memory *memory)
{
    struct server *server = bed.world.server;
    struct filling filling = {.word = 0};
    struct message message = compose(way, &filling, memory);
    char written[FORGERY_TOKEN];
    struct answer answer;
    struct incoming incoming = {.memory = memory,
                                .method = text_of(message.method),
                                .target = message.target,
                                .accept = text_of(way->json ? "application/json" : "text/html"),
                                .content_type = text_of("application/x-www-form-urlencoded"),
                                .once = text_of("0123456789abcdef"),
                                .address = text_of("call"),
                                .id = "call"};
    incoming.cookie = role->session.size
                          ? text_format(memory, "%s=%.*s", SESSION_COOKIE, TEXT_ARGS(role->session))
                          : text_format(memory, "%s=mine", FORM_COOKIE);
    if (token) {
        forgery_token(&server->forgery, *token, written);
        incoming.token = text_of(written);
    }
    router_prepare(server, &incoming);
    body_begin(&incoming.body, memory, incoming.content_type, server->folder,
               router_body_limit(&incoming));
    body_take(&incoming.body, message.body.data, message.body.size);
    body_end(&incoming.body);
    answer_begin(&answer, memory);
    router_answer(server, &incoming, bed.world.reader, &answer);
    int status = answer.status;
    answer_end(&answer);
    return status;
}

static void try_forged(const struct way *way)
{
    struct print before = fingerprint();
    /* Whoever calls a raw route signs what it sends instead; in a frame there is nothing to borrow. */
    bool forms =
        way->trial->route->method != GET && !way->trial->route->raw && !way->trial->route->framed;
    for (size_t who = 0; forms && who < ROLES; who++) {
        const struct role *role = &roles[who];
        struct text other = roles[role == &roles[OTHER] ? PERSON : OTHER].session;
        struct text anothers = role->session.size ? other : text_of("another's");
        if (role->comes != BY_SESSION || !may(role, way))
            continue;
        const struct text *tokens[] = {NULL, &anothers};
        for (size_t i = 0; i < 2; i++) {
            struct memory *memory = memory_create(64 << 20);
            int status = send_forged(way, role, tokens[i], memory);
            if (status == 403)
                way->trial->forged++;
            else
                blame(way, role, NULL, "a form %s is answered with %d",
                      i ? "with another's token" : "without a token", status);
            memory_end(memory);
        }
    }
    if (has_changed(&before))
        blame(way, &roles[NOBODY], NULL, "a forged form has written something");
}

/* ---- allowed ---- */

/* What is allowed is done in a session of its own, since it may end it. */
static void try_one_allowed(const struct way *way, const struct role *role,
                            const struct filling *filling)
{
    struct memory *memory = memory_create(64 << 20);
    bool get = way->trial->route->method == GET;
    bool own = role->signed_in && !get && role->comes == BY_SESSION;
    struct text session = own ? session_of(role->person, role->organisation) : role->session;
    struct exchange exchange = call(way, role, filling, session, memory);
    bool all_real = true;
    bool nameless = false;
    for (size_t i = 0; i < way->slot_count; i++) {
        all_real = all_real && filling->things[i];
        nameless = nameless || (way->in_path[i] && !filling->things[i]);
    }
    /* Where nobody need be anybody, 401 is the handler's word for a wrong password. */
    bool asked_who = exchange.status == 401 && way->trial->route->who != ANYONE;
    if (asked_who || leads_to_sign_in(&exchange))
        blame(way, role, &exchange, "it is refused, though allowed");
    else if (exchange.status == 403 && (memmem(exchange.body.data, exchange.body.size, "web.", 4)))
        blame(way, role, &exchange, "it is refused before anybody looks, though allowed");
    else if (get && nameless && exchange.status != 404)
        blame(way, role, &exchange, "something is there that never was");
    else
        way->trial->allowed++;
    if (all_real && (exchange.status == 200 || exchange.status == 303))
        way->trial->opened++;
    memory_end(memory);
}

static size_t words_of(const struct route *route)
{
    size_t most = 1;
    const struct shape *takes = route->handler->takes;
    for (size_t i = 0; route->method != GET && i < takes->count; i++) {
        const struct field *field = &takes->fields[i];
        if (field->kind == FIELD_WORD && !field->optional && field->words->count > most)
            most = field->words->count;
    }
    return most;
}

static void try_allowed(const struct way *way)
{
    struct filling fillings[FILLINGS];
    size_t count = fill(way, fillings);
    size_t words = words_of(way->trial->route);
    for (size_t who = 0; who < ROLES; who++) {
        const struct role *role = &roles[who];
        for (size_t i = 0; may(role, way) && i < count; i++) {
            struct filling twin;
            if (asks_for_others(way, &fillings[i], role, &twin))
                continue;
            for (size_t word = 0; word < words; word++) {
                fillings[i].word = word;
                try_one_allowed(way, role, &fillings[i]);
            }
        }
    }
}

/* ---- all routes ---- */

static void collect_routes(void)
{
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; j < table->count; j++) {
                ensure(trial_count < ROUTES_MAX);
                trials[trial_count++] =
                    (struct trial){.route = &table->routes[j], .owner = (*part)->name};
            }
        }
    }
}

static void each_way(struct trial *trial, void (*attempt)(const struct way *way))
{
    struct way way = make_way(trial, trial->route->path, false);
    attempt(&way);
    way.json = true;
    if (trial->route->api)
        way = make_way(trial, trial->route->api, true);
    attempt(&way);
}

/* The thing of a kind, or NULL. */
static struct thing *thing_of(const char *prefix)
{
    for (size_t i = 0; i < thing_count; i++) {
        if (is_of(&things[i], prefix))
            return &things[i];
    }
    return NULL;
}

static void add_sharer(struct thing *thing, struct party_id party)
{
    size_t i = 0;
    while (i < SHARERS && thing->sharers[i].value && thing->sharers[i].value != party.value)
        i++;
    ensure(i < SHARERS);
    thing->sharers[i] = party;
}

/* Things that only came to be on the way: mails, jobs, postings. The first of its kind in some list is
 * taken; who sees it in any list shares it. */
static void learn_from(struct trial *trial, const char *prefix)
{
    char name[64];
    const char *pattern = trial->route->path;
    if (trial->route->method != GET || next_parameter(&pattern, name))
        return;
    struct way way =
        make_way(trial, trial->route->api ? trial->route->api : trial->route->path, true);
    for (size_t who = 0; who < ROLES; who++) {
        const struct role *role = &roles[who];
        struct memory *memory = memory_create(64 << 20);
        struct filling nothing_filled = {.word = 0};
        struct thing *thing = thing_of(prefix);
        int64_t found;
        if (role->comes == BY_SESSION && may(role, &way)) {
            struct exchange exchange = call(&way, role, &nothing_filled, role->session, memory);
            if (!thing && find_id(exchange.body, prefix, &found)) {
                thing =
                    add_thing(prefix, found, trial->route->who == ANYONE, (struct party_id[]){{0}});
                thing->staff = trial->route->who >= OPERATOR;
            }
            if (thing && role->signed_in && exchange.body.data &&
                strstr(exchange.body.data, thing->id))
                add_sharer(thing, role->organisation.value ? role->organisation : role->person);
        }
        memory_end(memory);
    }
}

/* Returns how many routes there is nothing to try with. */
static int learn_things(void)
{
    int missing = 0;
    for (size_t i = 0; i < trial_count; i++) {
        struct way way = make_way(&trials[i], trials[i].route->path, false);
        for (size_t slot = 0; slot < way.slot_count; slot++) {
            const char *prefix = way.slots[slot]->prefix;
            if (thing_of(prefix))
                continue;
            for (size_t j = 0; j < trial_count; j++)
                learn_from(&trials[j], prefix);
            if (thing_of(prefix))
                continue;
            printf("not ok %s: there is no %s_ to try it with; let the module's .examples make "
                   "one\n",
                   way.pattern, prefix);
            missing++;
        }
    }
    return missing;
}

static int report(void)
{
    int failures = 0;
    for (size_t i = 0; i < trial_count; i++) {
        struct trial *trial = &trials[i];
        bool get = trial->route->method == GET;
        if (get && trial->real && trial->opened == 0 && !trial->fault[0])
            snprintf(trial->fault, sizeof trial->fault, "nobody could open what is theirs");
        printf("%s %s %s: %d refused, %d of others hidden, %d forged, %d allowed, %d opened\n",
               trial->fault[0] ? "not ok" : "ok", method_name(trial->route->method),
               trial->route->path, trial->refused, trial->hidden, trial->forged, trial->allowed,
               trial->opened);
        if (trial->fault[0])
            printf("# %s\n", trial->fault);
        failures += trial->fault[0] ? 1 : 0;
    }
    return failures;
}

/* Everything for programs in one document. */
static int check_document(void)
{
    struct builder out = builder_make(bed.memory, 16 << 20);
    struct text document;
    server_describe(bed.world.server, &out);
    bed_must(builder_end(&out, &document), "the API document");
    bool held = unwanted && holds_word(document, unwanted);
    if (unwanted)
        printf("%s \"%s\" stands not in the API document\n", held ? "not ok" : "ok", unwanted);
    return held ? 1 : 0;
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/contraflow-roles-XXXXXX";
    char command[100];
    unwanted = argc > 1 ? argv[1] : NULL;
    fine_words = argc > 1 ? argv + 2 : argv + argc;
    if (!mkdtemp(folder)) {
        printf("not ok roles: no folder\n");
        return 1;
    }
    log_set_level(LOG_ERROR);
    world_begins(folder);
    collect_routes();
    int failures = learn_things();
    for (size_t i = 0; i < trial_count; i++) {
        each_way(&trials[i], try_refused);
        each_way(&trials[i], try_forged);
    }
    /* Reading comes before changing, so that what is read is there. */
    for (int writing = 0; writing < 2; writing++) {
        for (size_t i = 0; i < trial_count; i++) {
            if ((trials[i].route->method != GET) == (writing == 1))
                each_way(&trials[i], try_allowed);
        }
    }
    failures += report() + check_document();
    int64_t wrong = bed_discrepancies(&bed);
    printf("%s after all of it the books have %lld discrepancies\n", wrong ? "not ok" : "ok",
           (long long)wrong);
    sqlite3_close(aside);
    bed_close(&bed);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        printf("# %s is left over\n", folder);
    return failures || wrong ? 1 : 0;
}
