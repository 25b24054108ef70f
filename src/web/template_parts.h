/*
 * The inside of templates: what the compiler makes and the writer runs.
 *
 * For template*.c only. A page becomes one flat array of instructions over frames: frame 0 is the
 * view, 1 the page root, each {each} adds one. All of it is constant after template_bind().
 * Read next: template_compile.c, template_keep.c, then template_write.c.
 */
#ifndef CONTRAFLOW_WEB_TEMPLATE_PARTS_H
#define CONTRAFLOW_WEB_TEMPLATE_PARTS_H

#include "web/template.h"
#include "web/words_parts.h"

enum {
    FRAME_VIEW = 0,
    FRAME_PAGE = 1,
    FRAME_LIMIT = 10,   /* view, page and eight {each} inside each other */
    FACT_LIMIT = 64,    /* optional members known to be present at one place */
    ELEMENT_LIMIT = 64, /* open HTML elements at one place */
    SOURCE_LIMIT = 16,  /* includes inside includes */
};

/* Where a value comes from. */
enum place_kind {
    PLACE_FIELD = 1,      /* a member, found from a frame */
    PLACE_COUNT,          /* how many a list has */
    PLACE_FORM,           /* what was typed into a field */
    PLACE_ERROR,          /* what is wrong with a field */
    PLACE_FAULTS,         /* all that is wrong: for {each} */
    PLACE_FAULT_FIELD,    /* of one fault: the field's path */
    PLACE_FAULT_SENTENCE, /* why it was not taken */
    PLACE_FAULT_LABEL,    /* what the page calls the field */
    PLACE_FAULT_LINE,     /* both */
    PLACE_TEXT,           /* constant text of an include's argument */
    PLACE_PATTERN,        /* the same with values in it: compiled where it is used */
    PLACE_NUMBER,         /* constant number */
    PLACE_CALL,           /* words of the reader's language */
    PLACE_NONE,           /* an argument given as none */
};

struct call;
struct scope;

/* One word of an enum: what is written for a value. */
struct word_texts {
    struct text texts[LANGUAGE_LIMIT]; /* by language; as plain text */
};
/* All words of an enum, by position in struct words. */
struct word_table {
    const struct words *words;
    const struct word_texts *items; /* NULL: the wire words are written */
};

struct place {
    enum place_kind kind;
    enum field_kind value;      /* what it yields */
    enum field_kind item;       /* of a list: what its items are */
    bool optional;              /* a maybe_ struct stands there; `present` is its first member */
    enum text_format text_kind; /* of a text: FORMAT_URL may begin a URL */
    enum value_format format;   /* how it is written */
    int frame;                  /* of a field or fault */
    size_t offset;              /* of the member (the maybe_ struct when optional) in its frame */
    size_t value_offset;        /* of the value in its maybe_ struct, else 0 */
    struct text name;  /* as written in the template; of forms and errors the field's name */
    const char *field; /* of PLACE_FORM, PLACE_ERROR: the field's name, terminated */
    bool whole; /* of PLACE_FORM: a form that came back answers even when the field is missing */
    const char *prefix;             /* of an id or a list of ids */
    const struct words *words;      /* of an enum */
    const struct shape *shape;      /* of a struct or a list's items */
    const struct word_table *table; /* :word */
    struct text text;               /* of PLACE_TEXT and PLACE_PATTERN */
    const struct scope *scope;      /* of PLACE_PATTERN: where its names mean something */
    int64_t number;                 /* of PLACE_NUMBER */
    const struct call *call;        /* of PLACE_CALL */
};

/* {t key name=value ...} */
struct call {
    const char *key;
    const struct sentence *sentences[LANGUAGE_LIMIT];
    struct text plain[LANGUAGE_LIMIT]; /* the whole text when it takes no argument */
    const struct place *places;        /* its arguments */
    const char *const *names;          /* theirs, in the same order */
    size_t count;                      /* 0: plain holds the text */
};

/* "a or b": the first that has a value. */
struct operand {
    const struct place *places;
    size_t count; /* at least 1 */
};

enum test { TEST_TRUTH = 1, TEST_TEXT, TEST_NUMBER, TEST_EQUAL };

/* One of the conditions joined by "and". */
struct term {
    bool negated;
    enum test test;
    struct operand operand;
    struct text text;   /* TEST_TEXT: the word or text it is compared with */
    int value;          /* TEST_TEXT of an enum: its constant; 0: only the text counts */
    int64_t number;     /* TEST_NUMBER */
    struct place other; /* TEST_EQUAL */
};
struct condition {
    const struct term *terms;
    size_t count;
};

enum escape {
    ESCAPE_HTML = 1,  /* & < > " ' */
    ESCAPE_URL,       /* inside a URL: percent-encoded component */
    ESCAPE_URL_START, /* a whole URL: only harmless schemes, then as HTML */
};

enum operation {
    OP_LITERAL = 1, /* copy `literal` */
    OP_WORDS,       /* copy `texts[language]` */
    OP_VALUE,       /* write `operand` */
    OP_UNLESS,      /* go to `target` unless `condition` holds */
    OP_JUMP,        /* go to `target` */
    OP_EACH,        /* enter frame `frame` with the first item, or go to `target` */
    OP_NEXT,        /* the next item and go to `target`, or go on */
    OP_END,
};

struct instruction {
    enum operation operation;
    enum escape escape;
    int frame;
    size_t target;    /* index of an instruction */
    size_t item_size; /* OP_EACH: bytes of an item */
    struct text literal;
    const struct text *texts; /* by language, escaped already */
    struct operand operand;
    const struct condition *condition;
};

struct template
{
    const struct instruction *code; /* ends with OP_END */
    const struct place *title;      /* NULL: the page has none */
    const struct shape *form;       /* NULL: nothing to show again */
};

/* ---- the compiler -------------------------------------------------------------------------- */

/* A name that means something: an {each} item, an include's argument, a layout's title. */
struct scope {
    const struct scope *outer; /* NULL: the outermost */
    struct text name;
    struct place place;
};

/* Where in the HTML the compiler stands, see template_html.c. */
enum html_state {
    HTML_TEXT = 1,
    HTML_TAG_OPEN, /* after < */
    HTML_TAG_NAME,
    HTML_CLOSE_NAME, /* after </ */
    HTML_BETWEEN,    /* white space inside a tag */
    HTML_AFTER,      /* directly after an attribute */
    HTML_ATTRIBUTE,  /* in its name */
    HTML_EQUALS,     /* after = */
    HTML_DOUBLE,     /* in a value in double quotes */
    HTML_SINGLE,
    HTML_SLASH,  /* after / in a tag */
    HTML_MARKUP, /* <!doctype */
    HTML_COMMENT,
};

enum attribute_kind {
    ATTRIBUTE_LITERAL = 0, /* no value may stand in it */
    ATTRIBUTE_PLAIN,       /* read by programs */
    ATTRIBUTE_READ,        /* read by people */
    ATTRIBUTE_URL,
    ATTRIBUTE_URLS,     /* srcset */
    ATTRIBUTE_SELECTOR, /* ids and numbers only */
};

enum url_start { URL_EMPTY = 0, URL_LOCAL, URL_SLASH, URL_OTHER };

struct element {
    struct text name;
    unsigned serial; /* tells it from another of the same name */
};

enum { NAME_LIMIT = 40 };

struct html_context {
    enum html_state state;
    struct element open[ELEMENT_LIMIT];
    size_t depth;
    unsigned serial;       /* of the newest element, tag or attribute's value */
    unsigned tag_serial;   /* of the tag one is in */
    unsigned value_serial; /* of the attribute's value one is in */
    char name[NAME_LIMIT]; /* of the tag or attribute being read, lower case */
    size_t name_size;
    char tag[NAME_LIMIT]; /* of the tag one is in */
    enum attribute_kind attribute;
    enum url_start url;
    int dashes; /* comment: how many - just passed */
    bool blank; /* the last character sent was white space */
};

struct source {
    const char *file;     /* for complaints */
    const char *at, *end; /* what is left */
    int line;             /* of `at` */
};

struct fact {
    int frame;
    size_t offset;
};

struct compiler {
    struct memory *memory;
    struct text *complaint; /* set by the first refusal */
    bool failed;
    struct source *source; /* being read */
    int depth;             /* of includes */
    const struct shape *view;
    const struct shape *form; /* NULL: no form. and error. here */
    bool title_only;          /* in {title}: neither page nor form is there */
    int frames;               /* in use */
    struct fact facts[FACT_LIMIT];
    size_t fact_count;
    struct html_context html;
    char *literal; /* text not yet made an instruction */
    size_t literal_size, literal_room;
    struct instruction *code;
    size_t code_count, code_room;
    const struct place *title;
    struct source *page; /* of a layout: what {content} is; NULL elsewhere */
    bool in_page;        /* the names of the view mean something */
};

/* The first complaint wins: "file:line: what". Always returns false. */
bool template_refuse(struct compiler *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Memory until the end of the compilation; NULL when there is none, and then it has failed. */
void *template_take(struct compiler *c, size_t size);
/* An embedded file by its name; false when there is none. */
bool template_source(const char *name, struct source *out);

/* One character of the template's own text. *send tells whether it belongs into the page. */
bool html_feed(struct compiler *c, char character, bool *send);
/* May a value stand here? NULL, or why not. */
const char *html_value_refused(const struct html_context *html);
/* After a value was written here. */
void html_value_passed(struct html_context *html);
/* May ready markup stand here? */
bool html_takes_markup(const struct html_context *html);
/* At each tag that begins or ends a block: refuses what is no place for one. */
bool html_block_edge(struct compiler *c);
/* May a block that began at `from` end at `to`? */
bool html_same_place(const struct html_context *from, const struct html_context *to);
/* Two ways lead on from here: *into keeps what is true of both. */
void html_merge(struct html_context *into, const struct html_context *other);

/* What stands between a tag's braces, read word by word. */
struct scanner {
    const char *at, *end;
};
enum token_kind { TOKEN_END = 0, TOKEN_WORD, TOKEN_TEXT, TOKEN_SIGN, TOKEN_BAD };
struct token {
    enum token_kind kind;
    struct text text; /* a text's without quotes */
};
struct token scan(struct scanner *scanner);
struct token scan_ahead(const struct scanner *scanner);
bool token_is(struct token token, const char *word);

bool read_place(struct compiler *c, const struct scope *scope, struct text path, struct place *out);
bool read_operand(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                  struct operand *out);
bool read_condition(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                    struct condition *out);
/* The value of an include's or a sentence's argument. */
bool read_argument_value(struct compiler *c, const struct scope *scope, struct scanner *scanner,
                         struct place *out);
/* "key name=value ..." up to the end or a closing parenthesis. */
bool read_call(struct compiler *c, const struct scope *scope, struct scanner *scanner,
               struct place *out);
/* The whole text of a key that takes no argument. */
struct text plain_words(struct compiler *c, enum language language, const char *key);
/* Refuses a place that cannot be written as a value here. */
bool check_value(struct compiler *c, const struct place *place);
/* What a condition says before any page is written: 1, 0, or -1 when it depends. */
int condition_known(const struct condition *condition);
void learn(struct compiler *c, const struct condition *condition, bool held);

/* The body of a source that was opened already. */
void compile_source(struct compiler *c, struct source *source, const struct scope *scope);

/* {include ...}, with the scanner at "include", and {content} of a layout. */
void compile_include(struct compiler *c, const struct scope *scope, struct scanner *scanner);
void compile_content(struct compiler *c);

/* One character of the template's own text. */
void compile_character(struct compiler *c, char character);
/* {name or other:format} and {t key ...}. */
void compile_value(struct compiler *c, const struct scope *scope, struct scanner *scanner);
void compile_call(struct compiler *c, const struct scope *scope, struct scanner *scanner);
/* Adds an instruction behind the text so far; returns its index. */
size_t compile_emit(struct compiler *c, struct instruction instruction);
/* Where the next instruction will stand. */
size_t compile_label(struct compiler *c);
void compile_patch(struct compiler *c, size_t instruction, size_t target);
void compile_end(struct compiler *c);
/* Moves what was compiled into `process`; NULL: no memory. */
struct template *template_keep(struct memory *process, const struct compiler *c);

/* ---- the writer ---------------------------------------------------------------------------- */

/* Appends the sentence of one fault. `form` may be NULL. */
void fault_write(struct builder *out, enum language language, const struct shape *shape,
                 const struct form_state *form, const struct field_error *fault);
/* What the page calls the field: words "<shape>.<field>", or the field's name. */
void fault_write_label(struct builder *out, enum language language, const struct shape *shape,
                       const struct field_error *fault);
/* Both, for the list of a form's faults: "label: sentence", or only a sentence that takes {label}. */
void fault_write_line(struct builder *out, enum language language, const struct shape *shape,
                      const struct form_state *form, const struct field_error *fault);
/* A whole place, unescaped, as a title or an argument. */
void place_write(const struct template *template, struct builder *out, enum language language,
                 const struct place *place, const void *view);

#endif
