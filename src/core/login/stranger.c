/*
 * Mail addresses that nobody signs in with: passwords that are tried for them are counted and waited for as
 * those of people are, so that whoever guesses doesn't learn which address is somebody's.
 *
 * Kept in the database, since processes share it, and by their hash, since they belong to people who are none
 * of ours. What is there is what the password lane can hash in a day. Read next: core/login/session.c.
 */
#include "core/login/queries.h"
#include "core/login/rows.h"

const struct problem *stranger_find(struct database *db, struct memory *memory, struct text mail,
                                    struct text *hash, struct instant *wait_until)
{
    struct stranger_row row;
    const struct problem *problem = party_secret_hash(memory, mail, hash);
    *wait_until = (struct instant){0};
    if (!problem)
        problem = stranger_by_mail(db, memory, *hash, &row);
    if (!problem)
        *wait_until = row.wait_until;
    return problem == &not_found ? NULL : problem;
}

const struct problem *stranger_count(struct database *db, struct memory *memory, struct text hash,
                                     struct instant at, struct instant *wait_until)
{
    struct stranger_row row = {.wrong = 0};
    const struct problem *problem = strangers_forget(db, memory, instant_add(at, -DAY));
    if (!problem)
        problem = stranger_by_mail(db, memory, hash, &row);
    if (problem && problem != &not_found)
        return problem;
    *wait_until = row.wait_until;
    if (row.wait_until.ms > at.ms)
        return &party_wait;
    row.mail = hash;
    row.wrong = login_wrong_by(row.wrong, row.wait_until, at) + 1;
    row.wait_until = instant_add(at, login_wait_after(row.wrong));
    return stranger_set(db, memory, &row);
}
