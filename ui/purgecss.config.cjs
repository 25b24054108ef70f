// What of Tabler's style sheet our pages can match: tags, classes and ids that
// stand in a template or are set by a script. Template marks inside class="..."
// count as words too, so a class must be written out somewhere.

function words(content) {
    const classes = [];
    for (const found of content.matchAll(/class(?:Name|List\.\w+)?\s*[=(]\s*["'`]([^"'`]*)/g)) {
        classes.push(...found[1].split(/[^\w-]+/));
    }
    const tags = [...content.matchAll(/<([a-z][a-z0-9]*)/g)].map((found) => found[1]);
    return {
        classes,
        tags: ["html", "body", "dialog", ...tags],
        ids: [],
        attributes: { names: ["type", "hidden", "disabled", "role", "data-bs-theme"], values: [] },
        undetermined: [],
    };
}

module.exports = {
    content: ["ui/**/*.html", "ui/scripts/*.js", "src/**/pages/*.html"],
    extractors: [{ extractor: words, extensions: ["html", "js"] }],
    variables: true,
    keyframes: true,
    fontFace: true,
};
