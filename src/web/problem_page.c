/*
 * A problem as its reader sees it.
 *
 * Must not know: sockets, routes. Read next: ui/pages/problem.html.
 */
#include "web/problem_page.h"

#include <stdio.h>

#include "web/answer.h"
#include "web/template.h"
#include "web/words.h"

const char *fault_name(enum field_fault fault)
{
    switch (fault) {
    case FIELD_FINE:
        break;
    case FIELD_MISSING:
        return "missing";
    case FIELD_TOO_SHORT:
        return "too_short";
    case FIELD_TOO_LONG:
        return "too_long";
    case FIELD_TOO_SMALL:
        return "too_small";
    case FIELD_TOO_LARGE:
        return "too_large";
    case FIELD_NOT_TEXT:
        return "not_text";
    case FIELD_NOT_NUMBER:
        return "not_number";
    case FIELD_NOT_MONEY:
        return "not_money";
    case FIELD_NOT_DATE:
        return "not_date";
    case FIELD_NOT_WORD:
        return "not_word";
    case FIELD_NOT_ID:
        return "not_id";
    case FIELD_NOT_URL:
        return "not_url";
    case FIELD_NOT_MAIL:
        return "not_mail";
    case FIELD_NOT_FLAG:
        return "not_flag";
    case FIELD_UNKNOWN:
        return "unknown";
    case FIELD_REPEATED:
        return "repeated";
    case FIELD_REFUSED:
        return "refused";
    }
    return "";
}

static const struct problem *describe_errors(struct request *request,
                                             const struct field_errors *errors,
                                             const struct shape *shape,
                                             struct problem_field_list *out)
{
    struct form_state form = {.shape = shape};
    struct problem_field *items = memory_take_array(request->memory, errors->count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < errors->count; i++) {
        const struct field_error *error = &errors->items[i];
        bool counted = error->fault >= FIELD_TOO_SHORT && error->fault <= FIELD_TOO_LARGE;
        items[i] = (struct problem_field){
            .field = text_of(error->field),
            .fault = text_of(error->rule ? error->rule : fault_name(error->fault)),
            .message = template_fault_text(request->memory, request->language, &form, error),
            .limit = {counted, error->limit},
            .found = {counted, error->found},
        };
    }
    *out = (struct problem_field_list){items, errors->count};
    return NULL;
}

const struct problem *problem_describe(struct request *request, const struct problem *problem,
                                       const struct field_errors *errors, const struct shape *shape,
                                       struct text id, struct problem_document *out)
{
    char key[160];
    const char *lacks = request->answer ? request->answer->scope : NULL;
    const struct word_argument scope = {
        .name = "scope", .kind = FIELD_TEXT, .text = text_of(lacks ? lacks : "")};
    snprintf(key, sizeof key, "problem.%s", problem->name);
    *out = (struct problem_document){
        .type = text_format(request->memory, "/problems/%s", problem->name),
        .title = text_of(problem->name),
        .status = problem->status,
        .instance = text_format(request->memory, "urn:contraflow:request:%.*s", TEXT_ARGS(id)),
        .scope = {lacks != NULL, scope.text},
        .retry = problem->retry,
    };
    if (!out->type.data || !out->instance.data)
        return &out_of_memory;
    if (words_have(key))
        out->title = words_text(request->memory, request->language, key, NULL, 0);
    snprintf(key, sizeof key, "problem.%s.detail", problem->name);
    if (words_have(key)) {
        out->detail.present = true;
        out->detail.value =
            words_text(request->memory, request->language, key, &scope, lacks ? 1 : 0);
    }
    return errors && errors->count ? describe_errors(request, errors, shape, &out->errors) : NULL;
}
