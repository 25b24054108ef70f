/*
 * Days and sums of a schedule.
 *
 * Must not know: the database, the clock. Read next: core/owed/schedule.h.
 */
#include "core/owed/schedule.h"

#include "base/log.h"

enum { MILLION = 1000000 };

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool schedule_day(int year, int month, int day, int64_t *out)
{
    if (year < 1970 || year > 9998 || month < 1 || month > 12 || day < 1 ||
        day > month_length(year, month))
        return false;
    *out = instant_of((struct civil){.year = year, .month = month, .day = day}).ms / DAY;
    return true;
}

static struct civil civil_day(int64_t day)
{
    return civil_of((struct instant){day * DAY});
}

/* The wanted day of the month that lies so many months after that of `first`. */
static int64_t month_due(const struct schedule *schedule, int64_t months)
{
    struct civil first = civil_day(schedule->first);
    int64_t month = (int64_t)first.year * 12 + first.month - 1 + months;
    int year = (int)(month / 12);
    int of_year = (int)(month % 12) + 1;
    int64_t day;
    if (year > 9998)
        return 0;
    int length = month_length(year, of_year);
    int wanted = schedule->month_day < length ? (int)schedule->month_day : length;
    ensure(schedule_day(year, of_year, wanted, &day));
    return day;
}

int64_t schedule_due(const struct schedule *schedule, int64_t number)
{
    ensure(number >= 1);
    if (schedule->term == PLAN_MILESTONES)
        return 0;
    if (number == 1)
        return schedule->first;
    int64_t steps;
    if (__builtin_mul_overflow(number - 1, schedule->every, &steps) || steps > SCHEDULE_DAY_MAX)
        return 0;
    if (schedule->unit == PLAN_MONTH)
        return month_due(schedule, steps);
    int64_t day = schedule->first + steps * (schedule->unit == PLAN_WEEK ? 7 : 1);
    return day > SCHEDULE_DAY_MAX ? 0 : day;
}

/* Instalments and milestones: equal parts rounded down, the rest to one of them. */
static void divided(const struct schedule *schedule, int64_t number, struct money *out)
{
    int64_t each = schedule->sum.minor / schedule->parts;
    int64_t rest = schedule->sum.minor % schedule->parts;
    int64_t taker = schedule->remainder == REMAINDER_FIRST ? 1 : schedule->parts;
    *out = (struct money){each + (number == taker ? rest : 0), schedule->sum.currency};
}

/* All interest up to the day of a part, counted period by period as its basis wants. */
static bool interest_until(const struct schedule *schedule, int64_t number, struct money *out)
{
    int64_t days = 0;
    int64_t before = schedule->accrues;
    for (int64_t i = 1; i <= number; i++) {
        int64_t due = schedule_due(schedule, i);
        if (due == 0)
            return false;
        days += schedule_days(schedule->basis, before, due);
        before = due;
    }
    return schedule_interest(schedule->sum, schedule->rate, schedule->basis, days, out);
}

bool schedule_amount(const struct schedule *schedule, int64_t number, struct money *out)
{
    struct money before;
    if (number < 1 || number > SCHEDULE_PARTS_MAX ||
        (schedule->parts > 0 && number > schedule->parts))
        return false;
    switch (schedule->term) {
    case PLAN_INSTALMENTS:
    case PLAN_MILESTONES:
        divided(schedule, number, out);
        return true;
    case PLAN_RECURRING:
        *out = schedule->sum;
        return true;
    case PLAN_INTEREST:
        return interest_until(schedule, number - 1, &before) &&
               interest_until(schedule, number, out) && money_subtract(*out, before, out);
    }
    return false;
}

bool schedule_total(const struct schedule *schedule, int64_t number, struct money *out)
{
    struct money sum = {0, schedule->sum.currency};
    for (int64_t i = 1; i <= number; i++) {
        struct money part;
        if (!schedule_amount(schedule, i, &part) || !money_add(sum, part, &sum))
            return false;
    }
    *out = sum;
    return true;
}

int64_t schedule_days(enum plan_basis basis, int64_t from, int64_t to)
{
    if (basis == BASIS_ACTUAL_365)
        return to - from;
    struct civil a = civil_day(from);
    struct civil b = civil_day(to);
    int first = a.day == 31 ? 30 : a.day;
    int last = b.day == 31 && first == 30 ? 30 : b.day;
    return 360 * (int64_t)(b.year - a.year) + 30 * (int64_t)(b.month - a.month) + (last - first);
}

bool schedule_interest(struct money principal, int64_t rate, enum plan_basis basis, int64_t days,
                       struct money *out)
{
    int64_t part;
    int64_t year = basis == BASIS_30_360 ? 360 : 365;
    if (days < 0 || __builtin_mul_overflow(rate, days, &part))
        return false;
    return money_share(principal, part, MILLION * year, ROUND_HALF_EVEN, out);
}
