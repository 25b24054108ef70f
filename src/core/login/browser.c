/*
 * A User-Agent shortened to what a person recognises.
 *
 * Must not know: sessions, the store. Read next: core/login/browser_test.c.
 */
#include "core/login/browser.h"

#include <string.h>

enum { PRODUCT_MAX = 40 };

/* Most browsers also name those they descend from, so the youngest of a family comes first. */
struct known {
    const char *mark; /* as it stands in a User-Agent */
    const char *name; /* as people call it */
};
static const struct known browsers[] = {
    {"Edg/", "Edge"},
    {"EdgA/", "Edge"},
    {"EdgiOS/", "Edge"},
    {"OPR/", "Opera"},
    {"YaBrowser/", "Yandex"},
    {"Vivaldi/", "Vivaldi"},
    {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"},
    {"CriOS/", "Chrome"},
    {"Firefox/", "Firefox"},
    {"Chrome/", "Chrome"},
    {"Safari/", "Safari"},
};
static const struct known systems[] = {
    {"iPhone", "iPhone"},   {"iPad", "iPad"},      {"Android", "Android"}, {"CrOS", "ChromeOS"},
    {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
};

static const char *find(struct text agent, const struct known *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memmem(agent.data, agent.size, list[i].mark, strlen(list[i].mark)))
            return list[i].name;
    return NULL;
}

static bool of_product(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
}

const struct problem *browser_name(struct memory *memory, struct text agent, struct text *out)
{
    struct builder b = builder_make(memory, 200);
    const char *browser = NULL;
    const char *system = NULL;
    size_t product = 0;
    if (agent.size) {
        browser = find(agent, browsers, sizeof browsers / sizeof browsers[0]);
        system = find(agent, systems, sizeof systems / sizeof systems[0]);
    }
    while (product < agent.size && product < PRODUCT_MAX && of_product(agent.data[product]))
        product++;
    if (browser)
        builder_add_c(&b, browser);
    else
        builder_add_bytes(&b, agent.data, product);
    if (system && (browser || product))
        builder_add_format(&b, ", %s", system);
    return builder_end(&b, out);
}

const struct problem *session_origin_of(const struct request *request, struct session_origin *out)
{
    out->address = request->address;
    return browser_name(request->memory, request->agent, &out->browser);
}
