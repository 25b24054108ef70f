/*
 * A file that came in a multipart form: already on disk under DATA/tmp, unread.
 */
#ifndef CONTRAFLOW_WEB_UPLOAD_H
#define CONTRAFLOW_WEB_UPLOAD_H

#include "base/text.h"

struct upload {
    bool present; /* false: no file was chosen */
    struct text
        name; /* what the person's computer calls it; valid UTF-8, no path; 200 bytes at most */
    struct text path; /* under DATA/tmp; removed with the request unless renamed away */
    int64_t size;     /* bytes */
    bool cut;         /* ended early or beyond the route's limit: do not use */
};
struct upload_list {
    const struct upload *items;
    size_t count;
};

#endif
