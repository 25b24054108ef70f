/*
 * The routes of the intermediary's pages. Nothing but the table.
 */
#include "modules/stock/desk.h"
#include "modules/stock/desk.shapes.h"
#include "modules/stock/desk_licences.shapes.h"

const struct problem *stock_desk_style(struct request *request, const struct nothing *input,
                                       struct nothing *view)
{
    (void)request;
    (void)input;
    (void)view;
    return NULL;
}

static const struct route routes[] = {
    {GET, "/desk", &stock_desk_show_handler, MODERATOR,
     .page = "modules/stock/pages/desk_queue.html", .api = "/api/v1/desk/photos",
     .summary = "Photographs that wait for a decision"},
    {GET, "/desk/photos/{photo}", &stock_desk_photo_show_handler, MODERATOR,
     .page = "modules/stock/pages/desk_photo.html", .api = "/api/v1/desk/photos/{photo}",
     .summary = "One photograph with all that a decision needs"},
    {GET, "/desk/photos/{photo}/original", &stock_desk_original_show_handler, MODERATOR,
     .page = "modules/stock/pages/desk_original.html",
     .api = "/api/v1/desk/photos/{photo}/original", .sends = "image/*",
     .summary = "The original at full size without private data; each look is recorded"},
    {POST, "/desk/photos/{photo}/accept", &stock_desk_accept_handler, MODERATOR,
     .again = "/desk/photos/{photo}", .api = "/api/v1/desk/photos/{photo}/accept",
     .repeat = REPEAT_REFUSED, .summary = "Accepts a photograph"},
    {POST, "/desk/photos/{photo}/refuse", &stock_desk_refuse_handler, MODERATOR,
     .again = "/desk/photos/{photo}", .api = "/api/v1/desk/photos/{photo}/refuse",
     .repeat = REPEAT_REFUSED,
     .summary = "Does not accept a photograph, with a reason and what the person reads"},
    {GET, "/desk/licences", &stock_desk_licences_show_handler, OPERATOR,
     .page = "modules/stock/pages/desk_licences.html", .api = "/api/v1/desk/licences",
     .summary = "Licences of all businesses, newest first"},
    {GET, "/desk/licences/{licence}", &stock_desk_licence_show_handler, OPERATOR,
     .page = "modules/stock/pages/desk_licence.html", .api = "/api/v1/desk/licences/{licence}",
     .summary = "A licence, each transfer of its money, and what came back"},
    {POST, "/desk/licences/{licence}/refund", &stock_desk_licence_refund_handler, FINANCE,
     .again = "/desk/licences/{licence}", .api = "/api/v1/desk/licences/{licence}/refund",
     .once = true, .summary = "Gives money of a licence back, in full or part, with a reason"},
    {GET, "/desk/style", &stock_desk_style_handler, OPERATOR, .page = "ui/pages/style.html",
     .summary = "Every part of the pages, light and dark"},
};

const struct route_table stock_desk_routes = {"stock", ALL(routes)};
