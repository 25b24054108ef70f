/*
 * Schedules: which sums fall due on which days, worked out from what two sides agreed on.
 *
 * A day is a civil date, written as the number of days since 1970-01-01; in whose time zone it begins is
 * for others to say. Everything here is pure: the same schedule gives the same sums and days for ever.
 *
 * Instalments divide a sum into equal parts rounded down; what is left over goes to the first or the
 * last. Interest is simple: principal x rate x days / days of the year, from day to day without end of
 * month or compounding, rounded half to even; each part is the interest up to its day less the interest
 * up to the part before, so that the parts add up to the interest of the whole time.
 *
 * Must not know: parties, states, postings. Read next: core/owed/obligation.h.
 */
#ifndef CONTRAFLOW_CORE_OWED_SCHEDULE_H
#define CONTRAFLOW_CORE_OWED_SCHEDULE_H

#include "base/shape.h"

enum plan_term {                       /* shape: What a plan is made of */
                 PLAN_INSTALMENTS = 1, /* instalments: A sum in equal parts */
                 PLAN_RECURRING,       /* recurring: The same sum again and again */
                 PLAN_INTEREST,        /* interest: Interest by day on a sum that is owed */
                 PLAN_MILESTONES,      /* milestones: A sum in parts, each due when it is reached */
};
enum plan_unit {                 /* shape: How the days of a plan follow each other */
                 PLAN_MONTH = 1, /* month: On a day of the month */
                 PLAN_WEEK,      /* week: Every seven days */
                 PLAN_DAY,       /* day: Every day */
};
enum plan_remainder {                     /* shape: Which part takes what dividing leaves over */
                      REMAINDER_LAST = 1, /* last: The last one */
                      REMAINDER_FIRST,    /* first: The first one */
};
/* How days are counted: ISDA 2006 Definitions, section 4.16 (d) and (f). */
enum plan_basis {                       /* shape: How days of interest are counted */
                  BASIS_ACTUAL_365 = 1, /* actual_365: Days of the calendar, 365 to a year */
                  BASIS_30_360,         /* thirty_360: Thirty days to a month, 360 to a year */
};

struct schedule {
    enum plan_term term; /* what it is made of */
    struct money sum;    /* all of it; each time, when recurring; the principal of interest */
    int64_t parts;       /* how many; 0: without end, only when recurring or interest */
    enum plan_remainder remainder; /* of instalments and milestones */
    enum plan_unit unit;           /* with `every`; not of milestones */
    int64_t every;                 /* of these units from one day to the next, from 1 */
    int64_t first;                 /* day of the first part; 0 of milestones */
    int64_t month_day;             /* 1..31, wanted in each month; a shorter one ends earlier */
    int64_t rate;                  /* of interest: parts per million in a year */
    enum plan_basis basis;         /* of interest */
    int64_t accrues;               /* day from which interest is counted */
};

#define SCHEDULE_PARTS_MAX 600     /* fifty years of months */
#define SCHEDULE_RATE_MAX  1000000 /* one hundred percent in a year */
#define SCHEDULE_DAY_MAX   2932532 /* 9998-12-31: what civil_of() takes, and a year to spare */

/* The day of a date, and whether there is such a date. */
bool schedule_day(int year, int month, int day, int64_t *out);
/* Day of part `number` (from 1); 0: of a milestone, and beyond SCHEDULE_DAY_MAX. */
int64_t schedule_due(const struct schedule *schedule, int64_t number);
/* Sum of part `number` (from 1); false: there is no such part, or it can't be counted exactly. */
bool schedule_amount(const struct schedule *schedule, int64_t number, struct money *out);
/* Sum of parts 1 to `number`. */
bool schedule_total(const struct schedule *schedule, int64_t number, struct money *out);

/* Days of interest from one day to a later one, by a basis. */
int64_t schedule_days(enum plan_basis basis, int64_t from, int64_t to);
/* Simple interest of so many days; false when it can't be counted exactly. */
bool schedule_interest(struct money principal, int64_t rate, enum plan_basis basis, int64_t days,
                       struct money *out);

#endif
