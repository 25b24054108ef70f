/*
 * The compiler: a template's text becomes instructions, block by block.
 *
 * Must not know: how a value is written, where one may stand. Read next: template_value.c for one
 * value, template_names.c for what stands between braces, template_html.c for the HTML around it.
 */
#include <string.h>

#include "web/template_parts.h"

/* ---- reading the source ------------------------------------------------------------------------ */

/* Moves behind one tag and gives what stands between its braces. */
static bool take_tag(struct compiler *c, struct scanner *inside)
{
    struct source *s = c->source;
    const char *at = s->at + 1;
    bool quoted = false;
    int lines = 0;
    while (at < s->end && (quoted || *at != '}')) {
        quoted ^= *at == '"';
        lines += *at == '\n';
        at++;
    }
    if (at == s->end) {
        return template_refuse(c, "a brace is not closed; {{ writes one");
    }
    *inside = (struct scanner){s->at + 1, at};
    s->at = at + 1;
    s->line += lines;
    return true;
}

static void take_character(struct compiler *c)
{
    struct source *s = c->source;
    compile_character(c, *s->at);
    if (c->failed) {
        return;
    }
    s->line += *s->at == '\n';
    s->at++;
}

/* How a body ended: at {end}, at {else ...}, or with the source. */
enum ending { ENDING_SOURCE = 1, ENDING_END, ENDING_ELSE };

static enum ending compile_body(struct compiler *c, const struct scope *scope,
                                struct scanner *inside);

/* Passes over a branch that can never be shown, with the blocks in it. */
static enum ending skip_body(struct compiler *c, struct scanner *inside)
{
    int blocks = 0;
    struct source *s = c->source;
    while (s->at < s->end && !c->failed) {
        if (*s->at != '{') {
            s->line += *s->at == '\n';
            s->at++;
            continue;
        }
        if (s->at + 1 < s->end && s->at[1] == '{') {
            s->at += 2;
            continue;
        }
        if (!take_tag(c, inside)) {
            break;
        }
        struct token token = scan_ahead(inside);
        if (token_is(token, "if") || token_is(token, "each")) {
            blocks++;
        } else if (token_is(token, "end") && blocks-- == 0) {
            return ENDING_END;
        } else if (token_is(token, "else") && blocks == 0) {
            return ENDING_ELSE;
        }
    }
    return ENDING_SOURCE;
}

/* One {if}, its branches and where each of them left the HTML. */
struct branches {
    int line;                   /* where it began */
    struct html_context from;   /* there */
    struct html_context merged; /* behind the branches so far */
    bool any;                   /* merged is set */
    size_t jumps[32];           /* from each branch's end behind the block */
    size_t count;
};

static void leave_branch(struct compiler *c, struct branches *b)
{
    if (!html_block_edge(c)) {
        return;
    }
    if (!html_same_place(&b->from, &c->html)) {
        template_refuse(c, "the block of line %d ends elsewhere in the HTML than it began",
                        b->line);
        return;
    }
    if (b->any) {
        unsigned serial = c->html.serial;
        html_merge(&b->merged, &c->html);
        b->merged.serial = serial > b->merged.serial ? serial : b->merged.serial;
    } else {
        b->merged = c->html;
    }
    b->any = true;
}

static void begin_branch(struct compiler *c, const struct branches *b)
{
    unsigned serial = c->html.serial;
    c->html = b->from;
    c->html.serial = serial;
}

static bool check_rest(struct compiler *c, struct scanner *scanner)
{
    struct token rest = scan(scanner);
    return rest.kind == TOKEN_END ||
           template_refuse(c, "\"%.*s\" is not understood", TEXT_ARGS(rest.text));
}

/* The branch of one condition. *settled: no later branch can be shown. */
static enum ending compile_branch(struct compiler *c, const struct scope *scope,
                                  struct scanner *inside, struct branches *b, bool *settled)
{
    struct condition *condition = template_take(c, sizeof *condition);
    if (*settled) {
        return skip_body(c, inside);
    }
    if (!condition || !read_condition(c, scope, inside, condition)) {
        return ENDING_SOURCE;
    }
    int known = condition_known(condition);
    if (known == 0) {
        return skip_body(c, inside);
    }
    size_t test = 0;
    if (known < 0) {
        test =
            compile_emit(c, (struct instruction){.operation = OP_UNLESS, .condition = condition});
    }
    size_t facts = c->fact_count;
    learn(c, condition, true);
    begin_branch(c, b);
    enum ending ending = compile_body(c, scope, inside);
    leave_branch(c, b);
    c->fact_count = facts;
    if (known < 0) {
        if (b->count < sizeof b->jumps / sizeof b->jumps[0]) {
            b->jumps[b->count++] = compile_emit(c, (struct instruction){.operation = OP_JUMP});
        } else {
            template_refuse(c, "too many branches");
        }
        compile_patch(c, test, compile_label(c));
        learn(c, condition, false);
    }
    *settled = known > 0;
    return ending;
}

static void compile_if(struct compiler *c, const struct scope *scope, struct scanner *scanner)
{
    struct branches *b = template_take(c, sizeof *b);
    size_t facts = c->fact_count;
    bool settled = false, last = false;
    if (c->failed || !html_block_edge(c)) {
        return;
    }
    *b = (struct branches){.line = c->source->line, .from = c->html};
    struct scanner inside = *scanner;
    enum ending ending = compile_branch(c, scope, &inside, b, &settled);
    while (ending == ENDING_ELSE && !c->failed) {
        scan(&inside);
        if (last) {
            template_refuse(c, "a branch after {else}");
            return;
        }
        if (token_is(scan_ahead(&inside), "if")) {
            scan(&inside);
            ending = compile_branch(c, scope, &inside, b, &settled);
            continue;
        }
        last = true;
        if (!check_rest(c, &inside)) {
            return;
        }
        if (settled) {
            ending = skip_body(c, &inside);
        } else {
            begin_branch(c, b);
            ending = compile_body(c, scope, &inside);
            leave_branch(c, b);
        }
    }
    if (ending != ENDING_END) {
        template_refuse(c, "the {if} of line %d has no {end}", b->line);
        return;
    }
    if (!last && !settled) {
        begin_branch(c, b);
        leave_branch(c, b);
    }
    for (size_t i = 0; i < b->count; i++) {
        compile_patch(c, b->jumps[i], compile_label(c));
    }
    c->html = b->merged;
    c->fact_count = facts;
}

/* ---- each -------------------------------------------------------------------------------------- */

static size_t item_size(const struct place *list)
{
    if (list->kind == PLACE_FAULTS) {
        return sizeof(struct field_error);
    }
    switch (list->item) {
    case FIELD_STRUCT:
        return list->shape->size;
    case FIELD_TEXT:
        return sizeof(struct text);
    case FIELD_ID:
        return sizeof(int64_t);
    default:
        return 0;
    }
}

static struct place item_place(const struct place *list, int frame)
{
    if (list->kind == PLACE_FAULTS) {
        return (struct place){.kind = PLACE_FAULTS, .value = FIELD_LIST, .frame = frame};
    }
    return (struct place){.kind = PLACE_FIELD,
                          .value = list->item,
                          .frame = frame,
                          .prefix = list->prefix,
                          .text_kind = list->text_kind,
                          .shape = list->shape};
}

static bool read_each(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                      struct place *list, struct scope *item)
{
    struct token name = scan(scanner);
    if (name.kind != TOKEN_WORD || !read_place(c, scope, name.text, list)) {
        return template_refuse(c, "each wants a list: {each photos as photo}");
    }
    bool is_list = (list->kind == PLACE_FIELD && list->value == FIELD_LIST) ||
                   (list->kind == PLACE_FAULTS && list->frame == 0);
    if (!is_list || item_size(list) == 0) {
        return template_refuse(c, "%.*s is no list to go through", TEXT_ARGS(name.text));
    }
    bool as = token_is(scan(scanner), "as");
    struct token called = scan(scanner);
    if (!as || called.kind != TOKEN_WORD || scan(scanner).kind != TOKEN_END) {
        return template_refuse(c, "each is written {each photos as photo}");
    }
    bool taken = text_is(called.text, "page") || text_is(called.text, "form") ||
                 text_is(called.text, "error") || memchr(called.text.data, '.', called.text.size);
    if (taken) {
        return template_refuse(c, "an item cannot be called %.*s", TEXT_ARGS(called.text));
    }
    if (c->frames == FRAME_LIMIT) {
        return template_refuse(c, "too many {each} inside each other");
    }
    *item = (struct scope){.outer = scope, .name = called.text};
    return true;
}

/* The body goes on where it began, since it may run again. */
static void leave_loop(struct compiler *c, struct branches *b)
{
    if (!c->failed && html_block_edge(c) && html_same_place(&b->from, &c->html) &&
        c->html.url != b->from.url) {
        template_refuse(c, "a URL goes on differently after each item");
    }
    leave_branch(c, b);
}

static void compile_each(struct compiler *c, const struct scope *scope, struct scanner *scanner)
{
    struct place *list = template_take(c, sizeof *list);
    struct scope *item = template_take(c, sizeof *item);
    struct branches *b = template_take(c, sizeof *b);
    if (c->failed || !html_block_edge(c) || !read_each(c, scope, scanner, list, item)) {
        return;
    }
    *b = (struct branches){.line = c->source->line, .from = c->html};
    size_t facts = c->fact_count;
    int frame = c->frames++;
    item->place = item_place(list, frame);
    size_t enter = compile_emit(c, (struct instruction){.operation = OP_EACH,
                                                        .frame = frame,
                                                        .item_size = item_size(list),
                                                        .operand = {list, 1}});
    size_t body = compile_label(c);
    struct scanner inside;
    c->html.blank = false;
    enum ending ending = compile_body(c, item, &inside);
    leave_loop(c, b);
    compile_emit(c, (struct instruction){.operation = OP_NEXT, .frame = frame, .target = body});
    c->frames--;
    c->fact_count = facts;
    begin_branch(c, b);
    if (ending == ENDING_ELSE && !c->failed) {
        scan(&inside);
        size_t jump = compile_emit(c, (struct instruction){.operation = OP_JUMP});
        compile_patch(c, enter, compile_label(c));
        ending = check_rest(c, &inside) ? compile_body(c, scope, &inside) : ENDING_SOURCE;
        leave_branch(c, b);
        compile_patch(c, jump, compile_label(c));
    } else {
        leave_branch(c, b);
        compile_patch(c, enter, compile_label(c));
    }
    if (ending != ENDING_END) {
        template_refuse(c, "the {each} of line %d has no {end}", b->line);
        return;
    }
    c->html = b->merged;
}

/* ---- one tag ----------------------------------------------------------------------------------- */

static void compile_tag(struct compiler *c, const struct scope *scope, struct scanner *inside)
{
    struct token first = scan_ahead(inside);
    struct scanner rest = *inside;
    scan(&rest);
    bool alone = scan_ahead(&rest).kind == TOKEN_END;
    if (token_is(first, "if")) {
        compile_if(c, scope, &rest);
    } else if (token_is(first, "each")) {
        compile_each(c, scope, &rest);
    } else if (token_is(first, "include")) {
        compile_include(c, scope, inside);
    } else if (token_is(first, "t") && !alone) {
        compile_call(c, scope, inside);
    } else if (token_is(first, "content") && alone && !c->in_page) {
        compile_content(c);
    } else if (token_is(first, "layout") && !alone) {
        template_refuse(c, "{layout} belongs into a page's first line");
    } else if (token_is(first, "title") && !alone && !token_is(scan_ahead(&rest), "or")) {
        template_refuse(c, "{title ...} belongs at a page's beginning, once");
    } else {
        compile_value(c, scope, inside);
    }
}

static enum ending compile_body(struct compiler *c, const struct scope *scope,
                                struct scanner *inside)
{
    struct source *s = c->source;
    while (s->at < s->end && !c->failed) {
        if (*s->at != '{') {
            take_character(c);
            continue;
        }
        if (s->at + 1 < s->end && s->at[1] == '{') {
            compile_character(c, '{');
            s->at += 2;
            continue;
        }
        if (s->at + 1 < s->end && s->at[1] == '#') {
            take_tag(c, inside);
            continue;
        }
        if (!take_tag(c, inside)) {
            break;
        }
        struct token first = scan_ahead(inside);
        if (token_is(first, "end")) {
            scan(inside);
            check_rest(c, inside);
            return ENDING_END;
        }
        if (token_is(first, "else")) {
            return ENDING_ELSE;
        }
        compile_tag(c, scope, inside);
    }
    return ENDING_SOURCE;
}

void compile_source(struct compiler *c, struct source *source, const struct scope *scope)
{
    struct scanner inside;
    c->source = source;
    enum ending ending = compile_body(c, scope, &inside);
    if (ending != ENDING_SOURCE) {
        template_refuse(c, ending == ENDING_END ? "{end} ends nothing" : "{else} of nothing");
    }
}
