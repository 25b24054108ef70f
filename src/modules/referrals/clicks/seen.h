/*
 * What the request of a click said of itself, in one small number of its row.
 *
 * Of headers it is kept which of a few known values they had, of the page it came from only that there was one, of the
 * agent the kind of device, and of the address whether it is of a data centre on the operator's list and which of 64 parts of
 * the net it is in, a thousand networks each: nothing by which somebody could be found again. 0 is a click of which nothing is known. The places of the bits never change.
 * Must not know: what follows from it. Read next: https://www.w3.org/TR/fetch-metadata/, modules/referrals/doubts/doubt.c.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_SEEN_H
#define CONTRAFLOW_REFERRALS_CLICKS_SEEN_H

#include "modules/referrals/suspects/suspect.h"
#include "web/quick.h"

struct click_seen {
    bool heads; /* its headers are known; what follows up to .source holds only then */
    enum { SITE_UNSAID, SITE_NONE, SITE_SAME, SITE_CROSS, SITE_OTHER } site; /* Sec-Fetch-Site */
    enum { MODE_UNSAID, MODE_NAVIGATE, MODE_OTHER } mode;                    /* Sec-Fetch-Mode */
    enum { DEST_UNSAID, DEST_DOCUMENT, DEST_FRAME, DEST_OTHER } dest;        /* Sec-Fetch-Dest */
    bool user;                   /* Sec-Fetch-User: somebody pressed something */
    bool source;                 /* Referer: it names a page */
    enum suspect_device device;  /* by the agent; 0: not known */
    struct maybe_integer hosted; /* 1: the address is of a data centre; absent: there is no list */
    int64_t
        region; /* 1..SUSPECT_REGIONS: by the first 16 bits of the address, 32 of IPv6; 0: not known */
};

int64_t click_seen_write(const struct quick *came, enum suspect_device device,
                         struct maybe_integer hosted);
struct click_seen click_seen_read(int64_t written);

#endif
