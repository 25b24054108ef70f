/*
 * Who may call a route. Rights are asked anew for each request; see core/login/session.c.
 *
 * Must not know: anything but the viewer. Read next: web/access_test.c, which is the whole table.
 */
#include "web/access.h"

#include <stdio.h>
#include <string.h>

static bool is_member(const struct viewer *viewer, enum member_role least)
{
    return viewer->signed_in && viewer->organisation.value != 0 && viewer->role >= least &&
           viewer->role <= MEMBER_OWNER;
}

static bool sees_to(const struct viewer *viewer, enum desk_part part)
{
    return viewer->signed_in && viewer->operator_ &&
           (viewer->desk & (DESK_BIT(part) | DESK_BIT(DESK_ADMIN))) != 0;
}

bool access_allows(enum who who, const struct viewer *viewer)
{
    switch (who) {
    case ANYONE:
        return true;
    case SIGNED_IN:
        return viewer->signed_in;
    case VIEWER:
        return is_member(viewer, MEMBER_VIEWER);
    case BUYER:
        return is_member(viewer, MEMBER_BUYER);
    case OWNER:
        return is_member(viewer, MEMBER_OWNER);
    case OPERATOR:
        return viewer->signed_in && viewer->operator_;
    case MODERATOR:
        return sees_to(viewer, DESK_MODERATION);
    case SUPPORT:
        return sees_to(viewer, DESK_SUPPORT);
    case FINANCE:
        return sees_to(viewer, DESK_FINANCE);
    case ADMIN:
        return sees_to(viewer, DESK_ADMIN);
    case WHO_COUNT:
        break;
    }
    return false;
}

bool access_proven(const struct route *route, const struct viewer *viewer, struct instant now)
{
    return !route->proof ||
           (viewer->signed_in && viewer->proven.ms > 0 && now.ms - viewer->proven.ms < PROOF_LIFE);
}

bool access_scope(const char *owner, const struct route *route, char out[SCOPE_MAX])
{
    const char *topic = route->scope ? route->scope : owner;
    out[0] = '\0';
    if (!route->api || route->proof || topic[0] == '\0')
        return false;
    int size = snprintf(out, SCOPE_MAX, "%s.%s%s", topic, route->who >= OPERATOR ? "desk." : "",
                        route->method == GET ? "read" : "write");
    return size < SCOPE_MAX;
}

bool access_holds(struct text scopes, const char *scope)
{
    struct text word;
    while (text_split(&scopes, ' ', &word)) {
        if (word.size && text_is(word, scope))
            return true;
    }
    return false;
}

bool access_on_side(const struct route *route, const struct viewer *viewer)
{
    bool own = strcmp(route->path, "/me") == 0 || strncmp(route->path, "/me/", 4) == 0;
    return !viewer->keyed || viewer->consumer || !own;
}

const char *access_name(enum who who)
{
    switch (who) {
    case ANYONE:
        return "anyone";
    case SIGNED_IN:
        return "signed_in";
    case VIEWER:
        return "viewer";
    case BUYER:
        return "buyer";
    case OWNER:
        return "owner";
    case OPERATOR:
        return "operator";
    case MODERATOR:
        return "moderator";
    case SUPPORT:
        return "support";
    case FINANCE:
        return "finance";
    case ADMIN:
        return "admin";
    case WHO_COUNT:
        break;
    }
    return "nobody";
}
