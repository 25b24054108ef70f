/*
 * shapes OUTDIR HEADER...
 *
 * For each header with a mark or a handler writes OUTDIR/<stem>.shapes.h and .shapes.c (stem: the
 * path without src/ and .h), and OUTDIR/all_shapes.c with the list of all shapes. Nothing is
 * written when anything is refused.
 *
 * Must not know: how headers are read (headers.h). Read next: src/base/shape.h.
 */
#include "shape_writer.h"

static bool of_header(const struct handler *handler, const struct header *header)
{
    return handler->header == header && handler->takes != NULL;
}

static void declare_all(struct output *output, const struct model *model,
                        const struct header *header)
{
    for (size_t i = 0; i < model->declaration_count; i++) {
        const struct declaration *declaration = model->declarations[i];
        if (declaration->header != header)
            continue;
        if (declaration->as == DECLARED_SHAPE)
            fprintf(output->stream, "extern const struct shape %s_shape;\n", declaration->tag);
        else if (declaration->as == DECLARED_WORDS)
            fprintf(output->stream, "extern const struct words %s_words;\n", declaration->tag);
    }
    for (size_t i = 0; i < model->handler_count; i++) {
        if (of_header(model->handlers[i], header))
            fprintf(output->stream, "extern const struct handler %s_handler;\n",
                    model->handlers[i]->name);
    }
}

static void write_h(const char *folder, const struct model *model, const struct header *header)
{
    const char *path = take_format("%s/%s.shapes.h", folder, header->stem);
    const char *guard = output_guard(take_format("%s.shapes.h", header->stem));
    struct output *output = output_open(path, "shapes.c", header->path);
    fprintf(output->stream, "#ifndef %s\n#define %s\n\n#include \"%s.h\"\n", guard, guard,
            header->stem);
    if (!text_same(header->stem, "base/shape"))
        fputs("#include \"base/shape.h\"\n", output->stream);
    fputc('\n', output->stream);
    declare_all(output, model, header);
    fputs("\n#endif\n", output->stream);
    output_save(output);
}

static void write_handler(struct output *output, const struct handler *handler)
{
    const char *name = handler->name;
    fprintf(output->stream,
            "\nstatic const struct problem *call_%s(struct request *request, const void *takes,\n"
            "                                       void *gives)\n"
            "{\n"
            "    const struct %s *typed_takes = takes;\n"
            "    struct %s *typed_gives = gives;\n"
            "    return %s(request, typed_takes, typed_gives);\n"
            "}\n",
            name, handler->takes_tag, handler->gives_tag, name);
    fprintf(output->stream,
            "const struct handler %s_handler = {\n"
            "    .name = \"%s\",\n"
            "    .call = call_%s,\n"
            "    .takes = &%s_shape,\n"
            "    .gives = &%s_shape,\n"
            "};\n",
            name, name, name, handler->takes_tag, handler->gives_tag);
}

static void write_includes(struct output *output, const struct model *model,
                           const struct header *header)
{
    struct uses uses = {0};
    bool handles = false;
    uses_add(&uses, header);
    for (size_t i = 0; i < model->declaration_count; i++) {
        if (model->declarations[i]->header == header)
            uses_add_shape(&uses, model->declarations[i]);
    }
    for (size_t i = 0; i < model->handler_count; i++) {
        const struct handler *handler = model->handlers[i];
        if (!of_header(handler, header))
            continue;
        handles = true;
        uses_add(&uses, handler->takes->header);
        uses_add(&uses, handler->gives->header);
    }
    uses_write(output, &uses);
    if (handles)
        fputs("#include \"web/route.h\"\n", output->stream);
}

static void write_c(const char *folder, const struct model *model, const struct header *header)
{
    const char *path = take_format("%s/%s.shapes.c", folder, header->stem);
    struct output *output = output_open(path, "shapes.c", header->path);
    write_includes(output, model, header);
    for (size_t i = 0; i < model->declaration_count; i++) {
        const struct declaration *declaration = model->declarations[i];
        if (declaration->header != header)
            continue;
        if (declaration->as == DECLARED_SHAPE)
            write_shape(output, declaration, "");
        else if (declaration->as == DECLARED_WORDS)
            write_words(output, declaration);
    }
    for (size_t i = 0; i < model->handler_count; i++) {
        if (of_header(model->handlers[i], header))
            write_handler(output, model->handlers[i]);
    }
    output_save(output);
}

static void write_list(const char *folder, const struct model *model)
{
    struct output *output =
        output_open(take_format("%s/all_shapes.c", folder), "shapes.c", "all headers");
    struct uses uses = {0};
    for (size_t i = 0; i < model->header_count; i++) {
        if (model->headers[i]->marked)
            uses_add(&uses, model->headers[i]);
    }
    fputs("#include \"base/shape.h\"\n", output->stream);
    uses_write(output, &uses);
    fputs("\nconst struct shape *const all_shapes[] = {\n", output->stream);
    for (size_t i = 0; i < model->declaration_count; i++) {
        if (model->declarations[i]->as == DECLARED_SHAPE)
            fprintf(output->stream, "    &%s_shape,\n", model->declarations[i]->tag);
    }
    fputs("    NULL,\n};\n", output->stream);
    output_save(output);
}

int main(int count, char **arguments)
{
    struct model model = {0};
    if (count < 2) {
        fputs("usage: shapes OUTDIR HEADER...\n", stderr);
        return 1;
    }
    for (int i = 2; i < count; i++)
        headers_read(&model, arguments[i]);
    headers_resolve(&model);
    for (size_t i = 0; i < model.header_count; i++) {
        if (!model.headers[i]->marked)
            continue;
        write_h(arguments[1], &model, model.headers[i]);
        write_c(arguments[1], &model, model.headers[i]);
    }
    write_list(arguments[1], &model);
    return 0;
}
