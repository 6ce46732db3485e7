"use strict";
/* What a person sees of the network: inputs to move, draw or type, and what the network says of them. */
const COLOURS = ["#f39237", "#3b8fd9", "#3f9f5f", "#c165a8", "#b9a12c", "#7a6fd0", "#d0584a", "#3fa8a8", "#8a8f9c", "#a8754a"];
const by = (id) => document.getElementById(id);
const sample = Float64Array.from(ABOUT.usual);
let afterwards = () => {};

function make(tag, fields, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(fields || {})) {
        if (name in element) element[name] = value;
        else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
}

function shown(number) {
    if (!Number.isFinite(number)) return "–";
    return Math.abs(number) >= 1e6 || (number !== 0 && Math.abs(number) < 1e-3)
        ? number.toExponential(3).replace("-", "−")
        : String(Number(number.toPrecision(4))).replace("-", "−");
}

/* Which class a result means, and the probability of each class; null where outputs are none. */
function shares(result) {
    if (!ABOUT.likely) return null;
    return result.outputs.length === 1 ? [1 - result.outputs[0], result.outputs[0]] : Array.from(result.outputs);
}

function colour(place) {
    return COLOURS[place % COLOURS.length];
}

function bar(name, share, number, place) {
    const fill = make("div", { className: "fill", style: `width:${100 * Math.max(0, Math.min(1, share))}%;background:${colour(place)}` });
    return make("div", { className: "bar" }, make("span", { textContent: name, title: name }), make("div", { className: "track" }, fill), make("span", { className: "number", textContent: number }));
}

function answer() {
    const result = NETWORK.predict(sample);
    const bars = by("bars");
    bars.replaceChildren();
    if (!result.answer.every(Number.isFinite)) {
        by("answer").textContent = "No answer: an input has no value.";
    } else if (ABOUT.classes.length) {
        const all = shares(result);
        by("answer").textContent = ABOUT.classes[result.chosen] + (all ? `, ${Math.round(100 * all[result.chosen])} %` : "");
        const order = ABOUT.classes.map((_, place) => place);
        if (order.length > 12 && all) order.sort((a, b) => all[b] - all[a]).splice(12);
        if (all) bars.append(...order.map((place) => bar(ABOUT.classes[place], all[place], `${(100 * all[place]).toFixed(1)} %`, place)));
    } else if (ABOUT.pictured) {
        by("answer").textContent = "What it makes of it:";
        let picture = by("made");
        if (!picture) bars.append((picture = make("canvas", { id: "made", role: "img", ariaLabel: "The picture that the network gives" })));
        paint(picture, result.answer, Math.min(...result.answer), Math.max(...result.answer));
    } else if (result.answer.length === 1) {
        by("answer").textContent = shown(result.answer[0]);
    } else {
        by("answer").textContent = ABOUT.names.slice(0, 3).map((name, at) => `${name}: ${shown(result.answer[at])}`).join(" · ") + (ABOUT.names.length > 3 ? " …" : "");
        const largest = Math.max(...result.answer.map(Math.abs)) || 1;
        bars.append(...Array.from(result.answer).slice(0, 40).map((value, at) => bar(ABOUT.names[at], Math.abs(value) / largest, shown(value), value < 0 ? 0 : 1)));
    }
    afterwards();
}

/* --- rows of columns ----------------------------------------------------------------------------- */

function control(column, place) {
    const id = `column${place}`, label = make("label", { htmlFor: id, textContent: column.name + (column.unit ? ` (${column.unit})` : ""), title: column.name });
    if (column.categories.length) {
        const list = make("select", { id }, ...column.categories.map((name, at) => make("option", { value: at, textContent: name })));
        list.value = String(sample[place]);
        list.onchange = () => { sample[place] = Number(list.value); answer(); };
        return make("div", { className: "row" }, label, list);
    }
    if (column.date) {
        const day = make("input", { id, type: "date", value: new Date(864e5 * Math.round(sample[place])).toISOString().slice(0, 10) });
        day.onchange = () => { if (day.value) { sample[place] = Date.parse(day.value) / 864e5; answer(); } };
        return make("div", { className: "row" }, label, day);
    }
    const step = (column.high - column.low) / 400;
    const slider = make("input", { id, type: "range", min: column.low, max: column.high, step: step || "any", value: sample[place] });
    const number = make("input", { type: "number", step: "any", value: Number(sample[place].toPrecision(5)), ariaLabel: `${column.name}, as a number` });
    const put = (value, other) => { sample[place] = value; other.value = Number(value.toPrecision(5)); answer(); };
    slider.oninput = () => put(Number(slider.value), number);
    number.oninput = () => { if (number.value !== "") put(Number(number.value), slider); };
    column.follow = () => { slider.value = sample[place]; number.value = Number(sample[place].toPrecision(5)); };
    return make("div", { className: "row" }, label, slider, number);
}

function columns() {
    by("given").append(make("div", { id: "rows" }, ...ABOUT.columns.map(control)));
    const free = ABOUT.columns.map((column, place) => ({ column, place })).filter(({ column }) => !column.categories.length && !column.date);
    if (free.length >= 2) map(free);
}

/* --- the map over two columns -------------------------------------------------------------------- */

function map(free) {
    const chosen = [free[0].place, free[1].place];
    const canvas = make("canvas", { id: "map", tabIndex: 0, role: "img" });
    const choose = (axis) => {
        const list = make("select", {}, ...free.map(({ column, place }) => make("option", { value: place, textContent: column.name })));
        list.value = String(chosen[axis]);
        list.onchange = () => { chosen[axis] = Number(list.value); draw(); };
        return make("label", {}, axis ? "Up " : "Across ", list);
    };
    if (free.length > 2) by("look").append(make("div", { className: "axes" }, choose(0), choose(1)));
    by("look").append(canvas, make("p", { className: "quiet", textContent: "Drag, or use the arrow keys, to move the point." }));
    const ends = (axis) => { const column = ABOUT.columns[chosen[axis]]; return [column.low, column.high]; };
    let drawn = null;

    function field(size) {
        const at = sample.slice(), [left, right] = ends(0), [bottom, top] = ends(1), results = [];
        for (let row = 0; row < size; row++) {
            for (let column = 0; column < size; column++) {
                at[chosen[0]] = left + ((right - left) * (column + 0.5)) / size;
                at[chosen[1]] = top + ((bottom - top) * (row + 0.5)) / size;
                results.push(NETWORK.predict(at));
            }
        }
        return results;
    }

    function tint(results) {
        if (ABOUT.classes.length) {
            return results.map((result) => {
                const all = shares(result), base = rgb(colour(result.chosen));
                const sure = all ? Math.max(0.15, (all[result.chosen] - 1 / all.length) / (1 - 1 / all.length)) : 0.8;
                return [...base, 255 * (0.2 + 0.7 * sure)];
            });
        }
        const values = results.map((result) => result.answer[0]), low = Math.min(...values), high = Math.max(...values);
        return values.map((value) => {
            const share = high > low ? (value - low) / (high - low) : 0.5;
            return [...rgb(colour(share > 0.5 ? 1 : 0)), 255 * (0.1 + 1.6 * Math.abs(share - 0.5))];
        });
    }

    function draw() {
        const key = JSON.stringify([chosen, Array.from(sample).filter((_, place) => !chosen.includes(place))]);
        if (key !== drawn) {
            drawn = key;
            const started = performance.now();
            let size = 24, colours = tint(field(size));
            if (performance.now() - started < 12) colours = tint(field((size = 72)));
            const small = new OffscreenCanvas(size, size), pen = small.getContext("2d"), picture = pen.createImageData(size, size);
            picture.data.set(colours.flat());
            pen.putImageData(picture, 0, 0);
            canvas.field = small;
        }
        const side = (canvas.width = canvas.height = 480), pen = canvas.getContext("2d");
        pen.imageSmoothingEnabled = true;
        pen.drawImage(canvas.field, 0, 0, side, side);
        const place = (axis, value) => { const [low, high] = ends(axis); return (value - low) / (high - low); };
        if (ABOUT.columns.length === 2) {
            for (const [first, second, label] of ABOUT.points) {
                pen.beginPath();
                pen.arc(place(0, first) * side, (1 - place(1, second)) * side, 3.5, 0, 7);
                pen.fillStyle = ABOUT.classes.length ? colour(label) : "#888";
                pen.fill();
                pen.lineWidth = 1;
                pen.strokeStyle = "#ffffffcc";
                pen.stroke();
            }
        }
        pen.beginPath();
        pen.arc(place(0, sample[chosen[0]]) * side, (1 - place(1, sample[chosen[1]])) * side, 9, 0, 7);
        pen.lineWidth = 5; pen.strokeStyle = "#000000"; pen.stroke();
        pen.lineWidth = 2.5; pen.strokeStyle = "#ffffff"; pen.stroke();
        canvas.setAttribute("aria-label", `What the network says over ${ABOUT.columns[chosen[0]].name} and ${ABOUT.columns[chosen[1]].name}; the point is at ${shown(sample[chosen[0]])}, ${shown(sample[chosen[1]])}`);
    }

    function move(across, up) {
        for (const [axis, share] of [[0, across], [1, up]]) {
            const [low, high] = ends(axis);
            sample[chosen[axis]] = low + (high - low) * Math.max(0, Math.min(1, share));
            ABOUT.columns[chosen[axis]].follow();
        }
        answer();
    }
    const point = (event) => { const box = canvas.getBoundingClientRect(); move((event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height); };
    canvas.onpointerdown = (event) => { canvas.setPointerCapture(event.pointerId); point(event); };
    canvas.onpointermove = (event) => { if (event.buttons) point(event); };
    canvas.onkeydown = (event) => {
        const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (!steps) return;
        event.preventDefault();
        const now = [0, 1].map((axis) => { const [low, high] = ends(axis); return (sample[chosen[axis]] - low) / (high - low); });
        move(now[0] + steps[0] * 0.02, now[1] + steps[1] * 0.02);
    };
    afterwards = draw;
}

function rgb(text) {
    return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
}

/* --- pictures ------------------------------------------------------------------------------------ */

function paint(canvas, values, low, high) {
    const [height, width, channels] = ABOUT.sizes;
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d"), picture = pen.createImageData(width, height);
    for (let at = 0; at < width * height; at++) {
        for (let c = 0; c < 3; c++) {
            picture.data[4 * at + c] = (255 * (values[at * channels + (channels >= 3 ? c : 0)] - low)) / (high - low || 1);
        }
        picture.data[4 * at + 3] = 255;
    }
    pen.putImageData(picture, 0, 0);
}

function pad() {
    const [height, width, channels] = ABOUT.sizes, { low, high } = ABOUT;
    const canvas = make("canvas", { id: "pad", tabIndex: 0, role: "application", ariaLabel: "Drawing field: the arrow keys move, the space bar draws" });
    let cursor = [height >> 1, width >> 1], before = null;
    const show = () => { paint(canvas, sample, low, high); answer(); };
    function dab(row, column) {
        const reach = Math.max(0.8, width / 16), grey = ABOUT.ink;
        for (let i = Math.floor(row - reach); i <= row + reach; i++) {
            for (let j = Math.floor(column - reach); j <= column + reach; j++) {
                if (i < 0 || j < 0 || i >= height || j >= width) continue;
                const ink = Math.max(0, Math.min(1, 1.35 - Math.hypot(i + 0.5 - row, j + 0.5 - column) / reach));
                for (let c = 0; c < channels; c++) {
                    const at = (i * width + j) * channels + c;
                    sample[at] = grey > ABOUT.paper ? Math.max(sample[at], ABOUT.paper + (grey - ABOUT.paper) * ink) : Math.min(sample[at], ABOUT.paper + (grey - ABOUT.paper) * ink);
                }
            }
        }
    }
    function stroke(event) {
        const box = canvas.getBoundingClientRect();
        const now = [((event.clientY - box.top) / box.height) * height, ((event.clientX - box.left) / box.width) * width];
        const from = before || now, pieces = Math.ceil(2 * Math.hypot(now[0] - from[0], now[1] - from[1])) || 1;
        for (let piece = 1; piece <= pieces; piece++) dab(from[0] + ((now[0] - from[0]) * piece) / pieces, from[1] + ((now[1] - from[1]) * piece) / pieces);
        before = now;
        show();
    }
    canvas.onpointerdown = (event) => { canvas.setPointerCapture(event.pointerId); before = null; stroke(event); };
    canvas.onpointermove = (event) => { if (event.buttons) stroke(event); };
    canvas.onkeydown = (event) => {
        const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], " ": [0, 0] }[event.key];
        if (!steps) return;
        event.preventDefault();
        cursor = [Math.max(0, Math.min(height - 1, cursor[0] + steps[0])), Math.max(0, Math.min(width - 1, cursor[1] + steps[1]))];
        if (event.key === " " || event.shiftKey) dab(cursor[0] + 0.5, cursor[1] + 0.5);
        show();
        const pen = canvas.getContext("2d");
        pen.strokeStyle = COLOURS[1];
        pen.strokeRect(cursor[1] + 0.5, cursor[0] + 0.5, 0.01, 0.01);
    };
    const clear = make("button", { type: "button", textContent: "Clear" });
    clear.onclick = () => { sample.fill(ABOUT.paper); show(); };
    const examples = ABOUT.examples.map((values, at) => {
        const picture = make("canvas", {});
        paint(picture, values, low, high);
        const button = make("button", { type: "button", ariaLabel: `Example ${at + 1}` }, picture);
        button.onclick = () => { sample.set(values); show(); };
        return button;
    });
    by("given").append(canvas, make("div", { className: "tools" }, clear, ...examples), make("p", { className: "quiet", textContent: "Draw with the pointer, or with the arrow keys and the space bar." }));
    if (examples.length) sample.set(ABOUT.examples[0]);
    paint(canvas, sample, low, high);
}

/* --- sequences ----------------------------------------------------------------------------------- */

function sequence() {
    const field = make("textarea", { id: "sequence", spellcheck: false, value: ABOUT.text });
    const told = ABOUT.symbols.length ? "A text" : `One step a line: ${ABOUT.steps.join(", ")}`;
    const wrong = make("p", { className: "wrong", role: "alert" });
    by("given").append(make("label", { htmlFor: "sequence", textContent: told }), field, wrong);
    field.oninput = () => {
        const problem = NETWORK.read(field.value, sample, ABOUT);
        wrong.textContent = problem || "";
        if (!problem) answer();
    };
    if (ABOUT.symbols.length && ABOUT.continues && ABOUT.classes.length === ABOUT.symbols.length) {
        const more = make("button", { type: "button", textContent: "Go on writing" }), written = make("p", { className: "out" });
        more.onclick = () => {
            let text = field.value;
            for (let count = 0; count < 120; count++) {
                if (NETWORK.read(text, sample, ABOUT)) break;
                text += ABOUT.symbols[NETWORK.predict(sample).chosen];
            }
            written.textContent = text;
            field.oninput();
        };
        by("given").append(make("div", { className: "tools" }, more), written);
    }
    NETWORK.read(field.value, sample, ABOUT);
}

/* --- colours, and what stands there at first ------------------------------------------------------ */

function scheme(dark) {
    document.documentElement.dataset.scheme = dark ? "dark" : "light";
    by("scheme").textContent = dark ? "Light colours" : "Dark colours";
}
by("scheme").onclick = () => scheme(document.documentElement.dataset.scheme !== "dark");
scheme(matchMedia("(prefers-color-scheme: dark)").matches);
({ columns, picture: pad, sequence })[ABOUT.kind]();
answer();
