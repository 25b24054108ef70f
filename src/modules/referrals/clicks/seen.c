/*
 * The small number, bit by bit. See seen.h.
 */
#include "modules/referrals/clicks/seen.h"

#include <string.h>

enum {
    HEADS = 1,
    USER = 2,
    SOURCE = 4,
    SITE_AT = 3,    /* three bits */
    MODE_AT = 6,    /* two */
    DEST_AT = 8,    /* two */
    DEVICE_AT = 10, /* two */
    HOSTED_AT = 12, /* two: 0 not known, 1 it is not, 2 it is */
    REGION_AT = 14, /* seven */
};

static int64_t site_of(struct text said)
{
    if (said.size == 0)
        return SITE_UNSAID;
    if (text_is(said, "none"))
        return SITE_NONE;
    if (text_is(said, "cross-site"))
        return SITE_CROSS;
    return text_starts(said, "same-") ? SITE_SAME : SITE_OTHER;
}

static int64_t mode_of(struct text said)
{
    return said.size == 0 ? MODE_UNSAID : text_is(said, "navigate") ? MODE_NAVIGATE : MODE_OTHER;
}

static int64_t dest_of(struct text said)
{
    if (said.size == 0)
        return DEST_UNSAID;
    if (text_is(said, "document"))
        return DEST_DOCUMENT;
    return text_is(said, "iframe") || text_is(said, "frame") ? DEST_FRAME : DEST_OTHER;
}

/* What stands before the second sign between numbers, by FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo). */
static int64_t region_of(struct text address)
{
    const char *four = address.size ? memrchr(address.data, ':', address.size) : NULL;
    bool mapped = four && memchr(address.data, '.', address.size); /* ::ffff:192.0.2.1 */
    size_t at = mapped ? (size_t)(four - address.data) + 1 : 0;
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int signs = 0; at < address.size; at++) {
        char c = address.data[at];
        signs += c == '.' || c == ':';
        if (signs == 2)
            break;
        hash = (hash ^ (uint64_t)(unsigned char)c) * UINT64_C(1099511628211);
    }
    return address.size ? 1 + (int64_t)((hash ^ hash >> 32) % SUSPECT_REGIONS) : 0;
}

int64_t click_seen_write(const struct quick *came, enum suspect_device device,
                         struct maybe_integer hosted)
{
    int64_t written = (int64_t)device << DEVICE_AT | region_of(came->address) << REGION_AT;
    if (hosted.present)
        written |= (hosted.value ? INT64_C(2) : INT64_C(1)) << HOSTED_AT;
    if (came->method.size == 0)
        return written;
    return written | HEADS | (came->fetch_user.size ? USER : 0) |
           (came->referer.size ? SOURCE : 0) | site_of(came->fetch_site) << SITE_AT |
           mode_of(came->fetch_mode) << MODE_AT | dest_of(came->fetch_dest) << DEST_AT;
}

struct click_seen click_seen_read(int64_t written)
{
    int64_t hosted = written >> HOSTED_AT & 3;
    return (struct click_seen){
        .heads = written & HEADS,
        .site = (unsigned)(written >> SITE_AT & 7),
        .mode = (unsigned)(written >> MODE_AT & 3),
        .dest = (unsigned)(written >> DEST_AT & 3),
        .user = written & USER,
        .source = written & SOURCE,
        .device = (enum suspect_device)(written >> DEVICE_AT & 3),
        .hosted = {.present = hosted != 0, .value = hosted == 2},
        .region = written >> REGION_AT & 127,
    };
}
