/*
 * Pages of recruiting: a person's own profile, and a business that looks for people and invites them.
 *
 * Read next: me_sharing.c, biz_sharers.c, recruit.h.
 */
#ifndef CONTRAFLOW_REFERRALS_RECRUITING_PAGES_H
#define CONTRAFLOW_REFERRALS_RECRUITING_PAGES_H

#include "modules/referrals/recruiting/recruit.h"
#include "web/route.h"
#include "web/words.h"

/* ---- a person: me_sharing.c ------------------------------------------------------------------- */

struct sharer_choice {       /* shape: A topic to choose */
    enum sharer_topic topic; /* Which */
    struct text value;       /* Its word in forms */
    bool chosen;             /* It is among those said */
};
LIST_OF(sharer_choice);
struct sharer_kind_choice { /* shape: A kind of channel to choose */
    enum sharer_kind kind;  /* Which */
    struct text value;      /* Its word in forms */
};
LIST_OF(sharer_kind_choice);
struct sharer_blocked {       /* shape: A business from which nothing is wanted */
    struct party_id business; /* Which */
    struct text name;         /* What it is called */
    struct instant at;        /* Since */
};
LIST_OF(sharer_blocked);
struct sharing_view {                 /* shape: What the reader says about themselves */
    struct maybe_sharer_id sharer;    /* Names it, once something is said */
    bool shown;                       /* Businesses find them */
    struct text name;                 /* As they want to be called there */
    struct text about;                /* In their words */
    struct sharer_choice_list topics; /* All there are */
    struct text languages;            /* Codes, a blank between */
    struct text countries;            /* Codes, a blank between */
    struct text language_1;           /* The first of them, as the reader calls it; empty: none */
    struct text language_2;           /* The second of them, as the reader calls it; empty: none */
    struct text language_3;           /* The third of them, as the reader calls it; empty: none */
    struct text language_4;           /* The fourth of them, as the reader calls it; empty: none */
    struct text country_1;            /* The first of them, as the reader calls it; empty: none */
    struct text country_2;            /* The second of them, as the reader calls it; empty: none */
    struct text country_3;            /* The third of them, as the reader calls it; empty: none */
    struct text country_4;            /* The fourth of them, as the reader calls it; empty: none */
    struct text address_1;            /* Where they reach people; empty: nowhere */
    struct maybe_integer reach_1;     /* How many */
    struct text kind_1;               /* What it is, a sharer_kind; empty: nowhere */
    struct text address_2;            /* Where they reach people; empty: nowhere */
    struct maybe_integer reach_2;     /* How many */
    struct text kind_2;               /* What it is, a sharer_kind; empty: nowhere */
    struct text address_3;            /* Where they reach people; empty: nowhere */
    struct maybe_integer reach_3;     /* How many */
    struct text kind_3;               /* What it is, a sharer_kind; empty: nowhere */
    struct sharer_kind_choice_list kinds; /* Kinds of channels, all there are */
    struct word_place_list all_languages; /* To choose from */
    struct word_place_list all_countries; /* To choose from */
    struct sharer_blocked_list blocked;   /* Businesses from which they want nothing */
};
struct sharing_input {            /* shape: What somebody says about themselves */
    struct text name;             /* 2..60: As businesses are to call you */
    struct maybe_text about;      /* ..1000: About you and who follows you */
    struct text_list topics;      /* 1..20: What they come for */
    struct maybe_text language_1; /* ..60: A language, by its name or two letters */
    struct maybe_text language_2; /* ..60: A second language, by its name or two letters */
    struct maybe_text language_3; /* ..60: A third language, by its name or two letters */
    struct maybe_text language_4; /* ..60: A fourth language, by its name or two letters */
    struct maybe_text country_1;  /* ..60: A country, by its name or two letters */
    struct maybe_text country_2;  /* ..60: A second country, by its name or two letters */
    struct maybe_text country_3;  /* ..60: A third country, by its name or two letters */
    struct maybe_text country_4;  /* ..60: A fourth country, by its name or two letters */
    struct maybe_text address_1;  /* ..300, url: Address of a channel */
    struct maybe_integer reach_1; /* 0..10000000000: People whom it reaches */
    struct maybe_text kind_1;     /* ..20: What it is, a sharer_kind; without: something else */
    struct maybe_text address_2;  /* ..300, url: Address of a second channel */
    struct maybe_integer reach_2; /* 0..10000000000: People whom it reaches */
    struct maybe_text kind_2;     /* ..20: What it is, a sharer_kind; without: something else */
    struct maybe_text address_3;  /* ..300, url: Address of a third channel */
    struct maybe_integer reach_3; /* 0..10000000000: People whom it reaches */
    struct maybe_text kind_3;     /* ..20: What it is, a sharer_kind; without: something else */
    bool shown;                   /* Businesses may find and invite you */
};
struct sharing_kept {        /* shape: That it is kept */
    struct sharer_id sharer; /* Names it */
};
struct sharing_unblock {      /* shape: Which business */
    struct party_id business; /* Names it */
};
struct sharing_refuse {                  /* shape: Which invitation */
    struct referrals_partner_id partner; /* The reader in the program */
};
const struct problem *sharing_show(struct request *request, const struct nothing *input,
                                   struct sharing_view *view);
const struct problem *sharing_keep(struct request *request, const struct sharing_input *input,
                                   struct sharing_kept *view);
const struct problem *sharing_remove(struct request *request, const struct nothing *input,
                                     struct nothing *view);
const struct problem *sharing_unblock(struct request *request, const struct sharing_unblock *input,
                                      struct nothing *view);
const struct problem *sharing_block(struct request *request, const struct sharing_refuse *input,
                                    struct nothing *view);

/* ---- a business: biz_sharers.c ---------------------------------------------------------------- */

enum sharer_past {                   /* shape: What came by somebody so far, in all programs */
                   PAST_NOTHING = 1, /* nothing: No orders yet */
                   PAST_FEW,         /* few: Up to 10 orders */
                   PAST_SOME,        /* some: Up to 100 orders */
                   PAST_MANY,        /* many: More than 100 orders */
};
struct sharer_topic_said {   /* shape: A topic that somebody names */
    enum sharer_topic topic; /* Which */
};
LIST_OF(sharer_topic_said);
struct sharer_card {                      /* shape: Somebody with reach, as they say */
    struct sharer_id sharer;              /* Names them */
    struct text name;                     /* As they want to be called */
    struct text about;                    /* In their words */
    int64_t reach;                        /* Of all channels together */
    struct sharer_topic_said_list topics; /* What their readers come for */
    struct text languages;                /* Codes, a blank between */
    struct text countries;                /* Codes, a blank between */
    struct text language_names;           /* What these are called, by commas */
    struct text country_names;            /* What these are called, by commas */
    enum sharer_past past;                /* What came by them, as is known here */
};
LIST_OF(sharer_card);
struct sharers_query {             /* shape: Who is looked for */
    struct maybe_text topic;       /* ..20: With this topic */
    struct maybe_text language;    /* ..60: Who speak this language, by its name or two letters */
    struct maybe_text country;     /* ..60: Who reach this country, by its name or two letters */
    struct maybe_text kind;        /* ..20: With this kind of channel */
    struct maybe_integer least;    /* 0..10000000000: With at least so much reach */
    struct maybe_integer reach;    /* 0..30000000000: Behind this much */
    struct maybe_sharer_id before; /* Behind this one */
};
struct sharers_page {                     /* shape: People with reach, those with most first */
    struct sharer_card_list sharers;      /* At most 20 */
    struct sharer_choice_list topics;     /* All there are */
    struct sharer_kind_choice_list kinds; /* All there are */
    struct text kind;                     /* Asked for */
    struct text language;                 /* Asked for, as the reader calls it, or as typed */
    struct text country;                  /* Asked for, as the reader calls it, or as typed */
    struct text wrong_language;           /* Why there is none like that; empty: there is */
    struct text wrong_country;            /* Why there is none like that; empty: there is */
    struct word_place_list all_languages; /* To choose from */
    struct word_place_list all_countries; /* To choose from */
    int64_t least;                        /* Asked for */
    bool asked;                           /* Anything was asked for */
    struct maybe_text later;              /* url: Those behind */
};
struct sharer_query {        /* shape: Who */
    struct sharer_id sharer; /* Names them */
};
struct sharer_program {        /* shape: A program to which one can invite */
    struct program_id program; /* Names it */
    struct text title;         /* What it is called */
};
LIST_OF(sharer_program);
struct sharer_page {           /* shape: Somebody with reach, and the form to invite them */
    struct sharer_card sharer; /* Who */
    struct sharer_channel_list channels; /* Where they reach people, as they say */
    struct sharer_program_list programs; /* To which one can invite */
    struct text currency;                /* Of fees */
    int64_t days;                        /* An offer begins with */
};
struct sharer_invite_input {     /* shape: An invitation with an offer */
    struct sharer_id sharer;     /* Whom */
    struct program_id program;   /* To which program */
    struct maybe_text percent;   /* ..6: Percent of an order for who brought it */
    struct maybe_text percent_2; /* ..6: Percent for who brought them */
    struct maybe_text percent_3; /* ..6: Percent for who brought those */
    struct maybe_money fee;      /* 1..100000000000: Once, at the agreement or with a post */
    bool on_post;                /* Paid when a post of theirs is accepted, not at the agreement */
    struct maybe_text words;     /* ..2000: What you say about it */
    int64_t days;                /* 1..90: It stands so long */
};
struct sharer_invited {                  /* shape: That somebody was invited */
    struct deal_id offer;                /* By which offer */
    struct referrals_partner_id partner; /* Names them in the program */
};
const struct problem *sharers_show(struct request *request, const struct sharers_query *input,
                                   struct sharers_page *view);
const struct problem *sharer_show(struct request *request, const struct sharer_query *input,
                                  struct sharer_page *view);
const struct problem *sharer_send(struct request *request, const struct sharer_invite_input *input,
                                  struct sharer_invited *view);

/* All topics; those whose word stands in `said` are chosen. */
const struct problem *sharer_choices(struct memory *memory, struct text said,
                                     struct sharer_choice_list *out);
/* All kinds of channels. */
const struct problem *sharer_kinds(struct memory *memory, struct sharer_kind_choice_list *out);

extern const struct route_table sharer_routes;

#endif
