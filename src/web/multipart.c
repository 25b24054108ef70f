/*
 * A multipart/form-data body taken apart while it arrives.
 *
 * The mark (line end, two dashes, boundary) is matched byte by byte with its one possible restart:
 * no proper prefix of it but a lone CR can begin again inside it, since a boundary holds no CR.
 * Must not know: files, shapes, sockets. Read next: web/multipart_test.c, tests/fuzz_multipart.c.
 */
#include "web/multipart.h"

#include <string.h>
#include <strings.h>

static bool boundary_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr("'()+_,-./:=? ", c) != NULL);
}

/* Finds `name=value` or `name="value"` among the parameters behind the first semicolon. Browsers
 * escape only the quote, as %22; older clients write a backslash before it. */
static bool find_parameter(struct text header, const char *name, struct text *value)
{
    size_t length = strlen(name);
    size_t i = 0;
    while (i < header.size && header.data[i] != ';')
        i++;
    while (i < header.size) {
        i++;
        while (i < header.size && (header.data[i] == ' ' || header.data[i] == '\t'))
            i++;
        size_t start = i;
        while (i < header.size && header.data[i] != '=' && header.data[i] != ';')
            i++;
        bool ours = i - start == length && strncasecmp(header.data + start, name, length) == 0;
        if (i >= header.size || header.data[i] == ';')
            continue;
        i++;
        bool quoted = i < header.size && header.data[i] == '"';
        start = quoted ? ++i : i;
        while (i < header.size && header.data[i] != (quoted ? '"' : ';'))
            i += quoted && header.data[i] == '\\' && i + 1 < header.size ? 2 : 1;
        size_t end = i < header.size ? i : header.size;
        if (quoted)
            while (i < header.size && header.data[i] != ';')
                i++;
        if (ours) {
            *value = (struct text){header.data + start, end - start};
            if (!quoted)
                *value = text_trim(*value);
            return true;
        }
    }
    return false;
}

bool multipart_boundary(struct text content_type, struct text *boundary)
{
    if (!find_parameter(content_type, "boundary", boundary))
        return false;
    if (boundary->size == 0 || boundary->size > MULTIPART_BOUNDARY_MAX ||
        boundary->data[boundary->size - 1] == ' ')
        return false;
    for (size_t i = 0; i < boundary->size; i++)
        if (!boundary_character(boundary->data[i]))
            return false;
    return true;
}

void multipart_begin(struct multipart *multipart, struct text boundary,
                     const struct multipart_sink *sink, void *context)
{
    memset(multipart, 0, sizeof *multipart);
    multipart->sink = sink;
    multipart->context = context;
    multipart->stage = MULTIPART_FIRST;
    memcpy(multipart->mark, "\r\n--", 4);
    memcpy(multipart->mark + 4, boundary.data, boundary.size);
    multipart->mark_size = boundary.size + 4;
    /* The first boundary may open the body without a line end before it. */
    multipart->matched = 2;
}

/* Reads the header lines of a part that just ended and opens it at the sink. */
static bool open_part(struct multipart *multipart)
{
    struct text rest = {multipart->head, multipart->head_size};
    struct text line;
    while (text_split(&rest, '\n', &line)) {
        line = text_trim(line);
        static const char field[] = "content-disposition:";
        if (line.size < sizeof field - 1 || strncasecmp(line.data, field, sizeof field - 1) != 0)
            continue;
        struct text name = {NULL, 0};
        struct text file = {NULL, 0};
        if (!find_parameter(line, "name", &name))
            return false;
        if (find_parameter(line, "filename", &file) && !file.data)
            file.data = "";
        return multipart->sink->begin(multipart->context, name, file);
    }
    return false;
}

static bool head_byte(struct multipart *multipart, char c)
{
    if (multipart->head_size == MULTIPART_HEAD_MAX)
        return false;
    multipart->head[multipart->head_size++] = c;
    size_t size = multipart->head_size;
    bool ends = (size >= 4 && memcmp(multipart->head + size - 4, "\r\n\r\n", 4) == 0) ||
                (size == 2 && memcmp(multipart->head, "\r\n", 2) == 0);
    if (!ends)
        return true;
    multipart->stage = MULTIPART_DATA;
    multipart->matched = 0;
    return open_part(multipart);
}

static bool after_byte(struct multipart *multipart, char c)
{
    /* Blanks between a boundary and its line end are allowed padding (RFC 2046 5.1.1). */
    if (multipart->head_size == 0 && (c == ' ' || c == '\t'))
        return true;
    multipart->head[multipart->head_size++] = c;
    if (multipart->head_size < 2)
        return true;
    bool last = memcmp(multipart->head, "--", 2) == 0;
    if (!last && memcmp(multipart->head, "\r\n", 2) != 0)
        return false;
    multipart->head_size = 0;
    multipart->stage = last ? MULTIPART_END : MULTIPART_HEAD;
    return true;
}

/* Takes bytes up to and with the next mark; what precedes it goes to the sink. Returns how many. */
static size_t data_bytes(struct multipart *multipart, const char *data, size_t size, bool *fine)
{
    bool keep = multipart->stage == MULTIPART_DATA;
    size_t i = 0;
    while (i < size && multipart->matched < multipart->mark_size) {
        if (data[i] == multipart->mark[multipart->matched]) {
            multipart->matched++;
            i++;
            continue;
        }
        if (multipart->matched > i && keep && *fine) {
            /* The beginning of a false match came with an earlier call. */
            *fine =
                multipart->sink->data(multipart->context, multipart->mark, multipart->matched - i);
        }
        bool again = multipart->matched > 0;
        multipart->matched = 0;
        if (again)
            continue;
        const char *next = memchr(data + i, '\r', size - i);
        i = next ? (size_t)(next - data) : size;
    }
    size_t held = multipart->matched < i ? multipart->matched : i;
    if (keep && *fine && i > held)
        *fine = multipart->sink->data(multipart->context, data, i - held);
    if (multipart->matched == multipart->mark_size) {
        if (keep && *fine)
            *fine = multipart->sink->end(multipart->context);
        multipart->stage = MULTIPART_AFTER;
        multipart->head_size = 0;
    }
    return i;
}

bool multipart_feed(struct multipart *multipart, const char *data, size_t size)
{
    bool fine = multipart->stage != MULTIPART_BROKEN;
    size_t i = 0;
    while (fine && i < size) {
        switch (multipart->stage) {
        case MULTIPART_FIRST:
        case MULTIPART_DATA:
            i += data_bytes(multipart, data + i, size - i, &fine);
            break;
        case MULTIPART_AFTER:
            fine = after_byte(multipart, data[i++]);
            break;
        case MULTIPART_HEAD:
            fine = head_byte(multipart, data[i++]);
            break;
        case MULTIPART_END:
            return true;
        case MULTIPART_BROKEN:
            return false;
        }
    }
    if (!fine)
        multipart->stage = MULTIPART_BROKEN;
    return fine;
}

bool multipart_complete(const struct multipart *multipart)
{
    return multipart->stage == MULTIPART_END;
}
