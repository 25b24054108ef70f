/*
 * The routes of results. Nothing but the table.
 */
#include "modules/referrals/results/file.h"
#include "modules/referrals/results/file.shapes.h"
#include "modules/referrals/results/pages.h"
#include "modules/referrals/results/pages.shapes.h"
#include "modules/referrals/results/quiz_pages.h"
#include "modules/referrals/results/quiz_pages.shapes.h"
#include "modules/referrals/results/stop_page.h"
#include "modules/referrals/results/stop_page.shapes.h"

static const struct route routes[] = {
    {GET, "/biz/programs/{program}/results", &referrals_results_show_handler, VIEWER,
     .page = "modules/referrals/pages/results.html",
     .api = "/api/v1/biz/programs/{program}/results",
     .summary = "How a program does: who joins and sells, what comes of clicks, what it costs"},
    {GET, "/biz/programs/{program}/results/{table}", &referrals_results_file_handler, VIEWER,
     .api = "/api/v1/biz/programs/{program}/results/{table}", .sends = "text/csv",
     .summary = "A table of a program's results as CSV, its head in the reader's language"},
    {GET, "/me/programs/{partner}/quiz", &referrals_quiz_show_handler, SIGNED_IN,
     .page = "modules/referrals/pages/quiz.html", .api = "/api/v1/me/programs/{partner}/quiz",
     .summary = "Questions about the rules of a program, made from the rules"},
    {POST, "/me/programs/{partner}/quiz", &referrals_quiz_answer_handler, SIGNED_IN,
     .again = "/me/programs/{partner}/quiz", .api = "/api/v1/me/programs/{partner}/quiz",
     .repeat = REPEAT_SAME, .summary = "Answers them, the first time; nothing depends on it"},
    {GET, "/programs/mails/{link}", &referrals_digest_stop_show_handler, ANYONE,
     .page = "modules/referrals/pages/digest-stop.html",
     .summary = "Where weekly mails about a program are stopped"},
    {GET, "/programs/mails/{link}/one-click", &referrals_digest_stop_show_handler, ANYONE,
     .page = "modules/referrals/pages/digest-stop.html",
     .summary = "Where weekly mails about a program are stopped, from a mail"},
    {POST, "/programs/mails/{link}/one-click", &referrals_digest_one_click_handler, ANYONE,
     .raw = true, .body = 4096, .scope = NO_KEY,
     .summary = "Stops weekly mails about a program, posted by a mail program"},
    {POST, "/programs/mails/{link}", &referrals_digest_stop_make_handler, ANYONE, .open = true,
     .repeat = REPEAT_SAME, .summary = "Stops weekly mails about a program"},
};

const struct route_table results_routes = {"referrals", ALL(routes)};
