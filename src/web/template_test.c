/*
 * Templates: what is refused at start with its place, what is escaped, and what blocks do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "web/template.shapes.h"
#include "web/template_parts.h"

enum trial_kind { TRIAL_PRINT = 1, TRIAL_WEB };
struct trial_id {
    int64_t value;
};
struct trial_size {
    int64_t width;
    struct text path;
};
LIST_OF(trial_size);
struct maybe_trial_size {
    bool present;
    struct trial_size value;
};
struct trial_id_list {
    const struct trial_id *items;
    size_t count;
};
struct trial {
    struct trial_id id;
    struct text title;
    struct maybe_text note;
    struct money price;
    struct instant taken;
    int64_t count;
    bool open;
    enum trial_kind kind;
    struct html body;
    struct text link;
    struct trial_size size;
    struct maybe_trial_size best;
    struct trial_size_list sizes;
    struct text_list tags;
    struct trial_id_list others;
};

static const struct word kind_items[] = {{TRIAL_PRINT, "print", "On paper"},
                                         {TRIAL_WEB, "web", "On screens"}};
static const struct words kind_words = {"trial_kind", "Where", kind_items, 2};

static const struct field size_fields[] = {
    {.name = "width", .offset = offsetof(struct trial_size, width), .kind = FIELD_INTEGER},
    {.name = "path",
     .offset = offsetof(struct trial_size, path),
     .kind = FIELD_TEXT,
     .format = FORMAT_URL},
};
static const struct shape size_shape = {"trial_size", "A size", sizeof(struct trial_size),
                                        size_fields, 2};

#define AT(member) .name = #member, .offset = offsetof(struct trial, member)
static const struct field trial_fields[] = {
    {AT(id), .kind = FIELD_ID, .prefix = "tri"},
    {AT(title), .kind = FIELD_TEXT},
    {AT(note), .value_offset = offsetof(struct maybe_text, value), .optional = true,
     .kind = FIELD_TEXT},
    {AT(price), .kind = FIELD_MONEY},
    {AT(taken), .kind = FIELD_INSTANT},
    {AT(count), .kind = FIELD_INTEGER},
    {AT(open), .kind = FIELD_FLAG},
    {AT(kind), .kind = FIELD_WORD, .words = &kind_words},
    {AT(body), .kind = FIELD_HTML},
    {AT(link), .kind = FIELD_TEXT, .format = FORMAT_URL},
    {AT(size), .kind = FIELD_STRUCT, .shape = &size_shape},
    {AT(best), .value_offset = offsetof(struct maybe_trial_size, value), .optional = true,
     .kind = FIELD_STRUCT, .shape = &size_shape},
    {AT(sizes), .kind = FIELD_LIST, .item_kind = FIELD_STRUCT, .shape = &size_shape},
    {AT(tags), .kind = FIELD_LIST, .item_kind = FIELD_TEXT},
    {AT(others), .kind = FIELD_LIST, .item_kind = FIELD_ID, .prefix = "tri"},
};
static const struct shape trial_shape = {"trial", "A trial", sizeof(struct trial), trial_fields,
                                         sizeof trial_fields / sizeof trial_fields[0]};

static const char english[] = "hello = Hello\n"
                              "amp = You & me\n"
                              "sold = {who} sold {n, plural, one {# copy} other {# copies}}\n"
                              "chosen = {kind, select, print {paper} other {screen}}\n"
                              "at = {at, time}\n"
                              "one = {x}\n"
                              "trial_kind.print = On paper\n"
                              "trial_kind.web = On <screens>\n"
                              "trial.title = Title\n"
                              "rule.dull = Too dull.\n"
                              "field.too_long = {found} of {limit}\n"
                              "field.too_small = At least {limit}\n"
                              "field.missing = {label} is missing\n"
                              "field.named = {label}: {sentence}\n"
                              "field.too_many = At most {limit} items\n";
static const char french[] = "hello = Bonjour\ntrial_kind.print = Sur papier\n";

static const char layout[] = "<!doctype html>\n<html lang=\"{page.language}\"><head>"
                             "<title>{title}{if page.site} · {page.site}{end}</title></head>\n"
                             "<body><main>{content}</main></body></html>\n";
static const char part[] = "<i class=\"a{if tone is loud} b{end}\">{what}</i>";
static const char spare_part[] =
    "{optional tone mark}\n<i id=\"{tone or what}\">{if mark}!{end}</i>";
static const char link_part[] = "<a href=\"{href}\">{label}</a>";
static const char broken_part[] = "<b>\n\n{nothing}</b>";
static const char open_part[] = "<b>";
static const char bare_part[] = "{optional \"x\"}";
static const char self_part[] = "{include parts/self}";
static const char list_part[] = "{each list as item}{item.width} {end}{if sum}{sum}{else}-{end}";

static struct memory *memory;

static struct embedded file(const char *name, const char *text)
{
    return (struct embedded){name, (const unsigned char *)text, strlen(text)};
}

static struct embedded files[16];
enum { PAGE = 0 };

static int set_up(void **state)
{
    (void)state;
    const struct embedded words[] = {file("text/en.txt", english), file("text/fr.txt", french)};
    const struct embedded all[] = {file("trial/page.html", ""),
                                   file("ui/layouts/plain.html", layout),
                                   file("ui/parts/part.html", part),
                                   file("ui/parts/spare.html", spare_part),
                                   file("ui/parts/bare.html", bare_part),
                                   file("ui/parts/link.html", link_part),
                                   file("ui/parts/broken.html", broken_part),
                                   file("ui/parts/open.html", open_part),
                                   file("ui/parts/self.html", self_part),
                                   file("trial/parts/list.html", list_part),
                                   file("ui/layouts/empty.html", "<p></p>")};
    struct text complaint = {"", 0};
    memcpy(files, all, sizeof all);
    template_sources_set(files, sizeof all / sizeof all[0]);
    memory = memory_create(64 << 20);
    return words_load_from(memory, words, 2, &complaint) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    template_sources_set(NULL, 0);
    memory_end(memory);
    return 0;
}

static const struct trial_size sizes[] = {{480, TEXT("/m/1")}, {1200, TEXT("/m/2")}};
static const struct text tags[] = {TEXT("sea"), TEXT("<b>")};
static const struct trial_id others[] = {{1}, {2}};

static struct trial sample(void)
{
    return (struct trial){.id = {5},
                          .title = TEXT("<Tom & \"Ann's\">"),
                          .price = {184, {"EUR"}},
                          .taken = {INT64_C(1781100131000)},
                          .count = 12345,
                          .open = true,
                          .kind = TRIAL_WEB,
                          .body = {TEXT("<em>ready</em>")},
                          .link = TEXT("/p?a=1&b=2"),
                          .size = {800, TEXT("/m/0")},
                          .sizes = {sizes, 2},
                          .tags = {tags, 2},
                          .others = {others, 2}};
}

static const char *render_form(const char *source, const struct trial *view,
                               const struct form_state *form, enum language language)
{
    struct template *template = NULL;
    struct text complaint = {"", 0}, text = {"", 0};
    struct page_root page = {.language = TEXT("en"), .site = TEXT("Market")};
    files[PAGE] = file("trial/page.html", source);
    if (template_bind(memory, "trial/page.html", &trial_shape, &trial_shape, &template,
                      &complaint)) {
        fail_msg("%s\n%.*s", source, TEXT_ARGS(complaint));
    }
    struct builder out = builder_make(memory, 1 << 20);
    template_write(template, &out, language, view, &page, form);
    assert_null(builder_end(&out, &text));
    return text.data;
}

static const char *render(const char *source)
{
    struct trial view = sample();
    return render_form(source, &view, NULL, LANGUAGE_EN);
}

/* ---- what is refused --------------------------------------------------------------------------- */

static const char *const refusals[][2] = {
    {"{nothing}", "trial/page.html:1: struct trial has no nothing"},
    {"\n<p>{size.height}</p>", "trial/page.html:2: struct trial_size has no height"},
    {"{title.size}", "trial/page.html:1: title has no members"},
    {"{page.nothing}", "trial/page.html:1: struct page_root has no nothing"},
    {"{form.nothing}", "trial/page.html:1: struct trial has no nothing"},
    {"{error.nothing}", "trial/page.html:1: struct trial has no nothing"},
    {"\n\n{note}", "trial/page.html:3: note may be absent: ask {if note} first"},
    {"{best.width}", "trial/page.html:1: best may be absent"},
    {"{if not note}{note}{end}", "trial/page.html:1: note may be absent"},
    {"{if note}{end}{note}", "trial/page.html:1: note may be absent"},
    {"{open}", "trial/page.html:1: open is a flag"},
    {"{size}", "trial/page.html:1: size cannot be written"},
    {"{sizes}", "trial/page.html:1: sizes cannot be written"},
    {"{if size}{end}", "trial/page.html:1: size is neither"},
    {"{title:date}", "trial/page.html:1: title cannot be written as date"},
    {"{price:bytes}", "trial/page.html:1: price cannot be written as bytes"},
    {"{if kind is paper}{end}", "trial/page.html:1: enum trial_kind has no paper"},
    {"{if form.kind is paper}{end}", "trial/page.html:1: enum trial_kind has no paper"},
    {"{if count is many}{end}", "trial/page.html:1: count is a number"},
    {"{if price is 1}{end}", "trial/page.html:1: price cannot be compared"},
    {"{if title}", "trial/page.html:1: the {if} of line 1 has no {end}"},
    {"{each sizes as s}", "trial/page.html:1: the {each} of line 1 has no {end}"},
    {"{end}", "trial/page.html:1: {end} ends nothing"},
    {"{else}", "trial/page.html:1: {else} of nothing"},
    {"{if open}a{else}b{else}c{end}", "trial/page.html:1: a branch after {else}"},
    {"{each title as s}{end}", "trial/page.html:1: title is no list"},
    {"{each sizes}{end}", "trial/page.html:1: each is written"},
    {"{each sizes as page}{end}", "trial/page.html:1: an item cannot be called page"},
    {"{each sizes as s}{end}{s.width}", "trial/page.html:1: struct trial has no s"},
    {"<div>\n{if open}\n</div>\n{end}", "trial/page.html:4: the block of line 2 ends elsewhere"},
    {"{if open}<div>{end}</div>", "trial/page.html:1: the block of line 1 ends elsewhere"},
    {"<p>{if open}</p><p>{end}</p>", "trial/page.html:1: the block of line 1 ends elsewhere"},
    {"{each sizes as s}<b>{end}", "trial/page.html:1: the block of line 1 ends elsewhere"},
    {"<p{if open} class=\"{end}\"></p>", "trial/page.html:1: the block of line 1 ends elsewhere"},
    {"<input {if open}><input {end}>", "trial/page.html:1: the block of line 1 ends elsewhere"},
    {"<a class=\"{if open}\" class=\"{end}\"></a>",
     "trial/page.html:1: the block of line 1 ends elsewhere"},
    {"<p>\n</b>", "trial/page.html:2: </b> where </p> is due"},
    {"</b>", "trial/page.html:1: </b> closes nothing"},
    {"<p>", "trial/page.html:1: the page ends inside"},
    {"<div/>", "trial/page.html:1: <div/> does not close"},
    {"<{title}>", "trial/page.html:1: a value may not stand in a tag"},
    {"<p {title}></p>", "trial/page.html:1: a value may not stand in a tag"},
    {"<p {title}=\"\"></p>", "trial/page.html:1: a value may not stand in a tag"},
    {"<p class={title}></p>", "trial/page.html:1: a value must stand in quotes"},
    {"<p class=a></p>", "trial/page.html:1: the value of class is not in quotes"},
    {"<script>{title}</script>", "trial/page.html:1: a value may not stand inside a script"},
    {"<style>p {{}</style>", "trial/page.html:1: styles belong into ui/styles"},
    {"<p style=\"\"></p>", "trial/page.html:1: the attribute style is not allowed"},
    {"<p onclick=\"{title}\"></p>", "trial/page.html:1: the attribute onclick is not allowed"},
    {"<p ONCLICK=\"x\"></p>", "trial/page.html:1: the attribute onclick is not allowed"},
    {"<p data-hx-on:click=\"x\"></p>", "trial/page.html:1: the attribute data-hx-on:click"},
    {"<p data-hx-vals=\"{title}\"></p>", "trial/page.html:1: a value may not stand in this"},
    {"<p data-hx-trigger=\"{title}\"></p>", "trial/page.html:1: a value may not stand in this"},
    {"<p data-hx-target=\"#{title}\"></p>", "trial/page.html:1: only ids, numbers and words"},
    {"<p unknown=\"{title}\"></p>", "trial/page.html:1: a value may not stand in this"},
    {"<!-- {title} -->", "trial/page.html:1: an HTML comment"},
    {"<!doctype {title}>", "trial/page.html:1: a value may not stand inside <!"},
    {"<a href=\"{title}\"></a>", "trial/page.html:1: a URL begins with"},
    {"<a href=\"{form.title}\"></a>", "trial/page.html:1: a URL begins with"},
    {"<a href=\"javascript:{title}\"></a>", "trial/page.html:1: a URL with a value in it"},
    {"<a href=\"//{title}\"></a>", "trial/page.html:1: a URL with a value in it"},
    {"<a href=\"https://x.org/{title}\"></a>", "trial/page.html:1: a URL with a value in it"},
    {"<a href=\"{if open}/{end}{title}\"></a>", "trial/page.html:1: a URL with a value in it"},
    {"<img src=\"/{price}\" alt=\"\">", "trial/page.html:1: price cannot be part of a URL"},
    {"<a title=\"{body}\"></a>", "trial/page.html:1: body is HTML"},
    {"<textarea>{body}</textarea>", "trial/page.html:1: body is HTML"},
    {"{t nothing}", "trial/page.html:1: there are no words nothing"},
    {"{t sold who=title}", "trial/page.html:1: sold wants n"},
    {"{t sold who=title n=count x=1}", "trial/page.html:1: sold takes no x"},
    {"{t sold who=title n=title}", "trial/page.html:1: n: words count by it"},
    {"{t sold who=note n=1}", "trial/page.html:1: note may be absent"},
    {"{t chosen kind=count}", "trial/page.html:1: kind: words choose by it"},
    {"{t at at=price}", "trial/page.html:1: at is of another kind"},
    {"{t one x=body}", "trial/page.html:1: x: words take plain text only"},
    {"{include parts/none}", "trial/page.html:1: there is no parts/none.html"},
    {"\n{include parts/broken}", "ui/parts/broken.html:3: there is no nothing here"},
    {"{include parts/open}", "ui/parts/open.html:1: the file ends elsewhere"},
    {"{include parts/self}", "ui/parts/self.html:1: more than 16 files"},
    {"{include parts/part what=title}", "ui/parts/part.html:1: there is no tone here"},
    {"{include parts/link href=title label=title}", "ui/parts/link.html:1: a URL begins with"},
    {"{include parts/part what=none tone=\"\"}", "ui/parts/part.html:1: what is none here"},
    {"{include parts/spare what=nothing}", "trial/page.html:1: struct trial has no nothing"},
    {"{include parts/bare}", "trial/page.html:1: {optional} wants names"},
    {"{layout nowhere}", "trial/page.html:1: there is no ui/layouts/nowhere.html"},
    {"{layout empty}", "ui/layouts/empty.html:1: the layout has no {content}"},
    {"<p></p>{layout plain}", "trial/page.html:1: {layout} belongs"},
    {"<p></p>{title t hello}", "trial/page.html:1: {title ...} belongs"},
    {"{layout plain}\n{title page.site}<p></p>", "trial/page.html:2: a title cannot name page"},
    {"{layout plain}\n<p></p>", "ui/layouts/plain.html:2: there is no title here"},
    {"{content}", "trial/page.html:1: struct trial has no content"},
    {"{title", "trial/page.html:1: a brace is not closed"},
    {"{}", "trial/page.html:1: a name is due"},
    {"{title what}", "trial/page.html:1: struct trial has no what"},
    {"{kind what}", "trial/page.html:1: \"what\" is not understood"},
    {"{if open or}{end}", "trial/page.html:1: a name is due"},
    {"{if open what}{end}", "trial/page.html:1: \"what\" is not understood"},
};

static void bad_templates_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct template *template = NULL;
        struct text complaint = {"", 0};
        files[PAGE] = file("trial/page.html", refusals[i][0]);
        const struct problem *problem = template_bind(memory, "trial/page.html", &trial_shape,
                                                      &trial_shape, &template, &complaint);
        if (!problem || strncmp(complaint.data, refusals[i][1], strlen(refusals[i][1])) != 0) {
            print_error("%s\n  says   %.*s\n  not    %s\n", refusals[i][0], TEXT_ARGS(complaint),
                        refusals[i][1]);
            fail();
        }
    }
}

static void a_page_without_a_form_has_none(void **state)
{
    (void)state;
    struct template *template = NULL;
    struct text complaint = {"", 0};
    files[PAGE] = file("trial/page.html", "{form.title}");
    assert_non_null(
        template_bind(memory, "trial/page.html", &trial_shape, NULL, &template, &complaint));
    assert_string_equal(complaint.data,
                        "trial/page.html:1: no form comes back to this page, so there is no form");
    assert_non_null(
        template_bind(memory, "trial/gone.html", &trial_shape, NULL, &template, &complaint));
    assert_string_equal(complaint.data, "trial/gone.html:1: there is no such template");
}

/* ---- what is written --------------------------------------------------------------------------- */

static void values_are_escaped_for_their_place(void **state)
{
    (void)state;
    assert_string_equal(render("<p>{title}</p>"), "<p>&lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;</p>");
    assert_string_equal(render("<p title=\"{title}\"></p>"),
                        "<p title=\"&lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;\"></p>");
    assert_string_equal(render("<p title='{title}'></p>"),
                        "<p title='&lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;'></p>");
    assert_string_equal(render("<textarea>{title}</textarea>"),
                        "<textarea>&lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;</textarea>");
    assert_string_equal(render("<a href=\"/s?q={title}\">x</a>"),
                        "<a href=\"/s?q=%3CTom%20%26%20%22Ann%27s%22%3E\">x</a>");
    assert_string_equal(render("<a href=\"{link}\">x</a>"), "<a href=\"/p?a=1&amp;b=2\">x</a>");
    assert_string_equal(render("<a href=\"/in?next={link}\">x</a>"),
                        "<a href=\"/in?next=%2Fp%3Fa%3D1%26b%3D2\">x</a>");
    assert_string_equal(render("<a href=\"{link}#{kind}\">x</a>"),
                        "<a href=\"/p?a=1&amp;b=2#web\">x</a>");
    assert_string_equal(render("<div>{body}</div>"), "<div><em>ready</em></div>");
    assert_string_equal(render("{t amp} {t one x=title}"),
                        "You &amp; me &lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;");
    assert_string_equal(render("{kind} {kind:word}"), "web On &lt;screens&gt;");
    assert_string_equal(render("a {{b} {# not sent } c"), "a {b} c");
}

static void harmful_links_lead_nowhere(void **state)
{
    (void)state;
    static const char *const bad[] = {"javascript:alert(1)", "//evil.example", "/\\evil.example",
                                      "data:text/html,x",    "JAVASCRIPT:x",   ""};
    struct trial view = sample();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        view.link = text_of(bad[i]);
        assert_string_equal(render_form("<a href=\"{link}\">x</a>", &view, NULL, LANGUAGE_EN),
                            "<a href=\"#\">x</a>");
    }
    view.link = text_of("https://example.org/a");
    assert_string_equal(render_form("<a href=\"{link}\">x</a>", &view, NULL, LANGUAGE_EN),
                        "<a href=\"https://example.org/a\">x</a>");
}

static void formats(void **state)
{
    (void)state;
    struct trial view = sample();
    assert_string_equal(
        render("{price} {price:signed} {price:number} {price:typed} {price:currency}"),
        "1.84\u00A0EUR +1.84\u00A0EUR 1.84 1.84 EUR");
    assert_string_equal(render("{taken:date} {taken:time} {taken:month}"),
                        "10 June 2026 14:02 June 2026");
    assert_string_equal(render("<time datetime=\"{taken:iso}\">{taken:moment}</time>"),
                        "<time datetime=\"2026-06-10T14:02:11.000Z\">10 June 2026 at 14:02</time>");
    assert_string_equal(render("{taken:day} {taken:weekday}"), "10 June Wednesday");
    assert_string_equal(render("{count} {count:plain} {count:percent}"), "12,345 12345 123.45%");
    assert_string_equal(render("<img src=\"/x\" width=\"{count}\" alt=\"{count}\">"),
                        "<img src=\"/x\" width=\"12345\" alt=\"12,345\">");
    assert_string_equal(render("{id}"), "tri_0000000000005");
    assert_string_equal(render_form("{price} {count}", &view, NULL, LANGUAGE_FR),
                        "1,84\u00A0EUR 12\u202F345");
}

static void blocks(void **state)
{
    (void)state;
    assert_string_equal(render("{if note}{note}{else}none{end}"), "none");
    assert_string_equal(render("{if not note}none{else}{note}{end}"), "none");
    assert_string_equal(render("{if kind is print}p{else if kind is web}w{else}?{end}"), "w");
    assert_string_equal(render("{if open and not note and count is 12345}yes{end}"), "yes");
    assert_string_equal(render("{if best and best.width}{best.width}{else}-{end}"), "-");
    assert_string_equal(render("{note or kind}"), "web");
    assert_string_equal(render("{if note or open}yes{end}{if tags}{tags.count}{end}"), "yes2");
    assert_string_equal(render("{each tags as tag}{tag},{else}none{end}"), "sea,&lt;b&gt;,");
    assert_string_equal(render("{each others as o}<a href=\"/t/{o}\">x</a>{end}"),
                        "<a href=\"/t/tri_0000000000001\">x</a>"
                        "<a href=\"/t/tri_0000000000002\">x</a>");
    assert_string_equal(render("{each sizes as a}{each sizes as b}{if a.width is 480}"
                               "{a.width:plain}x{b.width:plain} {title}{end}{end}{end}"),
                        "480x480 &lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;"
                        "480x1200 &lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;");
    assert_string_equal(render("<p class=\"a{if open} b{end}\"{if open} hidden{end}>x</p>"),
                        "<p class=\"a b\" hidden>x</p>");
    assert_string_equal(render("<img srcset=\"/f 1w{each sizes as s}, {s.path} {s.width}w{end}\" "
                               "src=\"/f\" alt=\"\">"),
                        "<img srcset=\"/f 1w, /m/1 480w, /m/2 1200w\" src=\"/f\" alt=\"\">");
    assert_string_equal(render("<svg viewBox=\"0 0 {count} 1\"><path d=\"M0 0\"/></svg>"),
                        "<svg viewBox=\"0 0 12345 1\"><path d=\"M0 0\"/></svg>");
    struct trial view = {.kind = TRIAL_PRINT};
    assert_string_equal(render_form("{each tags as tag}{tag}{else}none{end}{if count}c{end}", &view,
                                    NULL, LANGUAGE_EN),
                        "none");
    view.note = (struct maybe_text){true, TEXT("n")};
    assert_string_equal(render_form("{if note}{note}{end}{note or kind}", &view, NULL, LANGUAGE_EN),
                        "nn");
}

static void words_follow_the_language(void **state)
{
    (void)state;
    struct trial view = sample();
    const char *source = "{t hello} {t sold who=(t hello) n=sizes.count} {t chosen kind=kind}";
    assert_string_equal(render(source), "Hello Hello sold 2 copies screen");
    assert_string_equal(render_form(source, &view, NULL, LANGUAGE_FR),
                        "Bonjour Bonjour sold 2 copies screen");
    assert_string_equal(render("{t one x=price:signed} {t one x=\"a<b\"} {t one x=-3}"),
                        "+1.84\u00A0EUR a&lt;b \u22123");
}

static void includes(void **state)
{
    (void)state;
    assert_string_equal(render("{include parts/part what=title tone=\"loud\"}"),
                        "<i class=\"a b\">&lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;</i>");
    assert_string_equal(render("{include parts/part what=\"5 < {count} & {kind}\" tone=none}"),
                        "<i class=\"a\">5 &lt; 12,345 &amp; web</i>");
    assert_string_equal(render("{include parts/link href=\"/t/{id}?q={title}\" label=(t amp)}"),
                        "<a href=\"/t/tri_0000000000005?q=%3CTom%20%26%20%22Ann%27s%22%3E\">"
                        "You &amp; me</a>");
    assert_string_equal(render("{include parts/list list=sizes sum=price:signed}"),
                        "480 1,200 +1.84\u00A0EUR");
    assert_string_equal(render("{include parts/list list=sizes sum=none}"), "480 1,200 -");
    assert_string_equal(render("{each sizes as s}{include parts/part what=s.width tone=\"\"}{end}"),
                        "<i class=\"a\">480</i><i class=\"a\">1,200</i>");
    assert_string_equal(render("{include parts/spare what=count}"), "<i id=\"12345\"></i>");
    assert_string_equal(render("{include parts/spare what=count tone=\"t-{kind}\" mark=open}"),
                        "<i id=\"t-web\">!</i>");
}

static void layouts_and_titles(void **state)
{
    (void)state;
    struct trial view = sample();
    assert_string_equal(render("{layout plain}\n{title t sold who=title n=1}\n<p>{title}</p>\n"),
                        "<!doctype html>\n<html lang=\"en\"><head><title>&lt;Tom &amp; "
                        "&quot;Ann&#39;s&quot;&gt; sold 1 copy · Market</title></head>\n"
                        "<body><main>\n<p>&lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;</p>\n"
                        "</main></body></html>\n");
    struct template *template = NULL;
    struct text complaint = {"", 0};
    files[PAGE] = file("trial/page.html", "{layout plain}{title t sold who=title n=2}<p></p>");
    assert_null(
        template_bind(memory, "trial/page.html", &trial_shape, NULL, &template, &complaint));
    assert_string_equal(template_title(template, memory, LANGUAGE_EN, &view).data,
                        "<Tom & \"Ann's\"> sold 2 copies");
}

static void forms_come_back(void **state)
{
    (void)state;
    static const struct form_value values[] = {
        {"title", TEXT("<typed>")},      {"kind", TEXT("print")}, {"price", TEXT("12,3.4")},
        {"price_currency", TEXT("EUR")}, {"tags", TEXT("sea")},   {"tags", TEXT("sky")}};
    static const struct field_error faults[] = {
        {.field = "title", .fault = FIELD_TOO_LONG, .limit = 400, .found = 406},
        {.field = "price", .fault = FIELD_TOO_SMALL, .limit = 100},
        {.field = "sizes.2.width", .fault = FIELD_REFUSED, .rule = "rule.dull"},
        {.field = "tags", .fault = FIELD_TOO_LONG, .limit = 10, .found = 12}};
    struct form_state form = {values, 6, {faults, 4}, &trial_shape};
    struct trial view = sample();
    const char *source =
        "<input value=\"{form.title or title}\"><input value=\"{form.price or price:typed}\">"
        "{if form.kind or kind is print}P{end}{if form.kind or kind is web}W{end}"
        "{if form.open or open}O{end}{if form.tags is sky}S{end}{if form.title}T{end}";
    assert_string_equal(render_form(source, &view, &form, LANGUAGE_EN),
                        "<input value=\"&lt;typed&gt;\"><input value=\"12,3.4\">PST");
    assert_string_equal(
        render(source),
        "<input value=\"&lt;Tom &amp; &quot;Ann&#39;s&quot;&gt;\"><input value=\"1.84\">WO");
    const char *errors =
        "{if error.title}{error.title}{end};{error.price};{error.sizes};{error.note};"
        "{each error as e}<a href=\"#{e.field}\">{e.line}</a>{end}";
    assert_string_equal(render_form(errors, &view, &form, LANGUAGE_EN),
                        "406 of 400;At least 1.00\u00A0EUR;Too dull.;;"
                        "<a href=\"#title\">Title: 406 of 400</a>"
                        "<a href=\"#price\">price: At least 1.00\u00A0EUR</a>"
                        "<a href=\"#sizes.2.width\">sizes: Too dull.</a>"
                        "<a href=\"#tags\">tags: At most 10 items</a>");
    assert_string_equal(render(errors), ";;;;");
    static const struct field_error empty[] = {{.field = "title", .fault = FIELD_MISSING},
                                               {.field = "note", .fault = FIELD_MISSING}};
    struct form_state unfilled = {NULL, 0, {empty, 2}, &trial_shape};
    assert_string_equal(render_form(errors, &view, &unfilled, LANGUAGE_EN),
                        "Title is missing;;;note is missing;"
                        "<a href=\"#title\">Title is missing</a>"
                        "<a href=\"#note\">note is missing</a>");
    assert_string_equal(
        render_form("{each error as e}{e.label}|{e.sentence} {end}", &view, &unfilled, LANGUAGE_EN),
        "Title|Title is missing note|note is missing ");
    assert_string_equal(template_fault_text(memory, LANGUAGE_EN, &form, &faults[1]).data,
                        "At least 1.00\u00A0EUR");
}

static void choices_compare_with_fields(void **state)
{
    (void)state;
    static const struct form_value values[] = {{"id", TEXT("tri_0000000000002")}};
    struct form_state form = {values, 1, {NULL, 0}, &trial_shape};
    struct trial view = sample();
    view.id.value = 1;
    const char *source = "{each others as o}<option value=\"{o}\"{if form.id or id equals o} "
                         "selected{end}>{o}</option>{end}";
    assert_non_null(strstr(render_form(source, &view, &form, LANGUAGE_EN),
                           "<option value=\"tri_0000000000002\" selected>"));
    assert_non_null(strstr(render_form(source, &view, NULL, LANGUAGE_EN),
                           "<option value=\"tri_0000000000001\" selected>"));
}

static void a_full_builder_stops_the_page(void **state)
{
    (void)state;
    struct template *template = NULL;
    struct text complaint = {"", 0}, text;
    struct trial view = sample();
    struct page_root page = {.demo = false};
    files[PAGE] = file("trial/page.html", "{each sizes as s}{each sizes as u}{title}{t sold "
                                          "who=title n=count}{end}{end}");
    assert_null(
        template_bind(memory, "trial/page.html", &trial_shape, NULL, &template, &complaint));
    for (size_t limit = 0; limit < 200; limit += 7) {
        struct builder out = builder_make(memory, limit);
        template_write(template, &out, LANGUAGE_EN, &view, &page, NULL);
        assert_ptr_equal(builder_end(&out, &text), &too_large);
    }
}

static void no_memory_at_start_is_told(void **state)
{
    (void)state;
    files[PAGE] =
        file("trial/page.html",
             "{layout plain}{title t sold who=title n=1}{each sizes as s}<p "
             "class=\"a\">{include parts/part what=s.width tone=\"x\"}{t hello}{kind:word}"
             "{if kind is web and open}{title}{else}b{end}</p>{end}");
    int refused = 0;
    for (long after = 0; after < 400; after++) {
        struct memory *own = memory_create(8 << 20);
        struct template *template = NULL;
        struct text complaint = {"", 0};
        assert_non_null(own);
        memory_fail_after(after);
        const struct problem *problem =
            template_bind(own, "trial/page.html", &trial_shape, NULL, &template, &complaint);
        memory_fail_after(-1);
        refused += problem != NULL;
        assert_true(problem || template);
        memory_end(own);
    }
    assert_true(refused > 20);
    assert_true(refused < 400);
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FILES(bad_templates_are_refused),
        WITH_FILES(a_page_without_a_form_has_none),
        WITH_FILES(values_are_escaped_for_their_place),
        WITH_FILES(harmful_links_lead_nowhere),
        WITH_FILES(formats),
        WITH_FILES(blocks),
        WITH_FILES(words_follow_the_language),
        WITH_FILES(includes),
        WITH_FILES(layouts_and_titles),
        WITH_FILES(forms_come_back),
        WITH_FILES(choices_compare_with_fields),
        WITH_FILES(a_full_builder_stops_the_page),
        WITH_FILES(no_memory_at_start_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
