/*
 * Finds marked structs and enums and handler prototypes in C headers, see headers.h.
 *
 * Everything unmarked is passed over; within a mark every token must be understood.
 *
 * Must not know: what is generated. Read next: annotation.c for the comments, types.c for types.
 */
#include "headers.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A header while it is read. */
struct cursor {
    const struct token *at; /* the next token */
    struct model *model;    /* what was found so far */
    struct header *header;  /* being read */
};

static bool at_text(const struct cursor *cursor, const char *text)
{
    return cursor->at->kind != TOKEN_COMMENT && cursor->at->kind != TOKEN_LITERAL &&
           text_same(cursor->at->text, text);
}

static bool accept(struct cursor *cursor, const char *text)
{
    if (!at_text(cursor, text))
        return false;
    cursor->at++;
    return true;
}

static const char *shown(const struct token *token)
{
    if (token->kind == TOKEN_END)
        return "the end of the file";
    return token->kind == TOKEN_COMMENT ? "a comment" : token->text;
}

static void expect(struct cursor *cursor, const char *text, const char *where)
{
    if (!accept(cursor, text))
        refuse(cursor->at->place, "expected \"%s\" %s, found \"%s\"", text, where,
               shown(cursor->at));
}

static const char *expect_name(struct cursor *cursor, const char *where)
{
    if (cursor->at->kind != TOKEN_NAME)
        refuse(cursor->at->place, "expected a name %s, found \"%s\"", where, shown(cursor->at));
    return cursor->at++->text;
}

/* A comment of its own line between members is for people only. */
static void skip_remarks(struct cursor *cursor)
{
    while (cursor->at->kind == TOKEN_COMMENT)
        cursor->at++;
}

/* The comment on the same line as the token before it. */
static struct token expect_comment(struct cursor *cursor, const char *name)
{
    struct place before = cursor->at[-1].place;
    if (cursor->at->kind != TOKEN_COMMENT || cursor->at->place.line != before.line)
        refuse(before, "%s has no comment behind it", name);
    return *cursor->at++;
}

static bool is_mark(const struct token *token)
{
    return token->kind == TOKEN_COMMENT && (text_after(token->text, "shape:") != NULL ||
                                            text_after(token->text, "shape id") != NULL);
}

static struct declaration *declare(struct cursor *cursor, enum declared_as as,
                                   const struct token *tag, const char *meaning)
{
    struct model *model = cursor->model;
    const struct declaration *known = model_find(model, tag->text);
    if (known != NULL)
        refuse(tag->place, "%s is declared a second time, first at %s:%d", tag->text,
               known->place.file, known->place.line);
    if (text_after(tag->text, "maybe_") != NULL)
        refuse(tag->place, "%s: names with maybe_ are kept for optional members", tag->text);
    struct declaration *declaration = take(sizeof *declaration);
    *declaration = (struct declaration){
        .as = as,
        .tag = tag->text,
        .meaning = meaning,
        .place = tag->place,
        .header = cursor->header,
    };
    model->declarations =
        take_room(model->declarations, model->declaration_count, sizeof *model->declarations);
    model->declarations[model->declaration_count++] = declaration;
    cursor->header->marked = true;
    return declaration;
}

/* struct photo_id { <mark> int64_t value; }; */
static void read_id(struct cursor *cursor, const struct token *tag, const struct token *mark)
{
    const char *before;
    const char *meaning;
    comment_split(*mark, &before, &meaning);
    const char *prefix = text_after(before, "shape id ");
    if (prefix == NULL || !text_is_word(prefix, "") || strlen(prefix) > 8)
        refuse(mark->place, "expected \"shape id PREFIX: meaning\", the prefix being 1 to 8 "
                            "lower-case letters and digits");
    if (!text_ends(tag->text, "_id"))
        refuse(tag->place, "the id struct %s has to end in _id", tag->text);
    for (size_t i = 0; i < cursor->model->declaration_count; i++) {
        const struct declaration *other = cursor->model->declarations[i];
        if (other->prefix != NULL && text_same(other->prefix, prefix))
            refuse(mark->place, "the prefix %s belongs to %s already", prefix, other->tag);
    }
    declare(cursor, DECLARED_ID, tag, meaning)->prefix = prefix;
    skip_remarks(cursor);
    expect(cursor, "int64_t", "as the only member of an id");
    expect(cursor, "value", "as the only member of an id");
    expect(cursor, ";", "behind the only member of an id");
    skip_remarks(cursor);
    expect(cursor, "}", "behind the only member of an id");
}

/* The value behind "=", or the one after the last word's. */
static int64_t read_value(struct cursor *cursor, const struct declaration *words,
                          const struct token *constant)
{
    int64_t value = words->count > 0 ? words->words[words->count - 1].value + 1 : 0;
    if (accept(cursor, "=")) {
        const char *sign = accept(cursor, "-") ? "-" : "";
        const char *digits = take_format("%s%s", sign, cursor->at->text);
        char *end;
        errno = 0;
        value = strtoll(digits, &end, 0);
        if (cursor->at->kind != TOKEN_NUMBER || *end != '\0' || errno != 0 || value > INT32_MAX ||
            value < INT32_MIN)
            refuse(constant->place, "%s: only a plain number can be its value", constant->text);
        cursor->at++;
    }
    if (value == 0)
        refuse(constant->place, "%s is 0, which means unset: begin with = 1", constant->text);
    return value;
}

/* As "draft" or "zh-Hant". */
static bool is_wire_word(const char *text)
{
    bool right = isalpha((unsigned char)*text);
    for (; right && *text != '\0'; text++)
        right = isalnum((unsigned char)*text) || *text == '_' || *text == '-';
    return right;
}

static void add_word(struct declaration *words, const struct token *constant, int64_t value,
                     struct token comment)
{
    struct word word = {.constant = constant->text, .value = value};
    comment_split(comment, &word.name, &word.meaning);
    if (!is_wire_word(word.name))
        refuse(comment.place,
               "%s: expected \"word: meaning\", the word in letters, digits, _ and -",
               constant->text);
    for (size_t i = 0; i < words->count; i++) {
        if (text_same(words->words[i].name, word.name))
            refuse(comment.place, "the word \"%s\" stands for %s already", word.name,
                   words->words[i].constant);
        if (words->words[i].value == value)
            refuse(constant->place, "%s has the value of %s", constant->text,
                   words->words[i].constant);
    }
    words->words = take_room(words->words, words->count, sizeof *words->words);
    words->words[words->count++] = word;
}

static void read_words(struct cursor *cursor, const struct token *tag, const struct token *mark)
{
    const char *before;
    const char *meaning;
    comment_split(*mark, &before, &meaning);
    if (!text_same(before, "shape"))
        refuse(mark->place, "expected \"shape: meaning\" for an enum");
    struct declaration *words = declare(cursor, DECLARED_WORDS, tag, meaning);
    bool comma = true;
    for (skip_remarks(cursor); !accept(cursor, "}"); skip_remarks(cursor)) {
        const struct token *constant = cursor->at;
        expect_name(cursor, "of an enum constant");
        if (!comma)
            refuse(constant->place, "expected a comma before %s", constant->text);
        int64_t value = read_value(cursor, words, constant);
        comma = accept(cursor, ",");
        add_word(words, constant, value, expect_comment(cursor, constant->text));
    }
    if (words->count == 0)
        refuse(tag->place, "the enum %s has no words", tag->text);
}

static void read_member_type(struct cursor *cursor, struct member *member)
{
    member->keyword = "";
    if (accept(cursor, "bool")) {
        member->tag = "flag";
    } else if (accept(cursor, "int64_t")) {
        member->tag = "integer";
    } else if (at_text(cursor, "struct") || at_text(cursor, "enum")) {
        member->keyword = cursor->at++->text;
        member->tag = expect_name(cursor, "behind struct or enum");
    } else {
        refuse(member->place, "a shape has no members of type \"%s\"", shown(cursor->at));
    }
}

static struct member read_member(struct cursor *cursor)
{
    struct member member = {.place = cursor->at->place};
    read_member_type(cursor, &member);
    if (at_text(cursor, "*"))
        refuse(member.place, "a shape has no pointers");
    member.name = expect_name(cursor, "of a member");
    if (at_text(cursor, "["))
        refuse(member.place, "%s: a shape has no arrays, use a _list", member.name);
    if (at_text(cursor, ":"))
        refuse(member.place, "%s: a shape has no bit fields", member.name);
    if (at_text(cursor, ","))
        refuse(member.place, "%s: each member needs a line and comment of its own", member.name);
    expect(cursor, ";", take_format("behind %s", member.name));
    member_annotate(&member, expect_comment(cursor, member.name));
    return member;
}

static void read_shape(struct cursor *cursor, const struct token *tag, const struct token *mark)
{
    const char *before;
    const char *meaning;
    comment_split(*mark, &before, &meaning);
    if (!text_same(before, "shape"))
        refuse(mark->place, "expected \"shape: meaning\"");
    struct declaration *shape = declare(cursor, DECLARED_SHAPE, tag, meaning);
    bool empty = true;
    for (skip_remarks(cursor); !accept(cursor, "}"); skip_remarks(cursor)) {
        struct member member = read_member(cursor);
        for (size_t i = 0; i < shape->count; i++) {
            if (text_same(shape->members[i].name, member.name))
                refuse(member.place, "a second member named %s", member.name);
        }
        empty = false;
        if (member.left_out)
            continue;
        shape->members = take_room(shape->members, shape->count, sizeof *shape->members);
        shape->members[shape->count++] = member;
    }
    if (empty)
        refuse(tag->place, "the shape %s has no members", tag->text);
}

/* At "struct" or "enum": reads a marked declaration, false when this is none. */
static bool read_declaration(struct cursor *cursor)
{
    const struct token *start = cursor->at;
    if (start[1].kind != TOKEN_NAME || !text_same(start[2].text, "{") || !is_mark(&start[3]))
        return false;
    cursor->at = start + 4;
    if (text_same(start->text, "enum"))
        read_words(cursor, &start[1], &start[3]);
    else if (text_after(start[3].text, "shape id") != NULL)
        read_id(cursor, &start[1], &start[3]);
    else
        read_shape(cursor, &start[1], &start[3]);
    expect(cursor, ";", take_format("behind %s", start[1].text));
    return true;
}

static bool accept_all(struct cursor *cursor, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        if (!accept(cursor, *texts))
            return false;
    }
    return true;
}

/* A name, or none: prototypes need not name their parameters. */
static const char *accept_name(struct cursor *cursor)
{
    return cursor->at->kind == TOKEN_NAME ? cursor->at++->text : NULL;
}

/* const struct problem *NAME(struct request *request, const struct A *a, struct B *b); */
static bool read_handler(struct cursor *cursor)
{
    static const char *const problem[] = {"const", "struct", "problem", "*", NULL};
    static const char *const request[] = {"(", "struct", "request", "*", NULL};
    static const char *const takes[] = {",", "const", "struct", NULL};
    static const char *const gives[] = {",", "struct", NULL};
    static const char *const end[] = {")", ";", NULL};
    struct cursor ahead = *cursor;
    struct handler handler = {.header = cursor->header};
    if (!accept_all(&ahead, problem))
        return false;
    handler.place = ahead.at->place;
    handler.name = accept_name(&ahead);
    if (handler.name == NULL || !accept_all(&ahead, request))
        return false;
    accept_name(&ahead);
    if (!accept_all(&ahead, takes) || (handler.takes_tag = accept_name(&ahead)) == NULL ||
        !accept(&ahead, "*"))
        return false;
    accept_name(&ahead);
    if (!accept_all(&ahead, gives) || (handler.gives_tag = accept_name(&ahead)) == NULL ||
        !accept(&ahead, "*"))
        return false;
    accept_name(&ahead);
    if (!accept_all(&ahead, end))
        return false;
    struct model *model = cursor->model;
    model->handlers = take_room(model->handlers, model->handler_count, sizeof *model->handlers);
    model->handlers[model->handler_count] = take(sizeof handler);
    *model->handlers[model->handler_count++] = handler;
    cursor->at = ahead.at;
    return true;
}

static void read_tokens(struct cursor *cursor)
{
    const struct token *first = cursor->at;
    while (cursor->at->kind != TOKEN_END) {
        bool plain = cursor->at == first || (!text_same(cursor->at[-1].text, "static") &&
                                             !text_same(cursor->at[-1].text, "typedef"));
        if (is_mark(cursor->at))
            refuse(cursor->at->place,
                   "this mark does not stand behind the brace of a named struct or enum");
        if ((at_text(cursor, "struct") || at_text(cursor, "enum")) && read_declaration(cursor))
            continue;
        if (plain && at_text(cursor, "const") && read_handler(cursor))
            continue;
        cursor->at++;
    }
}

void headers_read(struct model *model, const char *path)
{
    const char *included = path_included(path);
    if (!text_ends(path, ".h"))
        refuse((struct place){path, 0}, "is no header");
    struct header *header = take(sizeof *header);
    header->path = path;
    header->stem = take_part(included, strlen(included) - 2);
    for (size_t i = 0; i < model->header_count; i++) {
        if (text_same(model->headers[i]->stem, header->stem))
            refuse((struct place){path, 0}, "is given twice");
    }
    model->headers = take_room(model->headers, model->header_count, sizeof *model->headers);
    model->headers[model->header_count++] = header;
    struct cursor cursor = {.at = tokens_read(path), .model = model, .header = header};
    read_tokens(&cursor);
}
