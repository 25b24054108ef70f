/*
 * Rows of the statements about signing in, and the steps inside a write that the sources of this folder, of
 * profile and of the desk share. Private to them.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_ROWS_H
#define CONTRAFLOW_CORE_LOGIN_ROWS_H

#include "core/login/session.h"
#include "core/people/party_rows.h"

struct login_new {            /* shape: A login to write */
    struct party_id person;   /* Whose */
    struct text mail;         /* In lower case */
    struct text password;     /* Argon2id string; empty: none yet */
    enum language language;   /* For mail */
    bool operator;            /* Works for the intermediary */
    int64_t desk;             /* DESK_BITs of what they see to there */
    struct instant confirmed; /* Mail to it reaches them since; 0: not known yet */
};
struct login_row {             /* shape: How a person signs in */
    struct party_id person;    /* Whose */
    struct text mail;          /* In lower case */
    struct text password;      /* Argon2id string; empty: none yet */
    enum language language;    /* For mail */
    bool operator;             /* Works for the intermediary */
    int64_t wrong;             /* Wrong passwords since the last right one, and since a day without any */
    struct instant wait_until; /* No attempt is looked at before; that of the last wrong one: no wait */
    struct instant suspended;  /* Shut out since; 0: not */
    struct instant factor;     /* A code is asked for since; 0: not */
    struct instant confirmed;  /* Mail to their address reaches them since; 0: not known yet */
};
struct stranger_row {          /* shape: What was tried for an address that is nobody's */
    struct text mail;          /* Hash of the address in lower case */
    int64_t wrong;             /* Passwords tried */
    struct instant wait_until; /* None is looked at before */
};
struct factor_row {            /* shape: A second factor as stored */
    struct party_id person;    /* Whose */
    struct text secret;        /* Sealed */
    struct instant since;      /* On since; 0: being set up */
    int64_t step;              /* Of the last code that was used */
    int64_t wrong;             /* Wrong codes since the last right one */
    struct instant wait_until; /* No code is looked at before */
};
struct recovery_count { /* shape: How many recovery codes are left */
    int64_t unused;     /* Of them */
};
struct session_new {        /* shape: A session to write */
    struct text secret;     /* Hash of its secret */
    struct session_id id;   /* Names it to its person */
    struct party_id person; /* Who */
    struct instant begun;   /* Signed in */
    struct instant until;   /* Over then */
    struct text browser;    /* What it came from; empty: unknown */
    struct text address;    /* Where it came from; empty: unknown */
};
struct session_hit {      /* shape: A session that a change found */
    struct session_id id; /* Names it */
};
LIST_OF(session_hit);
struct viewer_row {                /* shape: Who a session belongs to, with their rights now */
    struct party_id person;        /* The human being */
    struct text name;              /* How they are called */
    bool operator;                 /* Works for the intermediary */
    int64_t desk;                  /* DESK_BITs of what they see to there */
    struct party_id organisation;  /* Acted for; 0: none */
    struct text organisation_name; /* Its name; empty when none */
    struct text role;              /* Word of the role there; empty when none */
    struct instant used;           /* Last noted use of the session */
    struct instant proven;         /* Last proved in it who they are; 0: long ago */
};

enum link_purpose {                    /* shape: What a mailed link is for */
                    LINK_PASSWORD = 1, /* password: To set a password */
                    LINK_CODE, /* code: Not mailed: the password was right, the code is still asked for */
                    LINK_MAIL, /* mail: To confirm an address */
                    LINK_UNDO, /* undo: To have the address of before again */
};
struct link_new {              /* shape: A mailed link to write */
    struct text secret;        /* Hash of its secret */
    struct party_id person;    /* For whom */
    enum link_purpose purpose; /* What it is for */
    struct instant until;      /* Over then */
};
struct link_row {           /* shape: A mailed link that is still good */
    struct party_id person; /* For whom */
    struct text name;       /* How they are called */
    struct text mail;       /* How they sign in */
};

struct address_link_new {      /* shape: A mailed link about an address, to write */
    struct text secret;        /* Hash of its secret */
    struct party_id person;    /* For whom */
    enum link_purpose purpose; /* LINK_MAIL or LINK_UNDO */
    struct instant until;      /* Over then */
    struct text mail;          /* The address, in lower case */
};
struct address_link {         /* shape: A mailed link about an address that is still good */
    struct party_id person;   /* For whom */
    struct text name;         /* How they are called */
    struct text mail;         /* The address that it confirms or gives back */
    struct text present;      /* How they sign in now */
    struct instant confirmed; /* Mail to that one reaches them since; 0: not known yet */
    struct instant until;     /* Over then */
};
struct link_count { /* shape: How many links there are */
    int64_t links;  /* Of them */
};

/* What a person is to be made of; `mail` and `hash` are ready to be stored. */
struct person_new {
    struct party_id id;     /* made by the caller, so that a repeated write makes the same person */
    struct text name;       /* as they want to be called */
    struct text mail;       /* any case */
    struct text hash;       /* Argon2id string; empty: none yet */
    enum language language; /* for mail */
    bool operator_;         /* works for the intermediary */
    bool confirmed;         /* mail to the address is known to reach them */
    struct instant at;      /* joined */
};

/* &party_weak_password, or NULL. */
const struct problem *password_fits(struct memory *memory, struct text password, struct text mail);

/* Inside a write: a person; &party_mail_taken. */
const struct problem *login_insert_person(struct database *db, struct memory *memory,
                                          const struct person_new *person);
/* Inside a write: a session for `secret` that lasts SESSION_LIFE. A mail tells when it comes from a browser
 * and address that its person has not signed in from for SEEN_LIFE. */
const struct problem *login_insert_session(struct database *db, struct memory *memory,
                                           struct party_id person, struct text secret,
                                           const struct session_origin *from, struct instant at);

/* Inside a write: lets in whose password was right: a session for `secret`, or when a code is asked for
 * too, the half of one (*half), which opens the page for the code and nothing else. */
const struct problem *login_let_in(struct database *db, struct memory *memory,
                                   const struct login_row *login, struct text secret,
                                   const struct session_origin *from, struct instant at,
                                   bool *half);
/* Wrong passwords that still count: none when the last, waited for until then, is a day ago. */
int64_t login_wrong_by(int64_t wrong, struct instant wait_until, struct instant at);
/* Until when to wait for an address that is nobody's; `hash` is what is kept of it. */
const struct problem *stranger_find(struct database *db, struct memory *memory, struct text mail,
                                    struct text *hash, struct instant *wait_until);
/* Inside a write: counts a password that was tried for it; &party_wait and until when. */
const struct problem *stranger_count(struct database *db, struct memory *memory, struct text hash,
                                     struct instant at, struct instant *wait_until);
/* How long to wait after the nth wrong password or code in a row. */
int64_t login_wait_after(int64_t wrong);

#define HALF_LIFE    (10 * MINUTE)
#define SESSION_LIFE (30 * DAY)
#define SEEN_LIFE    (400 * DAY)
#define RESET_LIFE   HOUR
#define CONFIRM_LIFE (48 * HOUR)
#define UNDO_LIFE    (7 * DAY)

#endif
