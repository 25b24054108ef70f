/*
 * Media: photographs and clips from outside. What a file is, what it shows, its renditions for pages,
 * its licensed copy, and where the bytes lie on disk.
 *
 * Bytes from outside are only ever decoded in child processes without network, files and privileges
 * (sandbox.c, child.c). This side hashes, copies and renames; what a child answers is
 * checked again before it is believed. Nothing here knows SQL, HTTP, parties or licences: callers
 * keep the facts in their tables and name files by `struct media_file`.
 *
 * Threads: every function may be called from any thread between media_start() and media_stop().
 * Those marked (waits) wait for a child, for seconds at worst: call them from a bounded lane of jobs,
 * never from a worker that answers pages nor inside a write.
 *
 * Read next: store.c for the disk, s3.c for a bucket, container.h for formats, docs/decisions/0003-media.md.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_MEDIA_H
#define CONTRAFLOW_CORE_MEDIA_MEDIA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/problem.h"
#include "base/text.h"

enum media_format {                 /* shape: What kind of file it is, by its content */
                    MEDIA_JPEG = 1, /* jpeg: A JPEG photograph */
                    MEDIA_PNG,      /* png: A PNG image */
                    MEDIA_WEBP,     /* webp: A WebP image */
                    MEDIA_TIFF,     /* tiff: A TIFF image */
                    MEDIA_HEIF,     /* heif: A HEIF or AVIF image */
                    MEDIA_MP4,      /* mp4: An MP4 clip */
                    MEDIA_MOV,      /* mov: A QuickTime clip */
                    MEDIA_WEBM,     /* webm: A WebM clip */
};

enum media_colour {                /* shape: A class of colour by which pictures are found */
                    MEDIA_RED = 1, /* red: Red */
                    MEDIA_ORANGE,  /* orange: Orange */
                    MEDIA_YELLOW,  /* yellow: Yellow */
                    MEDIA_GREEN,   /* green: Green */
                    MEDIA_CYAN,    /* cyan: Turquoise and cyan */
                    MEDIA_BLUE,    /* blue: Blue */
                    MEDIA_PURPLE,  /* purple: Purple and violet */
                    MEDIA_PINK,    /* pink: Pink and magenta */
                    MEDIA_BROWN,   /* brown: Brown */
                    MEDIA_BLACK,   /* black: Black */
                    MEDIA_GREY,    /* grey: Grey */
                    MEDIA_WHITE,   /* white: White */
};

/* What can be wrong with a file. All are the client's (422, too large 413) unless said otherwise. */
extern const struct problem media_not_an_image; /* media.not_an_image: no format we take */
extern const struct problem media_truncated;    /* media.truncated: ends before its own end mark */
extern const struct problem media_damaged;      /* media.damaged: its parts contradict its format */
extern const struct problem media_too_many_pixels; /* media.too_many_pixels: above limits.pixels */
extern const struct problem media_too_small; /* media.too_small: long edge below limits.edge */
extern const struct problem
    media_too_large_file;                        /* media.too_large_file: more bytes than allowed */
extern const struct problem media_trailing_data; /* media.trailing_data: something is appended */
extern const struct problem media_svg_refused;   /* media.svg_refused: drawings may carry script */
extern const struct problem media_decoder_failed; /* media.decoder_failed: the child gave up, was
                                                      killed at a limit, or died on this file */
extern const struct problem media_not_ready;      /* media.not_ready, 503, the world's: no child can
                                                      be started, or media_start() was not called */

/* The name of what a file holds: BLAKE2b-256 (RFC 7693) of its bytes, as lower-case hex. */
#define MEDIA_HASH_SIZE 65
struct media_hash {
    char hex[MEDIA_HASH_SIZE]; /* 64 digits and NUL */
};

/* Names one file of the store. The only way to reach the disk: no path ever comes from outside. */
struct media_file {
    struct media_hash hash; /* of the original (a rendition carries its original's hash) */
    int edge;               /* 0: the bytes of that hash; otherwise a rendition: longest edge, px */
    bool marked;            /* a rendition with the watermark */
    enum media_format format; /* gives the extension and the content type */
};

struct media_limits {
    int64_t photo_bytes; /* largest photograph, bytes */
    int64_t clip_bytes;  /* largest clip, bytes */
    int64_t pixels;      /* most pixels, judged from the header before anything is decoded */
    int edge;            /* least longest edge, px; 0 for any */
};
extern const struct media_limits media_standard_limits; /* 50 MB, 100 MB, 100 megapixels, 640 px */

#define MEDIA_COLOURS_MAX   5
#define MEDIA_CAMERA_SIZE   64
#define MEDIA_PALETTE_LEAST 8 /* percent of the picture from which a colour counts */

struct media_facts {
    enum media_format format;             /* by content */
    int width, height;                    /* px, after orientation was applied */
    int64_t bytes;                        /* size of the file */
    struct media_hash hash;               /* of the file */
    int orientation;                      /* EXIF orientation as stored, 1..8; 1 when absent */
    char camera_make[MEDIA_CAMERA_SIZE];  /* EXIF Make, valid UTF-8, "" when absent */
    char camera_model[MEDIA_CAMERA_SIZE]; /* EXIF Model, the same */
    struct instant taken;                 /* EXIF DateTimeOriginal with its offset where
                                                      stored, else read as UTC; 0 when absent */
    bool had_position;                    /* the upload carried GPS data (now removed) */
    enum media_colour colours[MEDIA_COLOURS_MAX]; /* most of the picture first */
    int colour_percent[MEDIA_COLOURS_MAX];        /* share of each, 1..100 */
    int colour_count;                             /* how many are filled */
    uint64_t phash;                               /* perceptual hash, see look.c */
    uint64_t phash_mirrored; /* the same of the picture mirrored left to right */
    int64_t duration_ms;     /* of a clip; 0 for photographs */
};

/* One rendition: what is wanted and, once made, what it became. */
struct media_rendition {
    int edge;                 /* longest edge at most, px; never scaled up */
    bool marked;              /* with the watermark */
    enum media_format format; /* MEDIA_WEBP or MEDIA_JPEG */
    int width, height;        /* as made, px */
    int64_t bytes;            /* as made */
};

/* What pages need: 320 px plain, 640 and 1200 px watermarked, each in WebP and JPEG. */
#define MEDIA_LADDER_COUNT 6
extern const struct media_rendition media_ladder[MEDIA_LADDER_COUNT];
#define MEDIA_RENDITIONS_MAX 12

/* What is written into a licensed copy, UTF-8; empty ones are left out. Limits in bytes. */
struct media_notice {
    struct text title;        /* ..500: what its author calls it */
    struct text creator;      /* ..250: the author's name as to be credited */
    struct text credit;       /* ..250: credit line */
    struct text copyright;    /* ..500: copyright notice */
    struct text terms;        /* ..2000: usage terms: licence name and what it allows */
    struct text licence_url;  /* ..1000: where the licence or its certificate stands */
    struct text licensor_url; /* ..1000: where a licence can be had (PLUS) */
};

/* A bucket that keeps the files, for several processes or a small disk. */
struct media_bucket {
    struct text store;    /* "s3://BUCKET/PREFIX"; empty: the folder keeps them */
    struct text endpoint; /* "https://s3.eu-central-1.amazonaws.com" */
    struct text region;   /* "eu-central-1" */
    struct text key;      /* access key */
    struct text secret;   /* secret key */
    int64_t cache;        /* bytes of copies that the folder may hold */
};

struct media_options {
    const char *folder; /* the store, "DATA/media", or copies of what a bucket keeps; made when
                               absent, 0700 */
    struct media_bucket bucket; /* all empty: none */
    const char *executable;     /* run as "<executable> media-child", which calls
                               media_child_main(MEDIA_CHILD_SOCKET); NULL (tests): fork only */
    int children;               /* decoders at most, 1..16; each holds up to 1.5 GB for a moment */
    const char *watermark;      /* text over public renditions, UTF-8, ..60 bytes */
    int photo_seconds;          /* a photograph's decoder is killed after this; 0: 30 */
    int clip_seconds;           /* ffmpeg is killed after this; 0: 90 */
};

/* Opens the store and gets ready; children start when first needed and again after they died.
 * Keeps copies of the options. Fails like the store does (&world_failed, &disk_full). */
const struct problem *media_start(const struct media_options *options);
void media_stop(void);

#define MEDIA_CHILD_SOCKET 3
/* The child's whole life on its socket; returns the exit status. Call it first thing in main() when
 * argv[1] is "media-child": before threads, databases or settings. */
int media_child_main(int socket);

/*
 * Decides what `file` is and what it shows (waits). `file` is open for reading, of any offset, and
 * isn't closed. Order of the checks: too large, SVG, known format, structure (truncated, trailing
 * data, damaged), pixels, size, decoding. *facts is filled only when NULL is returned.
 */
const struct problem *media_examine(int file, const struct media_limits *limits,
                                    struct media_facts *facts);

/*
 * Examines, and when all is well keeps the original and makes `count` renditions from one decoding
 * (waits). wanted[i] gains width, height and bytes. The original lies at {facts.hash, 0, false,
 * facts.format}, a rendition at {facts.hash, edge, marked, format}. Doing it again with the same file
 * changes nothing. When it fails nothing new is left in the store except what an earlier call kept.
 */
const struct problem *media_take_in(int file, const struct media_limits *limits,
                                    struct media_rendition *wanted, int count,
                                    struct media_facts *facts);

/*
 * Writes the copy a licensee may download (waits): pixels untouched for JPEG, PNG, still WebP and
 * clips; TIFF, HEIF and animated WebP become JPEG of quality 95. Of the metadata only the colour
 * profile and the orientation stay; the notice goes in as XMP and IPTC (clips: container tags).
 * *copy names the new file by its own hash. &too_large when a notice is beyond its limit.
 */
const struct problem *media_licensed_copy(int file, const struct media_notice *notice,
                                          struct media_file *copy, int64_t *bytes);

/* Bits in which two perceptual hashes differ, 0..64: up to about 8 the same picture. */
int media_distance(uint64_t a, uint64_t b);

const char *media_type(enum media_format format);      /* "image/jpeg"; constant */
const char *media_extension(enum media_format format); /* "jpg"; constant */
bool media_is_clip(enum media_format format);
bool media_hash_parse(struct text typed, struct media_hash *out); /* exactly 64 lower-case digits */

/* The store: files by what they hold, under the folder as ab/cdef....jpg, mode 0600. */
struct media_draft {
    int file;      /* open for reading and writing; -1 when none */
    char name[40]; /* its temporary name inside the store */
};

/* An empty file inside the store, for an upload to be written to. End it with one of the next two.
 * &disk_full, &world_failed. */
const struct problem *media_draft_begin(struct media_draft *draft);
/* Makes it durable under its name (synced, renamed, folder synced), over an equal one if there is;
 * the draft is ended either way. &disk_full, &world_failed. */
const struct problem *media_draft_keep(struct media_draft *draft, const struct media_file *name);
void media_draft_drop(struct media_draft *draft); /* removes it; fine when it was ended already */

/* Opens for reading; the caller closes. *bytes may be NULL. &not_found, &world_failed. */
const struct problem *media_open(const struct media_file *name, int *file, int64_t *bytes);
bool media_exists(const struct media_file *name);
/* Deletes; fine when it is not there. &world_failed. */
const struct problem *media_forget(const struct media_file *name);
/* Hashes the whole file from its start. &world_failed. */
const struct problem *media_hash_file(int file, struct media_hash *hash, int64_t *bytes);

#endif
