/*
 * Pages about businesses and who works for them.
 *
 * Read next: core/people/member.h.
 */
#ifndef CONTRAFLOW_CORE_PROFILE_MEMBER_PAGES_H
#define CONTRAFLOW_CORE_PROFILE_MEMBER_PAGES_H

#include "core/batch.h"
#include "core/people/member.h"

struct found_view {                       /* shape: The page to found a business */
    struct business_line_list businesses; /* Those the person works for already */
    struct maybe_party_id current;        /* The one acted for; absent: none */
};
struct found_form {          /* shape: Founding a business */
    struct text name;        /* 1..200: How it is called */
    struct maybe_text place; /* ..100: Town or country */
};
struct founded_view {             /* shape: A business that was founded */
    struct party_id organisation; /* Names it */
};
struct switch_form {                    /* shape: Acting for a business, or for oneself */
    struct maybe_party_id organisation; /* Which business; absent: oneself */
    struct maybe_text next;             /* ..2000: Path to go on to */
};

const struct problem *core_found_page(struct request *request, const struct nothing *query,
                                      struct found_view *view);
const struct problem *core_found(struct request *request, const struct found_form *form,
                                 struct founded_view *view);
const struct problem *core_switch(struct request *request, const struct switch_form *form,
                                  struct nothing *view);

struct members_query {           /* shape: Which members to list */
    struct maybe_party_id after; /* Those behind this one */
};
struct members_view {                        /* shape: Who works for a business */
    struct text organisation;                /* Its name */
    struct member_line_list members;         /* In order of their ids */
    struct invitation_line_list invitations; /* That nobody has taken yet */
    struct party_id own;                     /* The person who reads this */
    struct maybe_text later;                 /* url: Further members */
};
struct invite_form {       /* shape: Inviting somebody into a business */
    struct text mail;      /* ..254, mail: Where the link goes */
    enum member_role role; /* As what */
};
LIST_OF(invite_form);
struct role_form {          /* shape: Changing a member's role */
    struct party_id person; /* Which member */
    enum member_role role;  /* What they may do */
};
struct removal_form {       /* shape: Removing a member */
    struct party_id person; /* Which member */
};
struct invited_query {  /* shape: An invitation's link */
    struct text secret; /* 1..100: Of the link */
};
struct invited_view {         /* shape: An invitation */
    struct text organisation; /* Where to */
    struct text inviter;      /* Who asked */
    enum member_role role;    /* As what */
    struct text secret;       /* Of the link */
};

const struct problem *core_members_page(struct request *request, const struct members_query *query,
                                        struct members_view *view);
const struct problem *core_invite(struct request *request, const struct invite_form *form,
                                  struct nothing *view);

struct invite_batch {              /* shape: Inviting several people */
    struct invite_form_list lines; /* 1..100: Each by itself */
};
const struct problem *core_invite_many(struct request *request, const struct invite_batch *form,
                                       struct batch_result *view);
const struct problem *core_role(struct request *request, const struct role_form *form,
                                struct nothing *view);
const struct problem *core_remove(struct request *request, const struct removal_form *form,
                                  struct nothing *view);
const struct problem *core_invited_page(struct request *request, const struct invited_query *query,
                                        struct invited_view *view);
const struct problem *core_invited(struct request *request, const struct invited_query *form,
                                   struct founded_view *view);

#endif
