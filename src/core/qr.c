/*
 * QR codes drawn row by row, each run of dark modules one stroke.
 *
 * Must not know: what they say. Read next: qr_test.c.
 */
#include "core/qr.h"

#include <qrencode.h>

enum { PATH_MAX_BYTES = 64 << 10 };

const struct problem *qr_picture(struct memory *memory, struct text text, struct text *path,
                                 int64_t *size)
{
    struct builder b = builder_make(memory, PATH_MAX_BYTES);
    QRcode *code =
        QRcode_encodeData((int)text.size, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
    if (!code)
        return &too_large;
    /* A run of dark modules of a row is one stroke; the lowest bit of a module says that it is dark. */
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + y * code->width;
        for (int x = 0, run; x < code->width; x += run ? run : 1) {
            run = 0;
            while (x + run < code->width && (row[x + run] & 1))
                run++;
            if (run)
                builder_add_format(&b, "M%d %dh%dv1h-%dz", x, y, run, run);
        }
    }
    *size = code->width;
    QRcode_free(code);
    return builder_end(&b, path);
}
