/*
 * Pages of the intermediary about people, mail and work that failed.
 *
 * Read next: core/desk/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_DESK_PAGES_H
#define CONTRAFLOW_CORE_DESK_PAGES_H

#include "core/event.h"
#include "core/job.h"
#include "core/mail/mail.h"
#include "core/people/party.h"

struct desk_people_query {        /* shape: Which parties to list */
    struct maybe_text q;          /* ..200: Beginning of a name or an address */
    struct maybe_party_id before; /* Older than this one */
};
struct desk_person {                /* shape: A party in the desk's list */
    struct party_id party;          /* Names it */
    enum party_kind kind;           /* What it is */
    struct text name;               /* How they are called */
    struct text place;              /* Town or country */
    struct text mail;               /* How they sign in; empty for an organisation */
    bool is_operator;               /* Works for the intermediary */
    bool own;                       /* The one who reads this */
    struct instant joined;          /* Since */
    struct maybe_instant suspended; /* Shut out since */
};
LIST_OF(desk_person);
struct desk_people_view {           /* shape: Parties, newest first */
    struct text q;                  /* What was looked for */
    struct desk_person_list people; /* At most 50 */
    struct maybe_text later;        /* url: Older ones */
};
struct desk_party_form {   /* shape: One party */
    struct party_id party; /* Which */
};

const struct problem *core_desk_people(struct request *request,
                                       const struct desk_people_query *query,
                                       struct desk_people_view *view);
const struct problem *core_desk_suspend(struct request *request, const struct desk_party_form *form,
                                        struct nothing *view);
const struct problem *core_desk_restore(struct request *request, const struct desk_party_form *form,
                                        struct nothing *view);

struct desk_factors_view {       /* shape: What somebody signs in with beside a password */
    struct party_id party;       /* Names them */
    struct text name;            /* How they are called */
    struct text mail;            /* How they sign in */
    bool own;                    /* The one who reads this */
    struct maybe_instant factor; /* A code is asked for since */
    int64_t passkeys;            /* How many they have */
};
struct desk_factors_form { /* shape: Taking somebody's code and passkeys off */
    struct party_id party; /* Whose */
    struct text reason;    /* 10..500: Why, and how they showed who they are; they read it */
};

const struct problem *core_desk_factors_page(struct request *request,
                                             const struct desk_party_form *query,
                                             struct desk_factors_view *view);
const struct problem *core_desk_factors(struct request *request,
                                        const struct desk_factors_form *form, struct nothing *view);

struct maybe_mail_id {
    bool present;
    struct mail_id value;
};
struct desk_mails_query {        /* shape: Which mails to list */
    struct maybe_mail_id before; /* Older than this one */
};
struct desk_mail_line {    /* shape: A mail in the desk's list */
    struct mail_id mail;   /* Names it */
    struct text recipient; /* Address */
    struct text subject;   /* Line */
    enum mail_state state; /* What became of it */
    struct instant at;     /* Written */
};
LIST_OF(desk_mail_line);
struct desk_mails_view {              /* shape: Mails, newest first */
    struct desk_mail_line_list mails; /* At most 50 */
    struct maybe_text later;          /* url: Older ones */
};
struct desk_mail_query { /* shape: Which mail to show */
    struct mail_id mail; /* Names it */
};
struct desk_mail_view {        /* shape: A mail */
    struct mail_id mail;       /* Names it */
    struct text recipient;     /* Address */
    struct text subject;       /* Line */
    struct text body;          /* Plain text */
    enum mail_state state;     /* What became of it */
    struct instant at;         /* Written */
    struct maybe_instant sent; /* Handed over or filed */
    struct maybe_text file;    /* The whole message, when it was filed */
};

const struct problem *core_desk_mails(struct request *request, const struct desk_mails_query *query,
                                      struct desk_mails_view *view);
const struct problem *core_desk_mail(struct request *request, const struct desk_mail_query *query,
                                     struct desk_mail_view *view);

struct maybe_job_id {
    bool present;
    struct job_id value;
};
struct desk_jobs_query {        /* shape: Which failed jobs to list */
    struct maybe_job_id before; /* Older than this one */
};
struct desk_job {        /* shape: A job that was given up */
    struct job_id job;   /* Names it */
    struct text kind;    /* Name of its kind */
    struct text problem; /* Name of the last problem */
    int64_t tries;       /* How often it was tried */
    struct instant at;   /* Enqueued */
};
LIST_OF(desk_job);
struct desk_event {        /* shape: An event that a follower could not take */
    struct event_id event; /* Names it */
    struct text name;      /* What happened */
    struct text consumer;  /* The follower */
    struct text problem;   /* Why it was set aside */
    struct instant at;     /* When it happened */
};
LIST_OF(desk_event);
struct desk_jobs_view {            /* shape: Work that failed */
    struct desk_job_list jobs;     /* At most 50, newest first */
    struct desk_event_list events; /* At most 100 */
    struct maybe_text later;       /* url: Older jobs */
};
struct desk_job_form { /* shape: One failed job */
    struct job_id job; /* Which */
};
struct desk_event_form {   /* shape: One set-aside event */
    struct event_id event; /* Which */
    struct text consumer;  /* 1..100: For which follower */
};

const struct problem *core_desk_jobs(struct request *request, const struct desk_jobs_query *query,
                                     struct desk_jobs_view *view);
const struct problem *core_desk_job_again(struct request *request, const struct desk_job_form *form,
                                          struct nothing *view);
const struct problem *core_desk_event_again(struct request *request,
                                            const struct desk_event_form *form,
                                            struct nothing *view);
/* How much failed, for the desk's navigation. */
const struct problem *core_desk_failed(struct request *request, int64_t *out);

#endif
