/*
 * Writes mails: encoded headers, the date, the quoted-printable body.
 *
 * Must not know: the queue, servers. Read next: core/mail/mail_test.c.
 */
#include "core/mail/message.h"

#include <string.h>

enum {
    MESSAGE_MAX = 4 << 20,
    BODY_LINE = 73,   /* characters before a soft line break; "=XX=" still fits in 76 */
    WORD_BYTES = 39,  /* of UTF-8 in one encoded word: 64 characters, 73 behind "Subject: " */
    HEADER_LINE = 70, /* characters of a header's line that is plain */
};

static const char hex_digits[] = "0123456789ABCDEF";

bool mail_address_fine(struct text address)
{
    if (!address.data || address.size < 3 || address.size > 254)
        return false;
    const char *at = memchr(address.data, '@', address.size);
    if (!at || at == address.data || at == address.data + address.size - 1 ||
        memchr(at + 1, '@', (size_t)(address.data + address.size - at - 1)))
        return false;
    for (size_t i = 0; i < address.size; i++) {
        unsigned char c = (unsigned char)address.data[i];
        if (c <= ' ' || c == 0x7F || strchr("<>\"(),;:\\[]", c))
            return false;
    }
    return true;
}

/* U+0085, U+2028 and U+2029 in UTF-8: line ends to some readers. Gives their bytes, or 0. */
static size_t separator_size(struct text text, size_t i)
{
    if (i + 1 < text.size && memcmp(text.data + i, "\xC2\x85", 2) == 0)
        return 2;
    if (i + 2 < text.size && (memcmp(text.data + i, "\xE2\x80\xA8", 3) == 0 ||
                              memcmp(text.data + i, "\xE2\x80\xA9", 3) == 0))
        return 3;
    return 0;
}

struct text mail_one_line(struct memory *memory, struct text typed)
{
    char *line = memory_take(memory, typed.size + 1);
    size_t size = 0;
    if (!line)
        return (struct text){NULL, 0};
    for (size_t i = 0; i < typed.size; i++) {
        size_t separator = separator_size(typed, i);
        unsigned char c = (unsigned char)typed.data[i];
        if (separator)
            i += separator - 1;
        bool blank = separator || c < ' ' || c == 0x7F;
        line[size++] = blank ? ' ' : (char)c;
    }
    return (struct text){line, size};
}

/* Printable ASCII that nobody can take for an encoded word. */
static bool plain(struct text line)
{
    for (size_t i = 0; i < line.size; i++)
        if (line.data[i] < ' ' || line.data[i] > '~')
            return false;
    return !line.data || !memmem(line.data, line.size, "=?", 2);
}

static void add_base64(struct builder *b, const unsigned char *bytes, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < size; i += 3) {
        unsigned group = (unsigned)bytes[i] << 16;
        if (i + 1 < size)
            group |= (unsigned)bytes[i + 1] << 8;
        if (i + 2 < size)
            group |= bytes[i + 2];
        builder_add_char(b, digits[group >> 18]);
        builder_add_char(b, digits[group >> 12 & 63]);
        builder_add_char(b, i + 1 < size ? digits[group >> 6 & 63] : '=');
        builder_add_char(b, i + 2 < size ? digits[group & 63] : '=');
    }
}

/* As many bytes as fit one encoded word without cutting a character in two. */
static size_t word_bytes(struct text rest)
{
    size_t size = rest.size < WORD_BYTES ? rest.size : WORD_BYTES;
    while (size < rest.size && size > 1 && ((unsigned char)rest.data[size] & 0xC0) == 0x80)
        size--;
    return size;
}

static void add_encoded(struct builder *b, struct text line)
{
    for (struct text rest = line; rest.size > 0;) {
        size_t size = word_bytes(rest);
        builder_add_c(b, "=?UTF-8?B?");
        add_base64(b, (const unsigned char *)rest.data, size);
        builder_add_c(b, "?=");
        rest.data += size;
        rest.size -= size;
        if (rest.size > 0)
            builder_add_c(b, "\r\n ");
    }
}

/* Plain words, folded before the one that would make the line too long. */
static void add_folded(struct builder *b, struct text line, size_t column)
{
    struct text word;
    bool first = true;
    while (text_split(&line, ' ', &word)) {
        if (!first && column + 1 + word.size > HEADER_LINE && word.size > 0) {
            builder_add_c(b, "\r\n");
            column = 0;
        }
        if (!first)
            builder_add_char(b, ' ');
        builder_add(b, word);
        column += word.size + 1;
        first = false;
    }
}

static bool short_words(struct text line)
{
    struct text word;
    while (text_split(&line, ' ', &word))
        if (word.size > HEADER_LINE)
            return false;
    return true;
}

static void add_header_text(struct builder *b, struct text line, size_t column)
{
    if (plain(line) && short_words(line))
        add_folded(b, line, column);
    else
        add_encoded(b, line);
}

static void add_sender(struct builder *b, struct memory *memory, const struct mail_message *message)
{
    struct text name = mail_one_line(memory, message->name);
    builder_add_c(b, "From: ");
    if (name.size > 0) {
        bool quoted = plain(name) && name.size <= HEADER_LINE &&
                      !memchr(name.data, '"', name.size) && !memchr(name.data, '\\', name.size);
        if (quoted)
            builder_add_format(b, "\"%.*s\"", TEXT_ARGS(name));
        else
            add_encoded(b, name);
        builder_add_c(b, "\r\n ");
    }
    builder_add_format(b, "<%.*s>\r\n", TEXT_ARGS(message->from));
}

/* RFC 5322 3.3. */
static void add_date(struct builder *b, struct instant at)
{
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil civil = civil_of(at);
    /* 1970-01-01 was a Thursday. */
    builder_add_format(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[at.ms / DAY % 7],
                       civil.day, months[civil.month - 1], civil.year, civil.hour, civil.minute,
                       civil.second);
}

static void add_quoted(struct builder *b, struct text body)
{
    int column = 0;
    for (size_t i = 0; i < body.size; i++) {
        unsigned char c = (unsigned char)body.data[i];
        if (c == '\n') {
            builder_add_c(b, "\r\n");
            column = 0;
            continue;
        }
        if (c == '\r' && i + 1 < body.size && body.data[i + 1] == '\n')
            continue;
        if (column >= BODY_LINE - 1) {
            builder_add_c(b, "=\r\n");
            column = 0;
        }
        bool ends = i + 1 == body.size || body.data[i + 1] == '\n' || body.data[i + 1] == '\r';
        bool literal = (c >= '!' && c <= '~' && c != '=') || (c == ' ' && !ends);
        /* A dot alone on a line ends a message in SMTP; nobody has to care when none begins a line. */
        if (literal && !(column == 0 && (c == '.' || c == 'F'))) {
            builder_add_char(b, (char)c);
            column++;
        } else {
            char code[] = {'=', hex_digits[c >> 4], hex_digits[c & 15], 0};
            builder_add_c(b, code);
            column += 3;
        }
    }
    if (column > 0)
        builder_add_c(b, "\r\n");
}

const struct problem *mail_message_write(struct memory *memory, const struct mail_message *message,
                                         struct text *out)
{
    if (!mail_address_fine(message->from) || !mail_address_fine(message->to))
        return &invalid_input;
    struct builder b = builder_make(memory, MESSAGE_MAX);
    struct text subject = mail_one_line(memory, message->subject);
    struct text id = mail_one_line(memory, message->id);
    const char *at = memchr(message->from.data, '@', message->from.size);
    struct text domain = {at + 1, (size_t)(message->from.data + message->from.size - at - 1)};
    if (!subject.data || !id.data)
        return &out_of_memory;
    add_date(&b, message->at);
    add_sender(&b, memory, message);
    builder_add_format(&b, "To: <%.*s>\r\n", TEXT_ARGS(message->to));
    builder_add_c(&b, "Subject: ");
    add_header_text(&b, subject, strlen("Subject: "));
    builder_add_format(&b, "\r\nMessage-ID: <%.*s@%.*s>\r\n", TEXT_ARGS(id), TEXT_ARGS(domain));
    if (message->stop.size && plain(message->stop) &&
        !memchr(message->stop.data, '>', message->stop.size))
        builder_add_format(&b,
                           "List-Unsubscribe: <%.*s>\r\n"
                           "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                           TEXT_ARGS(message->stop));
    builder_add_c(&b, "MIME-Version: 1.0\r\n"
                      "Content-Type: text/plain; charset=utf-8\r\n"
                      "Content-Transfer-Encoding: quoted-printable\r\n"
                      "Auto-Submitted: auto-generated\r\n"
                      "\r\n");
    add_quoted(&b, message->body);
    return builder_end(&b, out);
}
