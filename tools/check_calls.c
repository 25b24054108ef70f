/*
 * House rules about what C code may say: no SQL or HTML in literals, no raw HTML without a reason,
 * no call that has a safer one, and in every text file no unfinished work or path of one machine.
 *
 * Must not know: how files are structured. Read next: tools/check_words.c.
 */
#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum reach {
    EVERYWHERE = 1,
    PRODUCT, /* src/ without its unit tests */
};

/* A call and what to write instead. */
struct banned {
    const char *name;    /* the function */
    const char *instead; /* its replacement */
    enum reach reach;    /* where the rule holds */
};

static const struct banned banned_calls[] = {
    {"strcpy", "text_copy, or snprintf with the size", EVERYWHERE},
    {"strncpy", "text_copy, or snprintf with the size", EVERYWHERE},
    {"stpcpy", "a builder, or snprintf with the size", EVERYWHERE},
    {"strcat", "a builder, or snprintf with the size", EVERYWHERE},
    {"strncat", "a builder, or snprintf with the size", EVERYWHERE},
    {"sprintf", "text_format, or snprintf with the size", EVERYWHERE},
    {"vsprintf", "vsnprintf with the size", EVERYWHERE},
    {"gets", "fgets, or a text with its size", EVERYWHERE},
    {"strtok", "text_split", EVERYWHERE},
    {"strtok_r", "text_split", PRODUCT},
    {"atoi", "text_to_integer, which reports bad input", PRODUCT},
    {"atol", "text_to_integer, which reports bad input", PRODUCT},
    {"atoll", "text_to_integer, which reports bad input", PRODUCT},
    {"atof", "money_parse or text_to_integer; no floating point near money", EVERYWHERE},
    {"rand", "randombytes_uniform of libsodium", EVERYWHERE},
    {"srand", "randombytes_uniform of libsodium", EVERYWHERE},
    {"random", "randombytes_uniform of libsodium", EVERYWHERE},
    {"drand48", "randombytes_uniform of libsodium", EVERYWHERE},
    {"system", "posix_spawn with an argument list", PRODUCT},
    {"popen", "posix_spawn with an argument list and a pipe", PRODUCT},
    {"alloca", "memory_take from a scratch memory", EVERYWHERE},
    {"localtime", "civil_of, or localtime_r", EVERYWHERE},
    {"gmtime", "civil_of, or gmtime_r", EVERYWHERE},
    {"ctime", "instant_write", EVERYWHERE},
    {"asctime", "instant_write", EVERYWHERE},
    {"tmpnam", "mkstemp", EVERYWHERE},
    {"mktemp", "mkstemp", EVERYWHERE},
    {"vfork", "posix_spawn", EVERYWHERE},
    {"gethostbyname", "getaddrinfo", EVERYWHERE},
    {"setlocale", "words.h, which knows the reader's language", PRODUCT},
    {"time", "clock_now, which tests can set", PRODUCT},
    {"gettimeofday", "clock_now, which tests can set", PRODUCT},
    {"assert", "ensure, which stays on in production", PRODUCT},
    {"malloc", "memory_take", PRODUCT},
    {"calloc", "memory_take_array", PRODUCT},
    {"realloc", "a builder, or memory_take", PRODUCT},
    {"strdup", "text_copy", PRODUCT},
    {"strndup", "text_copy", PRODUCT},
    {"asprintf", "text_format", PRODUCT},
    {"vasprintf", "text_format", PRODUCT},
};

static bool is_c(const char *path)
{
    return check_ends(path, ".c") || check_ends(path, ".h");
}

static bool is_product(const char *path)
{
    return check_starts(path, "src/") && !check_is_test(path);
}

/* True when the name at `at` is called and neither a member nor declared: a type before a name means
 * a declaration, unless that word is one that may stand before an expression. */
static bool is_call(const char *code, const char *at, size_t length)
{
    const char *after = at + length;
    after += strspn(after, " \t\n");
    if (*after != '(') {
        return false;
    }
    const char *before = at;
    while (before > code && isspace((unsigned char)before[-1])) {
        before--;
    }
    if (before == code) {
        return true;
    }
    if (before[-1] == '.' || (before[-1] == '>' && before - 1 > code && before[-2] == '-')) {
        return false;
    }
    if (!check_is_name(before[-1])) {
        return before[-1] != '*' || (before - 1 > code && !check_is_name(before[-2]));
    }
    const char *word = before;
    while (word > code && check_is_name(word[-1])) {
        word--;
    }
    size_t size = (size_t)(before - word);
    return (size == 6 && strncmp(word, "return", 6) == 0) ||
           (size == 4 && strncmp(word, "else", 4) == 0) ||
           (size == 2 && strncmp(word, "do", 2) == 0);
}

static void check_banned(const struct checked_file *file, const char *code)
{
    for (const char *at = code; *at;) {
        if (!check_is_name(*at)) {
            at++;
            continue;
        }
        size_t length = 0;
        while (check_is_name(at[length])) {
            length++;
        }
        for (size_t i = 0; i < sizeof banned_calls / sizeof banned_calls[0]; i++) {
            const struct banned *banned = &banned_calls[i];
            if (strlen(banned->name) == length && strncmp(at, banned->name, length) == 0 &&
                (banned->reach == EVERYWHERE || is_product(file->path)) &&
                is_call(code, at, length)) {
                check_found("banned-call", file->path, check_line_of(code, at), "%s: use %s",
                            banned->name, banned->instead);
            }
        }
        at += length;
    }
}

/* ---- literals ---- */

static const char *skip_name(const char *at)
{
    while (check_is_name(*at) || *at == '.') {
        at++;
    }
    return at;
}

/* True when SQL begins at `at`; what follows the word decides, so that "SELECTED" or a sentence that
 * begins with "Update" is none. */
static bool is_sql(const char *at)
{
    if (check_starts(at, "INSERT INTO ") || check_starts(at, "DELETE FROM ") ||
        check_starts(at, "CREATE TABLE ") || check_starts(at, "INSERT OR ")) {
        return true;
    }
    if (check_starts(at, "SELECT ")) {
        return check_is_name(at[7]) || at[7] == '*' || at[7] == '(' || at[7] == '\'';
    }
    if (check_starts(at, "UPDATE ")) {
        const char *after = skip_name(at + 7);
        return after > at + 7 && check_starts(after, " SET");
    }
    return false;
}

static bool is_html(const char *at)
{
    static const char *const tags[] = {
        "a",     "article", "b",      "body",  "br",    "button", "code",    "dd",       "div",
        "dl",    "dt",      "em",     "form",  "h1",    "h2",     "h3",      "head",     "html",
        "i",     "iframe",  "img",    "input", "label", "li",     "link",    "main",     "meta",
        "nav",   "ol",      "option", "p",     "pre",   "script", "section", "select",   "small",
        "span",  "strong",  "style",  "svg",   "table", "tbody",  "td",      "textarea", "th",
        "thead", "title",   "tr",     "ul",    "video",
    };
    at += *at == '<';
    at += *at == '/';
    size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz123");
    if (!length || !strchr(" >/\\\n\"", at[length])) {
        return false;
    }
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (strlen(tags[i]) == length && strncmp(tags[i], at, length) == 0) {
            return true;
        }
    }
    return false;
}

static void check_literal(const struct checked_file *file, const char *start, const char *end)
{
    bool sql = false, html = false;
    for (const char *at = start; at < end; at++) {
        bool begins = at == start || !check_is_name(at[-1]);
        if (!sql && begins && is_sql(at)) {
            sql = true;
            check_found("sql-literal", file->path, check_line_of(file->text, at),
                        "SQL stands in .sql files: \"%.*s\"", (int)(end - at < 40 ? end - at : 40),
                        at);
        }
        if (!html && *at == '<' && is_html(at)) {
            html = true;
            check_found("html-literal", file->path, check_line_of(file->text, at),
                        "HTML stands in templates: \"%.*s\"", (int)(end - at < 30 ? end - at : 30),
                        at);
        }
    }
}

/* In the blanked text only the quotes of a literal are left, so they pair up. */
static void check_literals(const struct checked_file *file, const char *code)
{
    for (const char *at = code; (at = strchr(at, '"'));) {
        const char *end = strpbrk(at + 1, "\"\n");
        if (!end) {
            return;
        }
        check_literal(file, file->text + (at + 1 - code), file->text + (end - code));
        at = end + 1;
    }
}

/* Ready HTML is made by the template engine; whoever else makes some says why, on the same line or
 * the one above, in a comment that begins with "html:". */
static void check_raw_html(const struct checked_file *file, const char *code)
{
    static const char *const makers[] = {".markup =", "(struct html)"};
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        for (const char *at = code; (at = strstr(at, makers[i])); at++) {
            if (at[strlen(".markup =")] == '=' && i == 0) {
                continue;
            }
            const char *from = file->text + (at - code);
            for (int lines = 0; from > file->text && lines < 2; from--) {
                lines += from[-1] == '\n';
            }
            const char *reason = strstr(from, "html:");
            if (!reason || reason > strchr(file->text + (at - code), '\n')) {
                check_found("raw-html", file->path, check_line_of(code, at),
                            "makes raw HTML without a comment \"html: why it is safe\"");
            }
        }
    }
}

/* ---- every text file ---- */

struct forbidden {
    const char *rule; /* its name */
    const char *text; /* what may not stand there, in two halves so that this file passes */
    const char *rest;
    const char *why; /* the message */
};

static const struct forbidden forbidden_texts[] = {
    {"unfinished", "TO", "DO", "finish it or leave it out"},
    {"unfinished", "FIX", "ME", "finish it or leave it out"},
    {"unfinished", "XX", "X", "finish it or leave it out"},
    {"unfinished", "HA", "CK", "say what it does and why"},
    {"private-path", "/wo", "rk/main", "a path of one machine"},
    {"private-path", "/wo", "rk/shared", "a path of one machine"},
    {"private-path", "/ho", "me/", "a path of one machine"},
    {"private-path", "..", "/shared/", "a folder outside this tree"},
};

static void check_forbidden(const struct checked_file *file)
{
    for (size_t i = 0; i < sizeof forbidden_texts / sizeof forbidden_texts[0]; i++) {
        const struct forbidden *forbidden = &forbidden_texts[i];
        char wanted[32];
        snprintf(wanted, sizeof wanted, "%s%s", forbidden->text, forbidden->rest);
        for (const char *at = file->text; (at = strstr(at, wanted)); at++) {
            /* In quotes it is data: three X are the currency code of no currency. */
            bool begins = at == file->text || (!check_is_name(at[-1]) && at[-1] != '"');
            bool word = begins && !check_is_name(at[strlen(wanted)]);
            if (word || strcmp(forbidden->rule, "unfinished") != 0) {
                check_found(forbidden->rule, file->path, check_line_of(file->text, at), "%s: %s",
                            wanted, forbidden->why);
            }
        }
    }
}

void check_calls(const struct checked_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        check_forbidden(file);
        if (!is_c(file->path)) {
            continue;
        }
        char *code = check_blank(file);
        check_banned(file, code);
        /* What a test feeds in is data, so the rules on literals hold for the product alone. */
        if (is_product(file->path)) {
            check_literals(file, code);
            if (!check_starts(file->path, "src/web/template")) {
                check_raw_html(file, code);
            }
        }
        free(code);
    }
}
