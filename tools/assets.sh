#!/bin/sh
# Makes what browsers fetch: styles, scripts, icons and fonts.
#
#   tools/assets.sh OUTDIR [BUILDDIR]
#
# Takes ui/ and the npm packages that ui/package-lock.json names, leaves in OUTDIR
# site.css, desk.css, site.js, desk.js, frame.js, widgets.js, widget-*.js, sprite.svg and *.woff2, each with a .gz
# beside it. npm installs into BUILDDIR (build/ui), never into the tree. It must
# not know how the program embeds or serves the files.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -lt 1 ]; then
    echo "usage: tools/assets.sh OUTDIR [BUILDDIR]" >&2
    exit 2
fi
mkdir -p "$1" "${2:-$root/build/ui}"
out=$(cd "$1" && pwd)
build=$(cd "${2:-$root/build/ui}" && pwd)
packages="$build/node_modules"

install_packages() {
    if [ -d "$packages" ] && cmp -s "$root/ui/package-lock.json" "$build/installed.json"; then
        return
    fi
    cp "$root/ui/package.json" "$root/ui/package-lock.json" "$build/"
    (cd "$build" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$root/ui/package-lock.json" "$build/installed.json"
}

# Tabler is large and most of it unused: keep the rules that some page can match.
purge_tabler() {
    (cd "$root" && "$packages/.bin/purgecss" --config ui/purgecss.config.cjs \
        --css "$packages/@tabler/core/dist/css/tabler.min.css" \
        --output "$build/tabler.css")
}

# Layers let our rules win over Tabler's whatever their specificity.
make_styles() {
    {
        echo '@layer tabler, ours;'
        echo "@import \"$build/tabler.css\" layer(tabler);"
        for sheet in tokens type layout parts money forms messages tables chart front catalogue widgets cards; do
            echo "@import \"$root/ui/styles/$sheet.css\" layer(ours);"
        done
    } > "$build/site.css"
    echo "@import \"$root/ui/styles/desk.css\" layer(ours);" > "$build/desk.css"
    "$packages/.bin/esbuild" "$build/site.css" "$build/desk.css" --bundle --minify \
        '--external:*.woff2' --log-level=warning --outdir="$out"
}

make_scripts() {
    NODE_PATH="$packages" "$packages/.bin/esbuild" "$root/ui/scripts/site.js" \
        "$root/ui/scripts/desk.js" "$root/ui/scripts/frame.js" --bundle --minify --format=iife --target=es2022 \
        --legal-comments=none --log-level=warning --outdir="$out"
}

# What runs in pages of other websites: the loader (/w/1.js) as a script, its parts as modules.
make_widgets() {
    for part in "$root"/ui/widgets/*.js; do
        name=$(basename "$part" .js)
        form=esm to="widget-$name"
        if [ "$name" = loader ]; then
            form=iife to=widgets
        fi
        "$packages/.bin/esbuild" "$part" --bundle --minify --format=$form --target=es2022 \
            --charset=utf8 --legal-comments=none --log-level=warning --outfile="$out/$to.js"
    done
}

# One symbol an icon. Colour and stroke come from the page's style (.icon).
make_sprite() {
    {
        printf '<svg xmlns="http://www.w3.org/2000/svg">'
        while read -r icon; do
            file="$packages/@tabler/icons/icons/outline/$icon.svg"
            if [ ! -f "$file" ]; then
                echo "tools/assets.sh: ui/icons.txt names '$icon', which Tabler lacks" >&2
                exit 1
            fi
            printf '<symbol id="%s" viewBox="0 0 24 24">' "$icon"
            sed -e '/<path stroke="none"/d' "$file" | tr '\n' ' ' |
                sed -e 's/<!--.*-->//' -e 's/<svg[^>]*>//' -e 's/<\/svg>//' \
                    -e 's/  */ /g' -e 's/ *\/>/\/>/g' -e 's/^ *//' -e 's/> </></g' -e 's/ *$//'
            printf '</symbol>'
        done < "$root/ui/icons.txt"
        printf '</svg>\n'
    } > "$out/sprite.svg"
}

# An icon that a page names and the sprite lacks would be an invisible hole.
check_icons() {
    missing=$(cd "$root" && find ui src -name '*.html' -exec \
        grep -ohE '(sprite\.svg#|parts/icon name="|icon=")[a-z0-9-]+"' {} + |
        sed -E -e 's/"$//' -e 's/.*[#"]//' | sort -u | while read -r icon; do
            grep -qx "$icon" ui/icons.txt || echo "$icon"
        done)
    if [ -n "$missing" ]; then
        echo "tools/assets.sh: not in ui/icons.txt:" $missing >&2
        exit 1
    fi
}

# The mark alone, for the browser's tab, in colours that need no page around it.
make_tab_icon() {
    sed -e 's/<svg class="logo"/<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/' -e 's/ aria-hidden="true"//' \
        -e 's/class="mark-ground"/fill="#15181a"/' \
        -e 's/class="mark-goes"/fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/' \
        -e 's/class="mark-comes"/fill="none" stroke="#ffb91a" stroke-width="2" stroke-linecap="round"/' \
        "$root/ui/parts/mark.html" > "$out/mark.svg"
}

copy_fonts() {
    for subset in latin latin-ext cyrillic; do
        cp "$packages/@fontsource-variable/literata/files/literata-$subset-opsz-normal.woff2" \
            "$out/literata-$subset.woff2"
        cp "$packages/@fontsource-variable/golos-text/files/golos-text-$subset-wght-normal.woff2" \
            "$out/golos-text-$subset.woff2"
    done
}

install_packages
check_icons
purge_tabler
make_styles
make_scripts
make_widgets
make_sprite
make_tab_icon
copy_fonts
for file in "$out"/*.css "$out"/*.js "$out"/*.svg "$out"/*.woff2; do
    gzip -9 -n -c "$file" > "$file.gz"
done
