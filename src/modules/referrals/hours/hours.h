/*
 * Pay for clicks and impressions: each hour of a link is judged once, as one event of so many, some minutes after it
 * ended.
 *
 * A job goes through the links of all programs whose rules pay for them. What an hour comes to below a minor unit is left
 * to the link's next hour, so that a price for a thousand is not rounded away hour by hour. What is counted is
 * kept with the last click on which the others hang: the verdict can be followed to each of them.
 *
 * Must not know: how clicks come. Read next: hours.c, src/modules/referrals/clicks/click.h, core/program/hear.c.
 */
#ifndef CONTRAFLOW_REFERRALS_HOURS_HOURS_H
#define CONTRAFLOW_REFERRALS_HOURS_HOURS_H

#include "core/program/program.h"
#include "modules/referrals/referrals.h"

struct referrals_hour_id { /* shape id hev: What came by a link in an hour */
    int64_t value;
};
MAYBE(referrals_hour_id);

/* An hour is closed so long after it ended: servers' clocks may be 5 s apart, and a click is written within seconds. */
#define HOURS_LATE (5 * MINUTE)

/* Counts all hours that can be closed and asks for itself again after the next one, as long as there are programs. */
extern const struct job_kind referrals_hours_job;
/* Begins with it as soon as a program is opened. */
extern const struct consumer referrals_hours;

#endif
