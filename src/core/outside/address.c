/*
 * The form of addresses that are called, and the ranges that are never reached.
 *
 * libcurl takes the address apart, as it does again when it is called, so that both see the same host.
 * Must not know: who calls, what is said. Read next: core/outside/client.c.
 */
#include "core/outside/address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uidna.h>

/* ---- which machines ---- */

static const struct {
    uint8_t first[4]; /* of the range */
    int bits;         /* of them that count */
} closed[] = {
    {{0, 0, 0, 0}, 8},        /* this network */
    {{10, 0, 0, 0}, 8},       /* private, RFC 1918 */
    {{100, 64, 0, 0}, 10},    /* shared by a provider's customers, RFC 6598 */
    {{127, 0, 0, 0}, 8},      /* this machine */
    {{168, 63, 129, 16}, 32}, /* Azure's own service, though the address is a public one */
    {{169, 254, 0, 0}, 16},   /* link-local, and most clouds' metadata */
    {{172, 16, 0, 0}, 12},    /* private, RFC 1918 */
    {{192, 0, 0, 0}, 24},     /* protocols, RFC 6890 */
    {{192, 0, 2, 0}, 24},     /* documentation, RFC 5737 */
    {{192, 88, 99, 0}, 24},   /* former relays, RFC 7526 */
    {{192, 168, 0, 0}, 16},   /* private, RFC 1918 */
    {{198, 18, 0, 0}, 15},    /* benchmarks, RFC 2544 */
    {{198, 51, 100, 0}, 24},  /* documentation */
    {{203, 0, 113, 0}, 24},   /* documentation */
    {{224, 0, 0, 0}, 3},      /* multicast, reserved, broadcast */
};

/* Inside 2000::/3, the only part that is routed. */
static const struct {
    uint8_t first[4];
    int bits;
} closed_six[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23}, /* protocols, Teredo among them, RFC 2928 */
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation, RFC 3849 */
    {{0x20, 0x02, 0x00, 0x00}, 16}, /* 6to4: IPv4 inside, RFC 3056 */
    {{0x3f, 0xff, 0x00, 0x00}, 20}, /* documentation, RFC 9637 */
};

static bool within(const uint8_t bytes[4], const uint8_t first[4], int bits)
{
    uint32_t a, b;
    memcpy(&a, bytes, 4);
    memcpy(&b, first, 4);
    return (ntohl(a) ^ ntohl(b)) >> (32 - bits) == 0;
}

static bool public_four(const uint8_t bytes[4])
{
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
        if (within(bytes, closed[i].first, closed[i].bits))
            return false;
    return true;
}

static bool public_six(const uint8_t bytes[16])
{
    static const uint8_t translated[12] = {0x00, 0x64, 0xff, 0x9b};
    if (memcmp(bytes, translated, sizeof translated) == 0)
        return public_four(bytes + 12);
    if (bytes[0] >> 5 != 1)
        return false;
    for (size_t i = 0; i < sizeof closed_six / sizeof closed_six[0]; i++)
        if (within(bytes, closed_six[i].first, closed_six[i].bits))
            return false;
    return true;
}

/* The bytes of an address; NULL when it is neither of the two kinds. Copied, since what libcurl hands
 * over need not be aligned. */
static const uint8_t *bytes_of(const struct sockaddr *address, uint8_t out[16])
{
    if (address->sa_family == AF_INET) {
        memcpy(out, (const char *)address + offsetof(struct sockaddr_in, sin_addr), 4);
        return out;
    }
    if (address->sa_family != AF_INET6)
        return NULL;
    memcpy(out, (const char *)address + offsetof(struct sockaddr_in6, sin6_addr), 16);
    return out;
}

bool outside_address_public(const struct sockaddr *address)
{
    uint8_t bytes[16];
    if (!bytes_of(address, bytes))
        return false;
    return address->sa_family == AF_INET ? public_four(bytes) : public_six(bytes);
}

bool outside_address_own(const struct sockaddr *address)
{
    static const uint8_t six[16] = {[15] = 1};
    uint8_t bytes[16];
    if (!bytes_of(address, bytes))
        return false;
    return address->sa_family == AF_INET ? bytes[0] == 127 : memcmp(bytes, six, sizeof six) == 0;
}

/* ---- the form ---- */

static bool has_part(CURLU *url, CURLUPart part)
{
    char *found = NULL;
    bool has = curl_url_get(url, part, &found, 0) == CURLUE_OK;
    curl_free(found);
    return has;
}

/* True when the host is written in numbers; *out is then its address. */
static bool in_numbers(const char *host, struct sockaddr_storage *out)
{
    char plain[64];
    size_t size = strlen(host);
    memset(out, 0, sizeof *out);
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)out;
    if (inet_pton(AF_INET, host, &four->sin_addr) == 1) {
        out->ss_family = AF_INET;
        return true;
    }
    if (size < 4 || size >= sizeof plain || host[0] != '[')
        return false;
    memcpy(plain, host + 1, size - 2);
    plain[size - 2] = '\0';
    out->ss_family = AF_INET6;
    return inet_pton(AF_INET6, plain, &six->sin6_addr) == 1;
}

/* Names that never leave a machine or a house: RFC 6761, RFC 6762, RFC 8375, and the one that clouds
 * answer for themselves. */
static bool name_inside(const char *host)
{
    static const char *const ends[] = {".localhost", ".local", ".internal", ".home.arpa", ".lan"};
    size_t size = strlen(host);
    if (size && host[size - 1] == '.')
        size--;
    if (!memchr(host, '.', size))
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t end = strlen(ends[i]);
        if (size >= end && strncasecmp(host + size - end, ends[i], end) == 0)
            return true;
    }
    return false;
}

static enum outside_address_fault look_at_host(const char *host, bool plain, bool loopback)
{
    struct sockaddr_storage numbers;
    bool written = in_numbers(host, &numbers);
    const struct sockaddr *address = (const struct sockaddr *)(const void *)&numbers;
    bool own = written ? outside_address_own(address) : strcasecmp(host, "localhost") == 0;
    if (loopback && own)
        return OUTSIDE_ADDRESS_FINE;
    if (plain)
        return OUTSIDE_ADDRESS_PLAIN;
    if (host[0] == '[' && !written)
        return OUTSIDE_ADDRESS_MALFORMED;
    if (written ? !outside_address_public(address) : name_inside(host))
        return OUTSIDE_ADDRESS_INSIDE;
    return OUTSIDE_ADDRESS_FINE;
}

static enum outside_address_fault look(CURLU *url, bool loopback)
{
    char *scheme = NULL, *host = NULL, *port = NULL;
    enum outside_address_fault fault = OUTSIDE_ADDRESS_MALFORMED;
    bool whole = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                 curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                 curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
    if (whole && host[0]) {
        bool plain = strcmp(scheme, "https") != 0;
        long number = strtol(port, NULL, 10);
        fault = look_at_host(host, plain, loopback);
        if (plain && strcmp(scheme, "http") != 0)
            fault = OUTSIDE_ADDRESS_PLAIN;
        if (!fault && number != 443 && number < 1024)
            fault = OUTSIDE_ADDRESS_PORT;
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    return fault;
}

enum outside_address_fault outside_address_look(struct memory *memory, struct text address,
                                                bool loopback)
{
    const char *written = text_c(memory, address);
    enum outside_address_fault fault = OUTSIDE_ADDRESS_MALFORMED;
    if (!written || address.size == 0 || address.size > OUTSIDE_ADDRESS_MAX)
        return fault;
    for (size_t i = 0; i < address.size; i++)
        if (address.data[i] <= ' ' || address.data[i] > '~')
            return fault;
    CURLU *url = curl_url();
    bool taken =
        url && curl_url_set(url, CURLUPART_URL, written, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
    if (taken && !has_part(url, CURLUPART_USER) && !has_part(url, CURLUPART_PASSWORD) &&
        !has_part(url, CURLUPART_OPTIONS) && !has_part(url, CURLUPART_FRAGMENT) &&
        !has_part(url, CURLUPART_ZONEID))
        fault = look(url, loopback);
    curl_url_cleanup(url);
    return fault;
}

/* ---- one form --------------------------------------------------------------------------------- */

/* Names of other scripts by UTS #46, as browsers read them; libcurl would ask the locale, which is none here. */
static bool host_in_ascii(const char *host, char *out, int32_t room)
{
    UErrorCode error = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UIDNA *reader = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &error);
    int32_t size =
        uidna_nameToASCII_UTF8(reader, host, (int32_t)strlen(host), out, room - 1, &info, &error);
    if (reader)
        uidna_close(reader);
    bool fine = U_SUCCESS(error) && info.errors == 0 && size < room;
    out[fine ? size : 0] = '\0';
    return fine;
}

static bool small_host(CURLU *url)
{
    char small[256];
    char *host = NULL;
    bool fine = curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK;
    bool ascii = true;
    for (char *c = host; fine && *c; c++) {
        ascii = ascii && (unsigned char)*c < 0x80;
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    }
    if (fine && !ascii)
        fine = host_in_ascii(host, small, sizeof small);
    fine = fine && curl_url_set(url, CURLUPART_HOST, ascii ? host : small, 0) == CURLUE_OK;
    curl_free(host);
    return fine;
}

bool outside_address_plain(struct memory *memory, struct text typed, struct text *out)
{
    const char *written = text_c(memory, typed);
    char *plain = NULL;
    CURLU *url = curl_url();
    bool fine = url && written &&
                curl_url_set(url, CURLUPART_URL, written,
                             CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE) == CURLUE_OK &&
                small_host(url) && curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
                curl_url_get(url, CURLUPART_URL, &plain, CURLU_NO_DEFAULT_PORT) == CURLUE_OK;
    *out = fine ? text_copy(memory, text_of(plain)) : typed;
    curl_free(plain);
    curl_url_cleanup(url);
    return fine && out->data;
}

/* Names that campaigns, mails and advertisements add to links. */
static bool tells_visits_apart(struct text parameter)
{
    static const char *const names[] = {"fbclid",  "gclid",  "dclid",  "gbraid", "wbraid",
                                        "msclkid", "yclid",  "ttclid", "twclid", "igshid",
                                        "mc_cid",  "mc_eid", "_ga",    "_gl",    "cf_click"};
    struct text name;
    (void)text_split(&parameter, '=', &name);
    if (text_starts(name, "utm_"))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_is(name, names[i]))
            return true;
    }
    return false;
}

struct text outside_address_page(struct memory *memory, struct text address)
{
    struct builder b = builder_make(memory, address.size + 1);
    struct text path, parameter, page = {NULL, 0};
    char joint = '?';
    (void)text_split(&address, '?', &path);
    const char *written = text_c(memory, path);
    if (!written)
        return page;
    const char *host = strstr(written, "://");
    bool root = !host || strchr(host + 3, '/') == strrchr(host + 3, '/');
    if (!root && path.data[path.size - 1] == '/')
        path.size--;
    builder_add(&b, path);
    while (text_split(&address, '&', &parameter)) {
        if (parameter.size == 0 || tells_visits_apart(parameter))
            continue;
        builder_add_char(&b, joint);
        builder_add(&b, parameter);
        joint = '&';
    }
    return builder_end(&b, &page) ? (struct text){NULL, 0} : page;
}

struct text outside_address_host(struct memory *memory, struct text address)
{
    const char *written = text_c(memory, address);
    char *host = NULL;
    struct text out = text_of("");
    CURLU *url = curl_url();
    if (url && written &&
        curl_url_set(url, CURLUPART_URL, written, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK)
        out = text_copy(memory, text_of(host));
    curl_free(host);
    curl_url_cleanup(url);
    return out;
}
