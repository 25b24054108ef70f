/*
 * Rows of the statements about webhooks. Private to this folder.
 */
#ifndef CONTRAFLOW_CORE_HOOKS_ROWS_H
#define CONTRAFLOW_CORE_HOOKS_ROWS_H

#include "core/hooks/hooks.h"
#include "core/hooks/receiver.h"

enum hook_message_state {                   /* shape: How a message stands */
                          HOOK_WAITING = 1, /* waiting: Will be posted, or posted again */
                          HOOK_THROUGH,     /* delivered: The receiver took it */
                          HOOK_GIVEN_UP,    /* failed: Not taken within three days */
};

struct hook_row {                /* shape: A receiver as stored */
    struct hook_id id;           /* Names it */
    struct party_id owner;       /* Whose */
    struct text address;         /* Where messages are posted */
    struct text about;           /* What it is for */
    struct text events;          /* Names with blanks between */
    struct text secret;          /* Sealed */
    struct text former;          /* The one before, sealed; may be empty */
    struct instant former_until; /* That signs, too, until then */
    enum hook_state state;       /* How it stands */
    struct instant failing;      /* First failure since the last success; 0: none */
    struct instant resumed;      /* Last taken up again; 0: never */
    struct instant at;           /* Registered */
};
LIST_OF(hook_row);
struct hook_wording {      /* shape: What can be changed of a receiver */
    struct hook_id id;     /* Which */
    struct party_id owner; /* Whose it must be */
    struct text address;   /* Where messages are posted */
    struct text about;     /* What it is for */
    struct text events;    /* Names with blanks between */
};
struct hook_message_row {          /* shape: A message as stored */
    struct hook_message_id id;     /* Names it */
    struct hook_id hook;           /* To whom */
    struct text kind;              /* Name of the event */
    int64_t subject;               /* What it is about */
    struct text body;              /* As posted */
    enum hook_message_state state; /* How it stands */
    struct instant due;            /* Not before; 0: behind another */
    struct instant lease;          /* On its way until then at most */
    struct instant since;          /* Tried since */
    bool late;                     /* Those behind it no longer wait for it */
    int64_t tries;                 /* Since then */
    int64_t attempts;              /* In all */
    struct text
        outcome;       /* What came of the last attempt, a word of hook_outcome; empty: none yet */
    int64_t status;    /* Of its answer */
    struct instant at; /* The event happened */
};
LIST_OF(hook_message_row);
struct hook_attempt_row {           /* shape: An attempt as stored */
    struct hook_message_id message; /* Of which message */
    int64_t number;                 /* From 1 */
    struct instant at;              /* Begun */
    enum hook_outcome outcome;      /* What came of it */
    int64_t status;                 /* HTTP; 0: no answer */
    int64_t took;                   /* Milliseconds */
    struct text answer;             /* Its beginning */
};
LIST_OF(hook_attempt_row);
struct hook_sending {          /* shape: A message that was claimed */
    struct hook_message_id id; /* Names it */
    struct text body;          /* As posted */
};
LIST_OF(hook_sending);
struct hook_candidate {        /* shape: A message that could go now */
    struct hook_message_id id; /* Names it */
    int64_t subject;           /* What it is about */
};
LIST_OF(hook_candidate);
struct hook_cleared {              /* shape: A message that is kept no longer */
    struct hook_message_id id;     /* Named it */
    struct hook_id hook;           /* To whom it was */
    int64_t subject;               /* What it was about */
    enum hook_message_state state; /* How it stood */
};
LIST_OF(hook_cleared);
struct hook_message_new {      /* shape: A message to be kept */
    struct hook_message_id id; /* Names it */
    struct hook_id hook;       /* To whom */
    struct text kind;          /* Name of the event */
    int64_t subject;           /* What it is about */
    struct text body;          /* As posted */
    struct instant due;        /* Now, unless it must stay behind another */
    struct instant since;      /* Tried since */
    struct instant at;         /* The event happened */
};
struct hook_settled {              /* shape: What an attempt leaves behind */
    struct hook_message_id id;     /* Names it */
    enum hook_message_state state; /* How it stands now */
    struct instant due;            /* When it is tried again */
    bool late;                     /* Those behind it no longer wait for it */
    int64_t tries;                 /* In this run */
    int64_t attempts;              /* In all */
    enum hook_outcome outcome;     /* What came of it */
    int64_t status;                /* HTTP; 0: no answer */
};
struct hook_hit {      /* shape: A receiver that a statement found */
    struct hook_id id; /* Names it */
};
LIST_OF(hook_hit);
struct hook_message_hit {      /* shape: A message that a statement found */
    struct hook_message_id id; /* Names it */
};
LIST_OF(hook_message_hit);
struct hook_owner_hit {     /* shape: Who is told about a receiver */
    struct party_id person; /* Names them */
};
LIST_OF(hook_owner_hit);
struct hook_count { /* shape: How many there are */
    int64_t number; /* Of them */
};

/* What can be changed of a receiver, as a version (web/version.h). */
const struct problem *hook_version(struct memory *memory, const struct hook_row *row,
                                   struct text *out);

#endif
