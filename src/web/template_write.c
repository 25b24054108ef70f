/*
 * The writer: runs a template's instructions over a view.
 *
 * Nothing is looked up or allocated here but the page itself; what can be decided at start is decided
 * by then. Must not know: files, HTML beyond its escaping. Read next: template_parts.h.
 */
#include <string.h>

#include "base/ids.h"
#include "web/template_parts.h"

struct any_list {
    const void *items;
    size_t count;
};

/* One {each} under way. */
struct loop {
    const char *end; /* behind the last item */
    size_t size;     /* of an item */
};

struct run {
    const struct template *template;
    struct builder *out;
    enum language language;
    const void *frames[FRAME_LIMIT];
    struct loop loops[FRAME_LIMIT];
    const struct form_state *form; /* NULL: the page was not sent back */
};

static const char *member_of(const struct run *run, const struct place *place)
{
    return (const char *)run->frames[place->frame] + place->offset;
}

static bool is_present(const struct run *run, const struct place *place)
{
    return !place->optional || *(const bool *)(const void *)member_of(run, place);
}

static const void *value_of(const struct run *run, const struct place *place)
{
    return member_of(run, place) + place->value_offset;
}

static struct any_list list_of(const struct run *run, const struct place *place)
{
    if (place->kind == PLACE_FAULTS) {
        return run->form ? (struct any_list){run->form->errors.items, run->form->errors.count}
                         : (struct any_list){NULL, 0};
    }
    struct any_list list = {NULL, 0};
    if (is_present(run, place)) {
        memcpy(&list, value_of(run, place), sizeof list);
    }
    return list;
}

static int64_t integer_of(const struct run *run, const struct place *place)
{
    if (place->kind == PLACE_NUMBER) {
        return place->number;
    }
    if (place->kind == PLACE_COUNT) {
        return (int64_t)list_of(run, place).count;
    }
    return *(const int64_t *)value_of(run, place);
}

static const struct form_value *typed_into(const struct run *run, const char *field)
{
    for (size_t i = 0; run->form && i < run->form->value_count; i++) {
        if (strcmp(run->form->values[i].field, field) == 0) {
            return &run->form->values[i];
        }
    }
    return NULL;
}

static const struct field_error *fault_of(const struct run *run, const char *field)
{
    size_t size = strlen(field);
    for (size_t i = 0; run->form && i < run->form->errors.count; i++) {
        const char *path = run->form->errors.items[i].field;
        if (path && strncmp(path, field, size) == 0 && (!path[size] || path[size] == '.')) {
            return &run->form->errors.items[i];
        }
    }
    return NULL;
}

static bool field_true(const struct run *run, const struct place *place)
{
    if (!is_present(run, place)) {
        return false;
    }
    const void *value = value_of(run, place);
    switch (place->value) {
    case FIELD_FLAG:
        return *(const bool *)value;
    case FIELD_INTEGER:
        return place->optional || *(const int64_t *)value > 0;
    case FIELD_MONEY:
        return place->optional || ((const struct money *)value)->minor > 0;
    case FIELD_TEXT:
        return place->optional || ((const struct text *)value)->size > 0;
    case FIELD_HTML:
        return place->optional || ((const struct html *)value)->markup.size > 0;
    case FIELD_INSTANT:
        return place->optional || ((const struct instant *)value)->ms != 0;
    case FIELD_ID:
        return *(const int64_t *)value != 0;
    case FIELD_WORD:
        return *(const int *)value != 0;
    case FIELD_LIST:
        return list_of(run, place).count > 0;
    default:
        return true;
    }
}

static bool came_back(const struct run *run)
{
    return run->form && (run->form->value_count > 0 || run->form->errors.count > 0);
}

static bool place_true(const struct run *run, const struct place *place)
{
    switch (place->kind) {
    case PLACE_FIELD:
        return field_true(run, place);
    case PLACE_COUNT:
        return integer_of(run, place) > 0;
    case PLACE_FORM: {
        const struct form_value *value = typed_into(run, place->field);
        return value && value->typed.size > 0;
    }
    case PLACE_ERROR:
        return fault_of(run, place->field) != NULL;
    case PLACE_FAULTS:
        return list_of(run, place).count > 0;
    case PLACE_TEXT:
        return place->text.size > 0;
    case PLACE_NUMBER:
        return place->number > 0;
    default:
        return place->kind != PLACE_NONE;
    }
}

/* Does this place answer, or the next one after `or`? */
static bool place_answers(const struct run *run, const struct place *place)
{
    if (place->kind == PLACE_FORM) {
        return place->whole ? came_back(run) : typed_into(run, place->field) != NULL;
    }
    bool counted =
        place->value == FIELD_INTEGER || place->value == FIELD_MONEY || place->value == FIELD_FLAG;
    if (place->kind == PLACE_FIELD && counted) {
        return is_present(run, place);
    }
    return place_true(run, place);
}

static const struct place *choose(const struct run *run, const struct operand *operand)
{
    for (size_t i = 0; i + 1 < operand->count; i++) {
        if (place_answers(run, &operand->places[i])) {
            return &operand->places[i];
        }
    }
    return &operand->places[operand->count - 1];
}

/* Optional members after the first may be absent, too: then there is nothing to write. */
static bool absent(const struct run *run, const struct place *place)
{
    return place->kind == PLACE_FIELD && !is_present(run, place);
}

/* ---- values ------------------------------------------------------------------------------------ */

static struct text word_text(const struct run *run, const struct place *place, int value)
{
    for (size_t i = 0; i < place->words->count; i++) {
        if (place->words->items[i].value == value) {
            return place->table ? place->table->items[i].texts[run->language]
                                : text_of(place->words->items[i].name);
        }
    }
    return (struct text){"", 0};
}

/* What a place holds, in the form that words take. `id` has room for a written id. */
static struct word_argument argument_of(const struct run *run, const struct place *place,
                                        char id[ID_TEXT_MAX])
{
    struct word_argument argument = {.kind = place->value};
    if (place->kind == PLACE_COUNT || place->kind == PLACE_NUMBER) {
        argument.integer = integer_of(run, place);
        return argument;
    }
    if (place->kind == PLACE_TEXT) {
        argument.text = place->text;
        return argument;
    }
    if (place->kind == PLACE_FORM) {
        const struct form_value *value = typed_into(run, place->field);
        argument.text = value ? value->typed : (struct text){"", 0};
        return argument;
    }
    if (place->kind != PLACE_FIELD) {
        return (struct word_argument){.kind = FIELD_TEXT, .text = {"", 0}};
    }
    const void *value = value_of(run, place);
    switch (place->value) {
    case FIELD_INTEGER:
        argument.integer = *(const int64_t *)value;
        break;
    case FIELD_MONEY:
        argument.money = *(const struct money *)value;
        break;
    case FIELD_INSTANT:
        argument.instant = *(const struct instant *)value;
        break;
    case FIELD_WORD:
        argument.kind = FIELD_TEXT;
        argument.text = word_text(run, place, *(const int *)value);
        break;
    case FIELD_ID:
        argument.kind = FIELD_TEXT;
        id_write(id, place->prefix, *(const int64_t *)value);
        argument.text = text_of(id);
        break;
    case FIELD_HTML:
        argument.text = ((const struct html *)value)->markup;
        break;
    default:
        argument.text = *(const struct text *)value;
        break;
    }
    return argument;
}

static void write_plain(struct run *run, const struct place *place);

/* An argument that has a format, or is made of words itself, becomes text first. */
static struct text written(struct run *run, const struct place *place)
{
    struct builder *out = run->out;
    struct builder own = builder_make(out->memory, out->limit);
    struct text text = {"", 0};
    run->out = &own;
    write_plain(run, place);
    run->out = out;
    if (builder_end(&own, &text)) {
        out->failed = true;
    }
    return text;
}

static void write_call(struct run *run, const struct call *call)
{
    enum { ARGUMENT_LIMIT = 12 };
    struct word_argument arguments[ARGUMENT_LIMIT];
    char ids[ARGUMENT_LIMIT][ID_TEXT_MAX];
    if (call->count == 0) {
        builder_add(run->out, call->plain[run->language]);
        return;
    }
    for (size_t i = 0; i < call->count; i++) {
        const struct place *place = &call->places[i];
        bool direct = place->kind == PLACE_FIELD || place->kind == PLACE_COUNT ||
                      place->kind == PLACE_NUMBER || place->kind == PLACE_TEXT ||
                      place->kind == PLACE_FORM;
        if (direct && (place->format == AS_STANDARD || place->format == AS_WORD)) {
            arguments[i] = argument_of(run, place, ids[i]);
        } else {
            arguments[i] = (struct word_argument){.kind = FIELD_TEXT, .text = written(run, place)};
        }
        arguments[i].name = call->names[i];
    }
    sentence_write(run->out, run->language, call->sentences[run->language], call->key, arguments,
                   call->count);
}

static void write_fault(struct run *run, const struct place *place)
{
    /* A page with several forms is bound to all their fields; the one that came back says its own. */
    const struct shape *shape =
        run->form && run->form->shape ? run->form->shape : run->template->form;
    const struct field_error *fault =
        place->kind == PLACE_ERROR ? fault_of(run, place->field) : run->frames[place->frame];
    if (!fault) {
        return;
    }
    if (place->kind == PLACE_FAULT_FIELD) {
        builder_add_c(run->out, fault->field ? fault->field : "");
    } else if (place->kind == PLACE_FAULT_LABEL) {
        fault_write_label(run->out, run->language, shape, fault);
    } else if (place->kind == PLACE_FAULT_LINE) {
        fault_write_line(run->out, run->language, shape, run->form, fault);
    } else {
        fault_write(run->out, run->language, shape, run->form, fault);
    }
}

/* Appends a place without any escaping. */
static void write_plain(struct run *run, const struct place *place)
{
    char id[ID_TEXT_MAX];
    switch (place->kind) {
    case PLACE_ERROR:
    case PLACE_FAULT_FIELD:
    case PLACE_FAULT_SENTENCE:
    case PLACE_FAULT_LABEL:
    case PLACE_FAULT_LINE:
        write_fault(run, place);
        break;
    case PLACE_CALL:
        write_call(run, place->call);
        break;
    case PLACE_FAULTS:
    case PLACE_PATTERN:
    case PLACE_NONE:
        break;
    default: {
        struct word_argument argument = argument_of(run, place, id);
        format_write(run->out, run->language, &argument, place->format);
        break;
    }
    }
}

/* ---- escaping ---------------------------------------------------------------------------------- */

/* Schemes and beginnings that do nothing but lead somewhere. */
static bool url_harmless(struct text url)
{
    if (url.size > 0 && url.data[0] == '/') {
        return url.size == 1 || (url.data[1] != '/' && url.data[1] != '\\');
    }
    return text_starts(url, "https://") || text_starts(url, "http://") ||
           text_starts(url, "mailto:") || text_starts(url, "?") || text_starts(url, "#");
}

static void add_escaped(struct builder *out, struct text plain, enum escape escape)
{
    if (escape == ESCAPE_URL) {
        builder_add_url(out, plain);
    } else if (escape == ESCAPE_URL_START && !url_harmless(plain)) {
        builder_add_char(out, '#');
    } else {
        builder_add_html(out, plain);
    }
}

/* Writes where the page ends and escapes there: most values need nothing, so nothing is copied. */
static void write_escaped(struct run *run, const struct place *place, enum escape escape)
{
    struct builder *out = run->out;
    size_t start = out->size;
    write_plain(run, place);
    size_t size = out->size - start;
    if (out->failed ||
        (escape == ESCAPE_HTML && text_html_plain((struct text){out->data + start, size}))) {
        return;
    }
    char *copy = memory_copy(out->memory, out->data + start, size);
    if (!copy) {
        out->failed = true;
        return;
    }
    out->size = start;
    add_escaped(out, (struct text){copy, size}, escape);
}

static void write_value(struct run *run, const struct instruction *step)
{
    const struct place *place =
        step->operand.count == 1 ? step->operand.places : choose(run, &step->operand);
    if (absent(run, place)) {
        return;
    }
    if (place->kind != PLACE_FIELD) {
        write_escaped(run, place, step->escape);
        return;
    }
    const void *value = value_of(run, place);
    switch (place->value) {
    case FIELD_TEXT:
        add_escaped(run->out, *(const struct text *)value, step->escape);
        break;
    case FIELD_HTML:
        builder_add(run->out, ((const struct html *)value)->markup);
        break;
    case FIELD_MONEY: /* money, ids and plain numbers have nothing to escape */
        money_write(run->out, run->language, *(const struct money *)value, place->format);
        break;
    case FIELD_ID:
        write_plain(run, place);
        break;
    case FIELD_INTEGER:
        if (place->format == AS_PLAIN) {
            builder_add_integer(run->out, *(const int64_t *)value);
        } else {
            write_escaped(run, place, step->escape);
        }
        break;
    default:
        write_escaped(run, place, step->escape);
        break;
    }
}

/* ---- conditions -------------------------------------------------------------------------------- */

static struct text compared(struct run *run, const struct place *place, char id[ID_TEXT_MAX])
{
    if (place->kind == PLACE_FAULT_FIELD || place->kind == PLACE_FAULT_SENTENCE ||
        place->kind == PLACE_FAULT_LABEL || place->kind == PLACE_FAULT_LINE ||
        place->value == FIELD_INTEGER) {
        struct place plain = *place;
        plain.format = place->value == FIELD_INTEGER ? AS_PLAIN : place->format;
        return written(run, &plain);
    }
    return argument_of(run, place, id).text;
}

/* A field that can be typed several times (choices) is any of them. */
static bool typed_is(const struct run *run, const char *field, struct text text)
{
    for (size_t i = 0; run->form && i < run->form->value_count; i++) {
        const struct form_value *value = &run->form->values[i];
        if (strcmp(value->field, field) == 0 && text_equal(value->typed, text)) {
            return true;
        }
    }
    return false;
}

static bool term_is(struct run *run, const struct term *term, const struct place *place)
{
    char id[ID_TEXT_MAX], other_id[ID_TEXT_MAX];
    if (term->test == TEST_NUMBER && place->value == FIELD_INTEGER) {
        return integer_of(run, place) == term->number;
    }
    if (term->test != TEST_EQUAL) {
        if (place->kind == PLACE_FORM) {
            return typed_is(run, place->field, term->text);
        }
        if (place->value == FIELD_WORD) {
            return *(const int *)value_of(run, place) == term->value;
        }
        return text_equal(compared(run, place, id), term->text);
    }
    struct text other = compared(run, &term->other, other_id);
    return place->kind == PLACE_FORM ? typed_is(run, place->field, other)
                                     : text_equal(compared(run, place, id), other);
}

static bool term_holds(struct run *run, const struct term *term)
{
    const struct operand *operand = &term->operand;
    if (term->test != TEST_TRUTH) {
        const struct place *place = choose(run, operand);
        return (!absent(run, place) && term_is(run, term, place)) != term->negated;
    }
    bool held = false;
    for (size_t i = 0; i < operand->count && !held; i++) {
        const struct place *place = &operand->places[i];
        held = place_true(run, place);
        if (place->kind == PLACE_FORM && place_answers(run, place)) {
            break;
        }
    }
    return held != term->negated;
}

static bool condition_holds(struct run *run, const struct condition *condition)
{
    for (size_t i = 0; i < condition->count; i++) {
        if (!term_holds(run, &condition->terms[i])) {
            return false;
        }
    }
    return true;
}

/* ---- the run ----------------------------------------------------------------------------------- */

static bool enter(struct run *run, const struct instruction *step)
{
    struct any_list list = list_of(run, step->operand.places);
    if (list.count == 0) {
        return false;
    }
    run->frames[step->frame] = list.items;
    run->loops[step->frame] =
        (struct loop){(const char *)list.items + list.count * step->item_size, step->item_size};
    return true;
}

static bool go_on(struct run *run, int frame)
{
    const char *next = (const char *)run->frames[frame] + run->loops[frame].size;
    run->frames[frame] = next;
    return next < run->loops[frame].end;
}

static void run_code(struct run *run, const struct instruction *code)
{
    size_t at = 0;
    while (!run->out->failed) {
        const struct instruction *step = &code[at++];
        switch (step->operation) {
        case OP_LITERAL:
            builder_add(run->out, step->literal);
            break;
        case OP_WORDS:
            builder_add(run->out, step->texts[run->language]);
            break;
        case OP_VALUE:
            write_value(run, step);
            break;
        case OP_UNLESS:
            at = condition_holds(run, step->condition) ? at : step->target;
            break;
        case OP_JUMP:
            at = step->target;
            break;
        case OP_EACH:
            at = enter(run, step) ? at : step->target;
            break;
        case OP_NEXT:
            at = go_on(run, step->frame) ? step->target : at;
            break;
        case OP_END:
            return;
        }
    }
}

void template_write(const struct template *template, struct builder *out, enum language language,
                    const void *view, const struct page_root *page, const struct form_state *form)
{
    struct run run = {.template = template, .out = out, .language = language, .form = form};
    run.frames[FRAME_VIEW] = view;
    run.frames[FRAME_PAGE] = page;
    run_code(&run, template->code);
}

void place_write(const struct template *template, struct builder *out, enum language language,
                 const struct place *place, const void *view)
{
    struct run run = {.template = template, .out = out, .language = language};
    run.frames[FRAME_VIEW] = view;
    write_plain(&run, place);
}
