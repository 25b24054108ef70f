/*
 * Cutting SQL text into tokens: see store/scan.h. Knows where quotes and comments end, nothing more.
 */
#include "store/scan.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static size_t run(struct text text, size_t from, bool (*belongs)(char c))
{
    while (from < text.size && belongs(text.data[from])) {
        from++;
    }
    return from;
}

/* Bytes up to and with the first `end` at or after `from`, or all there are. */
static size_t until(struct text text, size_t from, const char *end, size_t end_size)
{
    if (from >= text.size) {
        return text.size;
    }
    const char *found = memmem(text.data + from, text.size - from, end, end_size);
    return found ? (size_t)(found - text.data) + end_size : text.size;
}

/* $$ or $tag$: its size, or 0 when the dollar begins something else. */
static size_t dollar_tag(struct text text)
{
    size_t end = run(text, 1, is_word);
    bool digit = end > 1 && text.data[1] >= '0' && text.data[1] <= '9';
    return end < text.size && text.data[end] == '$' && !digit ? end + 1 : 0;
}

static size_t dollar(struct text text, enum token_kind *kind)
{
    size_t tag = dollar_tag(text);
    if (tag == 0) {
        *kind = TOKEN_OTHER;
        return 1;
    }
    *kind = TOKEN_QUOTED;
    return until(text, tag, text.data, tag);
}

static size_t colon(struct text text, enum token_kind *kind)
{
    size_t end = run(text, 1, is_word);
    if (end > 1) {
        *kind = TOKEN_PARAMETER;
        return end;
    }
    *kind = TOKEN_OTHER;
    return text.size > 1 && text.data[1] == ':' ? 2 : 1;
}

static size_t measure(struct text text, enum token_kind *kind)
{
    char first = text.data[0];
    char second = text.size > 1 ? text.data[1] : '\0';
    if (is_space(first)) {
        *kind = TOKEN_SPACE;
        return run(text, 0, is_space);
    }
    if (first == '-' && second == '-') {
        *kind = TOKEN_COMMENT;
        return until(text, 0, "\n", 1);
    }
    if (first == '/' && second == '*') {
        *kind = TOKEN_COMMENT;
        return until(text, 2, "*/", 2);
    }
    if (first == '\'' || first == '"') {
        /* A doubled quote inside reads as two quoted tokens side by side, which is all the same. */
        *kind = TOKEN_QUOTED;
        return until(text, 1, &first, 1);
    }
    if (first == '$') {
        return dollar(text, kind);
    }
    if (first == ':') {
        return colon(text, kind);
    }
    *kind = is_word(first) ? TOKEN_WORD : TOKEN_OTHER;
    return is_word(first) ? run(text, 0, is_word) : 1;
}

bool scan_next(struct text *rest, struct token *token)
{
    if (rest->size == 0) {
        return false;
    }
    size_t size = measure(*rest, &token->kind);
    token->text = (struct text){rest->data, size};
    rest->data += size;
    rest->size -= size;
    return true;
}
