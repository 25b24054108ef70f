# A header and a queries.sql that must work: generated, compiled by gcc and clang without a warning,
# run, and asked for what they say. Sourced by run.sh; src/good.h stays for bad_sql.sh.

cat >src/types.h <<'END'
#ifndef TYPES_H
#define TYPES_H
#include "base/shape.h"
struct photo_id { /* shape id pho: A photograph */
    int64_t value;
};
MAYBE(photo_id);
LIST_OF(photo_id);
enum photo_state {     /* shape: Where a "photograph" stands */
    PHOTO_DRAFT = 1,   /* draft: Only its owner sees it */
    PHOTO_FOREIGN = 7, /* zh-Hant: Everybody
                        * sees it */
    PHOTO_GONE         /* gone: Nobody sees it */
};
struct maybe_photo_state {
    bool present;
    enum photo_state value;
};
#endif
END
cat >src/good.h <<'END'
#ifndef GOOD_H
#define GOOD_H
#include "types.h"
struct request;
struct photo_row {         /* shape: A photograph as stored */
    struct photo_id id;    /* Names it */
    struct money price;    /* Asked: from this much on */
    struct maybe_text note; /* About it */
};
LIST_OF(photo_row);
LIST_OF(photo_card);
struct photo_card {                       /* shape: One photograph in a list */
    bool hidden;                          /* Not shown */
    struct photo_id id;                   /* Names it everywhere */
    struct text title;                    /* 1..200: What its author calls it */
    struct maybe_text link;               /* ..500, url, for party: More: elsewhere */
    struct money price;                   /* 1..100000000, for operator: From this much on */
    struct maybe_money old_price;         /* Before */
    struct instant at;                    /* When */
    struct maybe_instant until;           /* Last moment */
    int64_t height;                       /* -5..: Pixels */
    struct maybe_integer width;           /* ..9: Pixels */
    struct maybe_flag checked;            /* Somebody looked */
    struct maybe_photo_id before;         /* The one before */
    enum photo_state state;               /* Where it stands */
    struct maybe_photo_state was;         /* Where it stood */
    struct html body;                     /* About it */
    struct photo_row row;                 /* As stored */
    struct photo_card_list more;          /* ..10: Others by the same person */
    struct text_list tags;                /* Words */
    struct photo_id_list ids;             /* 1..3: Names */
};
struct empty {   /* shape: Nothing of note */
    bool hidden; /* none: C wants a member */
};
struct photo_query {      /* shape: Which photographs */
    struct text words;    /* 1..80: What to look for */
    struct money at_most; /* 1..: Highest price */
};
const struct problem *photo_show(struct request *request,
                                 const struct photo_query *query,
                                 struct photo_card *card);
#endif
END
cat >src/queries.sql <<'END'
-- What the tests ask the database. This comment names nothing (it has a blank line below).

-- photo_by_id(photo photo_id,
--             state maybe_photo_state) one photo_row
-- What the photo page shows,
-- "quoted".
SELECT id, price_minor, price_currency, note -- the rest is private; really
FROM photo WHERE id = :photo AND state = :state::text AND note <> 'a;b' /* ; */;

-- photo_search takes photo_query gives many photo_row
-- Photos below a price.
-- on sqlite
SELECT id FROM photo WHERE words MATCH :words AND p < :at_most_minor AND c = :at_most_currency;
-- on postgresql
SELECT id FROM photo WHERE words @@ :words AND p < :at_most_minor AND c = :at_most_currency;

-- photo_count() one photo_row
-- All of them.
SELECT count(*) AS id FROM photo;

-- photo_hide(photo photo_id, price money) nothing
-- Hides one.
WITH old AS (SELECT 1)
UPDATE photo SET hidden = 1, a = :price_minor, b = :price_currency WHERE id = :photo;

-- flow photo(state, owner author)
-- flow deal(state, moved, flow)
END
cat >check.c <<'END'
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "good.shapes.h"
#include "queries.h"
#include "types.shapes.h"
#include "web/route.h"
static const struct statement *ran;
static const void *given;
static void *filled;
const struct problem *store_run(struct database *db, struct memory *memory,
                                const struct statement *statement, const void *takes, void *out)
{
    (void)db;
    (void)memory;
    ran = statement;
    given = takes;
    filled = out;
    if (statement == &photo_hide_statement) {
        const struct field *fields = statement->takes->fields;
        assert(((const struct photo_id *)((const char *)takes + fields[0].offset))->value == 7);
        assert(((const struct money *)((const char *)takes + fields[1].offset))->minor == 8);
    }
    return NULL;
}
static const struct problem seen = {.name = "seen"};
const struct problem *photo_show(struct request *request, const struct photo_query *query,
                                 struct photo_card *card)
{
    card->hidden = request == NULL && query->words.size == 3;
    return &seen;
}
static const struct field *field(const char *name)
{
    for (size_t i = 0; i < photo_card_shape.count; i++)
        if (strcmp(photo_card_shape.fields[i].name, name) == 0)
            return &photo_card_shape.fields[i];
    puts(name);
    abort();
}
#define AT(member, is) assert(field(#member)->offset == offsetof(struct photo_card, member) && \
                              field(#member)->kind == is)
static void check_fields(void)
{
    AT(hidden, FIELD_FLAG), AT(id, FIELD_ID), AT(title, FIELD_TEXT), AT(link, FIELD_TEXT);
    AT(price, FIELD_MONEY), AT(old_price, FIELD_MONEY), AT(at, FIELD_INSTANT);
    AT(until, FIELD_INSTANT), AT(height, FIELD_INTEGER), AT(width, FIELD_INTEGER);
    AT(checked, FIELD_FLAG), AT(before, FIELD_ID), AT(state, FIELD_WORD), AT(was, FIELD_WORD);
    AT(body, FIELD_HTML), AT(row, FIELD_STRUCT), AT(more, FIELD_LIST), AT(tags, FIELD_LIST);
    AT(ids, FIELD_LIST);
    assert(photo_card_shape.count == 19 && photo_card_shape.size == sizeof(struct photo_card));
    assert(strcmp(photo_card_shape.meaning, "One photograph in a list") == 0);
    assert(field("title")->low == 1 && field("title")->high == 200 && !field("title")->optional);
    assert(field("link")->low == 0 && field("link")->high == 500 && field("link")->optional);
    assert(field("link")->value_offset == offsetof(struct maybe_text, value));
    assert(field("link")->format == FORMAT_URL && field("link")->audience == FOR_PARTY);
    assert(strcmp(field("link")->meaning, "More: elsewhere") == 0);
    assert(field("price")->audience == FOR_OPERATOR && field("price")->high == 100000000);
    assert(field("height")->low == -5 && field("height")->high == INT64_MAX);
    assert(field("width")->low == INT64_MIN && field("width")->high == 9);
    assert(field("checked")->value_offset == offsetof(struct maybe_flag, value));
    assert(field("was")->value_offset == offsetof(struct maybe_photo_state, value));
    assert(field("was")->optional && field("was")->words == &photo_state_words);
    assert(strcmp(field("before")->prefix, "pho") == 0 && field("before")->optional);
    assert(field("row")->shape == &photo_row_shape);
    assert(strcmp(photo_row_shape.fields[1].meaning, "Asked: from this much on") == 0);
    assert(field("more")->shape == &photo_card_shape && field("more")->item_kind == FIELD_STRUCT);
    assert(field("more")->high == 10 && field("tags")->item_kind == FIELD_TEXT);
    assert(field("tags")->shape == NULL && field("tags")->low == 0);
    assert(field("ids")->item_kind == FIELD_ID && strcmp(field("ids")->prefix, "pho") == 0);
    assert(photo_state_words.count == 3 && photo_state_words.items[1].value == 7);
    assert(photo_state_words.items[2].value == PHOTO_GONE);
    assert(strcmp(photo_state_words.meaning, "Where a \"photograph\" stands") == 0);
    assert(strcmp(photo_state_words.items[1].name, "zh-Hant") == 0);
    assert(strcmp(photo_state_words.items[1].meaning, "Everybody sees it") == 0);
    assert(strcmp(all_shapes[0]->name, "nothing") == 0 && all_shapes[1] == &photo_row_shape);
    assert(all_shapes[2] == &photo_card_shape && all_shapes[6] == NULL);
    assert(all_shapes[3] == &empty_shape && empty_shape.count == 0 && empty_shape.size == 1);
}
static void check_handler(void)
{
    struct photo_query query = {.words = TEXT("abc")};
    struct photo_card card = {.hidden = false};
    assert(strcmp(photo_show_handler.name, "photo_show") == 0);
    assert(photo_show_handler.takes == &photo_query_shape);
    assert(photo_show_handler.gives == &photo_card_shape);
    assert(photo_show_handler.call(NULL, &query, &card) == &seen && card.hidden);
}
static void check_statements(void)
{
    struct photo_row row;
    struct photo_row_list rows;
    struct photo_query query = {.words = TEXT("abc")};
    struct money price = {.minor = 8};
    photo_by_id(NULL, NULL, (struct photo_id){5}, (struct maybe_photo_state){.present = false},
                &row);
    assert(ran == &photo_by_id_statement && filled == &row && ran->takes->count == 2);
    assert(ran->gives == GIVES_ONE && ran->row == &photo_row_shape && !ran->writes);
    assert(ran->sqlite == ran->postgresql && ran->takes->fields[1].optional);
    assert(strcmp(ran->sqlite, "SELECT id, price_minor, price_currency, note\n"
                               "FROM photo WHERE id = :photo AND state = :state::text AND note <> "
                               "'a;b'") == 0);
    assert(strcmp(ran->place, "src/queries.sql:3") == 0 && ran->number == 0);
    photo_search(NULL, NULL, &query, &rows);
    assert(ran == &photo_search_statement && given == &query && filled == &rows);
    assert(ran->takes == &photo_query_shape && ran->gives == GIVES_MANY && ran->number == 1);
    assert(strstr(ran->sqlite, "MATCH") != NULL && strstr(ran->postgresql, "@@") != NULL);
    photo_count(NULL, NULL, &row);
    assert(ran->takes->count == 0 && given == NULL && ran->row == &photo_row_shape);
    photo_hide(NULL, NULL, (struct photo_id){7}, price);
    assert(ran == &photo_hide_statement && filled == NULL && ran->writes && ran->row == NULL);
    assert(all_statements[3] == &photo_hide_statement && all_statements[8] == NULL);
}
static void check_tables(void)
{
    struct stored_state row;
    const struct text word = TEXT("draft");
    photo_table.of(NULL, NULL, 5, word, &row);
    assert(ran == &photo_state_of_statement && filled == &row && ran->takes->count == 1);
    assert(strcmp(ran->sqlite, "SELECT state, author AS owner FROM photo WHERE id = :id") == 0 && !ran->writes);
    photo_table.set(NULL, NULL, 5, word, word, word, (struct instant){9}, &row);
    assert(strcmp(ran->sqlite, "UPDATE photo SET state = :to_state\n"
                               "WHERE id = :id AND state = :from_state "
                               "RETURNING state, author AS owner") == 0);
    assert(ran->writes && ran->gives == GIVES_ONE && ran->row == &stored_state_shape);
    deal_table.set(NULL, NULL, 5, word, word, word, (struct instant){9}, &row);
    assert(ran == &deal_state_set_statement && ran->takes->count == 5);
    assert(strstr(ran->sqlite, "moved = :moved") && strstr(ran->sqlite, "flow = :flow AND"));
    assert(strcmp(ran->place, "src/queries.sql:27") == 0);
}
int main(void)
{
    check_tables();
    check_fields();
    check_handler();
    check_statements();
    puts("all true");
    return 0;
}
END

cp -r "$root/src/base" src/base
mkdir src/store && cp "$root/src/store/state.h" src/store
"$bin/shapes" gen src/base/shape.h src/good.h src/types.h src/store/state.h
report "good: shapes of headers in any order" $?
"$bin/statements" gen src/base/shape.h src/good.h src/types.h src/store/state.h -- src/queries.sql
report "good: statements" $?
touch -d '2001-01-01' gen/good.shapes.c
"$bin/shapes" gen src/base/shape.h src/good.h src/types.h src/store/state.h
[ "$(date -r gen/good.shapes.c +%Y)" = 2001 ]
report "good: a file that stays the same keeps its time" $?
for compiler in gcc clang; do
    $compiler -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -O2 \
        -fsanitize=address,undefined -Isrc -I"$root/src" -Igen -o check check.c gen/*.c \
        gen/base/*.c gen/store/*.c && [ "$(./check)" = "all true" ]
    report "good: compiles with $compiler and is true" $?
done

# What the headers do not show, the compiler must.
sed 's/enum photo_state value;/int64_t value;/' src/types.h >types.new && mv types.new src/types.h
! gcc -std=gnu17 -Isrc -I"$root/src" -Igen -fsyntax-only gen/good.shapes.c 2>said
report "good: a wrong maybe_ of an enum does not compile" $?
grep -q 'wrong value' said
report "good: and says why" $?

# From here on one header with all of it serves.
sed -n '/^struct photo_id/,/^#endif/p' src/types.h | sed '/^#endif/d' >types.body
sed '/^#include/r types.body' src/good.h | sed '/^#include "types.h"/d' >good.new
mv good.new src/good.h
