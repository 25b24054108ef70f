/*
 * Scanning raw JSON: brackets, strings and commas only; jansson decides what is JSON.
 *
 * Must not know: shapes. Read next: base/json_read.c.
 */
#include "base/json_scan.h"

#include <string.h>

/* One open object or array. */
struct frame {
    bool array;       /* it is an array */
    int64_t index;    /* of the item, in an array */
    struct text name; /* of the member, in an object; data is NULL before the first colon */
};

struct scan {
    struct frame frames[JSON_DEPTH_MAX]; /* the open ones, outermost first */
    size_t depth;                        /* how many */
    size_t members;                      /* members and further items seen */
    size_t members_max;                  /* how many are too many */
    struct text last;                    /* the last string, without its quotes */
    size_t start;                        /* where the value of the last member begins */
};

/* The position behind the string that begins at `at`, a quote. */
static size_t skip_string(struct bytes json, size_t at)
{
    size_t i = at + 1;
    while (i < json.size && json.data[i] != '"') {
        i += json.data[i] == '\\' ? 2 : 1;
    }
    return i < json.size ? i + 1 : json.size;
}

static bool open_frame(struct scan *scan, bool array, size_t at)
{
    if (scan->depth == JSON_DEPTH_MAX) {
        return false;
    }
    scan->frames[scan->depth++] = (struct frame){.array = array};
    scan->members += array;
    scan->start = at + 1;
    return true;
}

static void next_member(struct scan *scan, unsigned char c, size_t at)
{
    if (scan->depth == 0) {
        return;
    }
    struct frame *frame = &scan->frames[scan->depth - 1];
    if (c == ':' && !frame->array) {
        frame->name = scan->last;
        scan->members++;
        scan->start = at + 1;
    } else if (c == ',' && frame->array) {
        frame->index++;
        scan->members++;
        scan->start = at + 1;
    }
}

/* False at the first bracket or member beyond the limits. */
static bool scan_until(struct scan *scan, struct bytes json, size_t end)
{
    size_t i = 0;
    while (i < end) {
        unsigned char c = json.data[i];
        if (c == '"') {
            size_t next = skip_string(json, i);
            scan->last = (struct text){(const char *)json.data + i + 1, next - i - 1};
            scan->last.size -= scan->last.size > 0 && json.data[next - 1] == '"';
            i = next;
            continue;
        }
        if ((c == '{' || c == '[') && !open_frame(scan, c == '[', i)) {
            return false;
        }
        if ((c == '}' || c == ']') && scan->depth > 0) {
            scan->depth--;
        }
        next_member(scan, c, i);
        if (scan->members > scan->members_max) {
            return false;
        }
        i++;
    }
    return true;
}

bool json_is_small(struct bytes json, size_t members)
{
    struct scan scan = {.members_max = members};
    return scan_until(&scan, json, json.size);
}

struct text json_path_at(struct memory *memory, struct bytes json, size_t position, bool at_name,
                         size_t *start)
{
    struct scan scan = {.members_max = SIZE_MAX};
    scan_until(&scan, json, position < json.size ? position : json.size);
    if (at_name && scan.depth > 0) {
        scan.frames[scan.depth - 1].name = scan.last;
    }
    struct builder path = builder_make(memory, json.size + JSON_DEPTH_MAX * 24);
    for (size_t i = 0; i < scan.depth; i++) {
        const struct frame *frame = &scan.frames[i];
        if (!frame->array && !frame->name.data) {
            break;
        }
        if (i > 0) {
            builder_add_char(&path, '.');
        }
        if (frame->array) {
            builder_add_integer(&path, frame->index);
        } else {
            builder_add(&path, frame->name);
        }
    }
    *start = scan.start;
    struct text written;
    return builder_end(&path, &written) ? (struct text)TEXT("") : written;
}
