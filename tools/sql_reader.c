/*
 * The comments and order of a queries.sql, see sql_reader.h.
 *
 * Must not know: types, what is generated. Read next: sql_text.c.
 */
#include "sql_reader.h"

#include <ctype.h>
#include <string.h>

static const char *const on_sqlite = "on sqlite";
static const char *const on_postgresql = "on postgresql";

static char *take_line(struct sql_cursor *cursor)
{
    size_t size = strcspn(cursor->at, "\n");
    const char *start = cursor->at;
    cursor->at += size;
    if (*cursor->at == '\n') {
        cursor->at++;
        cursor->place.line++;
    }
    while (size > 0 && isspace((unsigned char)start[size - 1]))
        size--;
    return take_part(start, size);
}

static bool at_comment(const struct sql_cursor *cursor)
{
    return text_after(cursor->at, "--") != NULL;
}

/* What stands behind the dashes. */
static const char *take_comment(struct sql_cursor *cursor)
{
    const char *line = take_line(cursor) + 2;
    return line + strspn(line, " \t");
}

static bool is_separator(const char *comment)
{
    return text_same(comment, on_sqlite) || text_same(comment, on_postgresql);
}

/* The rest of a name line while it is taken apart. */
struct words {
    const char *at;     /* next character, no blank */
    struct place place; /* of the line */
};

static void skip(struct words *words, size_t size)
{
    words->at += size;
    words->at += strspn(words->at, " \t");
}

/* The next name; "" when something else stands there. */
static const char *take_name(struct words *words)
{
    size_t size = 0;
    while (isalnum((unsigned char)words->at[size]) || words->at[size] == '_')
        size++;
    const char *name = take_part(words->at, size);
    skip(words, size);
    return name;
}

static const char *expect_name(struct words *words, const char *what)
{
    const char *name = take_name(words);
    if (!text_is_word(name, "_"))
        refuse(words->place, "expected %s in lower-case letters, found \"%s%s\"", what, name,
               words->at);
    return name;
}

static bool accept(struct words *words, const char *mark)
{
    if (text_after(words->at, mark) == NULL)
        return false;
    skip(words, strlen(mark));
    return true;
}

static void check_parameter(const struct sql_statement *statement, const char *name)
{
    static const char *const kept[] = {
        "db",     "memory",  "out",      "takes",    "auto",   "break",    "case",     "char",
        "const",  "default", "do",       "double",   "else",   "enum",     "extern",   "float",
        "for",    "goto",    "if",       "inline",   "int",    "long",     "register", "restrict",
        "return", "short",   "signed",   "sizeof",   "static", "struct",   "switch",   "typedef",
        "union",  "void",    "unsigned", "volatile", "while",  "continue", "asm",      "bool",
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (text_same(kept[i], name))
            refuse(statement->place, "%s: no parameter can be named %s", statement->name, name);
    }
    for (size_t i = 0; i < statement->parameter_count; i++) {
        if (text_same(statement->parameters[i].name, name))
            refuse(statement->place, "%s: a second parameter named %s", statement->name, name);
    }
}

static void read_parameters(struct words *words, struct sql_statement *statement)
{
    if (accept(words, ")"))
        return;
    do {
        struct sql_parameter parameter;
        parameter.name = expect_name(words, "the name of a parameter");
        check_parameter(statement, parameter.name);
        parameter.type_name = expect_name(words, "the type of a parameter");
        statement->parameters =
            take_room(statement->parameters, statement->parameter_count, sizeof parameter);
        statement->parameters[statement->parameter_count++] = parameter;
    } while (accept(words, ","));
    if (!accept(words, ")"))
        refuse(words->place, "expected \",\" or \")\", found \"%s\"", words->at);
}

static void read_gives(struct words *words, struct sql_statement *statement)
{
    const char *often = take_name(words);
    if (text_same(often, "gives"))
        often = take_name(words);
    if (text_same(often, "nothing"))
        statement->gives = SQL_GIVES_NOTHING;
    else if (text_same(often, "one"))
        statement->gives = SQL_GIVES_ONE;
    else if (text_same(often, "many"))
        statement->gives = SQL_GIVES_MANY;
    else
        refuse(words->place, "expected \"one ROW\", \"many ROW\" or \"nothing\", found \"%s%s\"",
               often, words->at);
    if (statement->gives != SQL_GIVES_NOTHING)
        statement->row = expect_name(words, "the shape of a row");
    if (*words->at != '\0')
        refuse(words->place, "unknown \"%s\" at the end of the name line", words->at);
}

/* The name line; a list of parameters may run on over further comment lines. */
static void read_name_line(struct sql_cursor *cursor, struct sql_statement *statement)
{
    statement->place = cursor->place;
    const char *line = take_comment(cursor);
    while (strchr(line, '(') != NULL && strchr(line, ')') == NULL && at_comment(cursor))
        line = take_format("%s %s", line, take_comment(cursor));
    struct words words = {.at = line, .place = statement->place};
    statement->name = expect_name(&words, "the name of a statement");
    if (accept(&words, "(")) {
        read_parameters(&words, statement);
    } else if (text_same(take_name(&words), "takes")) {
        statement->takes = expect_name(&words, "the shape it takes");
    } else {
        refuse(statement->place,
               "expected \"-- NAME(PARAMETERS) GIVES\" or \"-- NAME takes SHAPE gives GIVES\"");
    }
    read_gives(&words, statement);
}

static void read_variant(struct sql_cursor *cursor, struct sql_statement *statement)
{
    struct place place = cursor->place;
    bool sqlite = text_same(take_comment(cursor), on_sqlite);
    struct sql_text *text = sqlite ? &statement->sqlite : &statement->postgresql;
    if (statement->common.text != NULL || text->text != NULL)
        refuse(place, "%s has a text for this engine already", statement->name);
    *text = sql_text_read(cursor);
}

static bool at_separator(struct sql_cursor cursor)
{
    return at_comment(&cursor) && is_separator(take_comment(&cursor));
}

/* At a comment: whether text follows it directly. */
static bool heads_text(struct sql_cursor cursor)
{
    while (at_comment(&cursor))
        take_line(&cursor);
    return *cursor.at != '\0' && *take_line(&cursor) != '\0';
}

static struct sql_statement read_statement(struct sql_cursor *cursor)
{
    struct sql_statement statement = {.description = ""};
    read_name_line(cursor, &statement);
    while (at_comment(cursor) && !at_separator(*cursor)) {
        const char *line = take_comment(cursor);
        statement.description = take_format("%s%s%s", statement.description,
                                            *statement.description != '\0' ? " " : "", line);
    }
    if (*statement.description == '\0')
        refuse(statement.place, "%s has no description below its name line", statement.name);
    if (strstr(statement.description, "*/") != NULL)
        refuse(statement.place, "the description of %s would end a C comment", statement.name);
    if (at_separator(*cursor))
        read_variant(cursor, &statement);
    else
        statement.common = sql_text_read(cursor);
    return statement;
}

static bool at_flow(const struct sql_cursor *cursor)
{
    return at_comment(cursor) && text_after(cursor->at, "-- flow ") != NULL;
}

/* "-- flow TABLE(state, moved, flow, owner PARTY)": the name and which columns there are. */
static void read_flow_line(struct sql_cursor *cursor, struct sql_statement *out, const char **owner)
{
    struct words words = {.place = cursor->place};
    words.at = take_comment(cursor);
    out->place = words.place;
    take_name(&words);
    out->table = expect_name(&words, "the name of a table");
    bool state = false;
    bool more = accept(&words, "(");
    while (more) {
        const char *column = take_name(&words);
        state = state || text_same(column, "state");
        out->moved = out->moved || text_same(column, "moved");
        out->flow = out->flow || text_same(column, "flow");
        if (text_same(column, "owner"))
            *owner = expect_name(&words, "the column of the owner");
        more = accept(&words, ",");
    }
    if (!state || !accept(&words, ")") || *words.at != '\0')
        refuse(
            out->place,
            "expected \"-- flow TABLE(state)\", with moved, flow and owner COLUMN if it has them");
}

static struct sql_statement write_out(const char *text, struct place place)
{
    struct sql_cursor cursor = {.at = text, .place = place};
    struct sql_statement statement = read_statement(&cursor);
    statement.place = place;
    return statement;
}

/* The two statements that a line "-- flow TABLE(...)" stands for, in the form of any others. */
static void read_flow(struct sql_cursor *cursor, struct sql_statement out[2])
{
    struct sql_statement line = {.name = NULL};
    const char *owner = "CAST(0 AS bigint)";
    read_flow_line(cursor, &line, &owner);
    while (at_comment(cursor) && !at_flow(cursor))
        take_line(cursor);
    if (*cursor->at != '\0' && *cursor->at != '\n' && !at_flow(cursor))
        refuse(cursor->place, "text below a flow line, which stands for its own");
    const char *taken = line.flow ? ", flow text" : "";
    const char *where = line.flow ? "id = :id AND flow = :flow" : "id = :id";
    out[0] = write_out(take_format("-- %s_state_of(id integer%s) one stored_state\n"
                                   "-- Where a row of %s stands.\n"
                                   "SELECT state, %s AS owner FROM %s WHERE %s;",
                                   line.table, taken, line.table, owner, line.table, where),
                       line.place);
    out[1] = write_out(
        take_format("-- %s_state_set(id integer%s, from_state text, to_state text%s) "
                    "one stored_state\n"
                    "-- Moves a row of %s on from a state; no row means it is in another.\n"
                    "UPDATE %s SET state = :to_state%s\n"
                    "WHERE %s AND state = :from_state RETURNING state, %s AS owner;",
                    line.table, taken, line.moved ? ", moved instant" : "", line.table, line.table,
                    line.moved ? ", moved = :moved" : "", where, owner),
        line.place);
    out[1].table = line.table;
    out[1].moved = line.moved;
    out[1].flow = line.flow;
}

static void check_variants(const struct sql_statement *statement)
{
    if ((statement->sqlite.text == NULL) != (statement->postgresql.text == NULL))
        refuse(statement->place, "%s has no text for %s", statement->name,
               statement->sqlite.text == NULL ? "sqlite" : "postgresql");
    if (statement->sqlite.writes != statement->postgresql.writes)
        refuse(statement->place, "%s writes on one engine only", statement->name);
}

struct sql_statement *sql_read(const char *path, size_t *count)
{
    size_t size;
    struct sql_cursor cursor = {.place = {path, 1}};
    struct sql_statement *statements = NULL;
    *count = 0;
    cursor.at = file_read(path, &size);
    if (strlen(cursor.at) != size)
        refuse((struct place){path, 0}, "holds a NUL byte");
    while (*cursor.at != '\0') {
        struct sql_cursor line = cursor;
        if (*take_line(&line) == '\0') {
            cursor = line;
        } else if (at_separator(cursor)) {
            if (*count == 0)
                refuse(cursor.place, "no statement stands above this variant");
            read_variant(&cursor, &statements[*count - 1]);
        } else if (at_flow(&cursor)) {
            statements = take_room(statements, *count, sizeof *statements);
            statements = take_room(statements, *count + 1, sizeof *statements);
            read_flow(&cursor, &statements[*count]);
            *count += 2;
        } else if (at_comment(&cursor) && heads_text(cursor)) {
            struct sql_statement statement = read_statement(&cursor);
            statements = take_room(statements, *count, sizeof statement);
            statements[(*count)++] = statement;
        } else if (at_comment(&cursor)) {
            while (at_comment(&cursor))
                take_line(&cursor);
        } else {
            refuse(cursor.place, "this text has no name line directly above it");
        }
    }
    for (size_t i = 0; i < *count; i++)
        check_variants(&statements[i]);
    return statements;
}
