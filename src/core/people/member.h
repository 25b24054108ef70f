/*
 * Members of organisations: their lists and the invitations by which they come.
 *
 * Who may invite is the route's to say; the last owner stays, whatever is asked.
 * Read next: core/people/party.h for party_member().
 */
#ifndef CONTRAFLOW_CORE_PEOPLE_MEMBER_H
#define CONTRAFLOW_CORE_PEOPLE_MEMBER_H

#include "core/people/party.h"

struct member_line {        /* shape: A member in a list */
    struct party_id person; /* Names them */
    struct text name;       /* How they are called */
    struct text mail;       /* How they sign in */
    enum member_role role;  /* What they may do */
    struct instant since;   /* From when */
};
LIST_OF(member_line);

struct business_line {            /* shape: An organisation somebody works for */
    struct party_id organisation; /* Names it */
    struct text name;             /* How it is called */
    struct text place;            /* Town or country */
    enum member_role role;        /* What they may do there */
    struct instant since;         /* From when */
};
LIST_OF(business_line);

struct invitation_row {            /* shape: An invitation that is still good */
    struct party_id organisation;  /* Where to */
    struct text organisation_name; /* How it is called */
    struct text mail;              /* Where the link was sent */
    enum member_role role;         /* As what */
    struct text inviter;           /* Name of who asked */
};
struct invitation_line {   /* shape: An open invitation in a list */
    struct text mail;      /* Where the link was sent */
    enum member_role role; /* As what */
    struct instant until;  /* Good until */
};
LIST_OF(invitation_line);

/* Inside a write: keeps an invitation under `secret` for seven days. An earlier one to the same
 * address is called off. */
const struct problem *member_invite(struct database *db, struct memory *memory,
                                    struct party_id organisation, struct party_id inviter,
                                    struct text mail, enum member_role role, struct text secret,
                                    struct instant at);
/* What a link invites to; &party_link_over when it is used, too old, never was, or its sender is no
 * owner any more. */
const struct problem *member_invitation(struct database *db, struct memory *memory,
                                        struct text secret, struct instant at,
                                        struct invitation_row *out);
/* Takes the invitation for a person: once. Who may do more already keeps that. */
const struct problem *member_accept(struct store *store, struct memory *memory, struct text secret,
                                    struct party_id person, struct instant at,
                                    struct party_id *organisation);

#endif
