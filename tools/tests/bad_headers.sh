# Headers that tools/shapes.c must refuse, each with the place and the words. Sourced by run.sh.

bad_header "unmarked struct as a member" 'src/bad.h:3: owner: unknown type "struct person"' <<'END'
struct person { int64_t value; };
struct photo {           /* shape: A photograph */
    struct person owner; /* Whose it is */
};
END
bad_header "foreign scalar" 'src/bad.h:2: a shape has no members of type "int"' <<'END'
struct photo {  /* shape: A photograph */
    int height; /* Pixels */
};
END
bad_header "floating point" 'src/bad.h:2: a shape has no members of type "double"' <<'END'
struct photo {    /* shape: A photograph */
    double price; /* Euros */
};
END
bad_header "const member" 'src/bad.h:2: a shape has no members of type "const"' <<'END'
struct photo {         /* shape: A photograph */
    const bool hidden; /* Not shown */
};
END
bad_header "array" 'src/bad.h:2: title: a shape has no arrays' <<'END'
struct photo {            /* shape: A photograph */
    struct text title[3]; /* Three */
};
END
bad_header "pointer" 'src/bad.h:2: a shape has no pointers' <<'END'
struct photo {          /* shape: A photograph */
    struct text *title; /* Elsewhere */
};
END
bad_header "bit field" 'src/bad.h:3: hidden: a shape has no bit fields' <<'END'
struct photo {       /* shape: A photograph */
    bool shown;      /* Whether */
    bool hidden : 1; /* Not shown */
};
END
bad_header "two members on a line" 'src/bad.h:2: low: each member needs a line' <<'END'
struct photo {         /* shape: A photograph */
    int64_t low, high; /* Both */
};
END
bad_header "member without a comment" 'src/bad.h:2: title has no comment behind it' <<'END'
struct photo { /* shape: A photograph */
    struct text title;
    struct text note; /* About it */
};
END
bad_header "comment on the next line only" 'src/bad.h:2: title has no comment behind it' <<'END'
struct photo { /* shape: A photograph */
    struct text title;
    /* What its author calls it */
};
END
bad_header "limits the wrong way round" 'src/bad.h:2: the limits "9..1" are the wrong way' <<'END'
struct photo {         /* shape: A photograph */
    struct text title; /* 9..1: What its author calls it */
};
END
bad_header "limits that are no numbers" 'src/bad.h:2: "many" is no limit' <<'END'
struct photo {         /* shape: A photograph */
    struct text title; /* 1..many: What its author calls it */
};
END
bad_header "limit beyond 64 bits" 'src/bad.h:2: "9223372036854775808" is no limit' <<'END'
struct photo {      /* shape: A photograph */
    int64_t height; /* 1..9223372036854775808: Pixels */
};
END
bad_header "empty limits" 'src/bad.h:2: ".." limits nothing' <<'END'
struct photo {         /* shape: A photograph */
    struct text title; /* ..: What its author calls it */
};
END
bad_header "limits below zero for a text" 'src/bad.h:2: struct text title: a count cannot' <<'END'
struct photo {         /* shape: A photograph */
    struct text title; /* -1..5: What its author calls it */
};
END
bad_header "limits for a flag" 'src/bad.h:2: bool hidden: only text, lists, money' <<'END'
struct photo {   /* shape: A photograph */
    bool hidden; /* 0..1: Not shown */
};
END
bad_header "mail that is no text" 'src/bad.h:2: int64_t height: only a text can be' <<'END'
struct photo {      /* shape: A photograph */
    int64_t height; /* mail: Pixels */
};
END
bad_header "unknown audience" 'src/bad.h:2: unknown audience "everyone"' <<'END'
struct photo {         /* shape: A photograph */
    struct text title; /* for everyone: What its author calls it */
};
END
bad_header "unknown word before the colon" 'src/bad.h:2: unknown "email" before the colon' <<'END'
struct photo {         /* shape: A photograph */
    struct text reply; /* 1..9, email: Where to answer */
};
END
bad_header "no meaning" 'src/bad.h:2: the comment says nothing about the meaning' <<'END'
struct photo {         /* shape: A photograph */
    struct text title; /* 1..200: */
};
END
bad_header "input without limits" 'src/bad.h:2: struct maybe_text note: what comes in' <<'END'
struct photo_input {        /* shape: A photograph to add */
    struct maybe_text note; /* About it */
};
END
bad_header "query without limits" 'src/bad.h:2: int64_t page: what comes in needs limits' <<'END'
struct photo_query { /* shape: Which photographs */
    int64_t page;    /* Where to begin */
};
END
bad_header "HTML that comes in" 'src/bad.h:2: struct html body: ready HTML never comes in' <<'END'
struct photo_input {  /* shape: A photograph to add */
    struct html body; /* About it */
};
END
bad_header "enum constant 0" 'src/bad.h:2: DRAFT is 0, which means unset' <<'END'
enum state {  /* shape: Where it stands */
    DRAFT,    /* draft: Only its owner sees it */
    OPEN = 1, /* open: Everybody sees it */
};
END
bad_header "enum constant without a comment" 'src/bad.h:3: STATES has no comment behind it' <<'END'
enum state {   /* shape: Where it stands */
    DRAFT = 1, /* draft: Only its owner sees it */
    STATES
};
END
bad_header "word used twice" 'src/bad.h:3: the word "draft" stands for DRAFT already' <<'END'
enum state {   /* shape: Where it stands */
    DRAFT = 1, /* draft: Only its owner sees it */
    OPEN,      /* draft: Everybody sees it */
};
END
bad_header "value used twice" 'src/bad.h:3: OPEN has the value of DRAFT' <<'END'
enum state {   /* shape: Where it stands */
    DRAFT = 1, /* draft: Only its owner sees it */
    OPEN = 1,  /* open: Everybody sees it */
};
END
bad_header "value that is an expression" 'src/bad.h:2: DRAFT: only a plain number' <<'END'
enum state {       /* shape: Where it stands */
    DRAFT = FIRST, /* draft: Only its owner sees it */
};
END
bad_header "enum without a word" 'src/bad.h:2: DRAFT: expected "word: meaning"' <<'END'
enum state {   /* shape: Where it stands */
    DRAFT = 1, /* Only its owner sees it */
};
END
bad_header "id without its prefix" 'src/bad.h:1: expected "shape id PREFIX: meaning"' <<'END'
struct photo_id {  /* shape id: A photograph */
    int64_t value;
};
END
bad_header "id with a second member" 'src/bad.h:3: expected "}" behind the only member' <<'END'
struct photo_id { /* shape id pho: A photograph */
    int64_t value;
    int64_t other;
};
END
bad_header "prefix used twice" 'src/bad.h:4: the prefix pho belongs to photo_id already' <<'END'
struct photo_id { /* shape id pho: A photograph */
    int64_t value;
};
struct phone_id { /* shape id pho: A telephone */
    int64_t value;
};
END
bad_header "struct declared twice" 'src/bad.h:4: photo is declared a second time' <<'END'
struct photo {   /* shape: A photograph */
    bool hidden; /* Not shown */
};
struct photo {   /* shape: A photograph */
    bool hidden; /* Not shown */
};
END
bad_header "member named twice" 'src/bad.h:3: a second member named hidden' <<'END'
struct photo {   /* shape: A photograph */
    bool hidden; /* Not shown */
    bool hidden; /* Not shown */
};
END
bad_header "mark that belongs to nothing" 'src/bad.h:1: this mark does not stand behind' <<'END'
/* shape: A photograph */
struct photo {
    bool hidden; /* Not shown */
};
END
bad_header "optional list" 'src/bad.h:5: photo: unknown type "struct maybe_photo_list"' <<'END'
struct photo {   /* shape: A photograph */
    bool hidden; /* Not shown */
};
struct card {                      /* shape: A card */
    struct maybe_photo_list photo; /* On it */
};
END
bad_header "enum taken for a struct" 'src/bad.h:5: state: unknown type "struct state"' <<'END'
enum state {   /* shape: Where it stands */
    DRAFT = 1, /* draft: Only its owner sees it */
};
struct photo {          /* shape: A photograph */
    struct state state; /* Where it stands */
};
END
bad_header "directive within a shape" 'src/bad.h:2: a shape has no members of type "#if 1"' <<'END'
struct photo { /* shape: A photograph */
#if 1
    bool hidden; /* Not shown */
#endif
};
END
bad_header "shape that never ends" 'src/bad.h:3: a shape has no members of type "the end' <<'END'
struct photo {   /* shape: A photograph */
    bool hidden; /* Not shown */
END
bad_header "handler with one side unmarked" 'src/bad.h:4: photo_show: struct view is not marked' <<'END'
struct photo_query { /* shape: Which photograph */
    bool hidden;     /* Also hidden ones */
};
const struct problem *photo_show(struct request *request, const struct photo_query *query,
                                 struct view *view);
END
