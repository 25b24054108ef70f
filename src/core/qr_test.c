/*
 * QR codes: drawn as one path, and read again by somebody else's reader.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/qr.h"

static void draws_a_picture(void **state)
{
    struct memory *memory = memory_create(1 << 20);
    struct text path;
    int64_t size;
    (void)state;
    assert_null(qr_picture(memory, text_of("A"), &path, &size));
    assert_int_equal(size, 21);
    /* The first row of each QR code begins with the seven dark modules of its corner. */
    assert_true(text_starts(path, "M0 0h7v1h-7z"));
    char *much = calloc(1, 4001);
    for (size_t i = 0; i < 4000; i++)
        much[i] = 'x';
    assert_ptr_equal(qr_picture(memory, text_of(much), &path, &size), &too_large);
    free(much);
    memory_end(memory);
}

/* Paints the path as a picture of `scale` points a module (Netpbm, P5). */
static void paint(struct text path, int64_t size, FILE *out)
{
    enum { SCALE = 6, MOST = (177 + 2 * QR_QUIET) * SCALE };
    int side = (int)(size + 2 * QR_QUIET) * SCALE;
    static unsigned char points[MOST][MOST];
    memset(points, 255, sizeof points);
    struct text stroke;
    while (text_split(&path, 'M', &stroke)) {
        int x, y, run;
        char written[40] = "";
        memcpy(written, stroke.data, stroke.size < 39 ? stroke.size : 39);
        if (sscanf(written, "%d %dh%d", &x, &y, &run) != 3)
            continue;
        for (int down = 0; down < SCALE; down++)
            memset(&points[(y + QR_QUIET) * SCALE + down][(x + QR_QUIET) * SCALE], 0,
                   (size_t)(run * SCALE));
    }
    fprintf(out, "P5 %d %d 255\n", side, side);
    for (int row = 0; row < side; row++)
        fwrite(points[row], 1, (size_t)side, out);
}

static void is_read_by_another_program(void **state)
{
    static const char said[] =
        "https://contraflow.example/r/JONAS-REIST?to=%2Fnight-trains%3Ffrom%3DVienna";
    struct memory *memory = memory_create(1 << 20);
    char name[] = "/tmp/contraflow-qr.XXXXXX", command[120], read_back[200] = "";
    struct text path;
    int64_t size;
    (void)state;
    if (access("/usr/bin/zbarimg", X_OK) != 0)
        skip();
    assert_null(qr_picture(memory, text_of(said), &path, &size));
    int fd = mkstemp(name);
    FILE *picture = fd < 0 ? NULL : fdopen(fd, "w");
    assert_non_null(picture);
    paint(path, size, picture);
    assert_int_equal(fclose(picture), 0);
    snprintf(command, sizeof command, "/usr/bin/zbarimg -q --raw pgm:%s", name);
    FILE *answer = popen(command, "r");
    assert_non_null(answer);
    assert_non_null(fgets(read_back, sizeof read_back, answer));
    assert_int_equal(pclose(answer), 0);
    unlink(name);
    read_back[strcspn(read_back, "\n")] = '\0';
    assert_string_equal(read_back, said);
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_a_picture),
        cmocka_unit_test(is_read_by_another_program),
    };
    return cmocka_run_group_tests_name("core/qr", tests, NULL, NULL);
}
