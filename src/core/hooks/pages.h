/*
 * Pages about receivers of webhooks and what was said to them.
 *
 * Read next: core/hooks/receiver.h.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_PAGES_H
#define CONTRAFLOW_CORE_HOOKS_PAGES_H

#include "core/hooks/rows.h"
#include "web/request.h"

struct hook_event_shown { /* shape: An event that receivers can be told of */
    struct text name;     /* As it stands in messages */
    struct text meaning;  /* When it happens, in the reader's language */
    bool chosen;          /* This receiver is told of it */
};
LIST_OF(hook_event_shown);
struct hook_line {                /* shape: A receiver of webhooks */
    struct hook_id id;            /* Names it */
    struct text address;          /* Where messages are posted */
    struct text about;            /* What it is for; may be empty */
    struct text_list events;      /* What it is told of */
    enum hook_state state;        /* How it stands */
    struct maybe_instant failing; /* Nothing was delivered since; absent: it works */
    struct maybe_instant former;  /* The former secret signs, too, until then */
    struct instant at;            /* Registered */
};
LIST_OF(hook_line);

struct hooks_view {                      /* shape: Receivers of webhooks */
    struct hook_line_list webhooks;      /* ..20: The first one first */
    struct hook_event_shown_list events; /* All that they can be told of */
    bool room;                           /* There may be another one */
};
struct hook_form {           /* shape: A receiver of webhooks */
    struct text address;     /* 1..500: Where messages are posted, https */
    struct text_list events; /* 1..100: Names of events */
    struct maybe_text about; /* ..200: What it is for */
};
struct hook_secret_view {        /* shape: A receiver's secret, shown once */
    struct hook_id webhook;      /* The receiver */
    struct text secret;          /* whsec_ and 32 bytes in base 64 */
    struct maybe_instant former; /* The former secret signs, too, until then */
};

struct hook_query {                      /* shape: Which receiver, and which of its messages */
    struct hook_id webhook;              /* Names it */
    struct maybe_text only;              /* ..20: failed or waiting; all without */
    struct maybe_hook_message_id before; /* Older than this one */
};
struct hook_message_line {         /* shape: A message to a receiver */
    struct hook_message_id id;     /* Names it; webhook-id */
    struct text type;              /* Name of the event */
    enum hook_message_state state; /* How it stands */
    struct text
        outcome;      /* What came of the last attempt, a word of hook_outcome; empty: none yet */
    struct text said; /* The same in the reader's language */
    int64_t status;   /* HTTP status of it; 0: none came */
    int64_t attempts; /* How many there were */
    struct maybe_instant due; /* When it is tried next */
    bool behind;              /* It waits for an earlier one about the same thing */
    struct instant at;        /* The event happened */
};
LIST_OF(hook_message_line);
struct hook_view {                          /* shape: A receiver and what was said to it */
    struct hook_line webhook;               /* The receiver */
    struct hook_event_shown_list events;    /* All events; those it is told of are chosen */
    struct text only;                       /* failed, waiting or empty */
    struct hook_message_line_list messages; /* ..50: Newest first */
    struct maybe_text later;                /* url: Older ones */
    struct text version; /* To be sent back with a change, so that none is lost */
};
struct hook_change_form {      /* shape: Changing a receiver */
    struct hook_id webhook;    /* Which */
    struct text address;       /* 1..500: Where messages are posted, https */
    struct text_list events;   /* 1..100: Names of events */
    struct maybe_text about;   /* ..200: What it is for */
    struct maybe_text version; /* ..40: What it was when it was read */
};
struct hook_id_form {       /* shape: Which receiver */
    struct hook_id webhook; /* Names it */
};
struct hook_made {          /* shape: A receiver that was registered or changed */
    struct hook_id webhook; /* Names it */
};
struct hook_test_made {             /* shape: A test message that is on its way */
    struct hook_message_id message; /* Names it */
};
enum hook_replay {                         /* shape: Which messages are posted again */
                   HOOK_REPLAY_FAILED = 1, /* failed: Those that were given up */
                   HOOK_REPLAY_ALL,        /* all: All, also those that were delivered */
};
struct hook_replay_form {   /* shape: What is posted again */
    struct hook_id webhook; /* To which receiver */
    struct instant since;   /* What happened since */
    enum hook_replay which; /* Which of it */
};

struct hook_message_query {         /* shape: Which message */
    struct hook_id webhook;         /* To which receiver */
    struct hook_message_id message; /* Names it */
    struct maybe_integer before;    /* 1..1000000000: Attempts before this one */
};
struct hook_message_form {          /* shape: Which message */
    struct hook_id webhook;         /* To which receiver */
    struct hook_message_id message; /* Names it */
};
struct hook_attempt_line {     /* shape: An attempt to deliver a message */
    int64_t number;            /* From 1 */
    struct instant at;         /* Begun */
    enum hook_outcome outcome; /* What came of it */
    int64_t status;            /* HTTP status; 0: no answer */
    int64_t took;              /* Milliseconds */
    struct text answer;        /* The answer's beginning, 1 KB at most */
};
LIST_OF(hook_attempt_line);
struct hook_message_view {               /* shape: A message and the attempts to deliver it */
    struct hook_line webhook;            /* The receiver */
    struct hook_message_line message;    /* The message */
    struct text body;                    /* As it is posted */
    struct hook_attempt_line_list tried; /* ..50: Newest first */
    struct maybe_text later;             /* url: Earlier attempts */
};

const struct problem *core_hooks_show(struct request *request, const struct nothing *query,
                                      struct hooks_view *view);
const struct problem *core_hook_register(struct request *request, const struct hook_form *form,
                                         struct hook_secret_view *view);
const struct problem *core_hook_show(struct request *request, const struct hook_query *query,
                                     struct hook_view *view);
const struct problem *core_hook_change(struct request *request, const struct hook_change_form *form,
                                       struct hook_made *view);
const struct problem *core_hook_rotate(struct request *request, const struct hook_id_form *form,
                                       struct hook_secret_view *view);
const struct problem *core_hook_pause(struct request *request, const struct hook_id_form *form,
                                      struct nothing *view);
const struct problem *core_hook_resume(struct request *request, const struct hook_id_form *form,
                                       struct nothing *view);
const struct problem *core_hook_remove(struct request *request, const struct hook_id_form *form,
                                       struct nothing *view);
const struct problem *core_hook_test(struct request *request, const struct hook_id_form *form,
                                     struct hook_test_made *view);
const struct problem *core_hook_replay(struct request *request, const struct hook_replay_form *form,
                                       struct nothing *view);
const struct problem *core_hook_message_show(struct request *request,
                                             const struct hook_message_query *query,
                                             struct hook_message_view *view);
const struct problem *core_hook_message_replay(struct request *request,
                                               const struct hook_message_form *form,
                                               struct nothing *view);

#endif
