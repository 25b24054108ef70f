/*
 * A look over raw JSON before and after jansson parses it: how much it holds, and which member a
 * byte belongs to.
 */
#ifndef CONTRAFLOW_BASE_JSON_SCAN_H
#define CONTRAFLOW_BASE_JSON_SCAN_H

#include "base/text.h"

enum { JSON_DEPTH_MAX = 32, JSON_MEMBERS_MAX = 2000 };

/* False when nested deeper than JSON_DEPTH_MAX or with more than `members` members and items. One pass,
 * no memory, whatever the bytes are. */
bool json_is_small(struct bytes json, size_t members);

/* The path of the member at or before byte `position`: "photos.2.title", "" for the whole. `at_name`
 * says that its name has just been read, not its value. Names are as written, escapes included. Empty
 * when memory ran out. *start is where its value begins. */
struct text json_path_at(struct memory *memory, struct bytes json, size_t position, bool at_name,
                         size_t *start);

#endif
