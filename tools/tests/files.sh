# tools/embed.c and tools/schemas.c. Sourced by run.sh.

mkdir -p embed/deep
printf 'line "one" ??/\n\\tail\303\244' >embed/text.txt
: >embed/deep/empty
head -c 20000 /dev/urandom >embed/bytes
"$bin/embed" embed/out.c embed/out.h files embed/text.txt embed/deep/empty a.name=embed/bytes
report "embed: writes" $?
cat >embed/check.c <<'END'
#include <stdio.h>
#include <string.h>
#include "out.h"
int main(int count, char **arguments)
{
    for (size_t i = 0; i < files_count; i++) {
        if (files[i].data[files[i].size] != 0)
            return 1;
        if (count == 2 && strcmp(files[i].name, arguments[1]) == 0)
            fwrite(files[i].data, 1, files[i].size, stdout);
        else if (count == 1)
            puts(files[i].name);
    }
    return 0;
}
END
for compiler in gcc clang; do
    $compiler -std=gnu17 -Wall -Wextra -Werror -fsanitize=address,undefined -I"$root/src" -Iembed \
        -o embed/check embed/check.c embed/out.c &&
        [ "$(embed/check | tr '\n' ' ')" = "a.name embed/deep/empty embed/text.txt " ] &&
        embed/check a.name | cmp -s - embed/bytes &&
        embed/check embed/deep/empty | cmp -s - embed/deep/empty &&
        embed/check embed/text.txt | cmp -s - embed/text.txt
    report "embed: $compiler gives every byte back" $?
done
expect_refusal "embed: file that is not there" 'embed/none: cannot be opened' \
    "$bin/embed" out/a.c out/a.h files embed/none
expect_refusal "embed: name used twice" 'embed/bytes: a second file named embed/text.txt' \
    "$bin/embed" out/a.c out/a.h files embed/text.txt embed/text.txt=embed/bytes

mkdir -p src/house/stock/schema
printf -- '-- First.\nCREATE TABLE stock (id KEY);\n' >src/house/stock/schema/0001_first.sql
printf -- '-- Second.\nDROP TABLE stock;\n' >src/house/stock/schema/0002_second.sql
"$bin/schemas" schemas src/house/stock
report "schemas: writes" $?
cat >schemas/check.c <<'END'
#include <assert.h>
#include <string.h>
#include "house/stock/schema.h"
int main(void)
{
    assert(strcmp(stock_schema.folder, "stock") == 0 && stock_schema.count == 2);
    assert(strcmp(stock_schema.migrations[0].name, "stock/0001_first") == 0);
    assert(strcmp(stock_schema.migrations[1].name, "stock/0002_second") == 0);
    assert(strcmp(stock_schema.migrations[1].sql, "-- Second.\nDROP TABLE stock;\n") == 0);
    return 0;
}
END
for compiler in gcc clang; do
    $compiler -std=gnu17 -Wall -Wextra -Werror -I"$root/src" -Ischemas -o schemas/check \
        schemas/check.c schemas/house/stock/schema.c && schemas/check
    report "schemas: compiles with $compiler and is true" $?
done
first=src/house/stock/schema
mv $first/0001_first.sql $first/0003_first.sql
expect_refusal "schemas: gap" "$first/0002_second.sql: there is no migration with the number 0001" \
    "$bin/schemas" out src/house/stock
mv $first/0003_first.sql $first/0001_first.sql
echo 'SELECT 1;' >$first/0002_again.sql
expect_refusal "schemas: number used twice" "$first/0002_second.sql: a second migration with the" \
    "$bin/schemas" out src/house/stock
mv $first/0002_again.sql $first/notes.txt
expect_refusal "schemas: another file" "$first/notes.txt: a migration is named NNNN_name.sql" \
    "$bin/schemas" out src/house/stock
rm $first/notes.txt
mkdir -p src/other/stock/schema
cp $first/0001_first.sql src/other/stock/schema
expect_refusal "schemas: folder named twice" 'src/other/stock: a second folder named stock' \
    "$bin/schemas" out src/house/stock src/other/stock
expect_refusal "schemas: no schema folder" 'src/base/schema: cannot be opened' \
    "$bin/schemas" out src/base
