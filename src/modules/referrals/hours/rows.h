/*
 * Rows of hours that are counted. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_HOURS_ROWS_H
#define CONTRAFLOW_REFERRALS_HOURS_ROWS_H

#include "modules/referrals/hours/hours.h"

struct hours_program_row {     /* shape: A program with hours to be counted */
    struct program_id program; /* Which */
    int64_t hour;              /* All before is counted */
    bool unique_clicks;        /* A visitor pays once a day */
    int64_t until;             /* All before is counted as well, of links up to: */
    int64_t link;              /* Which link; 0: none */
};
LIST_OF(hours_program_row);
struct hours_links_row { /* shape: Some links of a program */
    int64_t links;       /* How many */
    int64_t last;        /* The last of them */
};
struct hours_row {                       /* shape: What came by a link in an hour */
    int64_t link;                        /* Which link */
    struct referrals_partner_id partner; /* Whose */
    int64_t hour;                        /* Since 1970 */
    int64_t clicks;                      /* All */
    int64_t marked;                      /* Of these, what does not count */
    int64_t impressions;                 /* That count */
    int64_t latest;                      /* The last click; 0: none */
};
LIST_OF(hours_row);
struct hours_event_row {              /* shape: An hour of a link that was counted, as stored */
    struct referrals_hour_id id;      /* Names it */
    struct program_id program;        /* Of which */
    int64_t link;                     /* Which link */
    int64_t hour;                     /* Since 1970 */
    enum program_trigger what;        /* Clicks or impressions */
    int64_t events;                   /* That count */
    int64_t before;                   /* Left over by hours before */
    int64_t rest;                     /* Of both, left to the next */
    struct referrals_click_id latest; /* The last click; 0: none */
    struct instant at;                /* Counted */
    struct instant again;             /* When its clicks are looked at again; 0: never */
};
struct hours_audit_row {         /* shape: An hour that was counted, as the audit reads it */
    struct referrals_hour_id id; /* Names it */
    int64_t events;              /* That counted */
    int64_t before;              /* Left over by hours before */
    int64_t rest;                /* Of both, left to the next */
    int64_t came;                /* In that hour by that link, less what was marked */
    int64_t carried;             /* What the hour before left over */
    int64_t verdicts;            /* About it */
};
LIST_OF(hours_audit_row);
struct hours_number { /* shape: How many hours, links or visitors */
    int64_t number;   /* That */
};
struct hours_hit {               /* shape: An hour that is counted */
    struct referrals_hour_id id; /* Which */
};

#endif
