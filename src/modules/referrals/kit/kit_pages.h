/*
 * The pages of kits: what comes in, what they show, and their handlers.
 *
 * A business says what it lends; a partner has it with their own link and code in it. Read next: kit_pages.c.
 */
#ifndef CONTRAFLOW_REFERRALS_KIT_KIT_PAGES_H
#define CONTRAFLOW_REFERRALS_KIT_KIT_PAGES_H

#include "modules/referrals/kit/kit.h"
#include "modules/referrals/referrals.h"
#include "web/route.h"
#include "web/upload.h"

/* ---- a partner -------------------------------------------------------------------------------- */

struct referrals_own; /* portal.h */

struct kit_own {               /* shape: Something lent to the reader */
    struct kit_item_id id;     /* Names it */
    enum kit_kind kind;        /* What it is */
    struct text language;      /* Name of the language of its words */
    struct text title;         /* What it is for */
    struct text words;         /* Ready to be published, the reader's link and code in it */
    struct maybe_text preview; /* Of a picture: /m/{preview}-320.webp is a small one */
};
LIST_OF(kit_own);
struct kit_own_all {                     /* shape: What a business lends the reader */
    struct referrals_partner_id partner; /* Names the reader in the program */
    struct kit_own_list texts;           /* Words, those in the reader's language first */
    struct kit_own_list samples;         /* How one comes by samples, the same */
    struct kit_own_list pictures;        /* Pictures */
};
struct kit_own_query {                   /* shape: Of which of the reader's programs */
    struct referrals_partner_id partner; /* Names the reader in it */
};
struct kit_file_query {                  /* shape: Which picture */
    struct referrals_partner_id partner; /* Names the reader in the program */
    struct kit_item_id item;             /* Which */
};
/* What is lent to a partner; `link` is theirs. */
const struct problem *kit_read_own(struct request *request, const struct referrals_own *own,
                                   struct text link, struct kit_own_all *out);
const struct problem *kit_own_show(struct request *request, const struct kit_own_query *input,
                                   struct kit_own_all *view);
const struct problem *kit_file_send(struct request *request, const struct kit_file_query *input,
                                    struct nothing *view);

/* ---- a business ------------------------------------------------------------------------------- */

struct kit_line {           /* shape: A thing of the kit as its business sees it */
    struct kit_item_id id;  /* Names it */
    enum kit_kind kind;     /* What it is */
    enum language language; /* Of its words */
    struct text spoken;     /* Name of that language */
    struct text title;      /* What it is for */
    struct text body;       /* The words, with {link} and {code} */
    struct maybe_text
        preview;             /* Of a picture that was taken: /m/{preview}-320.webp is a small one */
    struct maybe_text wrong; /* Why a picture was not taken */
    bool looked;             /* A picture was looked at */
    bool first;              /* Nothing stands before it */
};
LIST_OF(kit_line);
struct kit_query {             /* shape: Of which program */
    struct program_id program; /* Names it */
};
struct kit_view {               /* shape: What a business lends the partners of a program */
    struct program_id program;  /* Which */
    struct text title;          /* What that is called */
    struct kit_line_list items; /* In the order in which partners see them */
    bool full;                  /* No more can be added */
    int64_t most;               /* Things that a kit can have */
};
struct kit_words_input {       /* shape: Words to lend */
    struct program_id program; /* To whose partners */
    enum kit_kind kind;        /* Words to publish, or how one comes by samples */
    enum language language;    /* Of the words */
    struct text title;         /* 1..120: What they are for */
    struct text body;          /* 1..4000: The words, with {link} and {code} */
};
struct kit_picture_input {     /* shape: A picture to lend */
    struct program_id program; /* To whose partners */
    struct text title;         /* 1..120: What it shows */
    struct upload file;        /* The picture */
};
struct kit_made {          /* shape: Something that was added */
    struct kit_item_id id; /* Names it */
};
struct kit_one_query {       /* shape: Which thing */
    struct kit_item_id item; /* Names it */
};
struct kit_one_view {          /* shape: A thing of a kit to be changed */
    struct program_id program; /* Of which */
    struct kit_line item;      /* It */
    struct text version;       /* To be sent back with a change, so that none is lost */
};
struct kit_change_input {    /* shape: What a thing says from now on */
    struct kit_item_id item; /* Which */
    enum language language;  /* Of the words */
    struct text title;       /* 1..120: What it is for */
    struct maybe_text body;  /* ..4000: The words, with {link} and {code}; nothing of a picture */
    struct maybe_text
        version; /* ..40: What it was when it was read; refused when it is another now */
};
const struct problem *kit_show(struct request *request, const struct kit_query *input,
                               struct kit_view *view);
const struct problem *kit_words_add(struct request *request, const struct kit_words_input *input,
                                    struct kit_made *view);
const struct problem *kit_picture_add(struct request *request,
                                      const struct kit_picture_input *input, struct kit_made *view);
const struct problem *kit_one_show(struct request *request, const struct kit_one_query *input,
                                   struct kit_one_view *view);
const struct problem *kit_one_change(struct request *request, const struct kit_change_input *input,
                                     struct nothing *view);
const struct problem *kit_one_raise(struct request *request, const struct kit_one_query *input,
                                    struct nothing *view);
const struct problem *kit_one_remove(struct request *request, const struct kit_one_query *input,
                                     struct nothing *view);

extern const struct route_table kit_routes;

#endif
