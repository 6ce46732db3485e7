/* A sequence as it is typed, put into a sample; what is wrong with it, or "". */
function read(text, sample, about) {
    const [time, columns] = about.sizes;
    let steps = [];
    if (about.symbols.length) {
        for (let each of text.normalize("NFC").replace(/\r\n?/g, "\n")) {
            if (!about.symbols.includes(each)) each = about.symbols.includes(each.toLowerCase()) ? each.toLowerCase() : about.other;
            const place = about.symbols.indexOf(each);
            if (place < 0) return "A symbol is none of those that were learnt from: " + about.symbols.slice(0, 30).join(" ");
            steps.push(Array.from({ length: columns }, (_, at) => Number(at === place)));
        }
    } else {
        const parts = columns === 1 ? text.split(/[;\s]+/) : text.split(/[;\n]/);
        steps = parts.filter((part) => part.trim()).map((part) => part.trim().split(/[\s,]+/).map(Number));
        if (steps.some((step) => step.length !== columns || !step.every(Number.isFinite))) return `Each step is ${columns} numbers.`;
    }
    if (about.continues) steps = steps.slice(-time);
    if (!steps.length || steps.length > time) return `It has ${steps.length} steps; 1 to ${time} may be.`;
    if (!about.gaps && steps.length < time) return `It has ${steps.length} steps; ${time} are needed.`;
    sample.fill(NaN);
    steps.flat().forEach((value, at) => { sample[at] = value; });
    return "";
}
