/*
 * Mails as bytes and as files: nothing typed can become a header, other scripts survive, and a filed
 * mail reads back as it was written. The reader here is written for the test, from the RFCs.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/desk/queries.h"
#include "core/job_queries.h"
#include "core/job_rows.h"
#include "core/mail/mail.h"
#include "core/mail/message.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/login/login.h"
#include "core/people/party.h"
#include "core/module.h"

static const struct instant at = {1781100131000}; /* 2026-06-10T14:02:11Z, a Wednesday */

static struct mail_message plain_message(void)
{
    return (struct mail_message){.id = TEXT("mal_1"),
                                 .from = TEXT("desk@site.example"),
                                 .name = TEXT("Contraflow"),
                                 .to = TEXT("anna@example.org"),
                                 .subject = TEXT("Hello"),
                                 .body = TEXT("One line.\n"),
                                 .at = at};
}

static struct text written(struct memory *memory, struct mail_message message)
{
    struct text out;
    assert_null(mail_message_write(memory, &message, &out));
    return out;
}

/* The value of a header, unfolded; fails when it stands there any number of times but once. */
static struct text header(struct memory *memory, struct text mail, const char *name)
{
    struct builder value = builder_make(memory, 1 << 20);
    struct text rest = mail;
    struct text line;
    struct text out;
    int found = 0;
    bool inside = false;
    while (text_split(&rest, '\n', &line) && line.size > 1) {
        line.size--; /* the CR */
        if (line.data[0] == ' ' || line.data[0] == '\t') {
            if (inside)
                builder_add(&value, line);
            continue;
        }
        inside = text_starts(line, name) && line.data[strlen(name)] == ':';
        if (inside) {
            found++;
            builder_add(&value,
                        (struct text){line.data + strlen(name) + 2, line.size - strlen(name) - 2});
        }
    }
    assert_int_equal(found, 1);
    assert_null(builder_end(&value, &out));
    return out;
}

static size_t header_count(struct text mail)
{
    struct text line;
    size_t count = 0;
    while (text_split(&mail, '\n', &line) && line.size > 1)
        count += line.data[0] != ' ' && line.data[0] != '\t';
    return count;
}

/* RFC 2047: adjacent encoded words joined, base64 only. */
static struct text decoded_words(struct memory *memory, struct text value)
{
    struct builder out = builder_make(memory, 1 << 20);
    struct text word;
    struct text result;
    while (text_split(&value, ' ', &word)) {
        assert_true(word.size <= 75);
        assert_true(text_starts(word, "=?UTF-8?B?") && word.data[word.size - 1] == '=');
        unsigned char bytes[128];
        size_t size = 0;
        assert_int_equal(sodium_base642bin(bytes, sizeof bytes, word.data + 10, word.size - 12,
                                           NULL, &size, NULL, sodium_base64_VARIANT_ORIGINAL),
                         0);
        /* Each word alone is whole characters. */
        assert_true(text_valid((struct bytes){bytes, size}));
        builder_add_bytes(&out, bytes, size);
    }
    assert_null(builder_end(&out, &result));
    return result;
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* RFC 2045 6.7, CRLF back to \n. */
static struct text decoded_body(struct memory *memory, struct text mail)
{
    struct builder out = builder_make(memory, 1 << 20);
    struct text result;
    const char *start = memmem(mail.data, mail.size, "\r\n\r\n", 4);
    assert_non_null(start);
    const char *end = mail.data + mail.size;
    for (const char *c = start + 4; c < end; c++) {
        if (*c == '=' && c[1] == '\r')
            c += 2;
        else if (*c == '=') {
            builder_add_char(&out, (char)(digit(c[1]) << 4 | digit(c[2])));
            c += 2;
        } else if (*c != '\r')
            builder_add_char(&out, *c);
    }
    assert_null(builder_end(&out, &result));
    return result;
}

static void check_lines(struct text mail)
{
    struct text line;
    while (text_split(&mail, '\n', &line)) {
        assert_true(line.size > 0 && line.data[line.size - 1] == '\r' && line.size <= 77);
        assert_null(memchr(line.data, '\r', line.size - 1));
        for (size_t i = 0; i + 1 < line.size; i++)
            assert_true(line.data[i] >= ' ' && line.data[i] <= '~');
    }
}

static void veils_what_opens_links(void **state)
{
    struct memory *memory = memory_create(1 << 20);
    struct text out;
    (void)state;
    assert_null(mail_veil(memory,
                          text_of("Set it: https://x.org/password/"
                                  "AAAAAAAAAABBBBBBBBBBCCCCCCCCCC-_DDDDDDDDEEE\nuntil noon"),
                          &out));
    assert_true(text_is(out, "Set it: https://x.org/password/...\nuntil noon"));
    assert_null(mail_veil(memory, text_of("AAAAAAAAAABBBBBBBBBBCCCCCCCCCC-_DDDDDDDDEE"), &out));
    assert_int_equal(out.size, 42);
    assert_null(mail_veil(memory, text_of(""), &out));
    assert_int_equal(out.size, 0);
    memory_end(memory);
}

static void writes_a_plain_mail(void **state)
{
    (void)state;
    struct memory *memory = memory_create(8 << 20);
    struct text mail = written(memory, plain_message());
    check_lines(mail);
    assert_true(text_is(header(memory, mail, "Date"), "Wed, 10 Jun 2026 14:02:11 +0000"));
    assert_true(text_is(header(memory, mail, "From"), "\"Contraflow\" <desk@site.example>"));
    assert_true(text_is(header(memory, mail, "To"), "<anna@example.org>"));
    assert_true(text_is(header(memory, mail, "Subject"), "Hello"));
    assert_true(text_is(header(memory, mail, "Message-ID"), "<mal_1@site.example>"));
    assert_true(text_is(header(memory, mail, "Content-Type"), "text/plain; charset=utf-8"));
    assert_true(text_is(decoded_body(memory, mail), "One line.\n"));
    memory_end(memory);
}

static void says_where_one_click_stops_it(void **state)
{
    (void)state;
    struct memory *memory = memory_create(8 << 20);
    struct mail_message message = plain_message();
    assert_null(strstr(written(memory, message).data, "List-Unsubscribe"));
    message.stop = text_of("https://site.example/stop/one-click");
    struct text mail = written(memory, message);
    assert_true(
        text_is(header(memory, mail, "List-Unsubscribe"), "<https://site.example/stop/one-click>"));
    assert_true(
        text_is(header(memory, mail, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click"));
    message.stop = text_of("https://site.example/>\r\nBcc: all@site.example");
    assert_null(strstr(written(memory, message).data, "List-Unsubscribe"));
    memory_end(memory);
}

static void lets_no_header_in(void **state)
{
    (void)state;
    static const char *const typed[] = {
        "Hello\r\nBcc: other@example.org",
        "Hello\nBcc: other@example.org",
        "Hello\rBcc: other@example.org",
        "Hello\r\n\r\nAnother body",
        "Hello\xe2\x80\xa8"
        "Bcc: other@example.org",
        "Hello\xc2\x85"
        "Bcc: x",
        "=?UTF-8?B?DQpCY2M6IHg=?=",
        "Hello\x0b\x0c\x1b there",
    };
    struct memory *memory = memory_create(8 << 20);
    size_t headers = header_count(written(memory, plain_message()));
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        struct mail_message message = plain_message();
        message.subject = text_of(typed[i]);
        message.name = text_of(typed[i]);
        message.id = text_of(typed[i]);
        struct text mail = written(memory, message);
        assert_int_equal(header_count(mail), headers);
        check_lines(mail);
        assert_true(text_is(decoded_body(memory, mail), "One line.\n"));
    }
    static const char *const addresses[] = {
        "a@b.example\r\nBcc: x@y.example",
        "a@b.example>, <x@y.example",
        "a@b.example x@y.example",
        "a b@c.example",
        "nobody",
        "@b.example",
        "a@",
        "a@b@c.example",
        "a\x7f@b.example",
        "\"a\"@b.example",
        "",
    };
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct mail_message message = plain_message();
        struct text out;
        message.to = text_of(addresses[i]);
        assert_ptr_equal(mail_message_write(memory, &message, &out), &invalid_input);
        message = plain_message();
        message.from = text_of(addresses[i]);
        assert_ptr_equal(mail_message_write(memory, &message, &out), &invalid_input);
    }
    memory_end(memory);
}

static void keeps_other_scripts(void **state)
{
    (void)state;
    static const char *const subjects[] = {
        "Caf\xc3\xa9",
        "\xd0\x92\xd0\xb0\xd1\x88 \xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c "
        "\xd0\xb8\xd0\xb7\xd0\xbc\xd0\xb5\xd0\xbd\xd1\x91\xd0\xbd \xd0\xb8 "
        "\xd1\x8d\xd1\x82\xd0\xbe \xd0\xb4\xd0\xbb\xd0\xb8\xd0\xbd\xd0\xbd\xd0\xb0\xd1\x8f "
        "\xd1\x81\xd1\x82\xd1\x80\xd0\xbe\xd0\xba\xd0\xb0",
        "您的密碼已更改，其他地方都已登出。您的密碼已更改。",
        "\xf0\x9f\x93\xb7 1 \xe2\x82\xac",
    };
    struct memory *memory = memory_create(8 << 20);
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        struct mail_message message = plain_message();
        message.subject = text_of(subjects[i]);
        message.body =
            text_format(memory, "%s\n.\n..\nFrom here = there\t \n%s", subjects[i], subjects[i]);
        struct text mail = written(memory, message);
        check_lines(mail);
        struct text back = decoded_words(memory, header(memory, mail, "Subject"));
        assert_true(text_equal(back, message.subject));
        struct text body = text_format(memory, "%.*s\n", TEXT_ARGS(message.body));
        assert_true(text_equal(decoded_body(memory, mail), body));
        assert_null(memmem(mail.data, mail.size, "\r\n.", 3));
    }
    memory_end(memory);
}

static void folds_long_lines(void **state)
{
    (void)state;
    struct memory *memory = memory_create(8 << 20);
    struct mail_message message = plain_message();
    char subject[1000];
    char body[5000];
    for (size_t i = 0; i < sizeof subject; i++)
        subject[i] = i % 9 == 8 ? ' ' : 'x';
    memset(body, 'y', sizeof body);
    message.subject = (struct text){subject, sizeof subject};
    message.body = (struct text){body, sizeof body};
    struct text mail = written(memory, message);
    check_lines(mail);
    assert_true(text_equal(header(memory, mail, "Subject"), message.subject));
    assert_int_equal(decoded_body(memory, mail).size, sizeof body + 1);
    /* A single word that no line can hold is encoded. */
    memset(subject, 'x', sizeof subject);
    mail = written(memory, message);
    check_lines(mail);
    assert_true(
        text_equal(decoded_words(memory, header(memory, mail, "Subject")), message.subject));
    memory_end(memory);
}

/* ---- through the queue ---- */

struct sending {
    struct party_id to;
    const char *name;
};

static const struct problem *send_work(struct database *db, struct memory *memory, void *context)
{
    const struct sending *sending = context;
    struct word_argument name = {
        .name = "name", .kind = FIELD_TEXT, .text = text_of(sending->name)};
    return mail_send(db, memory, sending->to, "mail.trial", &name, 1, at);
}

static struct text read_whole(struct memory *memory, struct text path)
{
    char *data = memory_take(memory, 1 << 16);
    FILE *file = fopen(path.data, "rb");
    assert_non_null(file);
    struct text text = {data, fread(data, 1, 1 << 16, file)};
    (void)fclose(file);
    return text;
}

static void load(struct memory *memory)
{
    static const char en[] =
        "mail.trial.subject = Hello {name}\nmail.trial.body = Dear {name}.\\n\n";
    static const char ru[] =
        "mail.trial.subject = \xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82, {name}\n"
        "mail.trial.body = {name}!\\n\n";
    static const struct embedded files[] = {
        {"core/text/en.txt", (const unsigned char *)en, sizeof en - 1},
        {"core/text/ru.txt", (const unsigned char *)ru, sizeof ru - 1},
    };
    static const struct setting site[] = {
        {"site.name", SETTING_TEXT, "Contraflow", 0, 0, false, "Name of this site"}};
    struct text complaint;
    assert_null(words_load_from(memory, files, 2, &complaint));
    settings_declare(mail_settings, MAIL_SETTINGS);
    settings_declare(site, 1);
    assert_null(settings_load(memory, "/nonexistent/contraflow.conf", &complaint));
}

/* ---- a mail server of one connection ---- */

struct listener {
    int socket;
    int port;
    bool refuses;        /* answers 550 to each recipient */
    char heard[1 << 16]; /* all that the client said */
    size_t size;
};

static void say(int client, const char *line)
{
    assert_true(write(client, line, strlen(line)) == (ssize_t)strlen(line));
}

/* RFC 5321, as much of it as one mail needs. */
static void *serve(void *context)
{
    struct listener *listener = context;
    int client = accept(listener->socket, NULL, NULL);
    FILE *in = fdopen(client, "r");
    char line[2048];
    bool data = false;
    say(client, "220 test\r\n");
    while (fgets(line, sizeof line, in)) {
        size_t size = strlen(line);
        if (listener->size + size < sizeof listener->heard) {
            memcpy(listener->heard + listener->size, line, size);
            listener->size += size;
        }
        if (data && strcmp(line, ".\r\n") != 0)
            continue;
        bool asks = strncmp(line, "DATA", 4) == 0;
        if (strncmp(line, "RCPT", 4) == 0 && listener->refuses)
            say(client, "550 no such person\r\n");
        else
            say(client, asks ? "354 go on\r\n" : "250 fine\r\n");
        data = asks;
        if (strncmp(line, "QUIT", 4) == 0)
            break;
    }
    (void)fclose(in);
    return NULL;
}

static pthread_t listen_for_mail(struct listener *listener)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    pthread_t thread;
    listener->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener->socket, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listener->socket, 1), 0);
    assert_int_equal(getsockname(listener->socket, (struct sockaddr *)&address, &size), 0);
    listener->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&thread, NULL, serve, listener), 0);
    return thread;
}

/* ---- the queue's own store ---- */

struct bed {
    char folder[64];
    struct memory *memory;
    struct store *store;
    struct database *reader;
    struct party_id anna;
};

static int begin(void **state)
{
    static struct bed bed;
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    size_t schema_count = module_schemas(schemas);
    static const struct job_kind *const kinds[] = {&mail_job};
    struct text complaint;
    char url[128];
    bed.memory = memory_create(64 << 20);
    (void)snprintf(bed.folder, sizeof bed.folder, "/tmp/contraflow_mail_XXXXXX");
    if (!mkdtemp(bed.folder))
        return -1;
    (void)snprintf(url, sizeof url, "sqlite:%s/store.db", bed.folder);
    load(bed.memory);
    job_register(kinds, 1);
    if (store_open(bed.memory, text_of(url), schemas, schema_count, &bed.store, &complaint) ||
        store_reader(bed.store, bed.memory, &bed.reader) ||
        mail_start(bed.memory, text_of(bed.folder)) ||
        login_sign_up(bed.store, bed.memory, text_of("Anna"), text_of("anna@example.org"),
                      (struct text){"", 0}, LANGUAGE_RU, false, at, &bed.anna))
        return -1;
    *state = &bed;
    return 0;
}

static int end(void **state)
{
    struct bed *bed = *state;
    static const char *const names[] = {"store.db", "store.db-wal", "store.db-shm", "mail"};
    store_close(bed->store);
    memory_end(bed->memory);
    for (size_t i = 0; i < 4; i++) {
        char gone[128];
        (void)snprintf(gone, sizeof gone, "%s/%s", bed->folder, names[i]);
        (void)remove(gone);
    }
    return rmdir(bed->folder);
}

/* Queues a mail to Anna and runs the lane once; what became of the mail. */
static struct mail_row send_one(struct bed *bed, const char *name)
{
    struct sending sending = {bed->anna, name};
    struct mail_row_list mails;
    struct mail_row row;
    int64_t ran;
    assert_null(store_write(bed->store, bed->memory, send_work, &sending));
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &mails));
    assert_int_equal(mails.items[0].state, MAIL_WAITING);
    assert_null(job_work(bed->store, bed->reader, LANE_MAIL, 10, &ran));
    assert_int_equal(ran, 1);
    assert_null(mail_by_id(bed->reader, bed->memory, mails.items[0].id, &row));
    return row;
}

static void use_server(struct bed *bed, int port)
{
    struct text complaint;
    struct text url = {"", 0};
    if (port)
        url = text_format(bed->memory, "smtp://127.0.0.1:%d", port);
    assert_null(settings_set(bed->memory, text_of("mail.server"), url, &complaint));
}

static void files_a_mail_that_reads_back(void **state)
{
    struct bed *bed = *state;
    struct memory *memory = bed->memory;
    struct text path;
    use_server(bed, 0);
    struct mail_row row = send_one(bed, "Anna\r\nBcc: other@example.org");
    assert_int_equal(row.state, MAIL_FILED);
    assert_null(mail_path(memory, row.id, &path));
    struct text mail = read_whole(memory, path);
    check_lines(mail);
    assert_true(text_is(header(memory, mail, "To"), "<anna@example.org>"));
    assert_true(text_equal(decoded_words(memory, header(memory, mail, "Subject")), row.subject));
    assert_true(text_is(row.subject, "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82, Anna  Bcc: "
                                     "other@example.org"));
    int64_t ran;
    assert_null(job_work(bed->store, bed->reader, LANE_MAIL, 10, &ran));
    assert_int_equal(ran, 0);
    (void)unlink(path.data);
}

static void hands_a_mail_to_the_server(void **state)
{
    struct bed *bed = *state;
    static struct listener listener;
    pthread_t thread = listen_for_mail(&listener);
    use_server(bed, listener.port);
    struct mail_row row = send_one(bed, "Anna\n.\nRCPT TO:<other@example.org>");
    assert_int_equal(pthread_join(thread, NULL), 0);
    (void)close(listener.socket);
    assert_int_equal(row.state, MAIL_SENT);
    assert_true(row.sent.ms > 0);
    assert_non_null(strstr(listener.heard, "MAIL FROM:<contraflow@localhost>"));
    assert_non_null(strstr(listener.heard, "RCPT TO:<anna@example.org>"));
    /* The dot of the text ended nothing: what follows it is text, and the end comes once. */
    const char *end_of_data = strstr(listener.heard, "\r\n.\r\n");
    const char *other = strstr(listener.heard, "RCPT TO:<other@example.org>");
    assert_non_null(end_of_data);
    assert_true(other && other < end_of_data);
    assert_true(strncmp(end_of_data, "\r\n.\r\nQUIT", 9) == 0);
}

static struct job_row the_job(struct bed *bed, struct mail_id mail)
{
    struct job_row_list due;
    struct job_row_list failed;
    struct instant far = instant_add(clock_now(), DAY);
    assert_null(jobs_due(bed->reader, bed->memory, LANE_MAIL, far, 100, &due));
    assert_null(jobs_failed(bed->reader, bed->memory, (struct job_id){INT64_MAX}, &failed));
    for (size_t i = 0; i < due.count; i++)
        if (due.items[i].subject == mail.value)
            return due.items[i];
    for (size_t i = 0; i < failed.count; i++)
        if (failed.items[i].subject == mail.value)
            return failed.items[i];
    fail_msg("the mail has no job");
    return (struct job_row){0};
}

static void gives_up_what_is_refused(void **state)
{
    struct bed *bed = *state;
    static struct listener listener = {.refuses = true};
    pthread_t thread = listen_for_mail(&listener);
    use_server(bed, listener.port);
    struct mail_row row = send_one(bed, "Anna");
    assert_int_equal(pthread_join(thread, NULL), 0);
    (void)close(listener.socket);
    assert_int_equal(row.state, MAIL_WAITING);
    struct job_row job = the_job(bed, row.id);
    assert_int_equal(job.state, JOB_FAILED);
    assert_true(text_is(job.problem, "mail.refused"));
}

static void tries_again_when_nobody_answers(void **state)
{
    struct bed *bed = *state;
    struct listener listener = {0};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    /* Bound but not listening: the port is nobody else's and refuses every connection. */
    listener.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener.socket, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(listener.socket, (struct sockaddr *)&address, &size), 0);
    use_server(bed, ntohs(address.sin_port));
    struct mail_row row = send_one(bed, "Anna");
    (void)close(listener.socket);
    assert_int_equal(row.state, MAIL_WAITING);
    struct job_row job = the_job(bed, row.id);
    assert_int_equal(job.state, JOB_WAITING);
    assert_true(text_is(job.problem, "mail.unsent") && job.tries == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(veils_what_opens_links),
        cmocka_unit_test(writes_a_plain_mail),
        cmocka_unit_test(says_where_one_click_stops_it),
        cmocka_unit_test(lets_no_header_in),
        cmocka_unit_test(keeps_other_scripts),
        cmocka_unit_test(folds_long_lines),
        cmocka_unit_test(files_a_mail_that_reads_back),
        cmocka_unit_test(hands_a_mail_to_the_server),
        cmocka_unit_test(gives_up_what_is_refused),
        cmocka_unit_test(tries_again_when_nobody_answers),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
