/*
 * Tests of what is pure about media: metadata read and written, containers walked and rewritten, looks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/media/container.h"
#include "core/media/look.h"
#include "core/media/wire.h"

static const struct media_notice notice = {
    .title = TEXT("Tea & <cake>"),
    .creator = TEXT("Anna M\xc3\xbcller"),
    .credit = TEXT("Anna / House"),
    .copyright = TEXT("(c) Anna"),
    .terms = TEXT("Standard licence, version 1"),
    .licence_url = TEXT("https://example.org/l/1?a=1&b=2"),
    .licensor_url = TEXT("https://example.org/p/1"),
};

/* A file put together by a test. */
struct draft {
    unsigned char data[8192]; /* its bytes so far */
    size_t size;              /* how many */
};

static void put(struct draft *file, const void *data, size_t size)
{
    assert_true(file->size + size <= sizeof file->data);
    memcpy(file->data + file->size, data, size);
    file->size += size;
}

/* Same bytes in a block of exactly their size, so that a sanitizer sees one byte too many. */
static struct bytes exact(struct memory *memory, const struct draft *file, size_t size)
{
    return (struct bytes){memory_copy(memory, file->data, size), size};
}

static bool has(struct bytes file, const char *what)
{
    return memmem(file.data, file.size, what, strlen(what)) != NULL;
}

static void put_segment(struct draft *file, int marker, const void *data, size_t size)
{
    unsigned char head[4] = {0xff, (unsigned char)marker, (unsigned char)((size + 2) >> 8),
                             (unsigned char)(size + 2)};
    put(file, head, 4);
    put(file, data, size);
}

/* Canon, orientation 6, DateTimeOriginal with an offset, a GPS latitude; little or big endian. */
static size_t make_exif(unsigned char out[256], bool big)
{
    static const unsigned entries[][4] = {
        /* tag, type, count, value; directory at 8 */
        {0x010f, 2, 6, 150},
        {0x0112, 3, 1, 6},
        {0x8769, 4, 1, 62},
        {0x8825, 4, 1, 100}, /* EXIF directory at 62 */
        {0x9003, 2, 20, 160},
        {0x9011, 2, 7, 190},
        {0xa431, 2, 7, 200},
        /* GPS directory at 104 */ {0x0002, 5, 3, 120},
    };
    static const struct {
        size_t at, first, count;
    } directories[] = {{8, 0, 4}, {62, 4, 3}, {100, 7, 1}};
    memset(out, 0, 256);
    memcpy(out, big ? "MM\0*\0\0\0\x08" : "II*\0\x08\0\0\0", 8);
    for (int d = 0; d < 3; d++) {
        unsigned char *p = out + directories[d].at;
        p[big ? 1 : 0] = (unsigned char)directories[d].count;
        p += 2;
        for (size_t i = 0; i < directories[d].count; i++, p += 12) {
            const unsigned *entry = entries[directories[d].first + i];
            for (int k = 0; k < 2; k++) {
                p[2 * k + (big ? 0 : 1)] = (unsigned char)(entry[k] >> 8);
                p[2 * k + (big ? 1 : 0)] = (unsigned char)entry[k];
            }
            p[big ? 7 : 4] = (unsigned char)entry[2];
            p[entry[1] == 3 ? (big ? 9 : 8) : (big ? 11 : 8)] = (unsigned char)entry[3];
        }
    }
    memcpy(out + 150, "Canon", 6);
    memcpy(out + 160, "2024:02:29 23:30:00", 20);
    memcpy(out + 190, "+02:00", 7);
    memcpy(out + 200, "SECRET", 7);
    return 256;
}

static void put_exif(struct draft *file)
{
    unsigned char block[6 + 256] = "Exif\0";
    make_exif(block + 6, false);
    put_segment(file, 0xe1, block, sizeof block);
}

/* A JPEG as far as its structure goes, full of private things. */
static void make_jpeg(struct draft *file)
{
    static const unsigned char frame[] = {8, 1, 0x90, 2, 0x58, 3,    1, 0x22,
                                          0, 2, 0x11, 1, 3,    0x11, 1};
    file->size = 0;
    put(file, "\xff\xd8", 2);
    put_segment(file, 0xe0, "JFIF\0\1\2\1\0\x48\0\x48\1\1THB", 17);
    put_exif(file);
    put_segment(file, 0xe1, "http://ns.adobe.com/xap/1.0/\0SECRET", 35);
    put_segment(file, 0xe2, "ICC_PROFILE\0\1\1profile", 21);
    put_segment(file, 0xe2, "FPXR\0SECRET", 11);
    put_segment(file, 0xed, "Photoshop 3.0\0SECRET", 20);
    put_segment(file, 0xee, "Adobe\0d\0\0\0\0\1SECRET", 18);
    put_segment(file, 0xfe, "SECRET", 6);
    put_segment(file, 0xdb, "table", 5);
    put_segment(file, 0xc0, frame, sizeof frame);
    put_segment(file, 0xda, "\3\1\0\2\x11\3\x11\0\x3f\0", 10);
    put(file, "scan\xff\0data\xff\xd0more", 16);
    put_segment(file, 0xe5, "SECRET", 6);
    put_segment(file, 0xda, "\1\1\0\0\x3f\0", 6);
    put(file, "second", 6);
    put(file, "\xff\xd9", 2);
}

static void put_chunk(struct draft *file, const char *type, const void *data, size_t size)
{
    unsigned char number[4] = {0, 0, (unsigned char)(size >> 8), (unsigned char)size};
    put(file, number, 4);
    put(file, type, 4);
    put(file, data, size);
    uint32_t crc = media_crc(media_crc(0, (const unsigned char *)type, 4), data, size);
    for (int i = 0; i < 4; i++)
        number[i] = (unsigned char)(crc >> (24 - 8 * i));
    put(file, number, 4);
}

static void make_png(struct draft *file, unsigned width, unsigned height)
{
    unsigned char head[13] = {(unsigned char)(width >> 24),
                              (unsigned char)(width >> 16),
                              (unsigned char)(width >> 8),
                              (unsigned char)width,
                              (unsigned char)(height >> 24),
                              (unsigned char)(height >> 16),
                              (unsigned char)(height >> 8),
                              (unsigned char)height,
                              8,
                              2,
                              0,
                              0,
                              0};
    unsigned char exif[256];
    file->size = 0;
    put(file, "\x89PNG\r\n\x1a\n", 8);
    put_chunk(file, "IHDR", head, sizeof head);
    put_chunk(file, "eXIf", exif, make_exif(exif, true));
    put_chunk(file, "tEXt", "Author\0SECRET", 13);
    put_chunk(file, "IDAT", "pixels", 6);
    put_chunk(file, "IEND", "", 0);
}

static void put_riff(struct draft *file, const char *type, const void *data, size_t size)
{
    unsigned char number[4] = {(unsigned char)size, (unsigned char)(size >> 8), 0, 0};
    put(file, type, 4);
    put(file, number, 4);
    put(file, data, size);
    if (size % 2 == 1)
        put(file, "", 1);
}

static void make_webp(struct draft *file)
{
    unsigned char exif[256];
    file->size = 0;
    put(file, "RIFF\0\0\0\0WEBP", 12);
    put_riff(file, "VP8X", "\x0c\0\0\0\x57\2\0\x8f\1\0", 10);
    put_riff(file, "VP8L", "\x2f\x57\xc2\x63\0pixels!", 12);
    put_riff(file, "EXIF", exif, make_exif(exif, false));
    put_riff(file, "XMP ", "SECRET", 6);
    put_riff(file, "junk", "SECRET", 6);
    file->data[4] = (unsigned char)(file->size - 8);
    file->data[5] = (unsigned char)((file->size - 8) >> 8);
}

static void exif_is_read_in_both_orders(void **state)
{
    unsigned char block[256];
    for (int big = 0; big < 2; big++) {
        struct media_exif exif;
        size_t size = make_exif(block, big);
        media_exif_read((struct bytes){block, size}, &exif);
        assert_string_equal(exif.make, "Canon");
        assert_string_equal(exif.model, "");
        assert_int_equal(exif.orientation, 6);
        assert_true(exif.had_position);
        struct instant expected = instant_of(
            (struct civil){.year = 2024, .month = 2, .day = 29, .hour = 21, .minute = 30});
        assert_int_equal(exif.taken.ms, expected.ms);
    }
    (void)state;
}

static void exif_cut_or_bent_anywhere_is_survived(void **state)
{
    unsigned char block[256];
    struct media_exif exif;
    for (int big = 0; big < 2; big++)
        for (size_t size = 0; size <= 256; size++) {
            make_exif(block, big);
            unsigned char *cut = malloc(size ? size : 1);
            memcpy(cut, block, size);
            media_exif_read((struct bytes){cut, size}, &exif);
            assert_in_range(exif.orientation, 1, 8);
            for (size_t i = 0; i < size; i++) {
                cut[i] ^= 0xff;
                media_exif_read((struct bytes){cut, size}, &exif);
                assert_in_range(exif.orientation, 1, 8);
                assert_true(strlen(exif.make) < MEDIA_CAMERA_SIZE);
                cut[i] ^= 0xff;
            }
            free(cut);
        }
    (void)state;
}

static void impossible_dates_are_absent(void **state)
{
    static const char *const dates[] = {"0000:00:00 00:00:00", "2024:13:01 00:00:00",
                                        "2024:01:32 00:00:00", "2024:01:01 24:00:00",
                                        "    :  :     :  :  ", "not a date at all!!"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        unsigned char block[256];
        struct media_exif exif;
        make_exif(block, false);
        memcpy(block + 160, dates[i], 19);
        media_exif_read((struct bytes){block, sizeof block}, &exif);
        assert_int_equal(exif.taken.ms, 0);
    }
    (void)state;
}

static void written_orientation_reads_back(void **state)
{
    for (int orientation = 1; orientation <= 8; orientation++) {
        unsigned char block[MEDIA_EXIF_WRITTEN];
        struct media_exif exif;
        media_exif_write(orientation, block);
        media_exif_read((struct bytes){block, sizeof block}, &exif);
        assert_int_equal(exif.orientation, orientation);
        assert_false(exif.had_position);
    }
    (void)state;
}

static void xmp_escapes_and_leaves_out_what_is_empty(void **state)
{
    struct memory *memory = memory_create(1 << 20);
    struct builder out = builder_make(memory, 65000);
    struct media_notice odd = {.title = TEXT("a<b>&\"'\x01z")};
    struct text xmp;
    media_xmp_write(&odd, &out);
    assert_null(builder_end(&out, &xmp));
    struct bytes packet = {(const unsigned char *)xmp.data, xmp.size};
    assert_true(has(packet, "a&lt;b&gt;&amp;"));
    assert_false(has(packet, "\x01"));
    assert_false(has(packet, "dc:creator"));
    memory_end(memory);
    (void)state;
}

static void longest_notice_fits_a_jpeg_segment(void **state)
{
    static char many[2001];
    struct memory *memory = memory_create(4 << 20);
    struct draft file;
    struct wire_notice wire;
    memset(many, '"', sizeof many - 1); /* the character that grows most when escaped */
    struct media_notice longest = {{many, 500},  {many, 250},  {many, 250}, {many, 500},
                                   {many, 2000}, {many, 1000}, {many, 1000}};
    assert_true(wire_notice_fill(&longest, &wire));
    struct media_notice again = wire_notice_texts(&wire);
    struct builder out = builder_make(memory, 1 << 20);
    struct text body;
    make_jpeg(&file);
    assert_null(media_rewrite(exact(memory, &file, file.size), &again, &out));
    assert_null(builder_end(&out, &body));
    longest.title.size = 600;
    assert_false(wire_notice_fill(&longest, &wire));
    memory_end(memory);
    (void)state;
}

static void iptc_is_cut_between_characters(void **state)
{
    struct memory *memory = memory_create(1 << 20);
    struct builder out = builder_make(memory, 65000);
    char name[40];
    struct text block;
    memset(name, 'a', 31);
    memcpy(name + 31, "\xc3\xbc", 2); /* the 32nd byte begins a character of two */
    struct media_notice one = {.creator = {name, 33}};
    media_iptc_write(&one, &out);
    assert_null(builder_end(&out, &block));
    assert_memory_equal(block.data, "8BIM\x04\x04\0\0", 8);
    assert_int_equal(block.size % 2, 0);
    const char *found = memmem(block.data, block.size, "\x1c\x02\x50\x00\x1f", 5);
    assert_non_null(found);
    memory_end(memory);
    (void)state;
}

static void formats_are_told_by_content(void **state)
{
    static const struct {
        const char *start;
        size_t size;
        enum media_format format;
        bool svg;
    } cases[] = {
        {"\xff\xd8\xff\xe0", 4, MEDIA_JPEG, false},
        {"\x89PNG\r\n\x1a\n", 8, MEDIA_PNG, false},
        {"RIFF\0\0\0\0WEBP", 12, MEDIA_WEBP, false},
        {"RIFF\0\0\0\0WAVE", 12, 0, false},
        {"II*\0", 4, MEDIA_TIFF, false},
        {"\0\0\0\x18"
         "ftypheic",
         12, MEDIA_HEIF, false},
        {"\0\0\0\x18"
         "ftypavif",
         12, MEDIA_HEIF, false},
        {"\0\0\0\x18"
         "ftypisom",
         12, MEDIA_MP4, false},
        {"\0\0\0\x18"
         "ftypqt  ",
         12, MEDIA_MOV, false},
        {"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", 12, MEDIA_WEBM, false},
        {"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", 16, 0, false},
        {"<svg onload=\"x\">", 16, 0, true},
        {"\xef\xbb\xbf \n<?xml version='1.0'?><SVG>", 32, 0, true},
        {"<html><body>", 12, 0, false},
        {"GIF89a", 6, 0, false},
        {"", 0, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool svg = true;
        struct bytes file = {(const unsigned char *)cases[i].start, cases[i].size};
        assert_int_equal(media_identify(file, &svg), cases[i].format);
        assert_int_equal(svg, cases[i].svg);
    }
    (void)state;
}

/* Every shorter prefix of a sound file is refused, and one appended archive too. */
static void check_ends(const struct draft *file, const struct problem *appended)
{
    struct memory *memory = memory_create(256 << 20);
    struct media_header header;
    assert_null(media_inspect(exact(memory, file, file->size), &header));
    for (size_t size = 0; size < file->size; size++) {
        struct memory *scratch = memory_scratch(memory);
        assert_non_null(media_inspect(exact(scratch, file, size), &header));
        memory_end(scratch);
    }
    struct draft longer = *file;
    put(&longer, "PK\3\4\x14\0\0\0\0\0archive", 17);
    assert_ptr_equal(media_inspect(exact(memory, &longer, longer.size), &header), appended);
    memory_end(memory);
}

static void jpeg_ends_are_checked(void **state)
{
    struct draft file;
    struct media_header header;
    make_jpeg(&file);
    check_ends(&file, &media_trailing_data);
    assert_null(media_inspect((struct bytes){file.data, file.size}, &header));
    assert_int_equal(header.width, 600);
    assert_int_equal(header.height, 400);
    assert_int_equal(header.exif.orientation, 6);
    put(&file, "\0\0\0\0\0\0\xff\xff", 8); /* a camera's padding */
    assert_null(media_inspect((struct bytes){file.data, file.size}, &header));
    (void)state;
}

static void further_pictures_pass_only_when_announced(void **state)
{
    struct draft file, one;
    struct media_header header;
    make_jpeg(&one);
    file = one;
    put(&file, one.data, one.size);
    struct bytes plain = {file.data, file.size};
    assert_ptr_equal(media_inspect(plain, &header), &media_trailing_data);
    file.size = 0;
    put(&file, one.data, 2);
    put_segment(&file, 0xe2, "MPF\0index", 9);
    put(&file, one.data + 2, one.size - 2);
    put(&file, one.data, one.size);
    assert_null(media_inspect((struct bytes){file.data, file.size}, &header));
    put(&file, "PK\3\4archive", 11);
    struct bytes longer = {file.data, file.size};
    assert_ptr_equal(media_inspect(longer, &header), &media_trailing_data);
    (void)state;
}

static void png_ends_are_checked(void **state)
{
    struct draft file;
    struct media_header header;
    make_png(&file, 40000, 40000);
    check_ends(&file, &media_trailing_data);
    assert_null(media_inspect((struct bytes){file.data, file.size}, &header));
    assert_int_equal(header.width, 40000);
    assert_int_equal(header.height, 40000);
    (void)state;
}

static void webp_ends_are_checked(void **state)
{
    struct draft file;
    struct media_header header;
    make_webp(&file);
    check_ends(&file, &media_trailing_data);
    assert_null(media_inspect((struct bytes){file.data, file.size}, &header));
    assert_int_equal(header.width, 600);
    assert_int_equal(header.height, 400);
    assert_int_equal(header.exif.orientation, 6);
    (void)state;
}

static void clip_ends_are_checked(void **state)
{
    struct draft file = {.size = 0};
    put(&file,
        "\0\0\0\x10"
        "ftypisom\0\0\0\0",
        16);
    put(&file,
        "\0\0\0\x0c"
        "mdatdata",
        12);
    put(&file,
        "\0\0\0\x0c"
        "moovdata",
        12);
    check_ends(&file, &media_trailing_data);
    struct media_header header;
    struct draft without = {.size = 0};
    put(&without, file.data, 28);
    struct bytes unindexed = {without.data, without.size};
    assert_ptr_equal(media_inspect(unindexed, &header), &media_truncated);
    struct draft webm = {.size = 0};
    put(&webm,
        "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x84"
        "data",
        21);
    check_ends(&webm, &media_trailing_data);
    (void)state;
}

/* Rewrites and looks at the result: nothing private, the notice in, sound, and stable when it is
 * rewritten again. */
static struct bytes check_rewritten(struct memory *memory, const struct draft *file)
{
    struct media_header header;
    struct builder out = builder_make(memory, 1 << 20);
    struct text body;
    assert_true(has((struct bytes){file->data, file->size}, "SECRET"));
    assert_null(media_rewrite(exact(memory, file, file->size), &notice, &out));
    assert_null(builder_end(&out, &body));
    struct bytes clean = {(const unsigned char *)body.data, body.size};
    assert_false(has(clean, "SECRET"));
    assert_false(has(clean, "Canon"));
    assert_true(has(clean, "<dc:creator><rdf:Seq><rdf:li>Anna M\xc3\xbcller</rdf:li>"));
    assert_true(has(clean, "https://example.org/l/1?a=1&amp;b=2</xmpRights:WebStatement>"));
    assert_null(media_inspect(clean, &header));
    assert_int_equal(header.exif.orientation, 6);
    assert_false(header.exif.had_position);
    struct builder again = builder_make(memory, 1 << 20);
    assert_null(media_rewrite(clean, &notice, &again));
    assert_null(builder_end(&again, &body));
    assert_int_equal(body.size, clean.size);
    assert_memory_equal(body.data, clean.data, clean.size);
    return clean;
}

static void jpeg_is_written_clean(void **state)
{
    struct memory *memory = memory_create(4 << 20);
    struct draft file;
    make_jpeg(&file);
    struct bytes clean = check_rewritten(memory, &file);
    assert_false(has(clean, "THB"));
    assert_true(has(clean, "profile"));
    assert_true(has(clean, "table"));
    assert_non_null(memmem(clean.data, clean.size, "scan\xff\0data\xff\xd0more", 16));
    assert_true(has(clean, "second"));
    assert_non_null(memmem(clean.data, clean.size,
                           "\x1c\x02\x50\x00\x0c"
                           "Anna M\xc3\xbcller",
                           17));
    memory_end(memory);
    (void)state;
}

static void png_and_webp_are_written_clean(void **state)
{
    struct memory *memory = memory_create(4 << 20);
    struct draft file;
    make_png(&file, 600, 400);
    assert_true(has(check_rewritten(memory, &file), "pixels"));
    make_webp(&file);
    assert_true(has(check_rewritten(memory, &file), "pixels!"));
    memory_end(memory);
    (void)state;
}

static void crc_is_the_standard_one(void **state)
{
    assert_int_equal(media_crc(0, (const unsigned char *)"123456789", 9), 0xcbf43926);
    (void)state;
}

static void colours_have_their_names(void **state)
{
    assert_int_equal(look_class(200, 20, 20), MEDIA_RED);
    assert_int_equal(look_class(255, 140, 0), MEDIA_ORANGE);
    assert_int_equal(look_class(250, 230, 30), MEDIA_YELLOW);
    assert_int_equal(look_class(40, 160, 60), MEDIA_GREEN);
    assert_int_equal(look_class(0, 200, 210), MEDIA_CYAN);
    assert_int_equal(look_class(30, 80, 200), MEDIA_BLUE);
    assert_int_equal(look_class(120, 40, 200), MEDIA_PURPLE);
    assert_int_equal(look_class(255, 105, 180), MEDIA_PINK);
    assert_int_equal(look_class(110, 65, 25), MEDIA_BROWN);
    assert_int_equal(look_class(8, 8, 10), MEDIA_BLACK);
    assert_int_equal(look_class(128, 128, 130), MEDIA_GREY);
    assert_int_equal(look_class(250, 250, 248), MEDIA_WHITE);
    (void)state;
}

#define WIDE 96
#define HIGH 64

static void paint(unsigned char *rgb, bool mirrored, int noise)
{
    for (int y = 0; y < HIGH; y++)
        for (int x = 0; x < WIDE; x++) {
            int from = mirrored ? WIDE - 1 - x : x;
            int value = (from * from / 60 + y * 3 + (from > 40 && y > 20 ? 70 : 0)) % 256;
            value = (value + (x * 7 + y * 13) % (noise + 1)) % 256;
            memset(rgb + 3 * (y * WIDE + x), value, 3);
        }
}

static void hashes_find_the_same_and_the_mirrored_picture(void **state)
{
    static unsigned char rgb[3 * WIDE * HIGH];
    struct media_facts plain = {0}, mirrored = {0}, flat = {0};
    struct pixels picture = {rgb, WIDE, HIGH};
    paint(rgb, false, 0);
    look_hash(picture, &plain);
    paint(rgb, true, 0);
    look_hash(picture, &mirrored);
    assert_true(media_distance(plain.phash, mirrored.phash_mirrored) <= 1);
    assert_true(media_distance(plain.phash_mirrored, mirrored.phash) <= 1);
    assert_true(media_distance(plain.phash, mirrored.phash) > 12);
    memset(rgb, 77, sizeof rgb);
    look_hash(picture, &flat);
    look_colours(picture, &flat);
    assert_int_equal(flat.colour_count, 1);
    assert_int_equal(flat.colours[0], MEDIA_GREY);
    assert_int_equal(flat.colour_percent[0], 100);
    assert_int_equal(media_distance(0, UINT64_MAX), 64);
    (void)state;
}

static void nonsense_from_a_child_is_not_believed(void **state)
{
    struct wire_answer answer = {.facts = {.format = MEDIA_JPEG, .orientation = 1}};
    assert_true(wire_answer_sound(&answer, 0));
    assert_false(wire_answer_sound(&answer, 1)); /* a rendition without size */
    struct wire_answer bad = answer;
    bad.facts.format = (enum media_format)99;
    assert_false(wire_answer_sound(&bad, 0));
    bad = answer;
    bad.facts.colour_count = 1000;
    assert_false(wire_answer_sound(&bad, 0));
    bad = answer;
    memset(bad.facts.camera_make, 'x', MEDIA_CAMERA_SIZE);
    assert_false(wire_answer_sound(&bad, 0));
    bad = answer;
    bad.facts.camera_model[0] = (char)0xff;
    assert_false(wire_answer_sound(&bad, 0));
    bad = answer;
    bad.facts.width = -1;
    assert_false(wire_answer_sound(&bad, 0));
    assert_ptr_equal(wire_problem(12345), &media_decoder_failed);
    assert_ptr_equal(wire_problem(wire_problem_number(&disk_full)), &disk_full);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exif_is_read_in_both_orders),
        cmocka_unit_test(exif_cut_or_bent_anywhere_is_survived),
        cmocka_unit_test(impossible_dates_are_absent),
        cmocka_unit_test(written_orientation_reads_back),
        cmocka_unit_test(xmp_escapes_and_leaves_out_what_is_empty),
        cmocka_unit_test(longest_notice_fits_a_jpeg_segment),
        cmocka_unit_test(iptc_is_cut_between_characters),
        cmocka_unit_test(formats_are_told_by_content),
        cmocka_unit_test(jpeg_ends_are_checked),
        cmocka_unit_test(further_pictures_pass_only_when_announced),
        cmocka_unit_test(png_ends_are_checked),
        cmocka_unit_test(webp_ends_are_checked),
        cmocka_unit_test(clip_ends_are_checked),
        cmocka_unit_test(jpeg_is_written_clean),
        cmocka_unit_test(png_and_webp_are_written_clean),
        cmocka_unit_test(crc_is_the_standard_one),
        cmocka_unit_test(colours_have_their_names),
        cmocka_unit_test(hashes_find_the_same_and_the_mirrored_picture),
        cmocka_unit_test(nonsense_from_a_child_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
