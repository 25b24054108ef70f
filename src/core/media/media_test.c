/*
 * Tests of media with real children: the store, refusals by name, renditions, licensed copies read back
 * by exiftool, and the walls of the sandbox tried from the inside.
 *
 * Photographs of cameras are read from TEST_DATA, folder exif.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "core/media/media.h"
#include "core/media/metadata.h"
#include "core/media/sandbox.h"

static const struct media_notice notice = {
    .title = TEXT("Tea & cake"),
    .creator = TEXT("Anna M\xc3\xbcller"),
    .credit = TEXT("Anna / House"),
    .copyright = TEXT("(c) Anna M\xc3\xbcller"),
    .terms = TEXT("Standard licence, version 1"),
    .licence_url = TEXT("https://example.org/licence/1"),
    .licensor_url = TEXT("https://example.org/photo/1"),
};

static char folder[64]; /* everything the tests write */
static const struct media_limits any_size = {
    .photo_bytes = 50000000, .clip_bytes = 100000000, .pixels = 100000000, .edge = 0};

/* Where TEST_S3 names a server, its bucket "test" keeps the files. */
static struct media_bucket bucket(void)
{
    const char *endpoint = getenv("TEST_S3");
    if (!endpoint)
        return (struct media_bucket){0};
    return (struct media_bucket){.store = TEXT("s3://test/media"),
                                 .endpoint = text_of(endpoint),
                                 .region = TEXT("us-east-1"),
                                 .key = TEXT("S3RVER"),
                                 .secret = TEXT("S3RVER"),
                                 .cache = 1 << 30};
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

static int start(void **state)
{
    char store[80];
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/media_test.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(store, sizeof store, "%s/media", folder);
    struct media_options options = {
        .folder = store, .bucket = bucket(), .children = 1, .watermark = "Contraflow"};
    return media_start(&options) ? -1 : 0;
}

static int stop(void **state)
{
    (void)state;
    media_stop();
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* A nameless file with these bytes. */
static int file_of(const void *data, size_t size)
{
    char path[96];
    snprintf(path, sizeof path, "%s/input", folder);
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    unlink(path);
    assert_int_equal(write(file, data, size), (ssize_t)size);
    return file;
}

struct image {
    unsigned char *data; /* a PNG; free() */
    size_t size;         /* bytes */
};

static void put(struct image *image, const void *data, size_t size)
{
    memcpy(image->data + image->size, data, size);
    image->size += size;
}

static void put_chunk(struct image *image, const char *type, const unsigned char *data, size_t size)
{
    uint32_t crc = media_crc(media_crc(0, (const unsigned char *)type, 4), data, size);
    unsigned char number[4];
    for (int i = 0; i < 4; i++)
        number[i] = (unsigned char)(size >> (24 - 8 * i));
    put(image, number, 4);
    put(image, type, 4);
    put(image, data, size);
    for (int i = 0; i < 4; i++)
        number[i] = (unsigned char)(crc >> (24 - 8 * i));
    put(image, number, 4);
}

/* One row a deflate block, stored (RFC 1951 section 3.2.4): a red and blue picture that is no mirror
 * image of itself. */
static size_t fill_pixels(unsigned char *out, int width, int height)
{
    size_t row = 1 + 3 * (size_t)width, at = 2;
    uint32_t a = 1, b = 0;
    memcpy(out, "\x78\x01", 2);
    for (int y = 0; y < height; y++) {
        unsigned char head[5] = {y == height - 1, (unsigned char)row, (unsigned char)(row >> 8),
                                 (unsigned char)~row, (unsigned char)(~row >> 8)};
        memcpy(out + at, head, 5);
        out[at + 5] = 0;
        for (int x = 0; x < width; x++) {
            bool red = x < width / 3 || (y > height / 2 && x < width / 2);
            unsigned char *p = out + at + 6 + 3 * x;
            p[0] = (unsigned char)(red ? 200 + y * 30 / height : 20);
            p[1] = 20;
            p[2] = (unsigned char)(red ? 20 : 150 + x * 60 / width);
        }
        for (size_t i = 0; i < row; i++) {
            a = (a + out[at + 5 + i]) % 65521;
            b = (b + a) % 65521;
        }
        at += 5 + row;
    }
    uint32_t adler = b << 16 | a;
    for (int i = 0; i < 4; i++)
        out[at++] = (unsigned char)(adler >> (24 - 8 * i));
    return at;
}

/* Header says `claimed`, pixels are of width x height. */
static struct image make_png(int width, int height, int claimed, int orientation)
{
    size_t room = (size_t)height * (3 * (size_t)width + 16) + 1024;
    struct image image = {.data = malloc(room)};
    unsigned char *pixels = malloc(room);
    unsigned char head[13] = {0}, exif[MEDIA_EXIF_WRITTEN];
    int size[2] = {claimed ? claimed : width, claimed ? claimed : height};
    for (int i = 0; i < 8; i++)
        head[i] = (unsigned char)(size[i / 4] >> (24 - 8 * (i % 4)));
    head[8] = 8;
    head[9] = 2;
    put(&image, "\x89PNG\r\n\x1a\n", 8);
    put_chunk(&image, "IHDR", head, sizeof head);
    put_chunk(&image, "tEXt", (const unsigned char *)"Author\0Secret Owner", 19);
    media_exif_write(orientation, exif);
    put_chunk(&image, "eXIf", exif, sizeof exif);
    put_chunk(&image, "IDAT", pixels, fill_pixels(pixels, width, height));
    put_chunk(&image, "IEND", (const unsigned char *)"", 0);
    free(pixels);
    return image;
}

static const struct problem *examine_bytes(const void *data, size_t size,
                                           const struct media_limits *limits)
{
    struct media_facts facts;
    int file = file_of(data, size);
    const struct problem *problem = media_examine(file, limits, &facts);
    close(file);
    return problem;
}

/* glib's locks are bare futex calls in a library without instruments: the thread sanitizer takes each
 * decoding for a row of races and spends minutes on it. Our code in the child has one thread. */
static void skip_under_thread_sanitizer(void)
{
#if defined(__SANITIZE_THREAD__)
    print_message("skipped: the thread sanitizer can't see the locks of glib and libvips\n");
    skip();
#endif
}

static void names_that_are_none_reach_no_path(void **state)
{
    struct media_hash hash;
    char digits[65];
    memset(digits, 'a', 64);
    digits[64] = 0;
    assert_true(media_hash_parse(text_of(digits), &hash));
    digits[3] = '/';
    assert_false(media_hash_parse(text_of(digits), &hash));
    digits[3] = 'A';
    assert_false(media_hash_parse(text_of(digits), &hash));
    assert_false(media_hash_parse(text_of("../../etc/passwd"), &hash));
    struct media_file name = {.format = MEDIA_JPEG};
    int file = 0;
    memset(name.hash.hex, 'a', 64);
    assert_ptr_equal(media_open(&name, &file, NULL), &not_found);
    assert_int_equal(file, -1);
    memcpy(name.hash.hex, "../../../../etc/passwd", 22);
    assert_ptr_equal(media_open(&name, &file, NULL), &not_found);
    memset(name.hash.hex, 'a', 64);
    name.format = (enum media_format)77;
    assert_ptr_equal(media_open(&name, &file, NULL), &not_found);
    assert_false(media_exists(&name));
    (void)state;
}

static void a_draft_is_kept_whole_or_not_at_all(void **state)
{
    struct media_draft draft;
    struct media_file name = {.format = MEDIA_WEBP, .edge = 320};
    struct stat about;
    int file;
    int64_t bytes;
    assert_null(media_draft_begin(&draft));
    assert_int_equal(write(draft.file, "abc", 3), 3);
    assert_null(media_hash_file(draft.file, &name.hash, &bytes));
    /* BLAKE2b-256 of "abc", computed independently with `b2sum -l 256` */
    assert_string_equal(name.hash.hex,
                        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_false(media_exists(&name));
    assert_null(media_draft_keep(&draft, &name));
    assert_null(media_open(&name, &file, &bytes));
    assert_int_equal(bytes, 3);
    assert_int_equal(fstat(file, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    close(file);
    assert_null(media_forget(&name));
    assert_null(media_forget(&name));
    assert_false(media_exists(&name));
    assert_null(media_draft_begin(&draft));
    media_draft_drop(&draft);
    media_draft_drop(&draft);
    (void)state;
}

static void a_full_disk_is_named_and_leaves_nothing(void **state)
{
    struct image image = make_png(900, 600, 0, 1);
    struct rlimit before, small = {.rlim_cur = 100000};
    struct media_facts facts;
    int file = file_of(image.data, image.size);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small); /* a write beyond it fails as on a full disk */
    const struct problem *problem = media_take_in(file, &any_size, NULL, 0, &facts);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_ptr_equal(problem, &disk_full);
    struct media_file name = {.format = MEDIA_PNG};
    assert_null(media_hash_file(file, &name.hash, NULL));
    assert_false(media_exists(&name));
    close(file);
    free(image.data);
    (void)state;
}

static void bad_files_are_refused_by_name(void **state)
{
    skip_under_thread_sanitizer();
    static const char svg[] = "<?xml version='1.0'?><svg><script>alert(1)</script></svg>";
    struct image image = make_png(900, 600, 0, 1);
    unsigned char noise[100];
    for (int i = 0; i < 100; i++)
        noise[i] = (unsigned char)(i * 97 + 13);
    assert_ptr_equal(examine_bytes(noise, 100, &any_size), &media_not_an_image);
    assert_ptr_equal(examine_bytes("", 0, &any_size), &media_not_an_image);
    assert_ptr_equal(examine_bytes(svg, sizeof svg - 1, &any_size), &media_svg_refused);
    assert_null(examine_bytes(image.data, image.size, &media_standard_limits));
    assert_ptr_equal(examine_bytes(image.data, image.size / 2, &any_size), &media_truncated);
    memcpy(noise, "\xff\xd8\xff\xe0", 4);
    assert_ptr_equal(examine_bytes(noise, 100, &any_size), &media_truncated);
    struct media_limits strict = any_size;
    strict.edge = 901;
    assert_ptr_equal(examine_bytes(image.data, image.size, &strict), &media_too_small);
    strict = any_size;
    strict.photo_bytes = 1000;
    assert_ptr_equal(examine_bytes(image.data, image.size, &strict), &media_too_large_file);
    strict.clip_bytes = 1000;
    assert_ptr_equal(examine_bytes(image.data, image.size, &strict), &media_too_large_file);
    unsigned char *longer = malloc(image.size + 40);
    memcpy(longer, image.data, image.size);
    memcpy(longer + image.size, "PK\3\4\x14\0\0\0\x08\0 an archive behind the picture", 40);
    assert_ptr_equal(examine_bytes(longer, image.size + 40, &any_size), &media_trailing_data);
    free(longer);
    image.data[image.size / 2] ^= 0xff; /* the pixels no longer match their check sum */
    assert_ptr_equal(examine_bytes(image.data, image.size, &any_size), &media_damaged);
    free(image.data);
    image = make_png(16, 16, 40000, 1);
    assert_ptr_equal(examine_bytes(image.data, image.size, &any_size), &media_too_many_pixels);
    free(image.data);
    image = make_png(16, 16, 9000, 1); /* allowed by its size, but the pixels are not there */
    assert_ptr_equal(examine_bytes(image.data, image.size, &any_size), &media_damaged);
    free(image.data);
    (void)state;
}

static void a_photograph_is_taken_in(void **state)
{
    skip_under_thread_sanitizer();
    struct image image = make_png(900, 600, 0, 6);
    struct media_rendition wanted[MEDIA_LADDER_COUNT];
    struct media_facts facts, again;
    memcpy(wanted, media_ladder, sizeof wanted);
    int file = file_of(image.data, image.size);
    assert_null(media_take_in(file, &media_standard_limits, wanted, MEDIA_LADDER_COUNT, &facts));
    assert_int_equal(facts.format, MEDIA_PNG);
    assert_int_equal(facts.width, 600);
    assert_int_equal(facts.height, 900);
    assert_int_equal(facts.orientation, 6);
    assert_int_equal(facts.bytes, (int64_t)image.size);
    assert_int_equal(facts.colour_count, 2);
    assert_int_equal(facts.colours[0] + facts.colours[1], MEDIA_BLUE + MEDIA_RED);
    assert_in_range(facts.colour_percent[0], 50, 65);
    assert_true(media_distance(facts.phash, facts.phash_mirrored) > 8);
    struct media_file name = {.hash = facts.hash, .format = MEDIA_PNG};
    assert_true(media_exists(&name));
    for (int i = 0; i < MEDIA_LADDER_COUNT; i++) {
        int64_t bytes;
        int made;
        name = (struct media_file){facts.hash, wanted[i].edge, wanted[i].marked, wanted[i].format};
        assert_null(media_open(&name, &made, &bytes));
        close(made);
        assert_int_equal(bytes, wanted[i].bytes);
        int height = wanted[i].edge < 900 ? wanted[i].edge : 900;
        assert_int_equal(wanted[i].height, height);
        assert_in_range(wanted[i].width, height * 2 / 3, height * 2 / 3 + 1);
    }
    assert_null(media_take_in(file, &media_standard_limits, wanted, MEDIA_LADDER_COUNT, &again));
    assert_memory_equal(&again.hash, &facts.hash, sizeof facts.hash);
    assert_int_equal(again.phash, facts.phash);
    close(file);
    free(image.data);
    (void)state;
}

static void the_watermark_covers_what_is_public(void **state)
{
    skip_under_thread_sanitizer();
    struct image image = make_png(900, 600, 0, 1);
    struct media_rendition wanted[2] = {{.edge = 640, .marked = true, .format = MEDIA_JPEG},
                                        {.edge = 640, .format = MEDIA_JPEG}};
    struct media_facts facts, look[2];
    int file = file_of(image.data, image.size);
    assert_null(media_take_in(file, &any_size, wanted, 2, &facts));
    close(file);
    free(image.data);
    for (int i = 0; i < 2; i++) {
        struct media_file name = {facts.hash, 640, wanted[i].marked, MEDIA_JPEG};
        assert_null(media_open(&name, &file, NULL));
        assert_null(media_examine(file, &any_size, &look[i]));
        close(file);
    }
    assert_true(wanted[0].bytes > wanted[1].bytes + 2000);    /* letters all over cost bytes */
    assert_int_equal(look[0].colours[0], look[1].colours[0]); /* and hide no picture */
    (void)state;
}

/* Runs a shell command and reads what it prints; its exit status. */
static int shell(const char *command, char *out, size_t room)
{
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    size_t size = fread(out, 1, room - 1, pipe);
    out[size] = 0;
    char rest[512];
    while (fread(rest, 1, sizeof rest, pipe) > 0)
        ;
    return pclose(pipe);
}

static void skip_without(const char *program)
{
    char command[80], out[200];
    snprintf(command, sizeof command, "command -v %s", program);
    if (shell(command, out, sizeof out) != 0) {
        print_message("skipped: %s is not installed\n", program);
        skip();
    }
}

static char photos[200]; /* the folder of camera files */
static int queued, refused;

static void skip_without_photos(void)
{
    const char *data = getenv("TEST_DATA");
    snprintf(photos, sizeof photos, "%s/exif", data ? data : ".");
    if (access(photos, R_OK) != 0) {
        print_message("skipped: %s is not there (TEST_DATA)\n", photos);
        skip();
    }
}

/* Copies a stored file to out/NAME for the independent reader. */
static void lay_out(const struct media_file *name, const char *kind)
{
    char path[300], block[65536];
    int file;
    ssize_t got;
    assert_null(media_open(name, &file, NULL));
    snprintf(path, sizeof path, "%s/out/%s", folder, kind);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/out/%s/%s-%d%d.%s", folder, kind, name->hash.hex, name->edge,
             name->marked, media_extension(name->format));
    FILE *out = fopen(path, "we");
    assert_non_null(out);
    while ((got = read(file, block, sizeof block)) > 0)
        assert_int_equal(fwrite(block, 1, (size_t)got, out), got);
    fclose(out);
    close(file);
}

static void process(int file, const char *shown)
{
    struct media_rendition wanted[MEDIA_LADDER_COUNT];
    struct media_facts facts;
    struct media_file copy;
    int64_t bytes;
    memcpy(wanted, media_ladder, sizeof wanted);
    const struct problem *problem =
        media_take_in(file, &any_size, wanted, MEDIA_LADDER_COUNT, &facts);
    if (problem) {
        print_message("%s: %s\n", shown, problem->name);
        assert_true(problem != &media_decoder_failed && problem->fault == FAULT_CLIENT);
        refused++;
        return;
    }
    queued++;
    for (int i = 0; i < MEDIA_LADDER_COUNT; i++)
        lay_out(
            &(struct media_file){facts.hash, wanted[i].edge, wanted[i].marked, wanted[i].format},
            "renditions");
    assert_null(media_licensed_copy(file, &notice, &copy, &bytes));
    lay_out(&copy, "copies");
    /* What an operator looks at is such a copy, with nothing written in. */
    assert_null(media_licensed_copy(file, &(struct media_notice){0}, &copy, &bytes));
    lay_out(&copy, "inspections");
}

static int process_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)place;
    int file = kind == FTW_F ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        process(file, path);
        close(file);
    }
    return 0;
}

/* Anything that says where, with which device or by whom a picture was taken, as exiftool names it. */
#define PRIVATE_TAGS                                                                               \
    "-GPS:all -XMP-exif:all -MakerNotes:all -IFD1:all -ExifIFD:all -SubIFD:all -PreviewImage "     \
    "-ThumbnailImage '-*Serial*' '-*Owner*' '-*GPS*' '-*Location*' -UserData:all -Make -Model "    \
    "-Artist -HostComputer -Software -FlashPix:all -MPF:all -Trailer:all -Comment"

/* Tags of one kind of output that should not be there, by exiftool; "" when it is clean. */
static void read_private(const char *kind, char *out, size_t room)
{
    char command[800];
    snprintf(command, sizeof command,
             "exiftool -q -q -m -r -a -G1 -s %s %s/out/%s 2>&1 | grep -v '^=====' | head -20",
             PRIVATE_TAGS, folder, kind);
    shell(command, out, room);
}

static void make_out(void)
{
    char path[100], command[200], out[200];
    snprintf(path, sizeof path, "%s/out", folder);
    snprintf(command, sizeof command, "rm -rf %s", path);
    shell(command, out, sizeof out);
    mkdir(path, 0700);
}

static void nothing_private_leaves_and_the_notice_does(void **state)
{
    skip_under_thread_sanitizer();
    char command[800], out[4000];
    (void)state;
    skip_without_photos();
    skip_without("exiftool");
    make_out();
    queued = refused = 0;
    nftw(photos, process_one, 16, FTW_PHYS);
    print_message("%d photographs taken in, %d refused by name\n", queued, refused);
    assert_true(queued > 50);
    snprintf(command, sizeof command, "exiftool -q -q -r -a -G1 -s -GPS:all '-*Serial*' %s | wc -l",
             photos);
    shell(command, out, sizeof out);
    assert_true(atoi(out) > 20); /* the reader does find such tags before */
    read_private("copies", out, sizeof out);
    assert_string_equal(out, "");
    read_private("inspections", out, sizeof out);
    assert_string_equal(out, "");
    read_private("renditions", out, sizeof out);
    assert_string_equal(out, "");
    snprintf(command, sizeof command,
             "exiftool -q -q -m -r -if '$XMP-dc:Creator eq \"Anna M\xc3\xbcller\" and "
             "$IPTC:By-line eq \"Anna M\xc3\xbcller\" and "
             "$XMP-xmpRights:UsageTerms eq \"Standard licence, version 1\" and "
             "$XMP-xmpRights:WebStatement eq \"https://example.org/licence/1\" and "
             "$XMP-plus:LicensorURL and $XMP-photoshop:Credit and $IPTC:CopyrightNotice' "
             "-p '$FileName' %s/out/copies | wc -l",
             folder);
    shell(command, out, sizeof out);
    int with_notice = atoi(out);
    snprintf(command, sizeof command, "ls %s/out/copies | wc -l", folder);
    shell(command, out, sizeof out);
    assert_int_equal(with_notice, atoi(out));
    snprintf(command, sizeof command,
             "exiftool -q -q -r -a -G1 -s -XMP:all -IPTC:all -EXIF:all -ICC_Profile:all "
             "%s/out/renditions | grep -v '^=====' | head",
             folder);
    shell(command, out, sizeof out);
    assert_string_equal(out, "");
}

static void all_eight_orientations_show_one_picture(void **state)
{
    skip_under_thread_sanitizer();
    uint64_t first = 0;
    (void)state;
    skip_without_photos();
    for (int i = 1; i <= 8; i++) {
        char path[300];
        struct media_facts facts;
        snprintf(path, sizeof path, "%s/orientation/landscape_%d.jpg", photos, i);
        int file = open(path, O_RDONLY | O_CLOEXEC);
        assert_true(file >= 0);
        assert_null(media_examine(file, &any_size, &facts));
        close(file);
        assert_int_equal(facts.orientation, i);
        assert_int_equal(facts.width, 600);
        assert_int_equal(facts.height, 450);
        first = i == 1 ? facts.phash : first;
        assert_true(media_distance(first, facts.phash) <= 8);
    }
}

static void check_clip(const char *name, enum media_format format)
{
    char path[120];
    struct media_facts facts;
    struct media_file copy;
    struct media_rendition wanted[2] = {media_ladder[0], media_ladder[3]};
    int64_t bytes;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(file >= 0);
    assert_null(media_take_in(file, &media_standard_limits, wanted, 2, &facts));
    assert_int_equal(facts.format, format);
    assert_int_equal(facts.width, 640);
    assert_int_equal(facts.height, 360);
    assert_in_range(facts.duration_ms, 900, 1200);
    assert_int_equal(wanted[0].width, 320);
    assert_int_equal(wanted[0].height, 180);
    assert_true(facts.colour_count > 0);
    assert_null(media_licensed_copy(file, &notice, &copy, &bytes));
    assert_int_equal(copy.format, format);
    lay_out(&copy, "clips");
    close(file);
}

static void clips_lose_their_tags_and_gain_the_notice(void **state)
{
    skip_under_thread_sanitizer();
    char command[900], out[4000];
    (void)state;
    skip_without("ffmpeg");
    skip_without("exiftool");
    make_out();
    snprintf(command, sizeof command,
             "cd %s && for kind in mov mp4 webm; do ffmpeg -v error -y -f lavfi -i "
             "testsrc2=s=640x360:r=10:d=1 -metadata location=+59.33+018.06/ "
             "-metadata artist=Secret -metadata title=Secret clip.$kind || exit 1; done",
             folder);
    assert_int_equal(shell(command, out, sizeof out), 0);
    check_clip("clip.mov", MEDIA_MOV);
    check_clip("clip.mp4", MEDIA_MP4);
    check_clip("clip.webm", MEDIA_WEBM);
    snprintf(command, sizeof command, "cat %s/clip.* | grep -ac Secret", folder);
    shell(command, out, sizeof out);
    assert_true(atoi(out) > 0);
    snprintf(command, sizeof command, "cat %s/out/clips/* | grep -acE 'Secret|59[.]33'", folder);
    shell(command, out, sizeof out);
    assert_int_equal(atoi(out), 0);
    snprintf(
        command, sizeof command,
        "cd %s/out/clips && grep -alE 'Anna M\xc3\xbcller' * | xargs "
        "grep -al 'Standard licence, version 1' | xargs grep -al example.org/licence/1 | wc -l",
        folder);
    shell(command, out, sizeof out);
    assert_int_equal(atoi(out), 3);
}

static void a_child_that_hangs_or_dies_costs_one_file(void **state)
{
    skip_under_thread_sanitizer();
    char store[80];
    long peak;
    struct image image = make_png(700, 500, 0, 1);
    (void)state;
    media_stop();
    snprintf(store, sizeof store, "%s/media", folder);
    struct media_options options = {
        .folder = store, .children = 1, .watermark = "Contraflow", .photo_seconds = 20};
    assert_null(media_start(&options));
    assert_null(examine_bytes(image.data, image.size, &any_size));
    int pid = sandbox_decoder(&peak);
    assert_true(pid > 0);
    assert_true(peak > 1000);
    kill(pid, SIGKILL); /* dead while nobody asks: nobody notices */
    usleep(100000);
    assert_null(examine_bytes(image.data, image.size, &any_size));
    assert_int_not_equal(sandbox_decoder(&peak), pid);
    media_stop();
    options.photo_seconds = 1;
    assert_null(media_start(&options));
    while (examine_bytes(image.data, image.size, &any_size) != NULL)
        ; /* a slow machine may need more than its second */
    kill(sandbox_decoder(&peak), SIGSTOP);
    assert_ptr_equal(examine_bytes(image.data, image.size, &any_size), &media_decoder_failed);
    options.photo_seconds = 0;
    media_stop();
    assert_ptr_equal(examine_bytes(image.data, image.size, &any_size), &media_not_ready);
    assert_null(media_start(&options));
    assert_null(examine_bytes(image.data, image.size, &any_size));
    free(image.data);
}

static void a_missing_program_is_not_the_files_fault(void **state)
{
    skip_under_thread_sanitizer();
    char store[80];
    struct image image = make_png(64, 64, 0, 1);
    (void)state;
    media_stop();
    snprintf(store, sizeof store, "%s/media", folder);
    struct media_options options = {
        .folder = store, .children = 1, .executable = "/nonexistent/contraflow"};
    assert_null(media_start(&options));
    assert_ptr_equal(examine_bytes(image.data, image.size, &any_size), &media_not_ready);
    options.executable = NULL;
    assert_null(media_start(&options));
    assert_null(examine_bytes(image.data, image.size, &any_size));
    free(image.data);
}

/* What a hijacked decoder would try, tried behind its walls; a bit for each that worked. */
static int try_everything(void)
{
    int worked = 0;
    lockdown_limits();
    lockdown_network();
    lockdown_calls(ROLE_DECODER);
    char *const arguments[] = {"true", NULL};
    worked |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 1 : 0;
    worked |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 2 : 0;
    worked |= open("/etc/passwd", O_RDONLY) >= 0 ? 4 : 0;
    worked |= open("/tmp/media_test_escape", O_WRONLY | O_CREAT, 0600) >= 0 ? 8 : 0;
    worked |= ptrace(PTRACE_TRACEME, 0, 0, 0) == 0 ? 16 : 0;
    worked |= unlink(folder) == 0 || rename(folder, "/tmp/media_test_moved") == 0 ? 32 : 0;
    worked |= kill(getppid(), 0) == 0 ? 64 : 0;
    execve("/bin/true", arguments, NULL);
    return worked;
}

static void the_walls_hold_from_inside(void **state)
{
    int status = 0;
    (void)state;
    pid_t pid = fork();
    if (pid == 0)
        _exit(try_everything() | 128); /* /bin/true would say 0 */
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 128);
}

static void ffmpeg_sees_its_two_files_and_no_network(void **state)
{
    int status = 0;
    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        lockdown_limits();
        lockdown_network();
        lockdown_calls(ROLE_LAUNCHER);
        int worked = socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 1 : 0;
        int input = open("/proc/self/status", O_RDONLY);
        lockdown_paths(input, -1);
        worked |= open("/etc/passwd", O_RDONLY) >= 0 ? 2 : 0;
        worked |= open(folder, O_RDONLY) >= 0 ? 4 : 0;
        worked |= open("/usr/bin/env", O_RDONLY) < 0 ? 8 : 0;
        _exit(worked);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_are_none_reach_no_path),
        cmocka_unit_test(a_draft_is_kept_whole_or_not_at_all),
        cmocka_unit_test(a_full_disk_is_named_and_leaves_nothing),
        cmocka_unit_test(bad_files_are_refused_by_name),
        cmocka_unit_test(a_photograph_is_taken_in),
        cmocka_unit_test(the_watermark_covers_what_is_public),
        cmocka_unit_test(nothing_private_leaves_and_the_notice_does),
        cmocka_unit_test(all_eight_orientations_show_one_picture),
        cmocka_unit_test(clips_lose_their_tags_and_gain_the_notice),
        cmocka_unit_test(a_child_that_hangs_or_dies_costs_one_file),
        cmocka_unit_test(a_missing_program_is_not_the_files_fault),
        cmocka_unit_test(the_walls_hold_from_inside),
        cmocka_unit_test(ffmpeg_sees_its_two_files_and_no_network),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
