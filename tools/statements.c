/*
 * statements OUTDIR HEADER... -- SQLFILE...
 *
 * For each queries.sql writes OUTDIR/<path without src/ and .sql>.h and .c with one typed function a
 * statement, and OUTDIR/all_statements.c with the list of all. The headers are those shapes.c reads;
 * they tell what the types are. Nothing is written when anything is refused.
 *
 * Must not know: how files are read (sql_reader.h, headers.h). Read next: src/store/store.h.
 */
#include "shape_writer.h"
#include "sql_reader.h"

#include <string.h>

/* A statement with its types. */
struct statement {
    struct sql_statement sql;        /* as read */
    const struct declaration *takes; /* the shape named, or one made of the parameters */
    const struct declaration *row;   /* NULL for nothing */
    int number;                      /* its place among all */
};

struct file {
    const char *path;             /* as given */
    const char *stem;             /* in the include path, without .sql */
    struct statement *statements; /* in their order */
    size_t count;                 /* of them */
};

static const struct declaration *expect_shape(const struct model *model,
                                              const struct sql_statement *sql, const char *tag)
{
    const struct declaration *shape = model_find(model, tag);
    if (shape == NULL || shape->as != DECLARED_SHAPE)
        refuse(sql->place, "%s: there is no shape named %s", sql->name, tag);
    for (size_t i = 0; i < shape->count; i++) {
        enum kind kind = shape->members[i].type.kind;
        if (kind == KIND_STRUCT || kind == KIND_LIST || kind == KIND_HTML || kind == KIND_UPLOAD)
            refuse(sql->place, "%s: %s.%s is nothing a database takes or gives", sql->name, tag,
                   shape->members[i].name);
    }
    return shape;
}

static const struct declaration *parameter_shape(const struct model *model,
                                                 const struct sql_statement *sql)
{
    struct declaration *shape = take(sizeof *shape);
    *shape = (struct declaration){
        .as = DECLARED_SHAPE,
        .tag = take_format("%s_parameters", sql->name),
        .meaning = take_format("What %s takes", sql->name),
        .place = sql->place,
        .members = take((sql->parameter_count + 1) * sizeof *shape->members),
        .count = sql->parameter_count,
    };
    for (size_t i = 0; i < shape->count; i++) {
        struct member *member = &shape->members[i];
        const char *type_name = sql->parameters[i].type_name;
        *member = (struct member){
            .name = sql->parameters[i].name,
            .place = sql->place,
            .meaning = take_format(":%s", sql->parameters[i].name),
            .audience = "FOR_PUBLIC",
            .low = INT64_MIN,
            .high = INT64_MAX,
        };
        bool known = model_type(model, type_name, &member->type);
        enum kind kind = member->type.kind;
        if (!known || kind == KIND_STRUCT || kind == KIND_LIST || kind == KIND_HTML ||
            kind == KIND_UPLOAD)
            refuse(sql->place, "%s: no parameter has the type %s", sql->name, type_name);
        if (kind == KIND_TEXT)
            member->low = 0;
    }
    return shape;
}

/* The names that stand for one member in SQL; the second is NULL except for money. */
struct columns {
    const char *names[2];
};

static struct columns columns_of(const struct member *member)
{
    if (member->type.kind != KIND_MONEY)
        return (struct columns){{member->name, NULL}};
    return (struct columns){
        {take_format("%s_minor", member->name), take_format("%s_currency", member->name)}};
}

static bool is_column(const struct declaration *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++) {
        struct columns columns = columns_of(&shape->members[i]);
        if (text_same(columns.names[0], name) ||
            (columns.names[1] != NULL && text_same(columns.names[1], name)))
            return true;
    }
    return false;
}

static bool is_used(const struct sql_text *text, const char *name)
{
    for (size_t i = 0; i < text->name_count; i++) {
        if (text_same(text->names[i].text, name))
            return true;
    }
    return false;
}

/* A parameter inside quotes is no parameter. */
static void check_literals(const struct declaration *takes, const struct sql_text *text)
{
    for (size_t i = 0; i < text->literal_count; i++) {
        const char *colon = strchr(text->literals[i].text, ':');
        for (; colon != NULL; colon = strchr(colon + 1, ':')) {
            size_t size = strspn(colon + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
            const char *name = take_part(colon + 1, size);
            if (is_column(takes, name))
                refuse(text->literals[i].place, ":%s stands inside quotes", name);
        }
    }
}

static void check_text(const struct statement *statement, const struct sql_text *text)
{
    const struct declaration *takes = statement->takes;
    if (text->text == NULL)
        return;
    check_literals(takes, text);
    for (size_t i = 0; i < text->name_count; i++) {
        if (!is_column(takes, text->names[i].text))
            refuse(text->names[i].place, "%s takes no :%s", statement->sql.name,
                   text->names[i].text);
    }
    for (size_t i = 0; i < takes->count; i++) {
        struct columns columns = columns_of(&takes->members[i]);
        for (size_t j = 0; j < 2 && columns.names[j] != NULL; j++) {
            if (!is_used(text, columns.names[j]))
                refuse(text->place, "%s never uses :%s", statement->sql.name, columns.names[j]);
        }
    }
}

static void resolve(const struct model *model, struct statement *statement)
{
    const struct sql_statement *sql = &statement->sql;
    bool lists = sql->takes == NULL || text_same(sql->takes, "nothing");
    statement->takes = lists ? parameter_shape(model, sql) : expect_shape(model, sql, sql->takes);
    if (sql->row != NULL)
        statement->row = expect_shape(model, sql, sql->row);
    check_text(statement, &sql->common);
    check_text(statement, &sql->sqlite);
    check_text(statement, &sql->postgresql);
}

static void write_signature(struct output *output, const struct statement *statement)
{
    const struct sql_statement *sql = &statement->sql;
    FILE *out = output->stream;
    fprintf(out, "const struct problem *%s(struct database *db, struct memory *memory", sql->name);
    if (statement->takes->header != NULL) {
        fprintf(out, ",\n        const struct %s *takes", statement->takes->tag);
    } else {
        for (size_t i = 0; i < statement->takes->count; i++) {
            const struct member *member = &statement->takes->members[i];
            fprintf(out, ",\n        %s %s", member->type.c, member->name);
        }
    }
    if (sql->gives == SQL_GIVES_ONE)
        fprintf(out, ",\n        struct %s *out", sql->row);
    else if (sql->gives == SQL_GIVES_MANY)
        fprintf(out, ",\n        struct %s_list *out", sql->row);
    fputc(')', out);
}

/* The table's two functions in the one form that all have, see src/store/state.h. */
static void write_table(struct output *output, const struct sql_statement *sql)
{
    static const char *const same = "struct database *db, struct memory *memory, int64_t id,\n"
                                    "        struct text flow";
    const char *flow = sql->flow ? ", flow" : "";
    FILE *out = output->stream;
    fprintf(out,
            "\nstatic const struct problem *%s_table_of(%s, struct stored_state *out)\n{\n"
            "    (void)flow;\n    return %s_state_of(db, memory, id%s, out);\n}\n",
            sql->table, same, sql->table, flow);
    fprintf(out,
            "static const struct problem *%s_table_set(%s, struct text from_state,\n"
            "        struct text to_state, struct instant moved, struct stored_state *out)\n{\n"
            "    (void)flow;\n    (void)moved;\n"
            "    return %s_state_set(db, memory, id%s, from_state, to_state%s, out);\n}\n",
            sql->table, same, sql->table, flow, sql->moved ? ", moved" : "");
    fprintf(out, "const struct state_table %s_table = {%s_table_of, %s_table_set};\n", sql->table,
            sql->table, sql->table);
}

static void write_uses(struct output *output, const struct file *file)
{
    struct uses uses = {0};
    for (size_t i = 0; i < file->count; i++) {
        const struct statement *statement = &file->statements[i];
        if (statement->takes->header != NULL)
            uses_add(&uses, statement->takes->header);
        else
            uses_add_shape(&uses, statement->takes);
        if (statement->row != NULL)
            uses_add(&uses, statement->row->header);
    }
    uses_write(output, &uses);
}

static void write_h(const char *folder, const struct file *file)
{
    const char *guard = output_guard(take_format("%s.h", file->stem));
    struct output *output =
        output_open(take_format("%s/%s.h", folder, file->stem), "statements.c", file->path);
    fprintf(output->stream, "#ifndef %s\n#define %s\n\n#include \"store/store.h\"\n", guard, guard);
    write_uses(output, file);
    for (size_t i = 0; i < file->count; i++) {
        fputc('\n', output->stream);
        output_comment(output, file->statements[i].sql.description);
        write_signature(output, &file->statements[i]);
        fprintf(output->stream, ";\nextern const struct statement %s_statement;\n",
                file->statements[i].sql.name);
        if (file->statements[i].sql.table != NULL)
            fprintf(output->stream, "extern const struct state_table %s_table;\n",
                    file->statements[i].sql.table);
    }
    fputs("\n#endif\n", output->stream);
    output_save(output);
}

static void write_text(struct output *output, const char *name, const char *engine,
                       const struct sql_text *text)
{
    if (text->text == NULL)
        return;
    fprintf(output->stream, "static const char %s_%s[] =", name, engine);
    output_lines(output, text->text, strlen(text->text));
    fputs(";\n", output->stream);
}

/* The struct that carries the parameters of a list to the store. */
static void write_parameters(struct output *output, const struct declaration *takes)
{
    if (takes->header != NULL)
        return;
    if (takes->count > 0) {
        fprintf(output->stream, "\nstruct %s {\n", takes->tag);
        for (size_t i = 0; i < takes->count; i++)
            fprintf(output->stream, "    %s %s;\n", takes->members[i].type.c,
                    takes->members[i].name);
        fputs("};", output->stream);
    }
    write_shape(output, takes, "static ");
}

static void write_object(struct output *output, const struct statement *statement)
{
    static const char *const gives[] = {
        [SQL_GIVES_NOTHING] = "GIVES_NOTHING",
        [SQL_GIVES_ONE] = "GIVES_ONE",
        [SQL_GIVES_MANY] = "GIVES_MANY",
    };
    const struct sql_statement *sql = &statement->sql;
    FILE *out = output->stream;
    bool common = sql->common.text != NULL;
    fprintf(out,
            "const struct statement %s_statement = {\n"
            "    .name = \"%s\",\n    .place = \"%s:%d\",\n"
            "    .sqlite = %s_%s,\n    .postgresql = %s_%s,\n"
            "    .takes = &%s_shape,\n    .gives = %s,\n",
            sql->name, sql->name, sql->place.file, sql->place.line, sql->name,
            common ? "text" : "sqlite", sql->name, common ? "text" : "postgresql",
            statement->takes->tag, gives[sql->gives]);
    if (statement->row != NULL)
        fprintf(out, "    .row = &%s_shape,\n", statement->row->tag);
    fprintf(out, "    .writes = %s,\n    .number = %d,\n};\n",
            sql->common.writes || sql->sqlite.writes ? "true" : "false", statement->number);
}

static void write_function(struct output *output, const struct statement *statement)
{
    const struct declaration *takes = statement->takes;
    FILE *out = output->stream;
    const char *argument = "takes";
    write_signature(output, statement);
    fputs("\n{\n", out);
    if (takes->header == NULL && takes->count == 0) {
        argument = "NULL";
    } else if (takes->header == NULL) {
        argument = "&takes";
        fprintf(out, "    const struct %s takes = {\n", takes->tag);
        for (size_t i = 0; i < takes->count; i++)
            fprintf(out, "        .%s = %s,\n", takes->members[i].name, takes->members[i].name);
        fputs("    };\n", out);
    }
    fprintf(out, "    return store_run(db, memory, &%s_statement, %s, %s);\n}\n",
            statement->sql.name, argument,
            statement->sql.gives == SQL_GIVES_NOTHING ? "NULL" : "out");
}

static void write_c(const char *folder, const struct file *file)
{
    struct output *output =
        output_open(take_format("%s/%s.c", folder, file->stem), "statements.c", file->path);
    fprintf(output->stream, "#include \"%s.h\"\n", file->stem);
    for (size_t i = 0; i < file->count; i++) {
        const struct statement *statement = &file->statements[i];
        write_parameters(output, statement->takes);
        fputc('\n', output->stream);
        write_text(output, statement->sql.name, "text", &statement->sql.common);
        write_text(output, statement->sql.name, "sqlite", &statement->sql.sqlite);
        write_text(output, statement->sql.name, "postgresql", &statement->sql.postgresql);
        write_object(output, statement);
        write_function(output, statement);
        if (statement->sql.table != NULL)
            write_table(output, &statement->sql);
    }
    output_save(output);
}

static void write_list(const char *folder, const struct file *files, size_t count)
{
    struct output *output =
        output_open(take_format("%s/all_statements.c", folder), "statements.c", "all queries.sql");
    fputs("#include \"store/store.h\"\n", output->stream);
    for (size_t i = 0; i < count; i++)
        fprintf(output->stream, "#include \"%s.h\"\n", files[i].stem);
    fputs("\nconst struct statement *const all_statements[] = {\n", output->stream);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < files[i].count; j++)
            fprintf(output->stream, "    &%s_statement,\n", files[i].statements[j].sql.name);
    }
    fputs("    NULL,\n};\n", output->stream);
    output_save(output);
}

static void refuse_repeated(const struct file *files, size_t count, const struct sql_statement *sql)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < files[i].count; j++) {
            const struct sql_statement *other = &files[i].statements[j].sql;
            if (text_same(other->name, sql->name))
                refuse(sql->place, "%s is a statement already, at %s:%d", sql->name,
                       other->place.file, other->place.line);
        }
    }
}

/* Reads the next file; *number counts the statements of all. */
static void read_file(const struct model *model, const char *path, struct file *files,
                      size_t file_count, int *number)
{
    struct file *file = &files[file_count];
    const char *included = path_included(path);
    if (!text_ends(path, ".sql"))
        refuse((struct place){path, 0}, "is no .sql file");
    file->path = path;
    file->stem = take_part(included, strlen(included) - strlen(".sql"));
    size_t count;
    struct sql_statement *read = sql_read(path, &count);
    file->statements = take((count + 1) * sizeof *file->statements);
    for (size_t i = 0; i < count; i++) {
        struct statement statement = {.sql = read[i], .number = (*number)++};
        refuse_repeated(files, file_count + 1, &statement.sql);
        resolve(model, &statement);
        file->statements[file->count++] = statement;
    }
}

int main(int count, char **arguments)
{
    struct model model = {0};
    int separator = 2;
    while (separator < count && !text_same(arguments[separator], "--"))
        separator++;
    if (separator >= count) {
        fputs("usage: statements OUTDIR HEADER... -- SQLFILE...\n", stderr);
        return 1;
    }
    for (int i = 2; i < separator; i++)
        headers_read(&model, arguments[i]);
    headers_resolve(&model);
    size_t file_count = 0;
    struct file *files = take((size_t)count * sizeof *files);
    int number = 0;
    for (int i = separator + 1; i < count; i++)
        read_file(&model, arguments[i], files, file_count++, &number);
    for (size_t i = 0; i < file_count; i++) {
        write_h(arguments[1], &files[i]);
        write_c(arguments[1], &files[i]);
    }
    write_list(arguments[1], files, file_count);
    return 0;
}
