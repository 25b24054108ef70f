/*
 * Pages and calls about segments.
 *
 * Read next: core/shop/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_SHOP_SEGMENT_PAGES_H
#define CONTRAFLOW_CORE_SHOP_SEGMENT_PAGES_H

#include "core/shop/pages.h"
#include "core/shop/segment.h"

struct segments_query {             /* shape: Which segments */
    struct maybe_segment_id before; /* Older than this one */
};
struct segment_card {                  /* shape: A segment */
    struct segment_id segment;         /* Names it */
    struct text name;                  /* What the business calls it */
    struct maybe_integer within_days;  /* Ordered in these last days */
    struct maybe_integer idle_days;    /* Ordered nothing in these last days */
    struct maybe_integer orders_least; /* As many orders at least */
    struct maybe_money sum_least;      /* What their orders come to at least, less refunds */
    struct maybe_text product;         /* Number of a product they bought */
    struct maybe_text category;        /* Category of a product they bought */
    struct maybe_text country;         /* Where they are */
    enum segment_reason reason;        /* What may be done with their data */
    struct maybe_integer counted;      /* Members when all were last counted */
    struct maybe_instant counted_at;   /* When */
    struct instant at;                 /* Made */
};
LIST_OF(segment_card);
struct segments_view {                 /* shape: Segments of a business */
    struct segment_card_list segments; /* ..50: Newest first */
    struct maybe_text later;           /* url: Older ones */
    bool later_page;                   /* Not the first page */
    bool may;                          /* The reader may make some */
};
struct segment_form {                  /* shape: Conditions on customers, of which all must hold */
    struct text name;                  /* 1..100: What you call it */
    struct maybe_integer within_days;  /* 1..3650: Ordered in these last days */
    struct maybe_integer idle_days;    /* 1..3650: Ordered nothing in these last days */
    struct maybe_integer orders_least; /* 1..1000000: As many orders at least */
    struct maybe_money sum_least;      /* 1..: What they come to at least, less refunds */
    struct maybe_text product;         /* 1..100: Number of a product they bought */
    struct maybe_text category;        /* 1..300: Category of a product they bought */
    struct maybe_text country;         /* 2..2: Where they are, ISO 3166-1 alpha-2 */
    enum segment_reason reason;        /* What may be done with their data */
};
struct segment_change {                /* shape: Conditions of a segment as they are to be */
    struct segment_id segment;         /* Which */
    struct text name;                  /* 1..100: What you call it */
    struct maybe_integer within_days;  /* 1..3650: Ordered in these last days */
    struct maybe_integer idle_days;    /* 1..3650: Ordered nothing in these last days */
    struct maybe_integer orders_least; /* 1..1000000: As many orders at least */
    struct maybe_money sum_least;      /* 1..: What they come to at least, less refunds */
    struct maybe_text product;         /* 1..100: Number of a product they bought */
    struct maybe_text category;        /* 1..300: Category of a product they bought */
    struct maybe_text country;         /* 2..2: Where they are, ISO 3166-1 alpha-2 */
    enum segment_reason reason;        /* What may be done with their data */
    struct maybe_text
        version; /* ..40: What it was when it was read; refused when it is another now */
};
struct segment_made {          /* shape: A segment */
    struct segment_id segment; /* Names it */
};
struct segment_query {              /* shape: One segment */
    struct segment_id segment;      /* Which */
    struct maybe_customer_id after; /* Members after this customer */
};
struct segment_typed {        /* shape: Conditions of a segment as one types them; empty: none */
    struct text within_days;  /* Ordered in these last days */
    struct text idle_days;    /* Ordered nothing in these last days */
    struct text orders_least; /* As many orders at least */
    struct text sum_least;    /* What they come to at least, less refunds */
    struct text currency;     /* Of that */
    struct text product;      /* Number of a product they bought */
    struct text category;     /* Category of a product they bought */
    struct text country;      /* Where they are */
};
struct segment_view {                  /* shape: One segment and who is in it now */
    struct segment_card card;          /* Its conditions */
    int64_t count;                     /* Members among the customers looked at */
    int64_t looked_at;                 /* So many customers */
    bool all;                          /* These are all of them */
    struct customer_card_list members; /* ..50: Some of the members, the oldest first */
    struct maybe_text later;           /* url: Further ones */
    bool may;                          /* The reader may change, count and take away */
    struct segment_typed typed;        /* They once more, to change them */
    struct text version;               /* To be sent back with a change, so that none is lost */
};
struct segment_do {            /* shape: A segment to do something with */
    struct segment_id segment; /* Which */
};
struct segment_export {        /* shape: Members to write */
    struct segment_id segment; /* Of which segment */
    struct maybe_text format;  /* ..5: csv, or lines for JSON Lines */
};

const struct problem *core_segments_show(struct request *request,
                                         const struct segments_query *query,
                                         struct segments_view *view);
const struct problem *core_segment_make(struct request *request, const struct segment_form *input,
                                        struct segment_made *view);
const struct problem *core_segment_change(struct request *request,
                                          const struct segment_change *input,
                                          struct segment_made *view);
const struct problem *core_segment_show(struct request *request, const struct segment_query *query,
                                        struct segment_view *view);
const struct problem *core_segment_count(struct request *request, const struct segment_do *input,
                                         struct segment_made *view);
const struct problem *core_segment_end(struct request *request, const struct segment_do *input,
                                       struct nothing *view);
const struct problem *core_segment_write(struct request *request,
                                         const struct segment_export *query, struct nothing *view);

#endif
