/*
 * Takes purchases in as orders, exports them and takes them back: lines a second, and memory.
 *
 *   imports DATA PURCHASES [LINES]
 *
 * DATA is a new data folder (SQLite, or CONTRAFLOW_DATABASE). PURCHASES is cdnow.txt: customer, day, number,
 * amount (P. Fader, B. Hardie, CDNOW data set, 2001). With LINES its lines are repeated under further numbers.
 * Ends with 1 unless the sums agree and the database is as before at the end.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "core/shop/export.h"
#include "core/shop/import.h"
#include "core/shop/import_queries.h"
#include "filling.h"

static struct world world;
static struct memory *memory;
static struct party_id business, owner;

/* Seconds that the program's threads have worked. */
static double worked(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static void tell(const char *what, int64_t began, double before, int64_t lines)
{
    double seconds = (double)(clock_ticks() - began) / 1e9;
    printf("%-12s %8.2f s %10.0f lines/s %8.2f s of processor\n", what, seconds,
           (double)lines / seconds, worked() - before);
}

/* The purchases as a CSV; *sum is what they come to, in cents. */
static int64_t write_csv(const char *purchases, int64_t most, int64_t *sum)
{
    int64_t count = 0;
    char customer[16], day[16], amount[16];
    int quantity;
    FILE *in = fopen(purchases, "re");
    FILE *out = open_out(&world, "purchases.csv");
    must(in ? NULL : &world_failed, "opening files");
    fprintf(out, "order,date,customer,quantity,total\n");
    for (bool any = true; any && (most == 0 || count < most);) {
        any = false;
        rewind(in);
        while ((most == 0 || count < most) &&
               fscanf(in, " %15s %15s %d %15s", customer, day, &quantity, amount) == 4) {
            any = most > 0;
            count += 1;
            *sum += (int64_t)(strtod(amount, NULL) * 100 + 0.5);
            fprintf(out, "%lld,%s,%s,%d,%s\n", (long long)count, day, customer, quantity, amount);
        }
    }
    fclose(in);
    fclose(out);
    return count;
}

static void work(struct import_id import, enum import_state to, enum import_state wanted,
                 int64_t lines, const char *what)
{
    struct import_say say = {
        .import = import, .business = business, .mapping = {"", 0}, .at = clock_now()};
    struct import_row row;
    bool more = true;
    double before = worked();
    int64_t began = clock_ticks();
    must(import_move(world.store, memory, &say, to), what);
    while (more)
        must(import_work(world.store, world.reader, memory, import,
                         clock_ticks() + 3 * INT64_C(1000000000), &more),
             what);
    tell(what, began, before, lines);
    must(import_by_id(world.reader, memory, import, &row), what);
    if (row.state != wanted || row.faults > 0) {
        fprintf(stderr, "%s ended in another state, or with errors\n", what);
        exit(1);
    }
}

/* All orders, and what their totals come to. */
static int64_t export_all(const char *path, int64_t lines)
{
    double before = worked();
    int64_t began = clock_ticks();
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(shop_export(world.reader, memory, business, IMPORT_ORDERS, IMPORT_CSV, fd), "export");
    tell("export", began, before, lines);
    close(fd);
    FILE *in = fopen(path, "re");
    char line[1000];
    int64_t sum = 0;
    must(in && fgets(line, sizeof line, in) ? NULL : &world_failed, "reading the export");
    while (fgets(line, sizeof line, in)) {
        /* Without quotes the total is the ninth cell. */
        char *at = line;
        for (int i = 0; i < 8 && at; i++)
            at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL;
        sum += at ? (int64_t)(strtod(at, NULL) * 100 + 0.5) : 0;
    }
    fclose(in);
    return sum;
}

int main(int argc, char **argv)
{
    struct text complaint = {0};
    char path[500], exported[500];
    int64_t sum = 0;
    struct rusage used;
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: imports DATA PURCHASES [LINES]\n");
        return 2;
    }
    log_set_level(LOG_ERROR);
    memory = memory_create(256 << 20);
    must(world_settings(memory, text_of(argv[1]), &complaint), "settings");
    must(world_open(memory, text_of(argv[1]), &world, &complaint), "opening");
    must(world_lease(&world, &complaint), "leasing");
    owner = person(&world, "maren@example.org", false);
    must(party_found(world.store, memory, text_of("Nordlicht"), text_of("Kiel"), owner, clock_now(),
                     &business),
         "a business");
    snprintf(path, sizeof path, "%s/purchases.csv", argv[1]);
    snprintf(exported, sizeof exported, "%s/exported.csv", argv[1]);
    int64_t lines = write_csv(argv[2], argc == 4 ? strtoll(argv[3], NULL, 10) : 0, &sum);
    struct import_arrival arrival = {.business = business,
                                     .person = owner,
                                     .kind = IMPORT_ORDERS,
                                     .name = text_of("purchases.csv"),
                                     .path = text_of(path),
                                     .at = clock_now()};
    double before = worked();
    int64_t began = clock_ticks();
    must(import_arrive(world.store, memory, &arrival), "arriving");
    tell("arriving", began, before, lines);
    work(arrival.id, IMPORT_CHECKING, IMPORT_CHECKED, lines, "check");
    work(arrival.id, IMPORT_RUNNING, IMPORT_DONE, lines, "take in");
    bool right = export_all(exported, lines) == sum;
    work(arrival.id, IMPORT_UNDOING, IMPORT_UNDONE, lines, "undo");
    right = right && export_all(exported, lines) == 0;
    getrusage(RUSAGE_SELF, &used);
    printf("%lld lines; most memory %.1f MB\n", (long long)lines, (double)used.ru_maxrss / 1024);
    printf("sums %s\n", right ? "agree" : "do not agree");
    world_close(&world);
    memory_end(memory);
    return right ? 0 : 1;
}
