/*
 * Pages of feedback: the form, in a page of ours and in frames of other websites, a conversation as who began
 * it sees it, and the business's side.
 *
 * Read next: core/widgets/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_WIDGETS_PAGES_H
#define CONTRAFLOW_CORE_WIDGETS_PAGES_H

#include "core/widgets/rows.h"
#include "core/widgets/widget.h"

/* ---- the script ------------------------------------------------------------------------------- */

struct widget_spoken {      /* shape: A widget's words in one language */
    enum language language; /* Which */
    struct text_list words; /* ..20: In the order in which the widget lists them */
};
LIST_OF(widget_spoken);
struct widget_shown {                /* shape: A widget as /w/1.js finds it */
    struct text name;                /* As data-widget says it */
    struct text part;                /* Path of its script */
    struct widget_spoken_list words; /* ..4: In each language */
};
LIST_OF(widget_shown);
struct widget_table {                 /* shape: All widgets */
    struct widget_shown_list widgets; /* ..50: Of all models */
};

const struct problem *core_widget_script(struct request *request, const struct nothing *query,
                                         struct nothing *view);

/* ---- who writes ------------------------------------------------------------------------------- */

struct feedback_query {         /* shape: To which business somebody wants to write */
    struct party_id business;   /* Which */
    struct maybe_text origin;   /* ..200: Website in whose page the form is framed */
    struct maybe_text language; /* ..20: In which it is shown in the frame */
    struct maybe_text theme;    /* ..10: "dark" or "light"; that of the system unless said */
    struct maybe_text from;     /* ..500: Address of the page it is written on */
    struct maybe_text thread;   /* ..200: Link of the conversation that was just begun */
};
struct feedback_page {        /* shape: The form for feedback */
    struct party_id business; /* To whom */
    struct text name;         /* How they are called */
    struct text stamp;        /* Goes back with the form */
    struct text origin;       /* url: Website in whose page it is framed; empty: none */
    struct text language;     /* Of the form */
    struct text theme;        /* "dark", "light" or empty */
    struct text from;         /* Address of the page it is written on; may be empty */
    struct maybe_text link;   /* url: The conversation that was just begun */
};
struct feedback_form {        /* shape: Writing to a business */
    struct party_id business; /* To whom */
    struct text text;         /* 1..5000: What one has to say */
    struct maybe_text mail;   /* ..200, mail: Where answers go; the business does not see it */
    struct maybe_text name;   /* ..100: How one wants to be called */
    struct maybe_text from;   /* ..500: Address of the page it is written on */
    struct maybe_text stamp;  /* ..200: As the form came with it; guests need one */
    struct maybe_text
        website; /* ..500: Nobody sees this field; what is in it was not typed by people */
};
struct feedback_frame_form {    /* shape: Writing to a business in a frame of its website */
    struct party_id business;   /* To whom */
    struct text text;           /* 1..5000: What one has to say */
    struct maybe_text mail;     /* ..200, mail: Where answers go; the business does not see it */
    struct maybe_text name;     /* ..100: How one wants to be called */
    struct maybe_text from;     /* ..500: Address of the page it is written on */
    struct maybe_text stamp;    /* ..200: As the form came with it */
    struct maybe_text website;  /* ..500: Nobody sees this field */
    struct maybe_text origin;   /* ..200: Website in whose page the form is framed */
    struct maybe_text language; /* ..20: In which the form is shown */
    struct maybe_text theme;    /* ..10: "dark" or "light" */
};
struct feedback_made {           /* shape: A conversation that was begun */
    struct feedback_id feedback; /* Names it */
    struct text link;            /* for party: Opens it without an account */
};
const struct problem *core_feedback_ask(struct request *request, const struct feedback_query *query,
                                        struct feedback_page *page);
const struct problem *core_feedback_frame(struct request *request,
                                          const struct feedback_query *query,
                                          struct feedback_page *page);
const struct problem *core_feedback_send(struct request *request, const struct feedback_form *form,
                                         struct feedback_made *made);
const struct problem *core_feedback_frame_send(struct request *request,
                                               const struct feedback_frame_form *form,
                                               struct nothing *view);

struct feedback_said {     /* shape: Something said in a conversation */
    bool house;            /* By the business */
    struct maybe_text who; /* How they are called; absent: a guest without a name */
    struct text body;      /* The words */
    struct instant at;     /* When */
};
LIST_OF(feedback_said);
struct feedback_thread_query { /* shape: A conversation by its link */
    struct text link;          /* ..200: As it was mailed */
};
struct feedback_thread {            /* shape: A conversation as who began it sees it */
    struct text link;               /* Opens it */
    struct text business_name;      /* With whom */
    bool told;                      /* Answers are mailed */
    bool open;                      /* More may be written */
    enum feedback_state state;      /* Where it stands */
    struct feedback_said_list said; /* ..500: Oldest first */
};
struct feedback_more_form { /* shape: Writing more */
    struct text link;       /* ..200: Of the conversation */
    struct text text;       /* 1..5000: What one has to say */
};
const struct problem *core_feedback_thread(struct request *request,
                                           const struct feedback_thread_query *query,
                                           struct feedback_thread *view);
const struct problem *core_feedback_more(struct request *request,
                                         const struct feedback_more_form *form,
                                         struct nothing *view);
const struct problem *core_feedback_one_click(struct request *request,
                                              const struct feedback_thread_query *form,
                                              struct nothing *view);
const struct problem *core_feedback_end_mails(struct request *request,
                                              const struct feedback_thread_query *form,
                                              struct nothing *view);

/* ---- the business ----------------------------------------------------------------------------- */

struct feedback_list_query { /* shape: Asking for conversations */
    struct maybe_text
        state; /* ..10: "answered", "done", "spam" or "closed"; those that wait unless said */
    struct maybe_feedback_id before; /* Only those begun before this one */
};
struct feedback_line {         /* shape: A conversation in a list */
    struct feedback_id id;     /* Names it */
    bool known;                /* Who began it has an account */
    struct maybe_text name;    /* How they are called; absent: a guest without a name */
    struct text about;         /* How it begins */
    struct maybe_text from;    /* url: Page it was written on */
    enum feedback_state state; /* Where it stands */
    struct instant at;         /* Begun */
};
LIST_OF(feedback_line);
struct feedback_list {                  /* shape: Conversations of a business */
    bool taking;                        /* People may write */
    enum feedback_state state;          /* Which are shown */
    struct feedback_line_list feedback; /* Newest first */
    struct maybe_text later;            /* url: Where the list goes on */
};
struct feedback_of_query {       /* shape: One conversation of a business */
    struct feedback_id feedback; /* Which */
};
struct feedback_view {              /* shape: A conversation as the business sees it */
    struct feedback_id id;          /* Names it */
    bool known;                     /* Who began it has an account */
    struct maybe_text name;         /* How they are called; absent: a guest without a name */
    struct text about;              /* How it begins */
    struct maybe_text from;         /* url: Page it was written on */
    bool open;                      /* It may be answered */
    bool told;                      /* Answers are mailed; otherwise they are only under the link */
    enum feedback_state state;      /* Where it stands */
    struct instant at;              /* Begun */
    struct feedback_said_list said; /* ..500: Oldest first */
};
struct feedback_answer_form {    /* shape: Answering */
    struct feedback_id feedback; /* Which conversation */
    struct text text;            /* 1..5000: The answer */
};
const struct problem *core_feedback_list(struct request *request,
                                         const struct feedback_list_query *query,
                                         struct feedback_list *view);
const struct problem *core_feedback_show(struct request *request,
                                         const struct feedback_of_query *query,
                                         struct feedback_view *view);
const struct problem *core_feedback_answer(struct request *request,
                                           const struct feedback_answer_form *form,
                                           struct nothing *view);
const struct problem *core_feedback_finish(struct request *request,
                                           const struct feedback_of_query *form,
                                           struct nothing *view);
const struct problem *core_feedback_refuse(struct request *request,
                                           const struct feedback_of_query *form,
                                           struct nothing *view);
const struct problem *core_feedback_restore(struct request *request,
                                            const struct feedback_of_query *form,
                                            struct nothing *view);

struct feedback_tab_view {               /* shape: How a business takes feedback */
    struct party_id business;            /* Whose */
    bool may;                            /* The reader may change it */
    bool taking;                         /* People may write */
    enum feedback_side side;             /* Of the tab */
    enum feedback_tone tone;             /* Of the tab */
    struct text label;                   /* On the tab; empty: the page's language has one */
    struct feedback_origin_list origins; /* ..100: Websites that may show it */
    struct text site;                    /* url: Where all of this comes from */
    struct text address;                 /* url: The page that works without a script */
    struct text script;                  /* url: What makes the tab of a link to that page */
    struct text version;                 /* To be sent back with a change, so that none is lost */
};
struct feedback_tab_form {     /* shape: How a business wants to take feedback */
    bool taking;               /* People may write */
    enum feedback_side side;   /* Of the tab */
    enum feedback_tone tone;   /* Of the tab */
    struct maybe_text label;   /* ..40: On the tab; that of the reader's language unless said */
    struct maybe_text version; /* ..40: What it was when it was read */
};
struct feedback_origin_form { /* shape: A website that shows the tab */
    struct text origin;       /* 8..200: Scheme and host, as "https://shop.example" */
};
const struct problem *core_feedback_tab(struct request *request, const struct nothing *query,
                                        struct feedback_tab_view *view);
const struct problem *core_feedback_tab_set(struct request *request,
                                            const struct feedback_tab_form *form,
                                            struct nothing *view);
const struct problem *core_feedback_origin_end(struct request *request,
                                               const struct feedback_origin_form *form,
                                               struct nothing *view);
const struct problem *core_feedback_origin_add(struct request *request,
                                               const struct feedback_origin_form *form,
                                               struct nothing *view);

#endif
