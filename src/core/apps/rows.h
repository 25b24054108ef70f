/*
 * Rows of queries.sql. Private to core/apps.
 */
#ifndef CONTRAFLOW_CORE_APPS_ROWS_H
#define CONTRAFLOW_CORE_APPS_ROWS_H

#include "core/apps/grant.h"

struct app_hit {      /* shape: The app that a change found */
    struct app_id id; /* Names it */
};
struct app_count {   /* shape: How many apps there are */
    int64_t present; /* Not removed */
};
struct app_new {           /* shape: An app to write */
    struct app_id id;      /* Names it */
    struct party_id owner; /* Whose it is */
    struct party_id maker; /* Who registered it */
    struct text name;      /* As people read it */
    struct text website;   /* A page about it */
    struct text redirects; /* One a line */
    struct text scopes;    /* With blanks between */
    bool confidential;     /* It has a secret */
    struct text secret;    /* Its hash */
    struct text tail;      /* The secret's last characters */
    struct instant made;   /* Now */
    struct text once;      /* Idempotency key */
};
struct app_said {          /* shape: What is said of an app from now on */
    struct app_id id;      /* Which */
    struct party_id owner; /* Whose it must be */
    struct text name;      /* As people read it */
    struct text website;   /* A page about it */
    struct text redirects; /* One a line */
    struct text scopes;    /* With blanks between */
};
struct app_origin_hit { /* shape: An origin that was found */
    struct text origin; /* "https://app.example" */
};
LIST_OF(app_origin_hit);

struct app_actor {                /* shape: A business for which somebody may act */
    struct party_id organisation; /* Names it */
    struct text name;             /* How it is called */
    enum member_role role;        /* What they may do there */
};
LIST_OF(app_actor);

struct app_grant_hit {      /* shape: The grant that a change found */
    struct app_grant_id id; /* Names it */
};
struct app_grant_gone {     /* shape: The grant that was ended */
    struct app_grant_id id; /* Names it */
    struct text scopes;     /* With blanks between */
    struct text app;        /* How the app is called */
};
struct app_grant_new {            /* shape: A grant to write */
    struct app_grant_id id;       /* Names it */
    struct app_id app;            /* Whom */
    struct party_id person;       /* Who allows */
    struct party_id organisation; /* For which business; 0: for the person */
    struct text scopes;           /* With blanks between */
    struct instant given;         /* Now */
    struct instant until;         /* The code is over then */
    struct text family;           /* Hash */
    struct text redirect;         /* Where the code goes */
    struct text challenge;        /* Of PKCE */
    struct text code;             /* Hash */
};
struct app_grant_renewed {  /* shape: A new pair of tokens in place of another */
    struct app_grant_id id; /* Of which grant */
    struct text before;     /* Hash of the refresh token of before; empty: the code was first */
    struct text refresh;    /* Hash */
    struct text access;     /* Hash */
    struct instant access_until; /* It is over then */
    struct instant until;        /* The refresh token is over then */
};
struct app_grant_row {             /* shape: A grant, and whether its person may still do it */
    struct app_grant_id id;        /* Names it */
    struct app_id app;             /* Whose */
    struct party_id person;        /* Who allowed it */
    struct party_id organisation;  /* For which business; 0: for the person */
    struct text scopes;            /* With blanks between */
    struct instant until;          /* Over then */
    struct instant used;           /* Last noted use; 0: never */
    struct instant ended;          /* Ended; 0: not */
    struct text redirect;          /* Where the code went */
    struct text challenge;         /* Of PKCE */
    struct text code;              /* Hash */
    struct text refresh;           /* Hash; empty: the code was not used */
    struct instant access_until;   /* The access token is over then */
    bool gone;                     /* The app was removed, or its business shut out */
    struct text name;              /* Of the person */
    struct instant suspended;      /* The person is shut out since; 0: not */
    struct text organisation_name; /* Empty: none, or they have no right there */
    struct text role;              /* Word of their role there; empty: none */
};

#endif
