/*
 * Twelve months of earnings, and where their bars stand in the two pictures of a chart.
 *
 * The pictures are 744 by 245 and 358 by 198 points, as ui/styles/chart.css expects. Months begin at
 * midnight UTC. Must not know: pages. Read next: me_earnings.c.
 */
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"

enum { MONTHS = 12, GRID = 4 };

/* Of a picture: where the bars stand and how high the topmost line of the grid is above them. */
struct frame {
    int64_t first;  /* left edge of the first bar */
    int64_t step;   /* from bar to bar, hundredths of a point */
    int64_t width;  /* of a bar */
    int64_t ground; /* lower edge of all bars */
    int64_t rise;   /* from there to the topmost line */
};
static const struct frame wide = {50, 5900, 32, 220, 196};
static const struct frame narrow = {42, 2684, 15, 173, 149};

struct instant stock_me_month_begin(struct instant at, int away)
{
    struct civil civil = civil_of(at);
    int months = civil.year * 12 + civil.month - 1 + away;
    return instant_of((struct civil){.year = months / 12, .month = months % 12 + 1, .day = 1});
}

struct text stock_me_month_href(struct memory *memory, struct instant month)
{
    struct civil civil = civil_of(month);
    return text_format(memory, "/me/earnings?month=%04d-%02d", civil.year, civil.month);
}

/* The least of 1, 2, 2.5 and 5 times a power of ten of which four reach the greatest month. */
static int64_t grid_step(int64_t greatest, int64_t unit)
{
    static const int64_t steps[] = {4, 8, 10, 20};
    for (int64_t power = 1; power < MONEY_MAX / 100; power *= 10) {
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            int64_t step = steps[i] * power / 4;
            if (steps[i] * power % 4 == 0 && step * unit * GRID >= greatest)
                return step;
        }
    }
    return MONEY_MAX / unit;
}

static int64_t height_of(const struct frame *frame, int64_t minor, int64_t top)
{
    if (minor <= 0 || top <= 0)
        return 0;
    struct money part;
    struct money rise = {frame->rise, {""}};
    if (!money_share(rise, minor, top, ROUND_HALF_EVEN, &part))
        return 0;
    return part.minor > 0 ? part.minor : 1;
}

static void place_bar(struct stock_me_month *month, int i, int64_t top)
{
    month->x = wide.first + i * wide.step / 100;
    month->middle = month->x + wide.width / 2;
    month->height = height_of(&wide, month->earned.minor, top);
    month->y = wide.ground - month->height;
    month->narrow_x = narrow.first + i * narrow.step / 100;
    month->narrow_middle = month->narrow_x + narrow.width / 2;
    month->narrow_height = height_of(&narrow, month->earned.minor, top);
    month->narrow_y = narrow.ground - month->narrow_height;
}

static const struct problem *draw(struct memory *memory, struct stock_me_month *months,
                                  struct currency currency, struct stock_me_chart *out)
{
    struct stock_me_grid *grid = memory_take_array(memory, GRID, sizeof *grid);
    int64_t unit = currency_unit(currency);
    int greatest = 0;
    if (!grid)
        return &out_of_memory;
    for (int i = 0; i < MONTHS; i++)
        greatest = months[i].earned.minor > months[greatest].earned.minor ? i : greatest;
    int64_t step = grid_step(months[greatest].earned.minor, unit);
    for (int i = 0; i < MONTHS; i++) {
        place_bar(&months[i], i, step * unit * GRID);
        months[i].marked = months[i].earned.minor > 0 && (i == greatest || months[i].now);
    }
    for (int i = 0; i < GRID; i++)
        grid[i] = (struct stock_me_grid){
            .amount = step * (i + 1),
            .y = wide.ground - wide.rise * (i + 1) / GRID,
            .narrow_y = narrow.ground - narrow.rise * (i + 1) / GRID,
        };
    out->grid = (struct stock_me_grid_list){grid, GRID};
    out->months = (struct stock_me_month_list){months, MONTHS};
    return NULL;
}

static struct stock_me_year year_of(struct request *request, struct instant last,
                                    struct currency currency)
{
    struct instant begins[MONTHS + 1];
    for (int i = 0; i <= MONTHS; i++)
        begins[i] = stock_me_month_begin(last, i - MONTHS + 1);
    return (struct stock_me_year){
        .author = request->viewer.person,
        .currency = text_copy(request->memory, text_of(currency.code)),
        .month_0 = begins[0],
        .month_1 = begins[1],
        .month_2 = begins[2],
        .month_3 = begins[3],
        .month_4 = begins[4],
        .month_5 = begins[5],
        .month_6 = begins[6],
        .month_7 = begins[7],
        .month_8 = begins[8],
        .month_9 = begins[9],
        .month_10 = begins[10],
        .month_11 = begins[11],
        .month_12 = begins[12],
    };
}

const struct problem *stock_me_chart_of(struct request *request, struct instant last,
                                        struct stock_me_chart *out)
{
    struct currency currency = stock_me_currency();
    struct stock_me_year year = year_of(request, last, currency);
    struct stock_me_month_row_list rows;
    struct stock_me_month *months = memory_take_array(request->memory, MONTHS, sizeof *months);
    const struct problem *problem =
        months ? stock_me_months(request->db, request->memory, &year, &rows) : &out_of_memory;
    if (problem)
        return problem;
    out->total = (struct money){0, currency};
    for (int i = 0; i < MONTHS; i++) {
        struct instant begin = stock_me_month_begin(last, i - MONTHS + 1);
        months[i] = (struct stock_me_month){
            .month = instant_add(begin, 14 * DAY),
            .number = civil_of(begin).month,
            .href = stock_me_month_href(request->memory, begin),
            .earned = {0, currency},
            .now = begin.ms == stock_me_month_begin(request->now, 0).ms,
        };
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct stock_me_month_row *row = &rows.items[i];
        if (row->number < 0 || row->number >= MONTHS)
            continue;
        months[row->number].earned.minor = row->earned_minor;
        months[row->number].licences = row->licences;
        out->total.minor += row->earned_minor;
        out->licences += row->licences;
    }
    return draw(request->memory, months, currency, out);
}
