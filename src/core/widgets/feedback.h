/*
 * Feedback: people write to a business, from its own website or from a page of ours, and get answers.
 *
 * Who writes needs no account. A guest's conversation opens by a secret link; answers go by mail to who gave an
 * address for that, which is kept as a consent (core/shop/consent.h), is never shown to the business, and
 * goes with the next press of a button in each mail.
 *
 * Read next: core/widgets/feedback.c, docs/decisions/0024-widgets.md.
 */
#ifndef CONTRAFLOW_CORE_WIDGETS_FEEDBACK_H
#define CONTRAFLOW_CORE_WIDGETS_FEEDBACK_H

#include "core/flow.h"
#include "core/shop/shop.h"
#include "core/waiting.h"
#include "web/request.h"

struct feedback_id { /* shape id fbk: A conversation that somebody began with a business */
    int64_t value;
};
MAYBE(feedback_id);

enum feedback_state {                    /* shape: Where a conversation stands */
                      FEEDBACK_OPEN = 1, /* open: The business has not answered what came last */
                      FEEDBACK_ANSWERED, /* answered: The business said the last word */
                      FEEDBACK_DONE,     /* done: The business has put it aside */
                      FEEDBACK_SPAM,     /* spam: The business takes nothing from them */
                      FEEDBACK_CLOSED, /* closed: Nothing came for a year; the mail address is gone */
};
enum feedback_event {                     /* shape: What is done in a conversation */
                      FEEDBACK_WRITE = 1, /* write: Who began it writes again */
                      FEEDBACK_ANSWER,    /* answer: The business answers */
                      FEEDBACK_FINISH,    /* finish: The business puts it aside */
                      FEEDBACK_REFUSE,    /* refuse: The business wants nothing more from them */
                      FEEDBACK_RESTORE,   /* restore: The business takes that back */
                      FEEDBACK_CLOSE,     /* close: Nothing came for a year */
};
enum feedback_side {                     /* shape: At which side of a page the tab stands */
                     FEEDBACK_RIGHT = 1, /* right: At the right */
                     FEEDBACK_LEFT,      /* left: At the left */
};
enum feedback_tone {                   /* shape: How the tab looks */
                     FEEDBACK_INK = 1, /* ink: Dark, light on dark pages */
                     FEEDBACK_SAFFRON, /* saffron: Saffron */
};

#define FEEDBACK_REST (365 * DAY) /* until a conversation in which nothing waits is closed */

extern const struct problem feedback_closed; /* 403: the business takes nothing more from them */

extern const struct flow feedback_flow;

/* ---- form stamps and links -------------------------------------------------------------------- */

#define FEEDBACK_HASTE (2 * SECOND) /* in less nobody fills in a form */
#define FEEDBACK_LIFE  (1 * DAY)    /* a form is good for */

enum stamp_verdict { STAMP_GOOD = 1, STAMP_WRONG, STAMP_EARLY, STAMP_LATE };

/* A mark of the moment at which a form was made for a business; good for one sending. */
const struct problem *feedback_stamp(struct memory *memory, struct party_id business,
                                     struct instant at, struct text *out);
const struct problem *feedback_stamp_judge(struct party_id business, struct text stamp,
                                           struct instant at, enum stamp_verdict *out);
/* The last part of the address under which a conversation opens to who has it, and back: &not_found when it
 * is not one of ours. Nothing of it is stored. */
const struct problem *feedback_link(struct memory *memory, struct feedback_id id, struct text *out);
const struct problem *feedback_of_link(struct text link, struct feedback_id *out);

/* ---- conversations ---------------------------------------------------------------------------- */

/* What somebody writes to begin one. */
struct feedback_begin {
    struct party_id business;
    struct party_id person; /* signed in; 0: a guest */
    struct text name;       /* as a guest wants to be called; may be empty */
    struct text mail;       /* where a guest's answers go; may be empty */
    enum language language; /* of mails */
    struct text page;       /* address it was written on; may be empty */
    struct text address;    /* of the network */
    struct text body;
    struct text once; /* of the form */
    struct instant at;
};
/* &not_found when the business takes no feedback, &feedback_closed when not from them. */
const struct problem *feedback_begin(struct store *store, struct memory *memory,
                                     const struct feedback_begin *begin, struct feedback_id *out);

/* Something said in one: by the business when `organisation` is set, else by who began it. */
struct feedback_say {
    struct feedback_id feedback;
    struct party_id person;       /* 0: a guest */
    struct party_id organisation; /* 0: whoever began it */
    struct text body;
    struct text once;
    struct instant at;
};
const struct problem *feedback_say(struct store *store, struct memory *memory,
                                   const struct feedback_say *say);

/* Takes the mail address of who began it out of all they began with that business, and ends the consent. */
const struct problem *feedback_stop(struct store *store, struct memory *memory,
                                    struct feedback_id id, struct instant at);

/* For the front page of businesses. */
const struct problem *feedback_waits(struct request *request, enum portal portal,
                                     struct waiting_said *said);

struct demo;
/* Three conversations with a business of the demo world. */
const struct problem *feedback_demo(struct demo *demo);

#endif
