/*
 * Paths of widgets and feedback, and what else core declares about them.
 *
 * Read next: core/widgets/pages.h, core/widgets/widget.h.
 */
#include "core/module.h"
#include "core/widgets/pages.shapes.h"
#include "core/widgets/part.h"
#include "core/widgets/parts.h"
#include "core/widgets/feedback.h"

#define PAGE(name) "core/widgets/pages/" name ".html"

enum { FORM_BODY = 128 << 10 /* bytes of a form: 5,000 letters of twelve, as emoji are encoded */ };

static const struct route routes[] = {
    {GET, "/w/1.js", &core_widget_script_handler, ANYONE, .sends = "text/javascript",
     .summary = "The script that brings widgets into pages of other websites"},
    {GET, "/w/feedback/{business}", &core_feedback_frame_handler, ANYONE, .framed = true,
     .page = PAGE("frame"), .summary = "The form for feedback in a frame of a business's website"},
    {POST, "/w/feedback/{business}", &core_feedback_frame_send_handler, ANYONE, .framed = true,
     .again = "/w/feedback/{business}", .body = FORM_BODY, .rate = RATE_GUEST,
     .repeat = REPEAT_SAME, .summary = "Writes to a business from a frame of its website"},

    {GET, "/feedback/{business}", &core_feedback_ask_handler, ANYONE, .page = PAGE("ask"),
     .api = "/api/v1/businesses/{business}/feedback",
     .summary = "What somebody needs who wants to write to a business"},
    {POST, "/feedback/{business}", &core_feedback_send_handler, ANYONE, .open = true,
     .again = "/feedback/{business}", .api = "/api/v1/businesses/{business}/feedback",
     .body = FORM_BODY, .rate = RATE_GUEST, .once = true,
     .summary = "Writes to a business; who is not signed in brings the stamp, two seconds old"},
    {GET, "/feedback/thread/{link}", &core_feedback_thread_handler, ANYONE, .page = PAGE("thread"),
     .api = "/api/v1/feedback/threads/{link}", .summary = "A conversation, for who has its link"},
    {POST, "/feedback/thread/{link}", &core_feedback_more_handler, ANYONE, .open = true,
     .again = "/feedback/thread/{link}", .api = "/api/v1/feedback/threads/{link}",
     .body = FORM_BODY, .rate = RATE_GUEST, .once = true,
     .summary = "Writes more in a conversation, for who has its link"},
    {GET, "/feedback/thread/{link}/stop", &core_feedback_thread_handler, ANYONE,
     .page = PAGE("stop"), .summary = "Where mails about a conversation are stopped"},
    {GET, "/feedback/thread/{link}/stop/one-click", &core_feedback_thread_handler, ANYONE,
     .page = PAGE("stop"), .summary = "Where mails about a conversation are stopped, from a mail"},
    {POST, "/feedback/thread/{link}/stop/one-click", &core_feedback_one_click_handler, ANYONE,
     .raw = true, .body = 4096, .scope = NO_KEY,
     .summary = "Stops mails about it, posted by a mail program"},
    {POST, "/feedback/thread/{link}/stop", &core_feedback_end_mails_handler, ANYONE, .open = true,
     .api = "/api/v1/feedback/threads/{link}/stop", .repeat = REPEAT_SAME,
     .summary = "Stops mails about it and forgets the address"},

    {GET, "/biz/feedback", &core_feedback_list_handler, VIEWER, .page = PAGE("list"),
     .api = "/api/v1/feedback", .summary = "What was written to a business, newest first"},
    {GET, "/biz/feedback/tab", &core_feedback_tab_handler, VIEWER, .page = PAGE("tab"),
     .api = "/api/v1/feedback/tab", .summary = "How a business takes feedback, and where"},
    {POST, "/biz/feedback/tab", &core_feedback_tab_set_handler, OWNER, .again = "/biz/feedback/tab",
     .api = "/api/v1/feedback/tab", .repeat = REPEAT_SAME,
     .summary = "Says whether a business takes feedback, and how its tab looks"},
    {POST, "/biz/feedback/tab/origins", &core_feedback_origin_add_handler, OWNER,
     .again = "/biz/feedback/tab", .proof = true, .repeat = REPEAT_SAME,
     .summary = "Registers a website that shows the tab"},
    {POST, "/biz/feedback/tab/origins/end", &core_feedback_origin_end_handler, OWNER,
     .repeat = REPEAT_SAME, .summary = "Takes such a website out"},
    {GET, "/biz/feedback/{feedback}", &core_feedback_show_handler, VIEWER, .page = PAGE("show"),
     .api = "/api/v1/feedback/{feedback}", .summary = "One conversation with what was said"},
    {POST, "/biz/feedback/{feedback}", &core_feedback_answer_handler, BUYER,
     .again = "/biz/feedback/{feedback}", .api = "/api/v1/feedback/{feedback}/answer",
     .body = FORM_BODY, .once = true,
     .summary = "Answers; mailed to who began it, when they wanted that"},
    {POST, "/biz/feedback/{feedback}/finish", &core_feedback_finish_handler, BUYER,
     .api = "/api/v1/feedback/{feedback}/finish", .repeat = REPEAT_REFUSED,
     .summary = "Puts a conversation aside"},
    {POST, "/biz/feedback/{feedback}/refuse", &core_feedback_refuse_handler, BUYER,
     .api = "/api/v1/feedback/{feedback}/refuse", .repeat = REPEAT_REFUSED,
     .summary = "Marks a conversation as spam and takes nothing more from who began it"},
    {POST, "/biz/feedback/{feedback}/restore", &core_feedback_restore_handler, BUYER,
     .api = "/api/v1/feedback/{feedback}/restore", .repeat = REPEAT_REFUSED,
     .summary = "Takes that back"},
};
static const struct route_table table = {"feedback", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const char *const feedback_words[] = {
    "feedback.tab.label",
    "feedback.tab.close",
    "feedback.tab.own_page",
    "feedback.tab.failed",
};
static const struct widget widgets[] = {
    {"feedback", ALL(feedback_words)},
};

/* The shop's entry stands here, since what waits in it is feedback. */
static const struct nav_entry nav[] = {
    {PORTAL_BIZ, "shop.nav", "/biz/orders", "building-store", 70,
     .also =
         "/biz/products /biz/customers /biz/segments /biz/feedback /biz/imports /biz/connections",
     .count = feedback_number},
};

static const struct flow *const flows[] = {&feedback_flow};
static const struct problem *const problems[] = {&feedback_closed};

const struct module widgets_part = {
    .name = "widgets",
    .routes = ALL(tables),
    .nav = ALL(nav),
    .waits = feedback_waits,
    .flows = ALL(flows),
    .widgets = ALL(widgets),
    .problems = ALL(problems),
};
