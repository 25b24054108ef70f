/*
 * Posts: a partner writes about the business on a page of their own, hands its address in, and is rewarded.
 *
 * A job looks at the page: it must be there, lead back to the partner by link or code, and say that it is an
 * advertisement. Then the program's rules for posts pay, held for their days; half a day before these are over
 * the page is looked at again. What is gone then is taken back. A look that finds something missing for reasons
 * that may pass is repeated for some hours before it is judged. A partner may disagree, once, with a business that
 * does not want a post: it, or the intermediary, decides; what is taken after all is looked at as if it were handed in.
 * Must not know: HTTP.
 * Read next: states.c, look.h, check.c, docs/decisions/0030-posts.md.
 */
#ifndef CONTRAFLOW_REFERRALS_POSTS_POST_H
#define CONTRAFLOW_REFERRALS_POSTS_POST_H

#include "core/job.h"
#include "core/program/program.h"
#include "modules/referrals/referrals.h"

struct post_id { /* shape id rpo: An address that a partner handed in */
    int64_t value;
};
MAYBE(post_id);

enum {
    POSTS_A_DAY = 10,       /* that one partner may hand in */
    POST_ADDRESS_MAX = 500, /* bytes */
    POST_WORDS_MAX = 1000,  /* bytes of a business's own words, all lines */
    POST_TRIES = 5,         /* looks in a row before something that may pass is judged */
};
#define POST_AGAIN_BEFORE (12 * HOUR) /* the second look, before the reward is free */

enum post_state {                     /* shape: Where a post stands */
                  POST_HANDED_IN = 1, /* handed_in: It has yet to be looked at */
                  POST_ACCEPTED,      /* accepted: All was there; it is looked at once more */
                  POST_PAID,          /* paid: All was still there */
                  POST_REFUSED, /* refused: Something was missing; it can be handed in again */
                  POST_GONE, /* gone: Something was missing at the second look; what was given came back */
                  POST_REJECTED, /* rejected: The business does not want it, and says why */
                  POST_APPEALED, /* appealed: The partner disagrees with that */
};
enum post_event {                  /* shape: What happens to a post */
                  POST_ACCEPT = 1, /* accept: All was there */
                  POST_REFUSE,     /* refuse: Something was missing */
                  POST_PASS,       /* pass: All was still there */
                  POST_LOSE,       /* lose: Something was missing at the second look */
                  POST_REJECT,     /* reject: The business does not want it */
                  POST_APPEAL,     /* appeal: The partner says why it should be paid */
                  POST_READMIT, /* readmit: The business or the intermediary takes it after all */
                  POST_UPHOLD,  /* uphold: It stays as it is */
};
enum post_found {                      /* shape: What a look at a post found */
                  POST_NOT_LOOKED = 1, /* not_looked: Nobody looked yet */
                  POST_ALL,            /* all: All that must be there */
                  POST_NO_LINK,        /* no_link: Neither link nor code of the partner */
                  POST_NO_DISCLOSURE, /* no_disclosure: No word that says that it is an advertisement */
                  POST_NEITHER,       /* neither: Neither of both */
                  POST_MISSING,       /* missing: There is no such page */
                  POST_FORBIDDEN,     /* forbidden: The page is not shown to us */
                  POST_FAILING,       /* failing: The server has an error */
                  POST_NO_NAME,       /* no_name: The server's name is not known */
                  POST_UNREACHED,     /* unreached: The server does not answer */
                  POST_UNSAFE,        /* unsafe: There is no safe connection */
                  POST_SLOW,          /* slow: The page took too long */
                  POST_NO_PAGE,       /* no_page: It is something else than a page of words */
                  POST_TOO_LARGE,     /* too_large: It is larger than we read */
                  POST_WANDERS,       /* wanders: It leads on and on */
                  POST_INSIDE,        /* inside: It leads to where we do not go */
                  POST_OWN,           /* own: It leads to this site or to the shop */
                  POST_SAME,          /* same: It leads to a page that was handed in before */
                  POST_NOTHING_GIVEN, /* nothing_given: The program gives nothing for it */
};

struct post_terms_row {        /* shape: How a program takes posts, as stored */
    struct program_id program; /* Which */
    bool taken;                /* Partners may hand posts in */
    struct text
        words; /* ..1000: One of these lines must stand on the page; empty: one of the site's */
};
struct post_row {                        /* shape: A post as stored */
    struct post_id id;                   /* Names it */
    struct program_id program;           /* In which */
    struct referrals_partner_id partner; /* Who handed it in */
    struct party_id person;              /* Who that is */
    enum post_state state;               /* Where it stands */
    struct text address;                 /* As handed in, in one form */
    struct text page;                    /* To which it led */
    enum post_found found;               /* What the last look found */
    struct text why;           /* Text key: why the program gives nothing; empty: it does */
    struct text said;          /* The business's words to what it does not want */
    struct text appeal;        /* The partner's words against that; empty: none yet */
    int64_t tries;             /* Looks in a row that found something missing */
    struct instant looked;     /* Last looked at; 0: not yet */
    struct instant due;        /* Looked at again then; 0: not any more */
    struct verdict_id verdict; /* By which it is paid; 0: none */
    struct instant at;         /* Handed in */
};
LIST_OF(post_row);

extern const struct flow post_flow;

extern const struct problem post_off;       /* 409: the program takes none, or not from them */
extern const struct problem post_malformed; /* 422: no address */
extern const struct problem post_plain;     /* 422: not https */
extern const struct problem post_inside;    /* 422: not on the public internet */
extern const struct problem post_own;       /* 422: a page of this site, or of the shop */
extern const struct problem post_again;     /* 409: handed in already */
extern const struct problem post_many;      /* 409: POSTS_A_DAY today */
extern const struct problem post_decided;   /* 409: taken after an appeal */

/* What is wrong with an address as typed, NULL: nothing, and *plain is it in one form. `site` is this site's
 * address, `hosts` those of the shop, one a line. */
const struct problem *post_address(struct memory *memory, struct text typed, struct text site,
                                   struct text hosts, struct text *plain);

/* Inside a write: keeps what was handed in and has it looked at; move->subject is its id, ->actor who hands in, ->at
 * now. `address` is in one form. &not_found: no such part of theirs; &post_off, &post_again, &post_many. */
const struct problem *post_hand_in(struct move *move, struct referrals_partner_id partner,
                                   struct text address);

/* The lines of which one must stand on a page: a program's own, or those of the site in all languages.
 * &out_of_memory. */
const struct problem *post_words(struct memory *memory, struct text own, struct text_list *out);

extern const struct job_kind post_look_job; /* looks at a page, for the first or the second time */
extern const struct consumer post_tell;     /* mails */

/* The part of the audit: who is paid for what, and that nothing is left of what was taken back. */
const struct problem *post_audit(struct audit_voice *voice, struct database *db,
                                 struct memory *page, int64_t *after, size_t *count);

#endif
