/*
 * One SQL text up to its semicolon: its parameters, whether it writes, what it must not hold.
 *
 * Must not know: engines' grammar beyond literals, comments, parameters and the leading keyword.
 * Read next: sql_reader.c.
 */
#include "sql_reader.h"

#include <ctype.h>
#include <string.h>

/* What stood before the present character, as far as a rule asks. */
enum before { BEFORE_OTHER = 0, BEFORE_NAME, BEFORE_CONCATENATION, BEFORE_OPENING };

struct scan {
    struct sql_cursor *cursor; /* in the file */
    struct sql_text *text;     /* being filled */
    char *clean;               /* the text without comments */
    size_t size;               /* of it so far */
    enum before before;        /* see above */
    int depth;                 /* of parentheses */
    const char *verb;          /* the leading keyword in capitals, NULL before it */
};

static void step(struct sql_cursor *cursor)
{
    if (*cursor->at == '\n')
        cursor->place.line++;
    cursor->at++;
}

static void keep(struct scan *scan)
{
    scan->clean[scan->size++] = *scan->cursor->at;
    step(scan->cursor);
}

static void add_part(struct sql_part **parts, size_t *count, const char *start, const char *end,
                     struct place place)
{
    *parts = take_room(*parts, *count, sizeof **parts);
    (*parts)[(*count)++] = (struct sql_part){take_part(start, (size_t)(end - start)), place};
}

static void scan_literal(struct scan *scan)
{
    struct sql_text *text = scan->text;
    struct place place = scan->cursor->place;
    char quote = *scan->cursor->at;
    keep(scan);
    const char *start = scan->cursor->at;
    while (*scan->cursor->at != quote) {
        if (*scan->cursor->at == '\0')
            refuse(place, "this literal never ends");
        keep(scan);
    }
    if (quote == '\'')
        add_part(&text->literals, &text->literal_count, start, scan->cursor->at, place);
    keep(scan);
    scan->before = BEFORE_OTHER;
}

static void scan_comment(struct scan *scan)
{
    struct sql_cursor *cursor = scan->cursor;
    struct place place = cursor->place;
    if (*cursor->at == '-') {
        if (text_after(cursor->at, "-- on sqlite") || text_after(cursor->at, "-- on postgresql"))
            refuse(place, "the text before it does not end with a semicolon");
        while (*cursor->at != '\0' && *cursor->at != '\n')
            cursor->at++;
        return;
    }
    cursor->at += 2;
    while (!(cursor->at[0] == '*' && cursor->at[1] == '/')) {
        if (*cursor->at == '\0')
            refuse(place, "this comment never ends");
        step(cursor);
    }
    cursor->at += 2;
}

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static void scan_name(struct scan *scan)
{
    struct sql_text *text = scan->text;
    struct place place = scan->cursor->place;
    keep(scan);
    const char *start = scan->cursor->at;
    if (!isalpha((unsigned char)*start))
        refuse(place, "parameters have names: \":%c\"", *start);
    while (is_name(*scan->cursor->at))
        keep(scan);
    add_part(&text->names, &text->name_count, start, scan->cursor->at, place);
    const char *name = text->names[text->name_count - 1].text;
    if (scan->before == BEFORE_CONCATENATION)
        refuse(place, ":%s is concatenated, pass the whole text instead", name);
    scan->before = BEFORE_NAME;
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (text_same(word, *words))
            return true;
    }
    return false;
}

static void scan_word(struct scan *scan)
{
    static const char *const writing[] = {"INSERT", "UPDATE", "DELETE", "LOCK", NULL};
    static const char *const reading[] = {"SELECT", "VALUES", NULL};
    struct place place = scan->cursor->place;
    const char *start = scan->cursor->at;
    while (is_name(*scan->cursor->at))
        keep(scan);
    char *word = take_part(start, (size_t)(scan->cursor->at - start));
    for (char *c = word; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    bool writes = is_one_of(word, writing);
    bool leads = scan->depth == 0 && (writes || is_one_of(word, reading));
    if (scan->verb == NULL && !leads && !text_same(word, "WITH"))
        refuse(place,
               "a statement begins with SELECT, INSERT, UPDATE, DELETE, VALUES, LOCK or WITH");
    bool undecided = scan->verb == NULL || text_same(scan->verb, "WITH");
    if (undecided && (leads || scan->verb == NULL)) {
        scan->verb = word;
        scan->text->writes = scan->text->writes || writes;
    }
    if (writes && scan->before == BEFORE_OPENING)
        scan->text->writes = true;
    scan->before = BEFORE_OTHER;
}

static void refuse_numbered(const struct scan *scan)
{
    const char *at = scan->cursor->at;
    bool named = isalpha((unsigned char)at[1]) || at[1] == '_';
    if (*at == '?' || *at == '$' || ((*at == '@' || *at == '#') && named))
        refuse(scan->cursor->place, "\"%c\": parameters are written :name", *at);
}

static void scan_mark(struct scan *scan)
{
    const char *at = scan->cursor->at;
    refuse_numbered(scan);
    if (at[0] == '|' && at[1] == '|') {
        if (scan->before == BEFORE_NAME)
            refuse(scan->cursor->place, ":%s is concatenated, pass the whole text instead",
                   scan->text->names[scan->text->name_count - 1].text);
        keep(scan);
        scan->before = BEFORE_CONCATENATION;
    } else {
        if (at[0] == ':' && at[1] == ':')
            keep(scan);
        scan->depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        scan->before = *at == '(' ? BEFORE_OPENING : BEFORE_OTHER;
    }
    keep(scan);
}

/* Blanks at line ends go, and a line with nothing in it is a forgotten semicolon. */
static void scan_blank(struct scan *scan)
{
    struct sql_cursor *cursor = scan->cursor;
    if (*cursor->at == '\n') {
        const char *next = cursor->at + 1 + strspn(cursor->at + 1, " \t\r");
        if (*next == '\n')
            refuse(cursor->place, "a text has no blank line within: is its semicolon missing?");
        while (scan->size > 0 && scan->clean[scan->size - 1] == ' ')
            scan->size--;
        bool empty = scan->size == 0 || scan->clean[scan->size - 1] == '\n';
        if (empty) {
            step(cursor);
            return;
        }
    }
    keep(scan);
}

static void scan_one(struct scan *scan)
{
    const char *at = scan->cursor->at;
    if (isspace((unsigned char)*at))
        scan_blank(scan);
    else if (*at == '\'' || *at == '"')
        scan_literal(scan);
    else if ((at[0] == '-' && at[1] == '-') || (at[0] == '/' && at[1] == '*'))
        scan_comment(scan);
    else if (*at == ':' && at[1] != ':' && (is_name(at[1])))
        scan_name(scan);
    else if (is_name(*at))
        scan_word(scan);
    else
        scan_mark(scan);
}

struct sql_text sql_text_read(struct sql_cursor *cursor)
{
    struct sql_text text = {.place = cursor->place};
    struct scan scan = {.cursor = cursor, .text = &text};
    scan.clean = take(strlen(cursor->at) + 1);
    while (*cursor->at != ';') {
        if (*cursor->at == '\0')
            refuse(text.place, "the text does not end with a semicolon");
        scan_one(&scan);
    }
    step(cursor);
    cursor->at += strspn(cursor->at, " \t\r");
    bool comment = text_after(cursor->at, "--") != NULL;
    if (*cursor->at != '\0' && *cursor->at != '\n' && !comment)
        refuse(cursor->place, "one statement a text: something follows its semicolon");
    while (*cursor->at != '\0' && *cursor->at != '\n')
        cursor->at++;
    if (scan.verb == NULL || text_same(scan.verb, "WITH"))
        refuse(text.place, "the text is no statement");
    while (scan.size > 0 && isspace((unsigned char)scan.clean[scan.size - 1]))
        scan.size--;
    text.text = take_part(scan.clean, scan.size);
    return text;
}
