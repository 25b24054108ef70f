/*
 * Rows of the statements about posts. Private to the folder.
 */
#ifndef CONTRAFLOW_REFERRALS_POSTS_ROWS_H
#define CONTRAFLOW_REFERRALS_POSTS_ROWS_H

#include "modules/referrals/partner.h"
#include "modules/referrals/posts/post.h"

struct post_hit {      /* shape: A post that a statement found or changed */
    struct post_id id; /* Which */
};
struct post_free_row {   /* shape: When a reward is free */
    struct instant free; /* Then; 0: nothing was given */
};
struct post_number { /* shape: How many there are */
    int64_t number;  /* Of them */
};
struct post_part_row {                  /* shape: Somebody's part in a program, for posts */
    struct program_id program;          /* In which */
    struct text title;                  /* What that is called */
    struct text hosts;                  /* Of its shop, one a line */
    enum program_state program_state;   /* Where that stands */
    enum referrals_partner_state state; /* Where they stand */
    bool taken;                         /* It takes posts */
    struct text words; /* Of which one must stand on the page; empty: one of the site's */
};
struct post_code_row { /* shape: A code of a partner */
    struct text code;  /* As it is shown */
};
LIST_OF(post_code_row);
struct post_looked_row {       /* shape: What a look leaves behind */
    struct post_id id;         /* Of which post */
    struct text page;          /* To which it led */
    enum post_found found;     /* What was found */
    struct text why;           /* Text key: why the program gives nothing; empty: it does */
    int64_t tries;             /* Looks in a row that found something missing */
    struct instant looked;     /* When */
    struct instant due;        /* Looked at again then; 0: not any more */
    struct verdict_id verdict; /* By which it is paid; 0: none */
};
struct post_shown_row {                  /* shape: A post with what it gives */
    struct post_id id;                   /* Names it */
    struct referrals_partner_id partner; /* Who handed it in */
    struct text title;                   /* What the program is called */
    struct text name;                    /* How they are called */
    enum post_state state;               /* Where it stands */
    struct text address;                 /* As handed in */
    enum post_found found;               /* What the last look found */
    struct text why;        /* Text key: why the program gives nothing; empty: it does */
    struct text said;       /* The business's words */
    struct text appeal;     /* The partner's against them; empty: none */
    struct text answer;     /* To these */
    struct instant looked;  /* Last looked at; 0: not yet */
    struct instant due;     /* Looked at again then; 0: not any more */
    struct instant at;      /* Handed in */
    struct maybe_money sum; /* What level one got, less what came back */
    struct instant free;    /* When that is free; 0: it is none, or it is */
};
LIST_OF(post_shown_row);
struct post_told_row {                   /* shape: What a mail about a post says */
    struct program_id program;           /* In which program */
    struct party_id business;            /* Whose that is */
    struct party_id person;              /* Who handed it in */
    struct text name;                    /* How they are called */
    struct referrals_partner_id partner; /* Their part */
    struct text title;                   /* What the program is called */
    struct text address;                 /* Of the post */
    enum post_found found;               /* What the last look found */
    struct text said;                    /* The business's words */
    struct text appeal;                  /* The partner's against them */
    struct text answer;                  /* To these */
};
struct post_language_row {  /* shape: In which language somebody gets mail */
    enum language language; /* That one */
};
struct post_audit_row {        /* shape: A post as the audit reads it */
    struct post_id id;         /* Names it */
    enum post_state state;     /* Where it stands */
    struct text verdict_state; /* Of its verdict; empty: it has none */
    int64_t subject;           /* Of that; 0: none */
    int64_t left_minor;        /* Of what that gave, less what came back */
    bool fee;                  /* It released a fee of a personal offer */
};
LIST_OF(post_audit_row);

#endif
