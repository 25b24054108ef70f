/*
 * The routes of results. Nothing but the table.
 */
#include "modules/referrals/results/pages.h"
#include "modules/referrals/results/pages.shapes.h"
#include "modules/referrals/results/quiz_pages.h"
#include "modules/referrals/results/quiz_pages.shapes.h"

static const struct route routes[] = {
    {GET, "/biz/programs/{program}/results", &referrals_results_show_handler, VIEWER,
     .page = "modules/referrals/pages/results.html",
     .api = "/api/v1/biz/programs/{program}/results",
     .summary = "How a program does: who joins and sells, what comes of clicks, what it costs"},
    {GET, "/me/programs/{partner}/quiz", &referrals_quiz_show_handler, SIGNED_IN,
     .page = "modules/referrals/pages/quiz.html", .api = "/api/v1/me/programs/{partner}/quiz",
     .summary = "Questions about the rules of a program, made from the rules"},
    {POST, "/me/programs/{partner}/quiz", &referrals_quiz_answer_handler, SIGNED_IN,
     .again = "/me/programs/{partner}/quiz", .api = "/api/v1/me/programs/{partner}/quiz",
     .repeat = REPEAT_SAME, .summary = "Answers them, the first time; nothing depends on it"},
};

const struct route_table results_routes = {"referrals", ALL(routes)};
