/*
 * The comments of shapes and their members: limits, audience, format, meaning.
 *
 * Must not know: where the comments stand. Read next: headers.c.
 */
#include "headers.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

void comment_split(struct token comment, const char **before, const char **meaning)
{
    const char *colon = strchr(comment.text, ':');
    while (colon != NULL && colon[1] != ' ' && colon[1] != '\0')
        colon = strchr(colon + 1, ':');
    *before = colon == NULL ? "" : take_part(comment.text, (size_t)(colon - comment.text));
    *meaning = colon == NULL ? comment.text : colon + 1 + strspn(colon + 1, " ");
    if (**meaning == '\0')
        refuse(comment.place, "the comment says nothing about the meaning");
}

/* One end of a range; `absent` when nothing stands there. */
static int64_t read_limit(struct token comment, const char *text, int64_t absent)
{
    if (*text == '\0')
        return absent;
    char *end;
    errno = 0;
    bool digits = text[strspn(text, "-0123456789")] == '\0';
    int64_t limit = strtoll(text, &end, 10);
    if (!digits || *end != '\0' || errno != 0)
        refuse(comment.place, "\"%s\" is no limit, a whole number is expected", text);
    return limit;
}

static void read_range(struct member *member, struct token comment, const char *range,
                       const char *dots)
{
    if (member->limited)
        refuse(comment.place, "two ranges of limits");
    const char *low = take_part(range, (size_t)(dots - range));
    const char *high = dots + 2;
    if (*low == '\0' && *high == '\0')
        refuse(comment.place, "\"..\" limits nothing");
    member->limited = true;
    member->low = read_limit(comment, low, INT64_MIN);
    member->high = read_limit(comment, high, INT64_MAX);
    if (member->low > member->high)
        refuse(comment.place, "the limits \"%s\" are the wrong way round", range);
}

static void read_audience(struct member *member, struct token comment, const char *audience)
{
    if (member->audience != NULL)
        refuse(comment.place, "two audiences");
    if (text_same(audience, "public"))
        member->audience = "FOR_PUBLIC";
    else if (text_same(audience, "party"))
        member->audience = "FOR_PARTY";
    else if (text_same(audience, "operator"))
        member->audience = "FOR_OPERATOR";
    else
        refuse(comment.place, "unknown audience \"%s\" (public, party or operator)", audience);
}

static void read_part(struct member *member, struct token comment, const char *part)
{
    const char *dots = strstr(part, "..");
    const char *audience = text_after(part, "for ");
    if (audience != NULL) {
        read_audience(member, comment, audience);
    } else if (text_same(part, "url") || text_same(part, "mail")) {
        if (member->format != NULL)
            refuse(comment.place, "two formats");
        member->format = text_same(part, "url") ? "FORMAT_URL" : "FORMAT_MAIL";
    } else if (text_same(part, "none")) {
        member->left_out = true;
    } else if (dots != NULL) {
        read_range(member, comment, part, dots);
    } else {
        refuse(
            comment.place,
            "unknown \"%s\" before the colon (limits as 1..200, for AUDIENCE, url, mail or none; "
            "a comment that is only meaning begins with a capital letter)",
            part);
    }
}

void member_annotate(struct member *member, struct token comment)
{
    const char *before;
    member->low = INT64_MIN;
    member->high = INT64_MAX;
    bool only_meaning = isupper((unsigned char)*comment.text);
    if (only_meaning) {
        before = "";
        member->meaning = comment.text;
    } else {
        comment_split(comment, &before, &member->meaning);
    }
    while (*before != '\0') {
        const char *comma = strchr(before, ',');
        size_t size = comma != NULL ? (size_t)(comma - before) : strlen(before);
        size_t used = size;
        while (used > 0 && before[used - 1] == ' ')
            used--;
        read_part(member, comment, take_part(before, used));
        before += size;
        if (comma != NULL) {
            before += 1 + strspn(before + 1, " ");
            if (*before == '\0')
                refuse(comment.place, "nothing stands behind the comma");
        }
    }
    if (member->audience == NULL)
        member->audience = "FOR_PUBLIC";
}

void member_check(const struct member *member, const struct declaration *shape)
{
    enum kind kind = member->type.kind;
    bool counted = kind == KIND_TEXT || kind == KIND_LIST;
    bool limitable = counted || kind == KIND_MONEY || kind == KIND_INTEGER;
    bool comes_in = text_ends(shape->tag, "_input") || text_ends(shape->tag, "_query");
    if (member->limited && !limitable)
        refuse(member->place, "%s %s: only text, lists, money and integers have limits",
               member->type.c, member->name);
    if (member->limited && counted && member->low < 0 && member->low != INT64_MIN)
        refuse(member->place, "%s %s: a count cannot be below zero", member->type.c, member->name);
    if (member->limited && counted && member->high < 0)
        refuse(member->place, "%s %s: a count cannot be below zero", member->type.c, member->name);
    if (member->format != NULL && kind != KIND_TEXT)
        refuse(member->place, "%s %s: only a text can be a url or mail", member->type.c,
               member->name);
    if (comes_in && limitable && !member->limited)
        refuse(member->place, "%s %s: what comes in needs limits, as 1..200", member->type.c,
               member->name);
    if (comes_in && kind == KIND_HTML)
        refuse(member->place, "%s %s: ready HTML never comes in", member->type.c, member->name);
}
