/*
 * Metadata blocks: the bounded TIFF walk that reads EXIF, and the writers of XMP, IPTC and EXIF.
 *
 * Must not know: files, containers, vips. Read next: container.c, which places the blocks.
 */
#include "core/media/metadata.h"

#include <string.h>

/* Tags of TIFF 6.0 and EXIF 2.32. */
enum {
    TAG_GPS_LATITUDE = 0x0002,
    TAG_MAKE = 0x010f,
    TAG_MODEL = 0x0110,
    TAG_ORIENTATION = 0x0112,
    TAG_DATE_TIME = 0x0132,
    TAG_EXIF_DIRECTORY = 0x8769,
    TAG_GPS_DIRECTORY = 0x8825,
    TAG_DATE_TIME_ORIGINAL = 0x9003,
    TAG_OFFSET_TIME = 0x9010,
    TAG_OFFSET_TIME_ORIGINAL = 0x9011,
};

enum { TYPE_ASCII = 2, TYPE_SHORT = 3, TYPE_LONG = 4 };

#define ENTRIES_MAX 512
#define ENTRY_SIZE  12

struct tiff {
    struct bytes block; /* from the byte-order mark on */
    bool big;           /* "MM": most significant byte first */
};

struct entry {
    unsigned tag, type; /* as stored */
    uint32_t count;     /* of values */
    struct bytes value; /* of ASCII: the text; empty when it points outside */
    uint32_t number;    /* of SHORT and LONG with count 1 */
};

/* Dates as the block spells them, before they become an instant. */
struct dates {
    struct bytes original, original_offset; /* DateTimeOriginal and its OffsetTimeOriginal */
    struct bytes changed, changed_offset;   /* DateTime and its OffsetTime */
};

static unsigned read_short(const struct tiff *tiff, size_t at)
{
    const unsigned char *p = tiff->block.data + at;
    return tiff->big ? (unsigned)(p[0] << 8 | p[1]) : (unsigned)(p[1] << 8 | p[0]);
}

static uint32_t read_long(const struct tiff *tiff, size_t at)
{
    uint32_t first = read_short(tiff, at);
    uint32_t second = read_short(tiff, at + 2);
    return tiff->big ? first << 16 | second : second << 16 | first;
}

static void read_entry(const struct tiff *tiff, size_t at, struct entry *out)
{
    *out = (struct entry){.tag = read_short(tiff, at),
                          .type = read_short(tiff, at + 2),
                          .count = read_long(tiff, at + 4)};
    if (out->type == TYPE_SHORT && out->count == 1)
        out->number = read_short(tiff, at + 8);
    if (out->type == TYPE_LONG && out->count == 1)
        out->number = read_long(tiff, at + 8);
    if (out->type != TYPE_ASCII || out->count == 0)
        return;
    size_t start = out->count <= 4 ? at + 8 : read_long(tiff, at + 8);
    if (start < tiff->block.size && out->count <= tiff->block.size - start)
        out->value = (struct bytes){tiff->block.data + start, out->count};
}

/* Entries of the directory at `offset` that lie inside the block; *first is where they begin. */
static size_t directory_entries(const struct tiff *tiff, uint32_t offset, size_t *first)
{
    if (offset < 8 || tiff->block.size < 2 || offset > tiff->block.size - 2)
        return 0;
    size_t count = read_short(tiff, offset);
    size_t fitting = (tiff->block.size - offset - 2) / ENTRY_SIZE;
    *first = (size_t)offset + 2;
    if (count > fitting)
        count = fitting;
    return count < ENTRIES_MAX ? count : ENTRIES_MAX;
}

/* A camera's name: cut at the first NUL, control characters and invalid bytes become blanks. */
static void keep_name(struct bytes value, char out[MEDIA_CAMERA_SIZE])
{
    size_t size = 0;
    while (size < value.size && size < MEDIA_CAMERA_SIZE - 1 && value.data[size] != 0) {
        unsigned char c = value.data[size];
        out[size++] = c < 0x20 || c >= 0x7f ? ' ' : (char)c;
    }
    struct text trimmed = text_trim((struct text){out, size});
    memmove(out, trimmed.data, trimmed.size);
    out[trimmed.size] = 0;
}

static bool digits(const unsigned char *p, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
        value = value * 10 + (p[i] - '0');
    }
    *out = value;
    return true;
}

/* Minutes east of Greenwich from "+HH:MM"; 0 when it is absent or malformed. */
static int zone_minutes(struct bytes zone)
{
    int hours = 0, minutes = 0;
    if (zone.size < 6 || (zone.data[0] != '+' && zone.data[0] != '-'))
        return 0;
    if (!digits(zone.data + 1, 2, &hours) || !digits(zone.data + 4, 2, &minutes))
        return 0;
    if (hours > 14 || minutes > 59)
        return 0;
    int total = hours * 60 + minutes;
    return zone.data[0] == '-' ? -total : total;
}

/* "YYYY:MM:DD HH:MM:SS"; {0} for anything that is no such moment. */
static struct instant read_date(struct bytes date, struct bytes zone)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct civil civil = {0};
    if (date.size < 19 || !digits(date.data, 4, &civil.year) ||
        !digits(date.data + 5, 2, &civil.month) || !digits(date.data + 8, 2, &civil.day) ||
        !digits(date.data + 11, 2, &civil.hour) || !digits(date.data + 14, 2, &civil.minute) ||
        !digits(date.data + 17, 2, &civil.second))
        return (struct instant){0};
    if (civil.year < 1971 || civil.month < 1 || civil.month > 12 || civil.day < 1 ||
        civil.day > days[civil.month - 1] || civil.hour > 23 || civil.minute > 59 ||
        civil.second > 59)
        return (struct instant){0};
    return instant_add(instant_of(civil), -zone_minutes(zone) * MINUTE);
}

static void keep_date(struct entry entry, struct dates *dates)
{
    if (entry.tag == TAG_DATE_TIME_ORIGINAL)
        dates->original = entry.value;
    if (entry.tag == TAG_OFFSET_TIME_ORIGINAL)
        dates->original_offset = entry.value;
    if (entry.tag == TAG_DATE_TIME)
        dates->changed = entry.value;
    if (entry.tag == TAG_OFFSET_TIME)
        dates->changed_offset = entry.value;
}

void media_exif_read(struct bytes block, struct media_exif *out)
{
    *out = (struct media_exif){.orientation = 1};
    if (block.size < 8 || (memcmp(block.data, "II", 2) != 0 && memcmp(block.data, "MM", 2) != 0))
        return;
    struct tiff tiff = {.block = block, .big = block.data[0] == 'M'};
    struct dates dates = {0};
    uint32_t exif_directory = 0, gps_directory = 0;
    size_t first = 0;
    size_t count = directory_entries(&tiff, read_long(&tiff, 4), &first);
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        read_entry(&tiff, first + i * ENTRY_SIZE, &entry);
        if (entry.tag == TAG_MAKE)
            keep_name(entry.value, out->make);
        if (entry.tag == TAG_MODEL)
            keep_name(entry.value, out->model);
        if (entry.tag == TAG_ORIENTATION && entry.number >= 1 && entry.number <= 8)
            out->orientation = (int)entry.number;
        if (entry.tag == TAG_EXIF_DIRECTORY)
            exif_directory = entry.number;
        if (entry.tag == TAG_GPS_DIRECTORY)
            gps_directory = entry.number;
        keep_date(entry, &dates);
    }
    count = directory_entries(&tiff, exif_directory, &first);
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        read_entry(&tiff, first + i * ENTRY_SIZE, &entry);
        keep_date(entry, &dates);
    }
    count = directory_entries(&tiff, gps_directory, &first);
    for (size_t i = 0; i < count; i++) /* many cameras write a directory with a version alone */
        out->had_position |= read_short(&tiff, first + i * ENTRY_SIZE) == TAG_GPS_LATITUDE;
    out->taken = read_date(dates.original, dates.original_offset);
    if (out->taken.ms == 0)
        out->taken = read_date(dates.changed, dates.changed_offset);
}

void media_exif_write(int orientation, unsigned char out[MEDIA_EXIF_WRITTEN])
{
    static const unsigned char block[MEDIA_EXIF_WRITTEN] = {
        'M',  'M',  0, 42, 0, 0, 0, 8, /* big endian, first directory at 8 */
        0,    1,                       /* one entry */
        0x01, 0x12, 0, 3,  0, 0, 0, 1, /* Orientation, SHORT, one value */
        0,    0,    0, 0,              /* the value, then no further directory */
        0,    0,    0, 0};
    memcpy(out, block, MEDIA_EXIF_WRITTEN);
    out[19] = (unsigned char)orientation;
}

/* Text as XML character data; control characters that XML 1.0 forbids become blanks. */
static void add_xml(struct builder *out, struct text t)
{
    size_t start = 0;
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r')
            continue;
        builder_add_html(out, (struct text){t.data + start, i - start});
        builder_add_char(out, ' ');
        start = i + 1;
    }
    builder_add_html(out, (struct text){t.data + start, t.size - start});
}

static void add_element(struct builder *out, const char *open, struct text t, const char *close)
{
    if (t.size == 0)
        return;
    builder_add_c(out, open);
    add_xml(out, t);
    builder_add_c(out, close);
}

void media_xmp_write(const struct media_notice *notice, struct builder *out)
{
    builder_add_c(out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                       "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                       "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                       "<rdf:Description rdf:about=\"\""
                       " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                       " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""
                       " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\""
                       " xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\">\n");
    add_element(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", notice->title,
                "</rdf:li></rdf:Alt></dc:title>\n");
    add_element(out, "<dc:creator><rdf:Seq><rdf:li>", notice->creator,
                "</rdf:li></rdf:Seq></dc:creator>\n");
    add_element(out, "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">", notice->copyright,
                "</rdf:li></rdf:Alt></dc:rights>\n");
    add_element(out, "<photoshop:Credit>", notice->credit, "</photoshop:Credit>\n");
    builder_add_c(out, "<xmpRights:Marked>True</xmpRights:Marked>\n");
    add_element(out, "<xmpRights:WebStatement>", notice->licence_url,
                "</xmpRights:WebStatement>\n");
    add_element(out, "<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                notice->terms, "</rdf:li></rdf:Alt></xmpRights:UsageTerms>\n");
    add_element(out,
                "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><plus:LicensorURL>",
                notice->licensor_url, "</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>\n");
    builder_add_c(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
}

/* Appends one IIM dataset: marker, record, number, size, bytes. */
static void add_dataset(struct builder *out, int record, int number, struct text t, size_t limit)
{
    if (t.size > limit) {
        t.size = limit;
        while (t.size > 0 && ((unsigned char)t.data[t.size] & 0xc0) == 0x80)
            t.size--;
    }
    if (t.size == 0)
        return;
    unsigned char head[5] = {0x1c, (unsigned char)record, (unsigned char)number,
                             (unsigned char)(t.size >> 8), (unsigned char)t.size};
    builder_add_bytes(out, head, sizeof head);
    builder_add(out, t);
}

void media_iptc_write(const struct media_notice *notice, struct builder *out)
{
    struct builder record = builder_make(out->memory, 4096);
    add_dataset(&record, 1, 90, (struct text)TEXT("\x1b%G"), 3);   /* UTF-8, ISO 2022 escape */
    builder_add_bytes(&record, "\x1c\x02\x00\x00\x02\x00\x04", 7); /* record version 4 */
    add_dataset(&record, 2, 5, notice->title, 64);
    add_dataset(&record, 2, 40, notice->terms, 256);
    add_dataset(&record, 2, 80, notice->creator, 32);
    add_dataset(&record, 2, 110, notice->credit, 32);
    add_dataset(&record, 2, 116, notice->copyright, 128);
    struct text body = {0};
    if (builder_end(&record, &body)) {
        out->failed = true;
        return;
    }
    unsigned char size[4] = {0, 0, (unsigned char)(body.size >> 8), (unsigned char)body.size};
    builder_add_bytes(out, "8BIM\x04\x04\0\0", 8);
    builder_add_bytes(out, size, sizeof size);
    builder_add(out, body);
    if (body.size % 2 == 1)
        builder_add_char(out, 0);
}

uint32_t media_crc(uint32_t crc, const unsigned char *data, size_t size)
{
    static const uint32_t nibble[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                        0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                        0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    crc = ~crc;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        crc = crc >> 4 ^ nibble[crc & 15];
        crc = crc >> 4 ^ nibble[crc & 15];
    }
    return ~crc;
}
