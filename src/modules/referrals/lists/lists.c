/*
 * Lists that an operator installs. See lists.h.
 *
 * Networks are ranges of IPv6 addresses, those of IPv4 mapped into ::ffff:0:0/96 (RFC 4291, 2.5.5.2), sorted and
 * joined, so that a look-up halves them. Domains are sorted names.
 */
#include "modules/referrals/lists/lists.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/settings.h"

enum { FILE_MOST = 64 << 20, ADDRESS_MOST = 64, BITS = 128, MAPPED = 96, DOMAIN_MOST = 253 };

struct range {
    unsigned char first[16], last[16];
};

static struct {
    struct range *networks; /* joined and in order */
    size_t network_count;
    bool networks_known;  /* there is a list, even an empty one */
    struct text *domains; /* in order */
    size_t domain_count;
} lists;

/* ---- reading ---------------------------------------------------------------------------------- */

/* The next name in what is left of a file. */
static bool next_name(struct text *left, struct text *name)
{
    static const char between[] = " \t\r\n,\"'[]{}";
    while (left->size > 0) {
        size_t size = 0;
        if (left->data[0] == '#')
            while (size < left->size && left->data[size] != '\n')
                size++;
        else if (strchr(between, left->data[0]))
            size = 1;
        if (size == 0)
            break;
        *left = (struct text){left->data + size, left->size - size};
    }
    size_t size = 0;
    while (size < left->size && left->data[size] && !strchr(between, left->data[size]))
        size++;
    *name = (struct text){left->data, size};
    *left = (struct text){left->data + size, left->size - size};
    return size > 0;
}

static size_t count_names(struct text left)
{
    struct text name;
    size_t count = 0;
    while (next_name(&left, &name))
        count++;
    return count;
}

static bool read_address(struct text written, unsigned char out[16])
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    char line[ADDRESS_MOST];
    if (written.size == 0 || written.size >= sizeof line)
        return false;
    memcpy(line, written.data, written.size);
    line[written.size] = '\0';
    memcpy(out, mapped, sizeof mapped);
    return inet_pton(AF_INET, line, out + 12) == 1 || inet_pton(AF_INET6, line, out) == 1;
}

/* "192.0.2.0/24", or an address alone. */
static bool read_network(struct text name, struct range *out)
{
    struct text address, rest = name;
    int64_t bits = BITS;
    if (!text_split(&rest, '/', &address) || !read_address(address, out->first))
        return false;
    bool four = memchr(address.data, ':', address.size) == NULL;
    if (rest.size > 0 && (!text_to_integer(rest, &bits) || bits < 0 || bits > (four ? 32 : BITS)))
        return false;
    if (rest.size > 0 && four)
        bits += MAPPED;
    memcpy(out->last, out->first, sizeof out->last);
    for (int64_t i = bits; i < BITS; i++) {
        out->first[i / 8] &= (unsigned char)~(0x80 >> (i % 8));
        out->last[i / 8] |= (unsigned char)(0x80 >> (i % 8));
    }
    return true;
}

static int by_first(const void *one, const void *other)
{
    return memcmp(one, other, 16);
}

static const struct problem *take_networks(struct memory *process, struct text left)
{
    struct text name;
    size_t count = 0, joined = 0;
    struct range *all = memory_take_array(process, count_names(left) + 1, sizeof *all);
    if (!all)
        return &out_of_memory;
    while (next_name(&left, &name))
        count += read_network(name, &all[count]);
    qsort(all, count, sizeof *all, by_first);
    for (size_t i = 0; i < count; i++) {
        if (joined == 0 || memcmp(all[i].first, all[joined - 1].last, 16) > 0)
            all[joined++] = all[i];
        else if (memcmp(all[i].last, all[joined - 1].last, 16) > 0)
            memcpy(all[joined - 1].last, all[i].last, 16);
    }
    lists.networks = all;
    lists.network_count = joined;
    lists.networks_known = true;
    return NULL;
}

static int compare_texts(struct text one, struct text other)
{
    size_t size = one.size < other.size ? one.size : other.size;
    int order = memcmp(one.data, other.data, size);
    return order ? order : (one.size > other.size) - (one.size < other.size);
}

static int by_name(const void *one, const void *other)
{
    return compare_texts(*(const struct text *)one, *(const struct text *)other);
}

static const struct problem *take_domains(struct memory *process, struct text left)
{
    struct text name;
    size_t count = 0;
    struct text *all = memory_take_array(process, count_names(left) + 1, sizeof *all);
    if (!all)
        return &out_of_memory;
    while (next_name(&left, &name))
        all[count++] = name;
    qsort(all, count, sizeof *all, by_name);
    lists.domains = all;
    lists.domain_count = count;
    return NULL;
}

const struct problem *lists_take(struct memory *process, struct text networks, struct text domains)
{
    const struct problem *problem = NULL;
    memset(&lists, 0, sizeof lists);
    if (networks.data)
        problem = take_networks(process, networks);
    if (!problem && domains.data)
        problem = take_domains(process, domains);
    return problem;
}

/* The whole of a file that a setting names; no data where it names none. */
static const struct problem *read_file(struct memory *process, const char *setting,
                                       struct text *out)
{
    struct text path = setting_text(setting);
    *out = (struct text){NULL, 0};
    if (path.size == 0)
        return NULL;
    FILE *stream = fopen(text_c(process, path), "re");
    long size = -1;
    if (stream && fseek(stream, 0, SEEK_END) == 0)
        size = ftell(stream);
    bool fine = size >= 0 && size <= FILE_MOST && fseek(stream, 0, SEEK_SET) == 0;
    char *data = fine ? memory_take(process, (size_t)size + 1) : NULL;
    fine = data && fread(data, 1, (size_t)size, stream) == (size_t)size;
    if (stream)
        (void)fclose(stream);
    if (!fine) {
        log_write(LOG_ERROR, "referrals.list_unreadable", "%s: %.*s", setting, TEXT_ARGS(path));
        return &world_failed;
    }
    *out = (struct text){data, (size_t)size};
    return NULL;
}

const struct problem *lists_load(struct memory *process)
{
    struct text networks, domains;
    const struct problem *problem = read_file(process, "referrals.data_centres", &networks);
    if (!problem)
        problem = read_file(process, "referrals.throwaway_domains", &domains);
    return problem ? problem : lists_take(process, networks, domains);
}

/* ---- looking up ------------------------------------------------------------------------------- */

struct maybe_integer list_is_hosted(struct text address)
{
    unsigned char bytes[16];
    size_t low = 0, high = lists.network_count;
    if (!lists.networks_known || !read_address(address, bytes))
        return (struct maybe_integer){.present = false};
    while (low < high) { /* the last range that begins at or before it */
        size_t middle = (low + high) / 2;
        if (memcmp(lists.networks[middle].first, bytes, 16) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool hosted = low > 0 && memcmp(bytes, lists.networks[low - 1].last, 16) <= 0;
    return (struct maybe_integer){.present = true, .value = hosted};
}

static bool is_listed(struct text domain)
{
    return lists.domain_count > 0 && bsearch(&domain, lists.domains, lists.domain_count,
                                             sizeof *lists.domains, by_name) != NULL;
}

bool list_is_throwaway(struct text mail)
{
    char small[DOMAIN_MOST + 1];
    const char *sign = mail.data ? memrchr(mail.data, '@', mail.size) : NULL;
    size_t size = sign ? mail.size - (size_t)(sign - mail.data) - 1 : 0;
    if (size == 0 || size > DOMAIN_MOST)
        return false;
    for (size_t i = 0; i < size; i++)
        small[i] = sign[1 + i] >= 'A' && sign[1 + i] <= 'Z' ? (char)(sign[1 + i] - 'A' + 'a')
                                                            : sign[1 + i];
    struct text domain = {small, size}, part;
    while (domain.size > 0 && memchr(domain.data, '.', domain.size)) {
        if (is_listed(domain))
            return true;
        (void)text_split(&domain, '.', &part);
    }
    return false;
}
