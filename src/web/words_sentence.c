/*
 * Sentences: a text with arguments, compiled once from ICU MessageFormat's syntax.
 *
 * Source of the syntax: ICU's MessageFormat (apostrophes in its default mode) and CLDR's plural
 * categories; the part we take is in words.h. Must not know: files, keys of other sentences, HTML.
 * Read next: words.c.
 */
#include <string.h>

#include "web/words_parts.h"

enum { PARAMETER_LIMIT = 12, DEPTH_LIMIT = 8 };

enum piece_kind { PIECE_TEXT = 1, PIECE_VALUE, PIECE_NUMBER, PIECE_PLURAL, PIECE_SELECT };

struct branch;

struct piece {
    enum piece_kind kind;
    struct text text;              /* of PIECE_TEXT */
    int parameter;                 /* index, of all others */
    enum value_format format;      /* of PIECE_VALUE */
    const struct branch *branches; /* of a plural or select, as written */
    const struct piece *next;      /* NULL: the last */
};

struct branch {
    bool exact;               /* =1 instead of a category */
    int64_t number;           /* of an exact one */
    int category;             /* of a plural's other branches */
    struct text word;         /* of a select; also as written in a plural */
    const struct piece *body; /* NULL: nothing */
    const struct branch *next;
};

struct sentence {
    struct parameter parameters[PARAMETER_LIMIT]; /* in order of appearance */
    size_t parameter_count;
    const struct piece *body; /* NULL: an empty text */
};

struct reader {
    const char *at, *end;      /* what is left of the pattern */
    char *room;                /* where unquoted text goes; as large as the pattern */
    struct memory *memory;     /* process */
    enum language language;    /* whose plural categories count */
    struct sentence *sentence; /* being made */
    const char *what;          /* why it is refused; NULL as long as all is well */
};

static bool wrong(struct reader *r, const char *what)
{
    if (!r->what) {
        r->what = what;
    }
    return false;
}

static void *take(struct reader *r, size_t size)
{
    void *taken = memory_take(r->memory, size);
    if (!taken) {
        wrong(r, "no memory for it");
    }
    return taken;
}

static void skip_blanks(struct reader *r)
{
    while (r->at < r->end && strchr(" \t\n", *r->at)) {
        r->at++;
    }
}

static bool take_char(struct reader *r, char c)
{
    skip_blanks(r);
    if (r->at < r->end && *r->at == c) {
        r->at++;
        return true;
    }
    return false;
}

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static struct text read_name(struct reader *r)
{
    skip_blanks(r);
    const char *start = r->at;
    while (r->at < r->end && name_char(*r->at)) {
        r->at++;
    }
    return (struct text){start, (size_t)(r->at - start)};
}

/* Index of the parameter, added when new; the same name must be used in one way. */
static int find_parameter(struct reader *r, struct text name, const struct parameter *use)
{
    struct sentence *s = r->sentence;
    for (size_t i = 0; i < s->parameter_count; i++) {
        struct parameter *known = &s->parameters[i];
        if (text_is(name, known->name)) {
            known->counted = known->counted || use->counted;
            known->chosen = known->chosen || use->chosen;
            if (use->format != AS_STANDARD) {
                known->format = use->format;
            }
            if (known->counted && known->chosen) {
                wrong(r, "an argument is both counted and selected by");
            }
            return (int)i;
        }
    }
    const char *kept = text_c(r->memory, name);
    if (s->parameter_count == PARAMETER_LIMIT || !kept) {
        wrong(r, "more than twelve arguments");
        return 0;
    }
    s->parameters[s->parameter_count] = *use;
    s->parameters[s->parameter_count].name = kept;
    return (int)s->parameter_count++;
}

static const struct piece *read_body(struct reader *r, int depth, int counted);

static bool read_selector(struct reader *r, struct branch *branch, bool plural)
{
    if (plural && take_char(r, '=')) {
        branch->exact = true;
        branch->word = read_name(r);
        return text_to_integer(branch->word, &branch->number) || wrong(r, "= wants a whole number");
    }
    branch->word = read_name(r);
    if (text_empty(branch->word)) {
        return wrong(r, "a branch wants a name");
    }
    branch->category = plural ? plural_named(branch->word) : 0;
    return branch->category >= 0 ||
           wrong(r, "a plural's branch is =N, zero, one, two, few, many or other");
}

static bool has_category(const struct branch *first, int category)
{
    for (const struct branch *b = first; b; b = b->next) {
        if (!b->exact && b->category == category) {
            return true;
        }
    }
    return false;
}

static bool same_selector(const struct branch *a, const struct branch *b)
{
    return a->exact == b->exact && text_equal(a->word, b->word);
}

static void check_branches(struct reader *r, const struct branch *first, bool plural)
{
    bool other = false;
    for (const struct branch *b = first; b; b = b->next) {
        other = other || (!b->exact && text_is(b->word, "other"));
        for (const struct branch *c = b->next; c; c = c->next) {
            if (same_selector(b, c)) {
                wrong(r, "the same branch twice");
            }
        }
    }
    if (!other) {
        wrong(r, "a plural or select needs an `other` branch");
    }
    for (int category = 0; plural && category < PLURAL_CATEGORIES; category++) {
        if (plural_needed(r->language, category) && !has_category(first, category)) {
            wrong(r, "the plural lacks a category that this language has");
        }
    }
}

static void read_branches(struct reader *r, struct piece *piece, int depth)
{
    bool plural = piece->kind == PIECE_PLURAL;
    const struct branch **link = &piece->branches;
    while (!r->what && !take_char(r, '}')) {
        struct branch *branch = take(r, sizeof *branch);
        if (!branch || !read_selector(r, branch, plural)) {
            return;
        }
        if (!take_char(r, '{')) {
            wrong(r, "a branch wants its text in braces");
            return;
        }
        branch->body = read_body(r, depth + 1, plural ? piece->parameter : -1);
        if (!r->what && (r->at == r->end || *r->at++ != '}')) {
            wrong(r, "a brace is not closed");
        }
        *link = branch;
        link = &branch->next;
    }
    if (!r->what) {
        check_branches(r, piece->branches, plural);
    }
}

/* {name, date} and the like: the format's name decides, the kind is the template's to check. */
static enum value_format read_format(struct text name)
{
    static const enum field_kind kinds[] = {FIELD_INSTANT, FIELD_MONEY, FIELD_INTEGER};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        enum value_format format = format_find(kinds[i], name);
        if (format != AS_UNKNOWN) {
            return format;
        }
    }
    return AS_UNKNOWN;
}

static void read_argument(struct reader *r, struct piece *piece, int depth)
{
    struct text name = read_name(r);
    struct parameter use = {0};
    if (text_empty(name)) {
        wrong(r, "a brace wants an argument's name; write '{' for a brace");
        return;
    }
    piece->kind = PIECE_VALUE;
    if (take_char(r, ',')) {
        struct text how = read_name(r);
        use.counted = text_is(how, "plural");
        use.chosen = text_is(how, "select");
        piece->kind = use.counted ? PIECE_PLURAL : use.chosen ? PIECE_SELECT : PIECE_VALUE;
        if (piece->kind == PIECE_VALUE) {
            use.format = piece->format = read_format(how);
            if (piece->format == AS_UNKNOWN) {
                wrong(r, "no such format; there are plural, select and those of templates");
            }
        } else if (!take_char(r, ',')) {
            wrong(r, "plural and select want a comma and their branches");
        }
    }
    piece->parameter = find_parameter(r, name, &use);
    if (piece->kind != PIECE_VALUE) {
        read_branches(r, piece, depth);
    } else if (!take_char(r, '}')) {
        wrong(r, "an argument's brace is not closed");
    }
}

/* Copies literal text up to a brace, or up to # where a number is counted. */
static struct text read_literal(struct reader *r, int counted)
{
    char *start = r->room;
    bool quoted = false;
    while (r->at < r->end) {
        char c = *r->at;
        char next = r->at + 1 < r->end ? r->at[1] : '\0';
        if (c == '\'' && next == '\'') {
            r->at++;
        } else if (c == '\'' && (quoted || (next && strchr(counted >= 0 ? "{}#" : "{}", next)))) {
            quoted = !quoted;
            r->at++;
            continue;
        } else if (!quoted && (c == '{' || c == '}' || (c == '#' && counted >= 0))) {
            break;
        }
        *r->room++ = c;
        r->at++;
    }
    if (quoted) {
        wrong(r, "a quoting apostrophe is not closed");
    }
    return (struct text){start, (size_t)(r->room - start)};
}

static const struct piece *read_body(struct reader *r, int depth, int counted)
{
    const struct piece *first = NULL;
    const struct piece **link = &first;
    if (depth > DEPTH_LIMIT) {
        wrong(r, "too many braces inside braces");
    }
    while (!r->what && r->at < r->end && *r->at != '}') {
        struct piece *piece = take(r, sizeof *piece);
        if (!piece) {
            break;
        }
        if (*r->at == '{') {
            r->at++;
            read_argument(r, piece, depth);
        } else if (*r->at == '#' && counted >= 0) {
            r->at++;
            piece->kind = PIECE_NUMBER;
            piece->parameter = counted;
        } else {
            piece->kind = PIECE_TEXT;
            piece->text = read_literal(r, counted);
        }
        *link = piece;
        link = &piece->next;
    }
    return first;
}

const struct sentence *sentence_compile(struct memory *process, enum language language,
                                        struct text pattern, struct text *what)
{
    struct reader r = {.at = pattern.data,
                       .end = pattern.data + pattern.size,
                       .memory = process,
                       .language = language};
    r.room = take(&r, pattern.size + 1);
    r.sentence = take(&r, sizeof *r.sentence);
    if (!r.what) {
        r.sentence->body = read_body(&r, 0, -1);
    }
    if (!r.what && r.at < r.end) {
        wrong(&r, "a closing brace too many");
    }
    if (r.what) {
        *what = text_of(r.what);
        return NULL;
    }
    return r.sentence;
}

const struct parameter *sentence_parameters(const struct sentence *sentence, size_t *count)
{
    *count = sentence->parameter_count;
    return sentence->parameters;
}

/* One writing of a sentence. */
struct writing {
    struct builder *out;
    enum language language;
    const struct sentence *sentence;
    const char *key; /* for complaints */
    const struct word_argument *arguments;
    size_t count;
};

static const struct word_argument *find_argument(const struct writing *w, int parameter)
{
    const char *name = w->sentence->parameters[parameter].name;
    for (size_t i = 0; i < w->count; i++) {
        if (strcmp(w->arguments[i].name, name) == 0) {
            return &w->arguments[i];
        }
    }
    words_blame(w->key, name);
    return NULL;
}

static const struct branch *choose(const struct writing *w, const struct piece *piece,
                                   const struct word_argument *argument)
{
    bool plural = piece->kind == PIECE_PLURAL;
    int category = plural ? plural_category(w->language, argument->integer) : 0;
    const struct branch *found = NULL;
    for (const struct branch *b = piece->branches; b; b = b->next) {
        if (plural && b->exact) {
            if (b->number == argument->integer) {
                return b;
            }
        } else if (plural ? b->category == category : text_equal(b->word, argument->text)) {
            found = b;
        } else if (!found && text_is(b->word, "other")) {
            found = b;
        }
    }
    return found;
}

static void write_body(const struct writing *w, const struct piece *first)
{
    for (const struct piece *piece = first; piece; piece = piece->next) {
        if (piece->kind == PIECE_TEXT) {
            builder_add(w->out, piece->text);
            continue;
        }
        const struct word_argument *argument = find_argument(w, piece->parameter);
        if (!argument) {
            builder_add_format(w->out, "{%s}", w->sentence->parameters[piece->parameter].name);
        } else if (piece->kind == PIECE_VALUE) {
            format_write(w->out, w->language, argument, piece->format);
        } else if (piece->kind == PIECE_NUMBER) {
            words_number(w->out, w->language, argument->integer);
        } else {
            const struct branch *branch = choose(w, piece, argument);
            write_body(w, branch ? branch->body : NULL);
        }
    }
}

void sentence_write(struct builder *out, enum language language, const struct sentence *sentence,
                    const char *key, const struct word_argument *arguments, size_t count)
{
    struct writing writing = {out, language, sentence, key, arguments, count};
    write_body(&writing, sentence->body);
}
