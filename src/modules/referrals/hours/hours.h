/*
 * Pay for clicks and impressions: each hour of a link is judged once, as one event of so many, some minutes after it
 * ended.
 *
 * A job goes through the links of all programs whose rules pay for them; an hour is paid by the rules in force when it
 * began. What it comes to below a minor unit is left to the link's next hour, so that a price for a thousand is not
 * rounded away hour by hour. What is counted is kept with the last click on which the others hang: the verdict can be
 * followed to each of them.
 *
 * Must not know: how clicks come. Read next: hours.c, src/modules/referrals/clicks/click.h, core/program/hear.c.
 */
#ifndef CONTRAFLOW_REFERRALS_HOURS_HOURS_H
#define CONTRAFLOW_REFERRALS_HOURS_HOURS_H

#include "core/program/program.h"
#include "ledger/audit.h"
#include "modules/referrals/referrals.h"

struct referrals_hour_id { /* shape id hev: What came by a link in an hour */
    int64_t value;
};
MAYBE(referrals_hour_id);

/* An hour is closed so long after it ended: servers' clocks may be 5 s apart, and a click is written within seconds. */
#define HOURS_LATE (5 * MINUTE)

/* Clicks that were held when their hour was paid, and count after all. */
struct hours_passed {
    struct program_id program;           /* of which */
    struct referrals_partner_id partner; /* by which account */
    int64_t link;                        /* which link */
    int64_t hour;                        /* since 1970 */
    int64_t doubt;  /* dbt_ with which they were held; subject of the verdict */
    int64_t clicks; /* how many */
    struct maybe_integer
        events;        /* for how many of them pay was taken back; absent: none was paid */
    struct instant at; /* now */
};
/* Inside a write: pays for them as one event more. Of an hour that is not counted yet nothing is to be done, as they
 * are counted with it. */
const struct problem *hours_pay_passed(struct database *db, struct memory *memory,
                                       const struct hours_passed *passed);

/* A page of the audit (audit_run()): what was paid for came, once, and what is left over is carried on. */
const struct problem *hours_audit(struct audit_voice *voice, struct database *db,
                                  struct memory *page, int64_t *after, size_t *count);

/* Counts all hours that can be closed and asks for itself again after the next one, as long as there are programs. */
extern const struct job_kind referrals_hours_job;
/* Begins with it as soon as a program is opened. */
extern const struct consumer referrals_hours;

#endif
