/*
 * Doubts: what the verdict rules held or rejected, and what becomes of it.
 *
 * An order is judged in the write that credits it (judge.c) and once more before its reward is free (again.c);
 * clicks are judged an hour at a time (hours.c), and once more before their pay is free (second.c). What is held or rejected is a doubt, with the rules that spoke
 * against it, their numbers and the score. Its partner may disagree, once; the business or the intermediary
 * says what becomes of it (states.c), and what counts after all is paid as if it had never been held.
 *
 * What the rules remember stands in tables (known.c), so that it is the same after a start and on every
 * server. Must not know: HTTP. Read next: modules/referrals/suspects/suspect.h, docs/decisions/0027-verdicts.md.
 */
#ifndef CONTRAFLOW_REFERRALS_DOUBTS_DOUBT_H
#define CONTRAFLOW_REFERRALS_DOUBTS_DOUBT_H

#include "modules/referrals/convert.h"
#include "modules/referrals/suspects/suspect.h"

struct doubt_id { /* shape id dbt: Something that was held or rejected, with reasons */
    int64_t value;
};
MAYBE(doubt_id);

enum doubt_what {                  /* shape: What a doubt is about */
                  DOUBT_ORDER = 1, /* order: An order */
                  DOUBT_CLICKS,    /* clicks: Clicks on a link in an hour */
                  DOUBT_PAID, /* paid: Clicks on a link in an hour, found before their pay was free */
};
enum doubt_state {                 /* shape: Where a doubt stands */
                   DOUBT_OPEN = 1, /* open: Nobody has looked at it yet */
                   DOUBT_APPEALED, /* appealed: The partner disagrees */
                   DOUBT_PASSED,   /* passed: It counts after all */
                   DOUBT_REFUSED,  /* refused: It does not count */
};
enum doubt_event {                   /* shape: What happens to a doubt */
                   DOUBT_APPEAL = 1, /* appeal: The partner says why it should count */
                   DOUBT_PASS,       /* pass: The business or the intermediary lets it count */
                   DOUBT_REFUSE,     /* refuse: It stays as it is */
};

struct doubt_row {                       /* shape: A doubt as stored */
    struct doubt_id id;                  /* Names it */
    struct program_id program;           /* In which */
    struct referrals_partner_id partner; /* By which account */
    struct party_id person;              /* Whose it would be */
    enum doubt_what what;                /* What it is about */
    int64_t subject;          /* The verdict of an order; the link that was followed; hev_ */
    int64_t hour;             /* Of clicks: hours since 1970; else 0 */
    int64_t clicks;           /* How many; of an order 0 */
    enum verdict_state found; /* Held or rejected */
    enum suspect_rule rule;   /* What weighed most */
    int64_t score;            /* Points; of clicks the most of one */
    struct text findings;     /* doubt_findings_write() */
    enum doubt_state state;   /* Where it stands */
    struct text said;         /* Why the partner disagrees; empty: no appeal */
    struct text answer;       /* What was answered */
    struct instant at;        /* Of the order, of the hour */
};
LIST_OF(doubt_row);

extern const struct flow doubt_flow;
extern const struct problem doubt_appealed_once; /* 409: there was an appeal, and an answer */

/* ---- judging ---------------------------------------------------------------------------------- */

/* A share of an order, as it is judged. */
struct doubt_order {
    struct program_id program;
    struct referrals_partner_id partner; /* the first account of who is to be paid */
    struct referrals_partner_id account; /* the one by which it came */
    struct party_id person;              /* whose these are */
    struct order_id order;               /* which */
    struct customer_id customer;         /* who ordered; 0: not known */
    struct referrals_touch_id touch;     /* by which it is theirs; 0: none */
    struct maybe_instant basket;         /* when it was opened */
    struct instant placed;               /* when it was ordered */
};
/* Inside a write: judges it by what is known, and remembers it unless it was judged before (`again`). */
const struct problem *doubt_judge_order(struct database *db, struct memory *memory,
                                        const struct doubt_order *order, bool again,
                                        struct suspect_verdict *verdict);
/* Inside a write: keeps the score, and a doubt where the verdict is not that it counts. */
const struct problem *doubt_keep_order(struct database *db, struct memory *memory,
                                       const struct doubt_order *order, struct verdict_id subject,
                                       const struct suspect_verdict *verdict);
/* Inside a write: the basket of an order had been open for so many seconds when the link of a touch was followed, and the
 * order came soon after. */
const struct problem *doubt_see_checkout(struct database *db, struct memory *memory,
                                         struct referrals_touch_id touch, int64_t seconds);
#define DOUBT_CHECKOUT (15 * MINUTE) /* so soon */
/* The first doubt about an order; absent: none. */
const struct problem *doubt_first_of(struct database *db, struct memory *memory,
                                     struct order_id order, struct maybe_doubt_id *out);
/* Inside a write: in all `minor` of `of` of an order came to nothing; its partners are known by it. */
const struct problem *doubt_see_return(struct database *db, struct memory *memory,
                                       struct program_id program, int64_t event, int64_t minor,
                                       int64_t of);
enum { DOUBT_SETTINGS = 5 };
/* referrals.hold_click, referrals.hold_claim, and the files of lists/lists.h */
extern const struct setting doubt_settings[DOUBT_SETTINGS];
/* The thresholds of a program, its own or the site's. */
const struct problem *doubt_terms(struct database *db, struct memory *memory,
                                  struct program_id program, struct suspect_terms *out);

/* Clicks of hours before this one (hours since 1970, UTC) are judged: `held` and `rejected` of referrals_hour say
 * how many of them don't count besides those that are marked. 0: none yet. */
const struct problem *doubt_judged_before(struct database *db, struct memory *memory,
                                          int64_t *hour);

/* Outside a write: clicks of hours that counted are looked at again, a day before what they gave is free; what fails now
 * is held, and its part of the pay taken back. */
const struct problem *doubt_second_look(struct job_run *run);

extern const struct job_kind doubt_hours_job; /* judges clicks, each hour */
extern const struct job_kind
    doubt_again_job; /* judges orders again before they are paid, each hour */
extern const struct consumer doubt_programs; /* begins with both as soon as a program is opened */

/* ---- words ------------------------------------------------------------------------------------ */

/* Findings as they are kept, and read back; what is unreadable is left out. */
struct text doubt_findings_write(struct memory *memory, const struct suspect_verdict *verdict);
size_t doubt_findings_read(struct text written, struct suspect_finding found[SUSPECT_RULES]);
enum doubt_reader {
    READS_OWN,   /* the partner, to whom the words are "you" */
    READS_OTHERS /* the business or the intermediary */
};
/* A finding as a sentence with its numbers. */
struct text doubt_say(struct memory *memory, enum language language, enum doubt_reader reader,
                      const struct suspect_finding *found);

extern const struct consumer doubt_tell; /* mails */

#endif
