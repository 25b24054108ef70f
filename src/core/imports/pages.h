/*
 * Pages and calls about imports.
 *
 * Read next: core/imports/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_IMPORTS_PAGES_H
#define CONTRAFLOW_CORE_IMPORTS_PAGES_H

#include "core/imports/rows.h"
#include "web/request.h"
#include "web/upload.h"

struct import_form {        /* shape: A file to take in */
    struct text kind;       /* 1..40: What is in it, by its name in `kinds` of the list */
    struct upload file;     /* The file: CSV, JSON Lines, or for some kinds what their help says */
    struct maybe_text text; /* 1..1000000: Its lines, instead of a file */
};
struct import_made {         /* shape: A file that arrived */
    struct import_id import; /* Names it */
};
struct imports_query {             /* shape: Which imports */
    struct maybe_import_id before; /* Older than this one */
};
struct import_card {                 /* shape: An import in a list */
    struct import_id import;         /* Names it */
    struct text kind;                /* What is in it, by its name */
    struct text label;               /* The same in words */
    enum import_format format;       /* How it is written */
    enum import_charset charset;     /* Letters */
    enum import_separator separator; /* Columns */
    struct text name;                /* What the file was called */
    enum import_state state;         /* Where it stands */
    bool busy;                       /* Something is being done with it */
    bool forward;                    /* It is being read, and can be stopped */
    int64_t size;                    /* Bytes in UTF-8 */
    int64_t read;                    /* Bytes read */
    int64_t percent;                 /* The same of 100 */
    int64_t lines;                   /* Lines read */
    int64_t records;                 /* Things read */
    int64_t fine;                    /* Of these without error */
    int64_t made;                    /* New */
    int64_t changed;                 /* Took the place of an older version */
    int64_t same;                    /* Changed nothing */
    int64_t refused;                 /* Left out */
    int64_t faults;                  /* Errors found */
    int64_t stayed;                  /* Changed since, so that undoing left them */
    struct maybe_text refusal;       /* Why it can't be read */
    struct instant at;               /* Arrived */
    struct instant moved;            /* State last changed */
};
LIST_OF(import_card);
struct import_kind_shown { /* shape: What a file can hold */
    struct text name;      /* Its name */
    struct text label;     /* The same in words */
    struct text help;      /* What such a file is */
};
LIST_OF(import_kind_shown);
struct export_shown {  /* shape: What one can take along */
    struct text label; /* What it is */
    struct text path;  /* url: Where; a CSV, or with ?format=lines JSON Lines */
};
LIST_OF(export_shown);
struct imports_view {                    /* shape: Imports of a business */
    struct import_kind_shown_list kinds; /* ..20: What files can hold */
    struct import_card_list imports;     /* ..20: Newest first */
    struct export_shown_list exports;    /* ..60: What can be taken along */
    struct maybe_text later;             /* url: Older ones */
    bool later_page;                     /* Not the first page */
    bool may;                            /* The reader may bring files */
};
struct import_query {           /* shape: One import */
    struct import_id import;    /* Which */
    struct maybe_integer after; /* 0..1000: Errors behind this one */
};
struct import_column_shown { /* shape: A column of a file */
    int64_t number;          /* From 1 */
    struct text header;      /* What it is called */
    struct text sample;      /* What stands in its first lines */
    struct text field;       /* What it is; empty: left out */
};
LIST_OF(import_column_shown);
struct import_choice { /* shape: What a column can be */
    struct text name;  /* The field */
    struct text label; /* The same in words */
};
LIST_OF(import_choice);
struct import_fault_shown { /* shape: An error in a file */
    int64_t number;         /* From 1 */
    int64_t line;           /* Where */
    struct text field;      /* Which column; empty: the whole line */
    struct text label;      /* The same in words */
    struct text sentence;   /* What is wrong */
    struct text value;      /* What stands there */
};
LIST_OF(import_fault_shown);
struct import_view {                         /* shape: One import */
    struct import_card card;                 /* Where it stands */
    struct import_column_shown_list columns; /* ..200: Of a CSV, before it is taken in */
    struct import_choice_list choices;       /* ..40: What columns can be */
    struct text_list preview;                /* ..5: First lines of what has no columns */
    struct import_fault_shown_list faults;   /* ..100: Errors */
    struct maybe_text later;                 /* url: Further ones */
    bool may;                                /* The reader may move it on */
};
struct import_do {           /* shape: An import to move on */
    struct import_id import; /* Which */
};
struct import_fields {       /* shape: What the columns of a file are */
    struct import_id import; /* Which */
    struct text_list
        fields; /* ..200: A field for each column, - to leave it out; none: as proposed */
};
struct import_letters {              /* shape: How a file is written */
    struct import_id import;         /* Which */
    enum import_charset charset;     /* Letters */
    enum import_separator separator; /* Columns */
};
const struct problem *core_imports_show_me(struct request *request,
                                           const struct imports_query *query,
                                           struct imports_view *view);
const struct problem *core_import_show_me(struct request *request, const struct import_query *query,
                                          struct import_view *view);
const struct problem *core_import_take_me(struct request *request, const struct import_form *input,
                                          struct import_made *view);
const struct problem *core_import_recast_me(struct request *request,
                                            const struct import_letters *input,
                                            struct import_made *view);
const struct problem *core_import_check_me(struct request *request,
                                           const struct import_fields *input,
                                           struct import_made *view);
const struct problem *core_import_run_me(struct request *request, const struct import_do *input,
                                         struct import_made *view);
const struct problem *core_import_cancel_me(struct request *request, const struct import_do *input,
                                            struct import_made *view);
const struct problem *core_import_undo_me(struct request *request, const struct import_do *input,
                                          struct import_made *view);
const struct problem *core_imports_show_biz(struct request *request,
                                            const struct imports_query *query,
                                            struct imports_view *view);
const struct problem *core_import_show_biz(struct request *request,
                                           const struct import_query *query,
                                           struct import_view *view);
const struct problem *core_import_take_biz(struct request *request, const struct import_form *input,
                                           struct import_made *view);
const struct problem *core_import_recast_biz(struct request *request,
                                             const struct import_letters *input,
                                             struct import_made *view);
const struct problem *core_import_check_biz(struct request *request,
                                            const struct import_fields *input,
                                            struct import_made *view);
const struct problem *core_import_run_biz(struct request *request, const struct import_do *input,
                                          struct import_made *view);
const struct problem *core_import_cancel_biz(struct request *request, const struct import_do *input,
                                             struct import_made *view);
const struct problem *core_import_undo_biz(struct request *request, const struct import_do *input,
                                           struct import_made *view);

#endif
