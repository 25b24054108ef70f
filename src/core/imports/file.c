/*
 * How a file is written, and the same in UTF-8.
 *
 * Must not know: what is in it, the database. Read next: core/imports/run.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/imports/import.h"

enum { PIECE = 64 * 1024 };

struct text import_path(struct memory *memory, struct import_id import, bool raw)
{
    return text_format(memory, "%.*s/imports/%s%s", TEXT_ARGS(setting_text("data")),
                       id_text("imp", import.value).text, raw ? ".raw" : "");
}

/* Bytes without what may be half a letter at their end. */
static struct bytes whole_letters(struct bytes head)
{
    size_t size = head.size;
    for (int i = 0; i < 3 && size > 0 && (head.data[size - 1] & 0xC0) == 0x80; i++)
        size -= 1;
    if (size > 0 && head.data[size - 1] >= 0xC0)
        size -= 1;
    return (struct bytes){head.data, size};
}

enum import_charset import_guess_charset(struct bytes head)
{
    const unsigned char *at = head.data;
    if (head.size >= 3 && at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF)
        return IMPORT_UTF8;
    if (head.size >= 2 && at[0] == 0xFF && at[1] == 0xFE)
        return IMPORT_UTF16_LITTLE;
    if (head.size >= 2 && at[0] == 0xFE && at[1] == 0xFF)
        return IMPORT_UTF16_BIG;
    size_t odd = 0;
    size_t even = 0;
    for (size_t i = 0; i < head.size; i++)
        *(i % 2 ? &odd : &even) += at[i] == 0 ? 1 : 0;
    /* Text of the West in UTF-16 is half zeroes. */
    if (odd > head.size / 8 && odd > 4 * even)
        return IMPORT_UTF16_LITTLE;
    if (even > head.size / 8 && even > 4 * odd)
        return IMPORT_UTF16_BIG;
    return text_valid(whole_letters(head)) ? IMPORT_UTF8 : IMPORT_WINDOWS;
}

enum import_separator import_guess_separator(struct text head)
{
    size_t counts[] = {[IMPORT_COMMA] = 0, [IMPORT_SEMICOLON] = 0, [IMPORT_TAB] = 0};
    bool quoted = false;
    enum import_separator best = IMPORT_COMMA;
    for (size_t i = 0; i < head.size && (quoted || head.data[i] != '\n'); i++) {
        quoted = head.data[i] == '"' ? !quoted : quoted;
        if (quoted)
            continue;
        counts[IMPORT_COMMA] += head.data[i] == ',' ? 1 : 0;
        counts[IMPORT_SEMICOLON] += head.data[i] == ';' ? 1 : 0;
        counts[IMPORT_TAB] += head.data[i] == '\t' ? 1 : 0;
    }
    if (counts[IMPORT_SEMICOLON] > counts[best])
        best = IMPORT_SEMICOLON;
    return counts[IMPORT_TAB] > counts[best] ? IMPORT_TAB : best;
}

/* ---- letters ---------------------------------------------------------------------------------- */

/* One run of bytes through a converter. */
struct recoding {
    iconv_t converter;
    int from, to;
    char in[PIECE];
    size_t held; /* of `in`: half a letter of the piece before */
    char out[4 * PIECE];
    size_t made;  /* of `out` */
    int64_t size; /* written so far */
};

static const struct problem *problem_of_disk(void)
{
    return errno == ENOSPC || errno == EDQUOT ? &disk_full : &world_failed;
}

static const struct problem *flush(struct recoding *recoding)
{
    const char *at = recoding->out;
    /* The mark at the begin is no letter of the text. */
    if (recoding->size == 0 && recoding->made >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        at += 3;
        recoding->made -= 3;
    }
    while (recoding->made > 0) {
        ssize_t put = write(recoding->to, at, recoding->made);
        if (put < 0)
            return problem_of_disk();
        at += put;
        recoding->made -= (size_t)put;
        recoding->size += put;
    }
    return NULL;
}

/* Converts what is held; what is no letter becomes U+FFFD, a byte at a time. */
static void convert(struct recoding *recoding, bool last)
{
    char *in = recoding->in;
    char *out = recoding->out;
    size_t in_left = recoding->held;
    size_t out_left = sizeof recoding->out;
    while (in_left > 0 &&
           iconv(recoding->converter, &in, &in_left, &out, &out_left) == (size_t)-1) {
        if (errno == EINVAL && !last)
            break;
        memcpy(out, "\xEF\xBF\xBD", 3);
        out += 3;
        out_left -= 3;
        in += 1;
        in_left -= 1;
    }
    memmove(recoding->in, in, in_left);
    recoding->held = in_left;
    recoding->made = (size_t)(out - recoding->out);
}

static const struct problem *run(struct recoding *recoding)
{
    const struct problem *problem = NULL;
    for (bool more = true; !problem && more;) {
        ssize_t got = read(recoding->from, recoding->in + recoding->held,
                           sizeof recoding->in - recoding->held);
        if (got < 0)
            return &world_failed;
        recoding->held += (size_t)got;
        convert(recoding, got == 0);
        problem = flush(recoding);
        more = got > 0;
    }
    return !problem && fsync(recoding->to) != 0 ? problem_of_disk() : problem;
}

const struct problem *import_recode(const char *from, const char *to, enum import_charset charset,
                                    int64_t *size)
{
    static const char *const names[] = {[IMPORT_UTF8] = "UTF-8",
                                        [IMPORT_UTF16_LITTLE] = "UTF-16LE",
                                        [IMPORT_UTF16_BIG] = "UTF-16BE",
                                        [IMPORT_WINDOWS] = "CP1252"};
    static _Thread_local struct recoding recoding;
    recoding.held = recoding.made = 0;
    recoding.size = 0;
    recoding.from = open(from, O_RDONLY | O_CLOEXEC);
    recoding.to = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    recoding.converter = iconv_open("UTF-8", names[charset]);
    const struct problem *problem = &world_failed;
    if (recoding.from >= 0 && recoding.to >= 0 && recoding.converter != (iconv_t)-1)
        problem = run(&recoding);
    if (recoding.converter != (iconv_t)-1)
        iconv_close(recoding.converter);
    if (recoding.to >= 0)
        close(recoding.to);
    if (recoding.from >= 0)
        close(recoding.from);
    *size = recoding.size;
    return problem;
}
