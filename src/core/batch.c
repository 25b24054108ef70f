/*
 * Runs the lines of a batch one after another. Must not know: what they do.
 */
#include "core/batch.h"

#include "base/ids.h"

const struct problem *batch_run(struct request *request, const void *lines, size_t count,
                                batch_line *take, struct batch_result *out)
{
    struct batch_made *made = memory_take_array(request->memory, count, sizeof *made);
    if (!made)
        return &out_of_memory;
    *out = (struct batch_result){.lines = {made, count}};
    for (size_t i = 0; i < count; i++) {
        const struct problem *problem = take(request, lines, i, &made[i]);
        if (problem && problem->fault != FAULT_CLIENT)
            return problem;
        if (problem)
            made[i] = (struct batch_made){.outcome = text_of("refused"),
                                          .problem = {true, text_of(problem->name)}};
        out->refused += problem ? 1 : 0;
        out->done += problem ? 0 : 1;
    }
    return NULL;
}

const struct problem *batch_tell(struct memory *memory, const char *prefix, int64_t id,
                                 const char *outcome, struct batch_made *out)
{
    *out = (struct batch_made){.outcome = text_of(outcome)};
    out->id.value = text_copy(memory, text_of(id_text(prefix, id).text));
    out->id.present = true;
    return out->id.value.data ? NULL : &out_of_memory;
}
