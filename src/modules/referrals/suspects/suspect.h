/*
 * Verdict rules: what speaks against a click, a sign-up or an order that somebody is to be paid for.
 *
 *     suspect_see_account(memory, &account)      somebody became a partner
 *     suspect_see_click(memory, &click)          once, in the hour after it, when its page has reported or not
 *     suspect_see_number(memory, &number)        the shop told of an order, whoever brought it
 *     suspect_see_claim(memory, &claim)          once, when it comes: fills what depends on that moment
 *     suspect_see_return(memory, &returned)      something was given back
 *     suspect_judge_click(memory, terms, &click, &verdict)      at any time, as often as one likes
 *     suspect_judge_claim(memory, terms, &claim, &verdict)
 *
 * Each rule that finds something gives points and the numbers it found; the sum is the score. What is plain
 * by itself (a program, a picture, a prefetch, one's own order) is rejected; a score at or above the terms' is
 * held; the rest counts. Points are about decibans (I. J. Good, *Probability and the Weighing of Evidence*, 1950):
 * 10 for what is ten times as frequent among the bad as among the good, 3 for twice. They are set by hand, and
 * lower where two rules see the same. Whoever keeps the score with the verdict can count at once what another
 * threshold would hold: that is the preview of a setting.
 *
 * All that is kept between facts is struct suspect_memory: sums by partner and marks by key, of a fixed size,
 * brought up to date fact by fact, so that it can be kept in tables. Judged when it comes, a claim is held
 * against what was known then; judged again before it is paid, against what is known by now.
 *
 * A mark is a keyed hash of a value, equal for equal values; 0 is unknown and equals nothing. Pure: no
 * clock, no database, no HTTP. Must not know: programs, money, who is told. Read next: rules.c, then
 * docs/decisions/0027-verdicts.md.
 */
#ifndef CONTRAFLOW_REFERRALS_SUSPECTS_SUSPECT_H
#define CONTRAFLOW_REFERRALS_SUSPECTS_SUSPECT_H

#include "base/clock.h"
#include "base/shape.h"
#include "core/program/program.h"

enum suspect_rule { /* shape: What speaks against a click, a sign-up or an order */
                    SUSPECT_PROGRAM = 1, /* program: A program asked, not a person's browser */
                    SUSPECT_EMBEDDED,    /* embedded: It was loaded as a picture or in a frame */
                    SUSPECT_PREFETCH,    /* prefetch: The browser loaded it in advance */
                    SUSPECT_BANNED,      /* banned: The page it came from is banned */
                    SUSPECT_BURST,       /* burst: One visitor followed one link again and again */
                    SUSPECT_HOSTED,      /* hosted: It came from a data centre */
                    SUSPECT_BARE,        /* bare: Headers are missing that this browser sends */
                    SUSPECT_IDLE,        /* idle: Nobody pressed anything to follow the link */
                    SUSPECT_UNSEEN,      /* unseen: The page that it led to was never looked at */
                    SUSPECT_GLANCE,      /* glance: The page was left at once and untouched */
                    SUSPECT_AGAIN,       /* again: The same visitor came many times */
                    SUSPECT_COMPANY, /* company: Many clicks of this partner look made, and so does it */
                    SUSPECT_ALIKE, /* alike: The visits of this partner are too much alike */
                    SUSPECT_FLOOD, /* flood: Many clicks of this partner, hardly anything after them */
                    SUSPECT_SAME_MAIL, /* same_mail: The customer has the partner’s mail address */
                    SUSPECT_SAME_PERSON, /* same_person: The customer seems to be the partner */
                    SUSPECT_FELLOW,      /* fellow: The customer is another partner */
                    SUSPECT_SAME_PAYOUT, /* same_payout: Several partner accounts are one person’s */
                    SUSPECT_AFTER_BASKET, /* after_basket: The basket was open before the click */
                    SUSPECT_AT_ONCE,      /* at_once: It came seconds after the click */
                    SUSPECT_PREPARED,   /* prepared: It was paid as soon as the basket was opened */
                    SUSPECT_ODD_NUMBER, /* odd_number: The shop does not number orders like this */
                    SUSPECT_EARLY_NUMBER, /* early_number: The shop had not come to this number */
                    SUSPECT_HEARSAY,      /* hearsay: Only a browser told of it */
                    SUSPECT_DISPOSABLE,   /* disposable: The mail address is a throwaway one */
                    SUSPECT_SAME_MACHINE, /* same_machine: Several accounts were opened on one machine */
                    SUSPECT_ITS_CLICK, /* its_click: The click that brought it looks made */
                    SUSPECT_TOO_MANY, /* too_many: Far more of this partner’s visitors act than of others’ */
                    SUSPECT_ONE_CUSTOMER, /* one_customer: The same few customers again and again */
                    SUSPECT_SENT_BACK, /* sent_back: Most of what this partner brought was sent back */
                    SUSPECT_LATE,   /* late: Most orders come hours after this partner’s clicks */
                    SUSPECT_ASLEEP, /* asleep: The accounts that this partner brought do nothing */
                    SUSPECT_OPENED, /* opened: It was opened as those are that look made */
                    SUSPECT_STAYED, /* stayed: It stayed as long as those */
                    SUSPECT_TOUCHED, /* touched: The page was touched as often as by those */
                    SUSPECT_READ,    /* read: The page was read as far as by those */
                    SUSPECT_DEVICE,  /* device: It came by the same kind of device as those */
                    SUSPECT_SOURCE,  /* source: It told as much of where it came from as those */
                    SUSPECT_NETWORK, /* network: It came from the same kind of network as those */
                    SUSPECT_SHARED, /* shared: As many others came from its network as from those of those */
                    SUSPECT_ITS_CLAIM, /* its_claim: What it led to is held */
                    SUSPECT_OFTEN,     /* often: Its visitor came as often as those of those */
                    SUSPECT_REGION,    /* region: It came from the same part of the net as those */
                    SUSPECT_CHECKOUT,  /* checkout: It was followed at the checkout */
                    SUSPECT_RUSHED, /* rushed: The basket was opened as soon as the link was followed */
};

enum {
    SUSPECT_RULES = SUSPECT_RUSHED,
    SUSPECT_BURST_CLICKS = 20, /* within a minute, of one visitor on one link */
    SUSPECT_HOLD_CLICK = 13,   /* points, unless the terms say otherwise */
    SUSPECT_HOLD_CLAIM = 19,   /* points */
    SUSPECT_REGIONS = 64,      /* parts of the net that are told apart */
    SUSPECT_MAILBOX_MAX = 320, /* bytes (RFC 5321: 64, the sign and 255) */
};

/* Settings of a program; suspect_terms_plain is what it has unless it says otherwise. */
struct suspect_terms {
    int64_t hold_click; /* a click with as many points is held */
    int64_t hold_claim; /* so is a sign-up or an order */
    uint64_t off;       /* rules that this program does without: bit 1 << rule */
};
extern const struct suspect_terms suspect_terms_plain;

/* Somebody, as an account or an order shows them. */
struct suspect_person {
    uint64_t mail;    /* of suspect_fold_mail() */
    uint64_t name;    /* of the whole name */
    uint64_t surname; /* of its last word */
    uint64_t device;  /* of the cookie that signing in sets */
    uint64_t payment; /* of the account that pays, or is paid to */
    uint64_t address; /* postal: the household */
    uint64_t ip;      /* of the network address */
    bool disposable;  /* the mail's domain is on a list of throwaway ones */
};

struct suspect_account {
    int64_t partner;           /* its id */
    struct suspect_person who; /* as joined */
};

enum suspect_device { SUSPECT_COMPUTER = 1, SUSPECT_PHONE, SUSPECT_APP };

struct suspect_click {
    int64_t partner;   /* whose link */
    int64_t program;   /* in which program */
    uint64_t link;     /* which */
    uint64_t visitor;  /* of the first-party cookie, else of address and agent */
    struct instant at; /* when */
    uint64_t network;  /* of the address, or of all of it but its last part; 0: not known */
    int64_t region;    /* 1..SUSPECT_REGIONS: the part of the net that it is in; 0: not known */
    bool machine;      /* the agent names a program, or it asked for the head only */
    bool embedded;     /* Sec-Fetch-Dest is neither empty nor a document */
    bool prefetch;     /* Sec-Purpose says so */
    bool banned;       /* the page it came from is banned by the program */
    bool networks;     /* there is a list of data centres */
    bool hosted;       /* the address is on it */
    bool headers;      /* it was looked at which Sec-Fetch headers came */
    bool bare;         /* none came with it */
    bool idle;         /* Sec-Fetch-User is missing where the other ones are there */
    bool typed;        /* Sec-Fetch-Site is "none": out of another application, or typed */
    enum suspect_device device;    /* by the agent; 0: not known */
    struct maybe_integer source;   /* 1: it names the page it came from; 0: it does not */
    struct maybe_integer scrolled; /* percent of the page, by its report */
    bool silent;     /* the pages of this shop never report: nothing follows from that */
    bool paged;      /* its landing page reported */
    int64_t visible; /* milliseconds in sight, by that report */
    int64_t touches; /* pointer, touch and key events, by that report */
    int64_t burst;   /* filled: clicks of the visitor on the link within a minute */
    int64_t times;   /* filled: clicks of the visitor on links of the partner so far */
    struct maybe_integer others; /* filled: other visitors of its network before it, about */
    int64_t led; /* points of the worst that was held of what it led to; 0: nothing was */
    int64_t
        basket; /* seconds for which the basket of an order told right after it was open; 0: none */
};

enum suspect_claim_kind { SUSPECT_SIGN_UP = 1, SUSPECT_ORDER };

struct suspect_claim {
    enum suspect_claim_kind kind;      /* what it is */
    int64_t partner;                   /* who would be paid */
    uint64_t account;                  /* mark of the customer's account; 0: a guest */
    struct suspect_person who;         /* the customer */
    struct instant at;                 /* when */
    const struct suspect_click *click; /* that led to it; NULL: a code, or none */
    struct instant basket;             /* when it was opened; 0: not known */
    bool basket_knew;                  /* the basket named the same click */
    bool browser;                      /* told by a browser, not by the shop's server */
    bool odd_number;                   /* filled: not numbered as the shop numbers */
    int64_t ahead;    /* filled: by how much its number was above the shop's highest */
    int64_t machines; /* filled: accounts opened on that device, or at that address within a day */
    struct suspect_number *number; /* of the order; NULL: none */
};

/* The number of an order, as the shop writes it: "S-10234" is 10234 of the form "S-". */
struct suspect_number {
    uint64_t shop;  /* whose */
    uint64_t form;  /* mark of what is not digits, with how many digits there are */
    int64_t number; /* the digits */
};

struct suspect_return {
    int64_t partner;  /* who brought what is given back */
    int64_t permille; /* of the order, 1..1000 */
};

struct suspect_finding {
    enum suspect_rule rule; /* which */
    int64_t points;         /* decibans */
    int64_t count;          /* the number that decided: {count} of its words */
    int64_t of;             /* what it is compared with: {of} */
};

struct suspect_verdict {
    enum verdict_state state;                       /* counted, held or rejected */
    int64_t score;                                  /* the sum of points */
    size_t count;                                   /* of findings */
    struct suspect_finding findings[SUSPECT_RULES]; /* the one that decided first */
};

/* `partners` and `marks` are how many are remembered at most; of more, those that have been away longest are
 * forgotten; for none to be, ask for eight times as many. About 750 bytes a partner and 40 a mark; two marks for each
 * click that came are plenty. NULL: no memory. */
struct suspect_memory;
struct suspect_memory *suspect_memory_make(struct memory *lifetime, size_t partners, size_t marks);

/* The same for one sign-up or order alone, filled from tables by suspect_put_...() (memory.h): of no clicks. */
struct suspect_memory *suspect_memory_small(struct memory *lifetime);

void suspect_see_account(struct suspect_memory *memory, const struct suspect_account *account);
void suspect_see_click(struct suspect_memory *memory, struct suspect_click *click);
/* Fills what depends on the visits around it, of one that was seen before: it is counted for nobody again. */
void suspect_meet_click(struct suspect_memory *memory, struct suspect_click *click);
void suspect_see_number(struct suspect_memory *memory, const struct suspect_number *number);
void suspect_see_claim(struct suspect_memory *memory, struct suspect_claim *claim);
void suspect_see_return(struct suspect_memory *memory, const struct suspect_return *returned);

void suspect_judge_click(const struct suspect_memory *memory, const struct suspect_terms *terms,
                         const struct suspect_click *click, struct suspect_verdict *verdict);
void suspect_judge_claim(const struct suspect_memory *memory, const struct suspect_terms *terms,
                         const struct suspect_claim *claim, struct suspect_verdict *verdict);

/* The text key of a rule's sentence, whose parameters are the finding's count and of. */
const char *suspect_words(enum suspect_rule rule);
/* The same for anybody but the partner whom it speaks to. */
const char *suspect_words_of(enum suspect_rule rule);

/* An address as its mailbox, for making a mark of it: small letters, nothing after a "+" and no dots before the
 * "@". Returns how many bytes of `out` it takes; there is no NUL. */
size_t suspect_fold_mail(char out[SUSPECT_MAILBOX_MAX], struct text mail);

/* What kind of device an agent names; 0: none is named. */
enum suspect_device suspect_read_device(struct text agent);

/* The number of an order as the shop writes it: the first digits in it, at most 18, and a mark of the rest. */
struct suspect_number suspect_read_number(uint64_t shop, struct text written);

#endif
