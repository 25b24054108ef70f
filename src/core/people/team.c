/*
 * Changes what operators see to.
 *
 * The count of other admins is taken in the same write, so that of two who leave at once one stays.
 */
#include "core/people/team.h"

#include "core/mail/mail.h"
#include "core/people/team_queries.h"
#include "core/people/team_rows.h"
#include "core/people/team_rows.shapes.h"
#include "web/request.shapes.h"
#include "web/version.h"
#include "web/words.h"

const struct problem team_last_admin = {"team.last_admin", 409, FAULT_CLIENT, false};

const struct problem *team_list(struct database *db, struct memory *memory,
                                struct operator_row_list *out)
{
    return operators(db, memory, out);
}

const struct problem *team_words(struct memory *memory, int64_t desk, struct text *out)
{
    struct builder b = builder_make(memory, 200);
    for (int part = 1; part <= DESK_PARTS; part++) {
        if ((desk & DESK_BIT(part)) == 0)
            continue;
        if ((desk & (DESK_BIT(part) - 1)) != 0)
            builder_add_c(&b, ", ");
        builder_add_c(&b, words_name(&desk_part_words, part));
    }
    return builder_end(&b, out);
}

const struct problem *team_has_second(struct database *db, struct memory *memory,
                                      struct party_id person, bool *out)
{
    struct operator_count others = {0};
    const struct problem *problem =
        others_who_see_to(db, memory, person, DESK_BIT(DESK_FINANCE), &others);
    *out = others.number > 0;
    return problem;
}

struct seating {
    struct party_id person;
    int64_t desk;
    struct maybe_text seen; /* version of what they saw to */
    struct party_id by;
    struct instant at;
};

/* Somebody stays who can let others in. */
static const struct problem *check_admins(struct database *db, struct memory *memory,
                                          const struct seating *seating,
                                          const struct desk_row *before)
{
    struct operator_count others;
    const int64_t admin = DESK_BIT(DESK_ADMIN);
    if (!before->operator||(before->desk & admin) == 0 || (seating->desk & admin) != 0)
        return NULL;
    const struct problem *problem = others_who_see_to(db, memory, seating->person, admin, &others);
    return !problem && others.number == 0 ? &team_last_admin : problem;
}

static const struct problem *note(struct database *db, struct memory *memory,
                                  const struct seating *seating, const struct desk_row *before)
{
    struct act act = {.actor = seating->by,
                      .name = text_of("core.team.set"),
                      .subject = seating->person.value,
                      .note = {"", 0},
                      .at = seating->at};
    const struct problem *problem =
        team_words(memory, before->operator? before->desk : 0, &act.was);
    if (!problem)
        problem = team_words(memory, seating->desk, &act.became);
    return problem ? problem : act_note(db, memory, act);
}

static const struct problem *set_work(struct database *db, struct memory *memory, void *context)
{
    const struct seating *seating = context;
    struct desk_row before;
    bool stays = seating->desk != 0;
    const struct problem *problem = desk_of(db, memory, seating->person, &before);
    struct desk_row wanted = {stays, seating->desk};
    if (!problem)
        problem = version_check(memory, seating->seen, &desk_row_shape, &before, &wanted);
    if (!problem)
        problem = check_admins(db, memory, seating, &before);
    if (problem || (before.operator== stays && before.desk == seating->desk))
        return problem;
    problem = login_set_desk(db, memory, seating->person, stays, seating->desk);
    if (!problem)
        problem = note(db, memory, seating, &before);
    return problem ? problem
                   : mail_send(db, memory, seating->person,
                               stays ? "mail.team_set" : "mail.team_ended", NULL, 0, seating->at);
}

const struct problem *team_version(struct memory *memory, int64_t desk, struct text *out)
{
    struct desk_row now = {true, desk};
    return version_of(memory, &desk_row_shape, &now, out);
}

const struct problem *team_change(struct store *store, struct memory *memory,
                                  struct party_id person, int64_t desk, struct maybe_text seen,
                                  struct party_id by, struct instant at)
{
    struct seating seating = {person, desk, seen, by, at};
    return store_write(store, memory, set_work, &seating);
}

const struct problem *team_set(struct store *store, struct memory *memory, struct party_id person,
                               int64_t desk, struct party_id by, struct instant at)
{
    return team_change(store, memory, person, desk, (struct maybe_text){0}, by, at);
}
