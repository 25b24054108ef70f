/*
 * Cutting SQL text into the few kinds of token that rewriting needs; it does not understand SQL.
 *
 * Must not know: engines, statements, shapes. Read next: store/statement.c, store/migrate.c.
 */
#ifndef CONTRAFLOW_STORE_SCAN_H
#define CONTRAFLOW_STORE_SCAN_H

#include "base/text.h"

enum token_kind {
    TOKEN_SPACE = 1, /* white space */
    TOKEN_COMMENT,   /* to the end of its line, or between slash-star and star-slash */
    TOKEN_QUOTED,    /* 'text', "name" or $tag$text$tag$ */
    TOKEN_WORD,      /* letters, digits, underscores */
    TOKEN_PARAMETER, /* :name, with its colon */
    TOKEN_OTHER,     /* any other single character, or :: */
};

struct token {
    enum token_kind kind; /* what it is */
    struct text text;     /* its bytes, all of them: the tokens of a text add up to the text */
};

/* Takes the next token off the front of *rest. False at the end. Something quoted that never ends
 * takes the rest. */
bool scan_next(struct text *rest, struct token *token);

#endif
