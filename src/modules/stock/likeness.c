/*
 * The bands of perceptual hashes, written and looked through. See likeness.h.
 */
#include "modules/stock/likeness.h"

#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/rules.h"

enum { BANDS = 4, BAND_BITS = 16 };

static int64_t band_of(uint64_t hash, int band)
{
    return (int64_t)band * 65536 + (int64_t)((hash >> (BAND_BITS * band)) & 0xffff);
}

const struct problem *stock_likeness_put(struct database *db, struct memory *memory,
                                         struct stock_photo_id photo, uint64_t hash)
{
    const struct problem *problem = NULL;
    for (int band = 0; !problem && band < BANDS; band++)
        problem = stock_band_insert(db, memory, band_of(hash, band), photo, (int64_t)hash);
    return problem;
}

static const struct problem *look_in(struct database *db, struct memory *memory, int64_t band,
                                     uint64_t hash, struct stock_alike *alike)
{
    struct stock_band_row_list rows;
    const struct problem *problem = stock_band_find(db, memory, band, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++) {
        int points = stock_points_alike(hash, (uint64_t)rows.items[i].likeness);
        if (points >= STOCK_ALIKE_FROM && points > alike->points)
            *alike = (struct stock_alike){rows.items[i].photo, points};
    }
    return problem;
}

const struct problem *stock_likeness_find(struct database *db, struct memory *memory, uint64_t hash,
                                          struct stock_alike *alike)
{
    const struct problem *problem = NULL;
    for (int band = 0; !problem && band < BANDS; band++) {
        problem = look_in(db, memory, band_of(hash, band), hash, alike);
        for (int bit = 0; !problem && bit < BAND_BITS; bit++) {
            uint64_t turned = hash ^ (UINT64_C(1) << (BAND_BITS * band + bit));
            problem = look_in(db, memory, band_of(turned, band), hash, alike);
        }
    }
    return problem;
}
