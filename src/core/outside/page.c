/*
 * Fetching a page, redirect by redirect.
 *
 * Must not know: what the page is for. Read next: core/outside/client.c, page_test.c.
 */
#include "core/outside/page.h"

#include <string.h>
#include <strings.h>

#include "core/outside/address.h"

enum { HEAD_MAX = 64 << 10 };

/* One call on the way. */
struct getting {
    struct builder body;
    size_t head;    /* bytes of the answer's head */
    bool too_large; /* the body is */
};

static size_t take_head(char *data, size_t size, size_t count, void *context)
{
    struct getting *getting = context;
    (void)data;
    getting->head += size * count;
    return getting->head <= HEAD_MAX ? size * count : 0;
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct getting *getting = context;
    builder_add_bytes(&getting->body, data, size * count);
    getting->too_large = getting->body.failed && !getting->body.exhausted;
    return getting->body.failed ? 0 : size * count;
}

/* "text/html; charset=utf-8" */
static bool is_html(const char *type)
{
    static const char *const kinds[] = {"text/html", "application/xhtml+xml"};
    for (size_t i = 0; type && i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t size = strlen(kinds[i]);
        if (strncasecmp(type, kinds[i], size) == 0 && strchr("; \t", type[size]))
            return true;
    }
    return false;
}

static struct text charset_of(struct memory *memory, const char *type)
{
    const char *at = type ? strcasestr(type, "charset=") : NULL;
    if (!at)
        return text_of("");
    at += strlen("charset=");
    at += *at == '"';
    return text_copy(memory, (struct text){at, strcspn(at, "\"; \t")});
}

static void read_answer(struct memory *memory, CURL *curl, const struct getting *getting,
                        struct outside_page *out)
{
    char *type = NULL;
    struct text body = {getting->body.data, getting->body.size};
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    if (out->status < 200 || out->status >= 300)
        out->found = OUTSIDE_STATUS;
    else if (!is_html(type))
        out->found = OUTSIDE_NO_PAGE;
    else if (getting->too_large)
        out->found = OUTSIDE_TOO_LARGE;
    else if (out->outcome != OUTSIDE_ANSWERED)
        out->found = OUTSIDE_NOTHING;
    else {
        out->found = OUTSIDE_PAGE;
        out->charset = charset_of(memory, type);
        out->body = (struct bytes){(const unsigned char *)body.data, body.size};
    }
}

static bool set_up(CURL *curl, struct getting *getting, struct curl_slist *headers)
{
    return curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HEADERDATA, getting) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, getting) == CURLE_OK;
}

/* Calls out->address; *next: where its answer leads on, empty: nowhere. */
static const struct problem *call(struct memory *memory, const struct outside_wish *wish,
                                  CURL *curl, struct outside_page *out, struct text *next)
{
    struct getting getting = {.body = builder_make(memory, OUTSIDE_PAGE_MAX)};
    struct outside_call outside = {.way = wish->way};
    struct curl_slist *headers = NULL;
    const char *address = text_c(memory, out->address);
    char *leads = NULL;
    long status = 0;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    if (address && outside_prepare(curl, &outside, address) &&
        outside_header(memory, &headers, "User-Agent: %.*s", TEXT_ARGS(wish->agent)) &&
        outside_header(memory, &headers, "Accept: text/html, application/xhtml+xml") &&
        set_up(curl, &getting, headers))
        code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    if (code == CURLE_OUT_OF_MEMORY || getting.body.exhausted)
        return &out_of_memory;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &leads);
    out->status = status;
    out->outcome = outside_outcome_of(&outside, code, status);
    *next = text_copy(memory, text_of(leads ? leads : ""));
    if (!next->data)
        return &out_of_memory;
    if (out->outcome == OUTSIDE_ANSWERED || getting.too_large)
        read_answer(memory, curl, &getting, out);
    else
        out->found = out->outcome == OUTSIDE_INSIDE ? OUTSIDE_NO_WAY : OUTSIDE_NOTHING;
    return NULL;
}

/* Whether an address may be called; else *found says why not. */
static bool may_go(struct memory *memory, const struct outside_wish *wish, struct text address,
                   enum outside_found *found)
{
    enum outside_address_fault fault = outside_address_look(memory, address, wish->way->own);
    *found = fault == OUTSIDE_ADDRESS_MALFORMED ? OUTSIDE_WANDERS : OUTSIDE_NO_WAY;
    return fault == OUTSIDE_ADDRESS_FINE;
}

const struct problem *outside_page(struct memory *memory, const struct outside_wish *wish,
                                   struct outside_page *out)
{
    struct text next = wish->address;
    const struct problem *problem = NULL;
    *out = (struct outside_page){.outcome = OUTSIDE_BROKEN, .charset = text_of("")};
    for (int calls = 0; !problem && next.size > 0; calls++) {
        out->address = next;
        out->found = OUTSIDE_WANDERS;
        if (calls > OUTSIDE_REDIRECTS || !outside_address_plain(memory, next, &out->address) ||
            !may_go(memory, wish, out->address, &out->found))
            return NULL;
        CURL *curl = outside_handle();
        problem = curl ? call(memory, wish, curl, out, &next) : &out_of_memory;
        curl_easy_cleanup(curl);
    }
    return problem;
}
