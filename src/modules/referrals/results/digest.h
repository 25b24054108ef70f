/*
 * What changed in a week of a program and why, in sentences with numbers. Pure but for digest_job.c.
 *
 * Must not know: the database. Read next: digest.c, digest_job.c.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_DIGEST_H
#define CONTRAFLOW_REFERRALS_RESULTS_DIGEST_H

#include "modules/referrals/results/results.h"
#include "web/words.h"

enum { DIGEST_SENTENCES = 8, DIGEST_WEEK = 7 /* days */ };

struct digest_week {     /* shape: What happened in some days of a program */
    int64_t clicks;      /* By people */
    int64_t orders;      /* That count */
    int64_t customers;   /* Of these, a customer's first */
    int64_t joined;      /* Partners */
    int64_t value_minor; /* What the orders came to */
    int64_t back_minor;  /* Of that given back since */
};
struct digest_about {
    struct digest_week now, before; /* the week told of, and the one before it */
    struct currency currency;
    bool ruled; /* the rules changed in the week told of */
};

/* The sentences, for who reads `language`; none when nothing happened in the week. */
const struct problem *digest_say(struct memory *memory, enum language language,
                                 const struct digest_about *about, struct text_list *out);

/* The Monday on or before a day; days since 1970. */
int64_t digest_monday(int64_t day);

/* The week that ended on that Monday, of a program. */
const struct problem *digest_read(struct database *db, struct memory *memory,
                                  const struct program_row *program, int64_t monday,
                                  struct digest_about *out);

/* Each morning: looks whose links were followed, and on the first of a week tells the business. */
extern const struct job_kind results_job;
/* Inside a write: lets it run the next morning, unless that waits already. */
const struct problem *results_tomorrow(struct database *db, struct memory *memory,
                                       struct program_id program, struct instant at);

#endif
