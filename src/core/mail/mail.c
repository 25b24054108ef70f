/*
 * The mail queue: rows made inside writes, and the job that hands them over.
 *
 * Handing over comes before marking, so that a crash between the two sends twice rather than never.
 * Must not know: what mails are about. Read next: core/mail/message.c.
 */
#include "core/mail/mail.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/mail/message.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"

const struct problem mail_unsent = {"mail.unsent", 503, FAULT_WORLD, true};
const struct problem mail_refused = {"mail.refused", 422, FAULT_CLIENT, false};

const struct setting mail_settings[MAIL_SETTINGS] = {
    {"mail.server", SETTING_TEXT, "", 0, 0, false,
     "Mail server as smtp://host:port or smtps://host:port; empty: mails are laid down as files"},
    {"mail.from", SETTING_TEXT, "contraflow@localhost", 0, 0, false,
     "Address that mails come from"},
    {"mail.user", SETTING_TEXT, "", 0, 0, false, "Name to sign in to the mail server with"},
    {"mail.password", SETTING_TEXT, "", 0, 0, true, "Password to sign in to the mail server with"},
};

enum { CONNECT_SECONDS = 15, SEND_SECONDS = 120, SECRET_LETTERS = 43 /* 32 bytes */ };

static struct text folder; /* DATA/mail */
static struct text reached = TEXT("http://localhost");

const struct problem *mail_start(struct memory *process, struct text data)
{
    folder = text_format(process, "%.*s/mail", TEXT_ARGS(data));
    if (!folder.data)
        return &out_of_memory;
    return mkdir(folder.data, 0700) == 0 || errno == EEXIST ? NULL : &world_failed;
}

const struct problem *mail_reached_at(struct memory *process, struct text address)
{
    struct text copy = text_copy(process, address);
    if (!copy.data)
        return &out_of_memory;
    reached = copy;
    return NULL;
}

const struct problem *mail_path(struct memory *memory, struct mail_id id, struct text *out)
{
    *out = text_format(memory, "%.*s/%s.eml", TEXT_ARGS(folder), id_text("mal", id.value).text);
    return out->data ? NULL : &out_of_memory;
}

const struct problem *mail_site(struct memory *memory, struct text *out)
{
    struct text site = setting_text("site.url");
    if (site.size == 0)
        site = reached;
    while (site.size > 0 && site.data[site.size - 1] == '/')
        site.size--;
    *out = text_copy(memory, site);
    return out->data ? NULL : &out_of_memory;
}

static bool of_secret(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

const struct problem *mail_veil(struct memory *memory, struct text body, struct text *out)
{
    struct builder b = builder_make(memory, body.size + 16);
    for (size_t i = 0; i < body.size;) {
        size_t size = 0;
        while (i + size < body.size && of_secret(body.data[i + size]))
            size++;
        if (size >= SECRET_LETTERS)
            builder_add_c(&b, "...");
        else
            builder_add_bytes(&b, body.data + i, size ? size : 1);
        i += size ? size : 1;
    }
    return builder_end(&b, out);
}

const char *mail_key_of(const struct mail_told *told, size_t count, struct text event)
{
    for (size_t i = 0; i < count; i++) {
        if (text_is(event, told[i].event))
            return told[i].key;
    }
    return NULL;
}

/* ---- into the queue ---- */

static const struct problem *queue(struct database *db, struct memory *memory,
                                   struct mail_row *mail, enum language language, const char *key,
                                   const struct word_argument *arguments, size_t count)
{
    struct text subject_key = text_format(memory, "%s.subject", key);
    struct text body_key = text_format(memory, "%s.body", key);
    if (!subject_key.data || !body_key.data)
        return &out_of_memory;
    mail->id.value = id_new();
    mail->state = MAIL_WAITING;
    struct text subject = words_text(memory, language, subject_key.data, arguments, count);
    mail->subject = mail_one_line(memory, subject);
    mail->body = words_text(memory, language, body_key.data, arguments, count);
    if (!mail->subject.data || !mail->body.data)
        return &out_of_memory;
    mail->stop = text_of("");
    for (size_t i = 0; i < count; i++)
        if (strcmp(arguments[i].name, "one_click") == 0)
            mail->stop = arguments[i].text;
    const struct problem *problem = mail_insert(db, memory, mail);
    if (!problem)
        problem =
            job_enqueue(db, memory, &mail_job, mail->id.value, (struct text){"", 0}, mail->at);
    return problem;
}

const struct problem *mail_send(struct database *db, struct memory *memory, struct party_id to,
                                const char *key, const struct word_argument *arguments,
                                size_t count, struct instant at)
{
    struct mail_reader reader;
    const struct problem *problem = mail_reader_of(db, memory, to, &reader);
    if (problem)
        return problem;
    struct mail_row mail = {.recipient = reader.mail, .party = to, .at = at};
    return queue(db, memory, &mail, reader.language, key, arguments, count);
}

const struct problem *mail_send_to(struct database *db, struct memory *memory, struct text address,
                                   enum language language, const char *key,
                                   const struct word_argument *arguments, size_t count,
                                   struct instant at)
{
    struct mail_row mail = {.recipient = address, .at = at};
    return queue(db, memory, &mail, language, key, arguments, count);
}

/* ---- out of the queue ---- */

static const struct problem *write_all(int fd, struct text bytes)
{
    while (bytes.size > 0) {
        ssize_t wrote = write(fd, bytes.data, bytes.size);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return errno == ENOSPC ? &disk_full : &world_failed;
        bytes.data += wrote;
        bytes.size -= (size_t)wrote;
    }
    return fsync(fd) == 0 ? NULL : &world_failed;
}

/* Under its name only once it is whole. */
static const struct problem *file_away(struct memory *memory, struct mail_id id,
                                       struct text message)
{
    struct text path;
    const struct problem *problem = mail_path(memory, id, &path);
    if (problem)
        return problem;
    struct text part = text_format(memory, "%s.part", path.data);
    if (!part.data)
        return &out_of_memory;
    int fd = open(part.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == ENOSPC ? &disk_full : &world_failed;
    problem = write_all(fd, message);
    if (close(fd) != 0 && !problem)
        problem = &world_failed;
    if (!problem && rename(part.data, path.data) != 0)
        problem = &world_failed;
    if (problem)
        unlink(part.data);
    return problem;
}

static size_t give(char *buffer, size_t size, size_t count, void *context)
{
    struct text *rest = context;
    size_t given = size * count < rest->size ? size * count : rest->size;
    memcpy(buffer, rest->data, given);
    rest->data += given;
    rest->size -= given;
    return given;
}

static void curl_begin(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void curl_end(void *curl)
{
    curl_easy_cleanup(curl);
}

/* Sets what a transfer needs; false when libcurl lacks one of them. */
static bool prepare(CURL *curl, struct memory *memory, struct text *message,
                    struct curl_slist *recipients)
{
    struct text user = setting_text("mail.user");
    const char *server = text_c(memory, setting_text("mail.server"));
    struct text from = text_format(memory, "<%.*s>", TEXT_ARGS(setting_text("mail.from")));
    bool fine = server && from.data && curl_easy_setopt(curl, CURLOPT_URL, server) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.data) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_READFUNCTION, give) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_READDATA, message) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK &&
                curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS) == CURLE_OK;
    /* A name and password never travel in the clear. */
    long encryption = user.size ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY;
    fine = fine && curl_easy_setopt(curl, CURLOPT_USE_SSL, encryption) == CURLE_OK;
    if (fine && user.size) {
        const char *name = text_c(memory, user);
        const char *password = text_c(memory, setting_text("mail.password"));
        fine = name && password && curl_easy_setopt(curl, CURLOPT_USERNAME, name) == CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_PASSWORD, password) == CURLE_OK;
    }
    return fine;
}

static const struct problem *hand_over(struct memory *memory, struct text address,
                                       struct text message)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, curl_begin);
    CURL *curl = curl_easy_init();
    struct text recipient = text_format(memory, "<%.*s>", TEXT_ARGS(address));
    if (!curl || memory_on_end(memory, curl_end, curl) || !recipient.data)
        return &out_of_memory;
    struct curl_slist *recipients = curl_slist_append(NULL, recipient.data);
    if (!recipients)
        return &out_of_memory;
    const struct problem *problem = NULL;
    long status = 0;
    if (!prepare(curl, memory, &message, recipients)) {
        problem = &our_fault;
    } else {
        CURLcode code = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK) {
            log_write(LOG_WARNING, "mail.unsent", "curl=%d status=%ld", (int)code, status);
            /* RFC 5321 4.2.1: 5yz is for good, unless it is about who we are. */
            bool for_good = status >= 500 && status < 600 && code != CURLE_LOGIN_DENIED;
            problem = for_good ? &mail_refused : &mail_unsent;
        }
    }
    curl_slist_free_all(recipients);
    return problem;
}

struct settled {
    struct mail_id id;
    enum mail_state state;
    struct instant at;
};

static const struct problem *settle_work(struct database *db, struct memory *memory, void *context)
{
    const struct settled *settled = context;
    struct mail_hit hit;
    const struct problem *problem =
        mail_settle(db, memory, settled->id, settled->state, settled->at, &hit);
    return problem == &not_found ? NULL : problem;
}

static const struct problem *run(struct job_run *run)
{
    struct mail_row mail;
    struct mail_id id = {run->subject};
    const struct problem *problem = mail_by_id(run->db, run->memory, id, &mail);
    if (problem == &not_found)
        return &our_fault;
    if (problem || mail.state != MAIL_WAITING)
        return problem;
    struct id_text name = id_text("mal", id.value);
    struct mail_message message = {.id = text_of(name.text),
                                   .from = setting_text("mail.from"),
                                   .name = setting_text("site.name"),
                                   .to = mail.recipient,
                                   .subject = mail.subject,
                                   .body = mail.body,
                                   .stop = mail.stop,
                                   .at = mail.at};
    struct text bytes;
    problem = mail_message_write(run->memory, &message, &bytes);
    if (problem)
        return problem == &invalid_input ? &mail_refused : problem;
    bool files = setting_text("mail.server").size == 0;
    problem =
        files ? file_away(run->memory, id, bytes) : hand_over(run->memory, mail.recipient, bytes);
    if (problem)
        return problem;
    struct settled settled = {id, files ? MAIL_FILED : MAIL_SENT, run->now};
    return store_write(run->store, run->memory, settle_work, &settled);
}

const struct job_kind mail_job = {"core.mail", LANE_MAIL, run};
