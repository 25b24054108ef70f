/*
 * Lists who signs in. Must not know: passwords.
 */
#include "core/people/users.h"

#include "core/people/users_queries.h"
#include "web/request.shapes.h"

static const struct problem *roles_of(struct database *db, struct memory *memory,
                                      const struct user_row *row, struct text_list *out)
{
    struct user_membership_row_list works;
    const struct problem *problem = users_memberships(db, memory, row->person, &works);
    if (problem)
        return problem;
    struct text *roles = memory_take_array(memory, works.count + 3, sizeof *roles);
    if (!roles)
        return &out_of_memory;
    size_t count = 0;
    roles[count++] = text_of("consumer");
    if (row->operator)
        roles[count++] = text_of("operator");
    if (row->suspended.ms)
        roles[count++] = text_of("suspended");
    for (size_t i = 0; i < works.count; i++) {
        const struct user_membership_row *work = &works.items[i];
        roles[count] =
            text_format(memory, "%s of %.*s", words_name(&member_role_words, (int)work->role),
                        TEXT_ARGS(work->organisation));
        if (!roles[count++].data)
            return &out_of_memory;
    }
    *out = (struct text_list){roles, count};
    return NULL;
}

const struct problem *users_list(struct database *db, struct memory *memory, int64_t after,
                                 int64_t most, struct user_line_list *out)
{
    struct user_row_list rows;
    const struct problem *problem = users_after(db, memory, after, most, &rows);
    if (problem)
        return problem;
    struct user_line *lines = memory_take_array(memory, rows.count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct user_row *row = &rows.items[i];
        lines[i] = (struct user_line){.person = row->person, .login = row->mail, .name = row->name};
        problem = roles_of(db, memory, row, &lines[i].roles);
    }
    *out = (struct user_line_list){lines, rows.count};
    return problem;
}
