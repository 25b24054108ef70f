/*
 * What the two sides of the sandbox say to each other: fixed-size messages over a SOCK_SEQPACKET
 * pair, files as descriptors (SCM_RIGHTS). Both sides are the same executable, so the layout is C's.
 *
 * The parent believes nothing in an answer before wire_answer_sound() said so. Must not know: vips,
 * the store. Read next: sandbox.c (parent), child.c (child).
 */
#ifndef CONTRAFLOW_CORE_MEDIA_WIRE_H
#define CONTRAFLOW_CORE_MEDIA_WIRE_H

#include "core/media/media.h"

/* What a child is for: a decoder never starts programs; a launcher starts only ffmpeg and ffprobe,
 * each locked in further. */
enum wire_role { ROLE_DECODER = 1, ROLE_LAUNCHER };

enum wire_verb {
    WIRE_HELLO = 1,   /* role and watermark; answered when the child has locked itself in */
    WIRE_EXAMINE,     /* files[0] in; files[1..] renditions out */
    WIRE_COPY,        /* files[0] in; files[1] out, with the notice */
    WIRE_CLIP_FACTS,  /* launcher: files[0] in */
    WIRE_CLIP_POSTER, /* launcher: files[0] in; files[1] out, one frame as PNG */
    WIRE_CLIP_COPY,   /* launcher: files[0] in; files[1] out, with the notice */
};

#define WIRE_FILES_MAX (MEDIA_RENDITIONS_MAX + 1)
#define WIRE_MARK_SIZE 64

struct wire_notice {
    char title[512];         /* as in media_notice, terminated */
    char creator[256];       /* the same */
    char credit[256];        /* the same */
    char copyright[512];     /* the same */
    char terms[2048];        /* the same */
    char licence_url[1024];  /* the same */
    char licensor_url[1024]; /* the same */
};

struct wire_request {
    enum wire_verb verb;                                 /* what to do */
    enum wire_role role;                                 /* with WIRE_HELLO */
    char watermark[WIRE_MARK_SIZE];                      /* with WIRE_HELLO */
    struct media_limits limits;                          /* with WIRE_EXAMINE */
    enum media_format clip;                              /* with WIRE_CLIP_*: which demuxer */
    int seconds;                                         /* with WIRE_CLIP_*: time ffmpeg has */
    int64_t at_ms;                                       /* with WIRE_CLIP_POSTER: which moment */
    int count;                                           /* of wanted */
    struct media_rendition wanted[MEDIA_RENDITIONS_MAX]; /* with WIRE_EXAMINE */
    struct wire_notice notice;                           /* with WIRE_*COPY */
};

struct wire_answer {
    int problem;                                       /* index for wire_problem(); 0 is done */
    enum media_format format;                          /* of what was written by WIRE_*COPY */
    struct media_facts facts;                          /* without hash and bytes */
    struct media_rendition made[MEDIA_RENDITIONS_MAX]; /* in the order wanted */
};

/* Problems by number and back; an unknown one is media_decoder_failed. */
int wire_problem_number(const struct problem *problem);
const struct problem *wire_problem(int number);

/* Checks every member a child filled: enums in range, sizes sane, texts terminated UTF-8. */
bool wire_answer_sound(const struct wire_answer *answer, int count);

/* Sends one message with descriptors; false when the other side is gone. */
bool wire_send(int socket, const void *message, size_t size, const int *files, int count);
/* Receives exactly `size` bytes and up to `room` descriptors (opened close-on-exec, *count of them).
 * False on a closed socket or a message of another size; no descriptor is then left open. */
bool wire_receive(int socket, void *message, size_t size, int *files, int room, int *count);

/* The caller's notice into fixed members; false when one is too long. */
bool wire_notice_fill(const struct media_notice *notice, struct wire_notice *out);
/* And back as texts into `notice`'s own arrays. */
struct media_notice wire_notice_texts(const struct wire_notice *notice);

#endif
