/*
 * Rules of programs: what is promised to whom for what, and what follows from facts. Pure.
 *
 * Rules stand in an order, and the first whose conditions hold decides. Conditions with the same `any` above
 * 0 are alternatives, all others must hold each by itself; so every set of conditions reads as one sentence:
 * "the country is Germany or Austria, and the order comes to at least 50.00 EUR".
 *
 * An order is judged line by line, so that a benefit for one product pays on that product alone; a fixed
 * benefit is given once for an order. A percentage is worked out once for each rule, of the sum of the lines
 * it decided, and rounded down to a minor unit, each level for itself.
 *
 * Must not know: the database, the clock, who gets it. Read next: core/program/rule.c, core/program/program.h.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_RULE_H
#define CONTRAFLOW_CORE_PROGRAM_RULE_H

#include "base/shape.h"
#include "ledger/party.h"

enum {
    PROGRAM_RULES = 20,      /* rules of one program, at most */
    PROGRAM_LEVELS = 10,     /* levels of one rule */
    PROGRAM_CONDITIONS = 12, /* conditions of one rule */
    PROGRAM_HOLD_DAYS = 90,  /* for which what a rule gives may be taken back, at most */
};

enum program_trigger {                    /* shape: What happens */
                       TRIGGER_ORDER = 1, /* order: Somebody ordered */
                       TRIGGER_ACTION, /* action: Somebody did what the program names: signed up, subscribed */
                       TRIGGER_CLICK, /* click: Somebody followed a link */
                       TRIGGER_IMPRESSION, /* impression: Something of the business was shown to somebody */
                       TRIGGER_POST, /* post: Somebody wrote about the business on a page of their own */
};
enum program_benefit {                      /* shape: What follows */
                       BENEFIT_PERCENT = 1, /* percent: Money, a part of what was ordered */
                       BENEFIT_AMOUNT,      /* amount: Money, a fixed amount */
                       BENEFIT_POINTS,      /* points: Points of the business */
                       BENEFIT_CREDIT,      /* credit: Money to spend at the business only */
                       BENEFIT_TICKETS,     /* tickets: Tickets for a draw */
};
enum program_fact {                    /* shape: What a condition looks at */
                    FACT_COUNTRY = 1,  /* country: Where the order goes, ISO 3166-1 alpha-2 */
                    FACT_PRODUCT,      /* product: The shop's number of a product */
                    FACT_CATEGORY,     /* category: Where a product stands in the shop */
                    FACT_TOTAL,        /* total: What the whole order comes to */
                    FACT_ORDER_NUMBER, /* order_number: The customer's first order is 1 */
                    FACT_MONTHS,       /* months: Whole months since the customer's first order */
                    FACT_PARTNER_ORDERS, /* partner_orders: Orders that came by the partner before this one */
                    FACT_PARTNER_SUM, /* partner_sum: What these came to */
                    FACT_DAY,         /* day: Day of the event (UTC) */
                    FACT_ACTION,      /* action: How the action is called */
};
enum program_comparison {                   /* shape: How it compares */
                          COMPARE_IS = 1,   /* is: The same */
                          COMPARE_IS_NOT,   /* is_not: Anything else */
                          COMPARE_AT_LEAST, /* at_least: That or more */
                          COMPARE_BELOW,    /* below: Less than that */
};
enum program_period { /* shape: How long a cap counts before it begins anew (UTC) */
                      PERIOD_EVER = 1, /* ever: The whole program */
                      PERIOD_DAY,      /* day: A day */
                      PERIOD_WEEK,     /* week: A week from Monday on */
                      PERIOD_MONTH,    /* month: A calendar month */
                      PERIOD_YEAR,     /* year: A calendar year */
};

struct program_condition { /* shape: Something that must hold */
    int64_t any; /* 0..12: One of those with the same number is enough; 0: it stands for itself */
    enum program_fact fact;      /* What it looks at */
    enum program_comparison is;  /* How */
    struct maybe_text text;      /* 1..100: With this, for country, product, category and action */
    struct maybe_integer number; /* 0..1000000000: Counted things */
    struct maybe_money amount;   /* 0..: With this amount, for total and partner_sum */
    struct maybe_instant day;    /* With the day of this instant, for day */
};
LIST_OF(program_condition);

struct program_level { /* shape: What one level gets */
    int64_t part;      /* 0..1000000000: Basis points, minor units or units */
};
LIST_OF(program_level);

struct program_gift {             /* shape: What the customer gets */
    enum program_benefit benefit; /* Points or credit */
    int64_t part;                 /* 1..1000000000: Units; of credit minor units */
};
LIST_OF(program_gift);

enum program_whom {                   /* shape: Who of those in an event */
                    WHOM_PARTNER = 1, /* partner: Who brought it */
                    WHOM_CUSTOMER,    /* customer: Who ordered */
};
struct program_access {        /* shape: What somebody may see or buy before everybody may */
    struct text name;          /* 1..80: As the business and its shop call it */
    enum program_whom whom;    /* Who gets it */
    struct maybe_instant from; /* First moment; absent: at once */
    struct instant until;      /* Over then: from then on everybody may */
};
LIST_OF(program_access);

struct program_rule {             /* shape: One rule of a program */
    struct text name;             /* 1..80: What the business calls it; partners read it */
    enum program_trigger trigger; /* For what */
    int64_t each;                 /* 1..1000000: For so many clicks or impressions; 1 of all else */
    enum program_benefit benefit; /* What follows */
    struct program_level_list
        levels; /* 1..10: For who brought it, then for who brought them, and so on */
    struct program_gift_list
        gifts; /* ..1: For the customer, as often as level one gets something */
    struct program_access_list accesses;      /* ..1: Early access, when level one gets something */
    struct program_condition_list conditions; /* ..12: What must hold */
    struct maybe_integer most_each; /* 1..1000000000: To one person at most, minor units or units */
    struct maybe_integer most; /* 1..1000000000000: To all together at most, minor units or units */
    enum program_period period; /* For how long these count */
    int64_t hold_days;          /* 0..90: It may be taken back so long */
};
LIST_OF(program_rule);

struct program_rules {              /* shape: The rules of a program, in their order */
    struct program_rule_list rules; /* ..20: The first that fits decides */
};

/* What can't be of rules that fit their shape; where, as "rules.2.levels". */
struct program_fault {
    const char *field; /* lives in `memory` of the call */
    const char *rule;  /* text key of the sentence */
};
/* Whether rules make sense together, in a program of that currency. False: *fault says why not. */
bool program_rules_check(struct memory *memory, const struct program_rules *rules,
                         struct currency currency, struct program_fault *fault);

/* ---- facts ------------------------------------------------------------------------------------ */

struct program_line {     /* shape: A line of an order */
    struct text product;  /* ..100: The shop's number of the product; may be empty */
    struct text category; /* ..300: Where it stands in the shop; may be empty */
    int64_t minor;        /* 0..: What it comes to, after discounts */
};
LIST_OF(program_line);

struct program_above {     /* shape: Who stood above a partner */
    int64_t level;         /* 2..10: How many steps up, with the partner's own */
    struct party_id party; /* Who */
};
LIST_OF(program_above);

struct program_guest {           /* shape: Who bought */
    struct maybe_party_id party; /* Whose account it is here; absent: they have none */
    struct text mail; /* ..100: Mark by which their mail address is found again; may be empty */
};
LIST_OF(program_guest);

struct program_facts {            /* shape: What is known of an event when it is judged */
    enum program_trigger trigger; /* What happened */
    struct instant at;            /* When */
    int64_t events;      /* 1..1000000000: How many of it, for clicks and impressions of an hour */
    int64_t part;        /* 1..10000: Of it, basis points; less than all when several brought it */
    struct text action;  /* ..100: How an action is called; otherwise empty */
    struct text country; /* ..2: Where an order goes; empty: not known */
    struct money total;  /* 0..: What the order comes to; zero of what is none */
    struct program_line_list lines; /* ..500: Its lines; none: they are not known */
    int64_t order_number;   /* 0..: Of the customer's orders the how-manieth; 0: not known */
    int64_t months;         /* 0..: Whole months since the customer's first order */
    int64_t partner_orders; /* 0..: Orders by this partner before */
    int64_t partner_minor;  /* 0..: What they came to */
    struct program_above_list
        above; /* ..9: Who gets what is for those further up; rules do not look at it */
    struct program_guest_list
        guest; /* ..1: Who gets what is for the customer; rules do not look at it */
    struct program_level_list
        agreed; /* ..10: Rates agreed with the partner, each level's, in place of those of rules that
                   give percent of orders; none: as the rules say */
};

/* What rules have given since the begin of their period. */
struct program_used {
    int64_t each; /* to this partner, level one */
    int64_t all;  /* to all, all levels */
};

/* Why a rule gives what it gives. */
enum program_reason {                   /* shape: What came of an event */
                      REASON_GIVEN = 1, /* given: A rule promises something for it */
                      REASON_PART,      /* part: As much as was left below a cap */
                      REASON_CAP_EACH, /* cap_each: The partner has got all that the rule gives to one */
                      REASON_CAP_ALL, /* cap_all: The rule has given all it gives */
                      REASON_NOTHING, /* nothing: It comes to less than a minor unit */
                      REASON_NO_RULE, /* no_rule: No rule of the program fits */
};

/* What one rule gives. */
struct program_due {
    int64_t rule;                  /* its place, from 0; -1: none fits */
    enum program_reason reason;    /* what came of it */
    int64_t base_minor;            /* of what; 0 when not of an amount */
    int64_t parts[PROGRAM_LEVELS]; /* of each level: minor units or units */
    int64_t sum;                   /* of them */
    int64_t gift;                  /* units for the customer beside them; no cap counts these */
};
struct program_judgement {
    struct program_due
        dues[PROGRAM_RULES]; /* in the order of the rules; without any, one with rule -1 */
    size_t count;
};

/* Judges. `used` has an item for each rule; NULL: nothing was given yet. */
void program_judge(const struct program_rules *rules, const struct program_facts *facts,
                   const struct program_used *used, struct program_judgement *out);

/* When a cap that counts at `at` began to. */
struct instant program_period_begin(enum program_period period, struct instant at);

#endif
