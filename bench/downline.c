/*
 * How long it takes to say who brought whom, and to show who stands below: a web of trust as downlines, and
 * a line without end.
 *
 *   downline DATA RATINGS     DATA: an empty folder; RATINGS: trust/soc-sign-bitcoinotc.csv
 *
 * Each positive rating asks for a link below the rater, in the order of their times, through the module's own
 * call inside a write: first 300 to a commit, then each in a commit of its own. On SQLite.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/log.h"
#include "modules/referrals/downline/downline.h"
#include "modules/world.h"

enum { PEOPLE = 7000, RATINGS_MAX = 40000, TOGETHER = 300, DEEP = 100000, LOOKS = 1000 };

struct rating {
    int64_t from, to; /* people */
    bool positive;
};
struct run {
    int64_t base;         /* added to the numbers of people */
    size_t first, end;    /* of the ratings */
    int64_t made, closed; /* links, and circles refused */
};

static struct world world;
static struct rating ratings[RATINGS_MAX];
static size_t rating_count;

static void must(const struct problem *problem, const char *what)
{
    if (!problem)
        return;
    fprintf(stderr, "downline: %s: %s\n", what, problem->name);
    exit(1);
}

static void read_ratings(const char *path)
{
    long from, to, stars;
    double at;
    FILE *in = fopen(path, "re");
    must(in ? NULL : &world_failed, path);
    while (rating_count < RATINGS_MAX &&
           fscanf(in, "%ld,%ld,%ld,%lf", &from, &to, &stars, &at) == 4)
        ratings[rating_count++] = (struct rating){from, to, stars > 0};
    fclose(in);
}

/* Programs 1 to 3 with partners from 1, 1,000,001 and 2,000,001 on; joining is not what is measured. */
static void fill(const char *data)
{
    static const int counts[] = {PEOPLE, PEOPLE, DEEP + 1};
    char text[600];
    sqlite3 *handle = NULL;
    snprintf(text, sizeof text, "%s/contraflow.db", data);
    must(sqlite3_open(text, &handle) ? &world_failed : NULL, text);
    for (int i = 0; i < 3; i++) {
        snprintf(text, sizeof text,
                 "INSERT INTO referrals_program (program, landing, hosts, model, window_days, "
                 "code_first, late_days, bound_months, joining) VALUES (%d, '', '', 'last', 30, 0, "
                 "30, 0, 'open'); "
                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                 "INSERT INTO referrals_partner (id, program, person, state, moved, at) "
                 "SELECT i + %d000000, %d, i, 'active', 1, 1 FROM n",
                 i + 1, counts[i], i, i + 1);
        must(sqlite3_exec(handle, text, NULL, NULL, NULL) ? &world_failed : NULL,
             sqlite3_errmsg(handle));
    }
    sqlite3_close(handle);
}

static struct referrals_partner_id partner(int64_t number)
{
    return (struct referrals_partner_id){number};
}

static const struct problem *link_work(struct database *db, struct memory *memory, void *context)
{
    struct run *run = context;
    run->made = run->closed = 0;
    for (size_t i = run->first; i < run->end; i++) {
        if (!ratings[i].positive)
            continue;
        const struct problem *problem = downline_link(
            db, memory, partner(run->base + ratings[i].to), partner(run->base + ratings[i].from));
        run->made += !problem;
        run->closed += problem == &referrals_circle;
        if (problem && problem != &referrals_circle && problem != &referrals_brought)
            return problem;
    }
    return NULL;
}

static const struct problem *deepen_work(struct database *db, struct memory *memory, void *context)
{
    const struct run *run = context;
    const struct problem *problem = NULL;
    for (size_t i = run->first; !problem && i < run->end; i++)
        problem = downline_link(db, memory, partner(run->base + (int64_t)i + 1),
                                partner(run->base + (int64_t)i));
    return problem;
}

static void write_all(store_work *work, struct run *run)
{
    struct memory *memory = memory_create(16 << 20);
    must(store_write(world.store, memory, work, run), "linking");
    memory_end(memory);
}

static double seconds_since(int64_t began)
{
    return (double)(clock_ticks() - began) / 1e9;
}

/* Seconds of processor that this program has used. */
static double worked(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void load(const char *what, int64_t base, size_t together)
{
    int64_t made = 0;
    int64_t closed = 0;
    double busy = worked();
    int64_t began = clock_ticks();
    for (size_t first = 0; first < rating_count; first += together) {
        size_t end = first + together < rating_count ? first + together : rating_count;
        struct run run = {base, first, end, 0, 0};
        write_all(link_work, &run);
        made += run.made;
        closed += run.closed;
    }
    double took = seconds_since(began);
    printf("%-28s %7zu ratings %8.2f s %8.0f ratings/s %6.2f s of processor; %lld links, %lld "
           "circles refused\n",
           what, rating_count, took, (double)rating_count / took, worked() - busy, (long long)made,
           (long long)closed);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The team of each of many partners, as their page asks for it. */
static void look(void)
{
    static double times[LOOKS];
    int64_t most = 0;
    for (int64_t i = 0; i < LOOKS; i++) {
        struct memory *memory = memory_create(16 << 20);
        struct downline_team team;
        int64_t began = clock_ticks();
        must(downline_team(world.reader, memory, partner(i + 1), &team), "a team");
        times[i] = (double)(clock_ticks() - began) / 1e6;
        most = team.partners > most ? team.partners : most;
        memory_end(memory);
    }
    qsort(times, LOOKS, sizeof times[0], by_size);
    printf("%-28s %7d looks   %8.3f ms median, %.3f ms p99, %.3f ms longest; %lld partners in the "
           "largest\n",
           "team by level", LOOKS, times[LOOKS / 2], times[LOOKS * 99 / 100], times[LOOKS - 1],
           (long long)most);
}

static void deepen(void)
{
    const int64_t base = 2000000;
    int64_t began = clock_ticks();
    for (size_t first = 1; first < DEEP; first += TOGETHER) {
        struct run run = {base, first, first + TOGETHER < DEEP ? first + TOGETHER : DEEP, 0, 0};
        write_all(deepen_work, &run);
    }
    double took = seconds_since(began);
    printf("%-28s %7d links   %8.2f s %8.0f links/s\n", "one line, ever deeper", DEEP, took,
           DEEP / took);
    struct run last = {base, DEEP, DEEP + 1, 0, 0};
    began = clock_ticks();
    write_all(deepen_work, &last);
    printf("%-28s %7d link    %8.2f ms, durable\n", "below its last", 1,
           seconds_since(began) * 1e3);
}

int main(int argc, char **argv)
{
    struct text complaint = {0};
    if (argc != 3) {
        fprintf(stderr, "usage: downline DATA RATINGS\n");
        return 2;
    }
    log_set_level(LOG_ERROR);
    struct memory *process = memory_create(64 << 20);
    must(world_settings(process, text_of(argv[1]), &complaint), "settings");
    const struct problem *problem = world_open(process, text_of(argv[1]), &world, &complaint);
    must(problem, text_c(process, complaint));
    read_ratings(argv[2]);
    fill(argv[1]);
    load("300 to a commit", 0, TOGETHER);
    load("each in its own commit", 1000000, 1);
    look();
    deepen();
    world_close(&world);
    memory_end(process);
    return 0;
}
