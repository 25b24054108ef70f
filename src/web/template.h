/*
 * Templates: HTML files bound to shapes when the program starts. This is the whole language.
 *
 * Head of a page (nowhere else, in this order, both optional)
 *     {layout public}                      the page stands where ui/layouts/public.html says {content}
 *     {title t stock.photo.title name=title}   its title: t key, a name, or "text"; names of the view
 *
 * Values, escaped for the place they stand in
 *     {title}                              a field of the view; {size.width} a member of one
 *     {price:signed}                       in a format, see below
 *     {note or title}                      the first that has a value: present, not empty; the last as it is
 *     {photos.count}                       how many
 *     {t stock.bought count=licences who=buyer.name}     words of the reader's language
 *     {{                                   a brace
 *     {# for the author only }             not sent
 *
 * Blocks
 *     {if note} .. {else if kind is print} .. {else} .. {end}
 *     {each photos as photo} .. {else} .. {end}    the else part when there is none
 *     {include parts/money-line what=title sum=price:signed href="/photos/{photo.id}" why=(t why.fee)}
 *
 * CONDITION   TERM {and TERM}
 * TERM        [not] NAMES                  true: present, a true flag, not empty, set, above zero. An
 *                                          optional number or sum is true when present, an optional
 *                                          flag when present and true.
 *             [not] NAMES is WORD          WORD is an enum's wire word, a number, or "text"
 *             [not] NAMES equals NAME      the same word, id, number or text
 * NAMES       NAME {or NAME}               with `is` and `equals` the first that has a value is compared
 * NAME        first.second[:format]
 *
 * Where names come from: in a page the view's fields; inside {each} its item as well; in an included
 * file its arguments only; in a layout `title` only. Everywhere the roots
 *     page.NAME     struct page_root
 *     form.FIELD    what was typed, when the form came back; empty before. `form.title or title` is
 *                   what an input shows; for flags and lists a form that came back answers even when
 *                   nothing was ticked. `form.tags is sea` is true when any of several is. The
 *                   currency of an amount is form.PRICE_currency.
 *     error.FIELD   present when the field is wrong; as a value the sentence why
 *     error         {each error as e}: e.field (its path), e.label (words "SHAPE.FIELD" of the input's
 *                   shape, or the name), e.sentence, e.line (both, the label once)
 * An include's argument wins over a root of the same name.
 *
 * An optional field is a value only where {if} said that it is there, in that branch; `not` turns the
 * branches. Arguments of t and include are names with formats, whole numbers, "text" and (t key ...);
 * an include also takes `none` (false, no value) and "text with {values}", which mean what they mean
 * where they were written. An included file that begins with {optional tone why} may be included
 * without these, which are then none. Conditions on constant arguments are decided at start, and a branch that
 * can't be shown is not looked at. An included file is searched beside the one that names it, then in
 * ui/, then from the root of the embedded files; ".html" is added.
 *
 * Formats
 *     instant   date (as without) time moment month day (and month) weekday iso ago
 *     money     amount (as without: "1.84 EUR") signed number typed ("1.84", for inputs) currency
 *     integer   number (as without) plain percent (of basis points) bytes. In attributes that
 *               programs read a number is plain by itself.
 *     enum      word: words "ENUM.WORD" of the reader's language; without, the wire word
 *     id        none: its text form. Text, html: none; html is the only kind written as it is.
 *
 * Where they may stand. In text, except in script and style; in quoted values of these attributes:
 * those that people read (alt, title, placeholder, label, aria-label ...), those that programs read (class,
 * id, name, value, data-* ...; the list is in template_html.c), selectors of htmx (ids, numbers and
 * words only) and URLs (href, src, srcset, action, formaction, poster, data-hx-get ...). A URL with a value begins with a
 * literal /, ? or # (not //), or with a field of type url, which is written as it is if it begins with
 * /, ?, #, http(s): or mailto: and as # otherwise; further values are percent-encoded. A block may
 * also stand in quotes or between the attributes of one tag: <option{if kind is print} selected{end}>.
 *
 * Refused at start, with file and line: a name the shapes lack; an optional field nobody asked for; a
 * flag, struct or list as value; a format, word or comparison the kind lacks; words that do not exist,
 * or lack or do not know an argument; a block, include or page that ends elsewhere in the HTML than it
 * began; elements not closed, attributes not quoted; a value inside a tag's or attribute's name, an
 * unquoted or unlisted attribute, a script, style, declaration; a URL that could lead anywhere; style, on*,
 * hx-*, http-equiv and srcdoc attributes, <style> and HTML comments at all.
 *
 * White space between elements is sent as one character. Must not know: HTTP, routes, sessions.
 * Read next: web/words.h, then template_parts.h.
 */
#ifndef CONTRAFLOW_WEB_TEMPLATE_H
#define CONTRAFLOW_WEB_TEMPLATE_H

#include "base/embedded.h"
#include "base/shape.h"
#include "web/request.h"

struct template;

/* A link in a layout's navigation. */
struct page_link {              /* shape: A link of the navigation */
    struct text label;          /* In the reader's language */
    struct text href;           /* url: Where it goes */
    struct text icon;           /* Name in the sprite, without "icon-" */
    bool current;               /* This is the page or above it */
    struct maybe_integer count; /* How many things wait there */
};
LIST_OF(page_link);

/* What every page knows besides its view; never part of an answer. */
struct page_root {                   /* shape: What every page knows besides its view */
    struct text language;            /* BCP 47 tag for lang="" */
    struct text site;                /* Name of the installation's operator */
    struct text path;                /* url: Of this page */
    struct text here;                /* url: Path and query, to come back to */
    enum portal portal;              /* Which layout's side */
    bool signed_in;                  /* Someone is signed in */
    struct text name;                /* Of the person */
    struct text initials;            /* One or two letters */
    struct text organisation;        /* Acted for; empty when none */
    bool buyer;                      /* May spend the organisation's money */
    bool is_operator;                /* Works for the intermediary */
    bool sees_to_money;              /* and sees to its money */
    struct text token;               /* Anti-forgery token for this page's forms */
    struct text once;                /* A fresh idempotency key for this page's forms */
    struct maybe_text notice;        /* A sentence shown once, after something was done */
    struct page_link_list nav;       /* Of this portal, in order */
    struct page_link_list actions;   /* First steps of this portal, in order */
    struct page_link_list portals;   /* The others this person may go to */
    struct page_link_list languages; /* The four, the current one marked */
    bool demo;                       /* The demo world: says so, and shows its logins */
    int64_t errors;                  /* How many fields of the form are wrong */
    struct text assets;              /* url: Prefix of styles and scripts, with their hash */
};

/* A form that came back: what was typed and what is wrong, by field name. */
struct form_value {
    const char *field;
    struct text typed;
};
struct form_state {
    const struct form_value *values;
    size_t value_count;
    struct field_errors errors;
    const struct shape *shape; /* the input shape; NULL when the page has no form to show again */
};

/* Templates are read from these files instead of the embedded ones from now on; NULL goes back. For
 * tests; the list must outlive the binding. */
void template_sources_set(const struct embedded *files, size_t count);

/* Reads the template `name` ("modules/stock/pages/photo.html") of the embedded files with all it
 * includes and binds it to `view`. `form` may be NULL; the template may then not name form. or error.
 * Process lifetime. On failure *complaint is "file:line: what". */
const struct problem *template_bind(struct memory *process, const char *name,
                                    const struct shape *view, const struct shape *form,
                                    struct template **out, struct text *complaint);

/* Appends the whole page, layout included. Sticky failure lands in the builder. */
void template_write(const struct template *template, struct builder *out, enum language language,
                    const void *view, const struct page_root *page, const struct form_state *form);

/* The page's title as text in that language (the {title} line), for <title> and mails. */
struct text template_title(const struct template *template, struct memory *memory,
                           enum language language, const void *view);

/* The sentence of one fault (text keys "field.*", or the rule's own), plain text. `form` may be NULL;
 * with it, limits of amounts are written in the currency that was typed. */
struct text template_fault_text(struct memory *memory, enum language language,
                                const struct form_state *form, const struct field_error *fault);

#endif
