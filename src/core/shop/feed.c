/*
 * Product feeds as Google's merchants write them (RSS 2.0 with the namespace http://base.google.com/ns/1.0,
 * or Atom entries) turned into products, a JSON object a line.
 *
 * libxml2 streams; entities that a document declares are refused with it, and nothing is fetched.
 * Must not know: the database. Read next: core/shop/imports.c;
 * format: https://support.google.com/merchants/answer/7052112
 */
#include <errno.h>
#include <fcntl.h>
#include <libxml/xmlreader.h>
#include <string.h>
#include <unistd.h>

#include "core/shop/imports.h"
#include "core/shop/shop.shapes.h"

const struct problem import_bad_feed = {"import.bad_feed", 422, FAULT_CLIENT, false};

enum { FEED_MEMORY = 8 << 20, VALUE_MAX = 4000 };

/* One item while it is read. */
struct item {
    struct text number, title, category, price, sale, link, picture;
};
struct feed {
    xmlTextReaderPtr reader;
    int out;
    int64_t size;
    int64_t items;
    int depth; /* of the open item; -1: none */
};

static const struct problem *put(struct feed *feed, struct text line)
{
    for (size_t at = 0; at < line.size;) {
        ssize_t done = write(feed->out, line.data + at, line.size - at);
        if (done < 0)
            return errno == ENOSPC || errno == EDQUOT ? &disk_full : &world_failed;
        at += (size_t)done;
    }
    feed->size += (int64_t)line.size;
    return NULL;
}

static struct maybe_text if_any(struct text value)
{
    return (struct maybe_text){value.size > 0, value};
}

/* "12.99 EUR" */
static struct maybe_money price_of(struct text typed)
{
    struct maybe_money price = {0};
    struct text sum = text_trim(typed);
    struct currency currency;
    if (sum.size < 5 || !currency_parse((struct text){sum.data + sum.size - 3, 3}, &currency))
        return price;
    sum.size -= 3;
    price.present = money_parse(text_trim(sum), currency, &price.value);
    return price;
}

/* What lacks a number or a title is written, too, so that its line is told as wrong. */
static const struct problem *put_item(struct feed *feed, struct memory *memory,
                                      const struct item *item)
{
    struct text line;
    struct builder b = builder_make(memory, 64 << 10);
    struct product_told told = {.number = item->number,
                                .title = item->title,
                                .category = if_any(item->category),
                                .price = price_of(item->sale.size > 0 ? item->sale : item->price),
                                .link = if_any(item->link),
                                .picture = if_any(item->picture)};
    shape_write_json(&b, &product_told_shape, &told, FOR_OPERATOR);
    builder_add_char(&b, '\n');
    const struct problem *problem = builder_end(&b, &line);
    feed->items += 1;
    return problem ? problem : put(feed, line);
}

static struct text *place_of(struct item *item, const char *name)
{
    const struct {
        const char *name;
        struct text *place;
    } places[] = {
        {"id", &item->number},          {"title", &item->title},
        {"link", &item->link},          {"product_type", &item->category},
        {"price", &item->price},        {"sale_price", &item->sale},
        {"image_link", &item->picture},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].name, name) == 0)
            return places[i].place;
    return NULL;
}

/* The value of the element that is open: its words, or an Atom link's address. */
static const struct problem *take_value(struct feed *feed, struct memory *memory,
                                        struct text *place)
{
    xmlChar *value = xmlTextReaderIsEmptyElement(feed->reader)
                         ? xmlTextReaderGetAttribute(feed->reader, BAD_CAST "href")
                         : xmlTextReaderReadString(feed->reader);
    struct text words = value ? text_trim(text_of((const char *)value)) : text_of("");
    if (words.size <= VALUE_MAX && place->size == 0)
        *place = text_copy(memory, words);
    xmlFree(value);
    return place->data || words.size > VALUE_MAX ? NULL : &out_of_memory;
}

static bool is_item(const char *name)
{
    return strcmp(name, "item") == 0 || strcmp(name, "entry") == 0;
}

/* One node; *own is the open item's memory. */
static const struct problem *take_node(struct feed *feed, struct memory **own, struct item *item)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(feed->reader);
    int type = xmlTextReaderNodeType(feed->reader);
    int depth = xmlTextReaderDepth(feed->reader);
    if (type == XML_READER_TYPE_DOCUMENT_TYPE)
        return &import_bad_feed;
    if (type == XML_READER_TYPE_ELEMENT && feed->depth < 0 && is_item(name)) {
        feed->depth = depth;
        *item = (struct item){.number = {"", 0}, .title = {"", 0}};
        *own = memory_create(FEED_MEMORY);
        return *own ? NULL : &out_of_memory;
    }
    if (type == XML_READER_TYPE_ELEMENT && feed->depth >= 0 && depth == feed->depth + 1) {
        struct text *place = place_of(item, name);
        return place ? take_value(feed, *own, place) : NULL;
    }
    if (type != XML_READER_TYPE_END_ELEMENT || depth != feed->depth)
        return NULL;
    const struct problem *problem = put_item(feed, *own, item);
    memory_end(*own);
    *own = NULL;
    feed->depth = -1;
    return problem;
}

static const struct problem *read_all(struct feed *feed)
{
    struct memory *own = NULL;
    struct item item = {0};
    const struct problem *problem = NULL;
    int got = 1;
    while (!problem && (got = xmlTextReaderRead(feed->reader)) == 1)
        problem = take_node(feed, &own, &item);
    memory_end(own);
    if (!problem && (got < 0 || feed->items == 0))
        problem = &import_bad_feed;
    return problem;
}

static void say_nothing(void *context, const char *message, xmlParserSeverities severity,
                        xmlTextReaderLocatorPtr where)
{
    (void)context;
    (void)message;
    (void)severity;
    (void)where;
}

const struct problem *feed_to_lines(const char *from, const char *to, int64_t *size)
{
    struct feed feed = {.depth = -1};
    int in = open(from, O_RDONLY | O_CLOEXEC);
    feed.out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    /* No entity is put in its place, no document type is loaded, nothing comes over the network; huge
     * texts stay refused, since XML_PARSE_HUGE is not asked for. */
    feed.reader =
        in >= 0 ? xmlReaderForFd(in, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA) : NULL;
    const struct problem *problem = feed.reader && feed.out >= 0 ? NULL : &world_failed;
    if (feed.reader)
        xmlTextReaderSetErrorHandler(feed.reader, say_nothing, NULL);
    if (!problem)
        problem = read_all(&feed);
    if (feed.reader)
        xmlFreeTextReader(feed.reader);
    if (feed.out >= 0)
        close(feed.out);
    if (in >= 0)
        close(in);
    *size = feed.size;
    return problem;
}
