/*
 * Mail: queued inside a write, sent by a job over SMTP (libcurl), or laid down as .eml files under
 * DATA/mail when no server is set, where /desk shows them.
 */
#ifndef CONTRAFLOW_CORE_MAIL_MAIL_H
#define CONTRAFLOW_CORE_MAIL_MAIL_H

#include "base/settings.h"
#include "base/shape.h"
#include "core/job.h"
#include "ledger/party.h"
#include "store/store.h"
#include "web/request.h"
#include "web/words.h"

struct mail_id { /* shape id mal: A mail */
    int64_t value;
};
enum mail_state {                   /* shape: What became of a mail */
                  MAIL_WAITING = 1, /* waiting: Not yet sent */
                  MAIL_SENT,        /* sent: Handed to the mail server */
                  MAIL_FILED,       /* filed: Laid down as a file, since no server is set */
};

/* Queues "<key>.subject" and "<key>.body" in the recipient's language. Inside a write. Line breaks in
 * arguments become blanks in the subject. An argument `one_click` is where such mails are stopped by a POST
 * without a session (RFC 8058); those about safety and money have none. */
const struct problem *mail_send(struct database *db, struct memory *memory, struct party_id to,
                                const char *key, const struct word_argument *arguments,
                                size_t count, struct instant at);
/* The same to an address that need not be anybody's yet: an invitation. */
const struct problem *mail_send_to(struct database *db, struct memory *memory, struct text address,
                                   enum language language, const char *key,
                                   const struct word_argument *arguments, size_t count,
                                   struct instant at);

/* Once, at start: mails are laid down under `data`/mail when no server is set. */
const struct problem *mail_start(struct memory *process, struct text data);
/* Where this process answers ("http://127.0.0.1:8080"), for links while setting site.url is empty. */
const struct problem *mail_reached_at(struct memory *process, struct text address);
/* Address of this site for links, without a slash at its end: setting site.url, or else what
 * mail_reached_at() was told, or else http://localhost. */
const struct problem *mail_site(struct memory *memory, struct text *out);

/* The text of a mail for others than its reader: what opens a link, any run of 43 letters, digits, "-" and "_"
 * or more, is left out. */
const struct problem *mail_veil(struct memory *memory, struct text body, struct text *out);

/* The file of a mail that was filed; it exists from then on. */
const struct problem *mail_path(struct memory *memory, struct mail_id id, struct text *out);

extern const struct problem mail_unsent;  /* 503, retry: the server could not be reached */
extern const struct problem mail_refused; /* 422: the server or the address says no for good */

/* Sends one mail of the queue. */
extern const struct job_kind mail_job;
/* mail.server, mail.from, mail.user, mail.password */
enum { MAIL_SETTINGS = 4 };
extern const struct setting mail_settings[MAIL_SETTINGS];

/* Which events a follower writes a mail about, and the words each is told with. */
struct mail_told {
    const char *event; /* its name: "core.payout.export" */
    const char *key;   /* as mail_send() takes it */
};
/* The words for an event; NULL when nobody is told of it. */
const char *mail_key_of(const struct mail_told *told, size_t count, struct text event);

#endif
