/* As much of a browser as the script of a page needs: elements with fields and children, and no picture. */
const elements = {};
const pen = new Proxy({}, { get: (_, name) => name === "createImageData" ? (w, h) => ({ data: new Uint8ClampedArray(4 * w * h) }) : () => {}, set: () => true });
class Element {
    constructor(tag) { this.tag = tag; this.children = []; this.dataset = {}; this.style = ""; this.attributes = {}; this.textContent = ""; this.className = ""; this.value = ""; }
    set id(id) { this._id = id; elements[id] = this; }
    get id() { return this._id || ""; }
    append(...children) { this.children.push(...children); }
    replaceChildren(...children) { this.children = children; delete elements.made; }
    setAttribute(name, value) { this.attributes[name] = value; }
    getContext() { return pen; }
    getBoundingClientRect() { return { left: 0, top: 0, width: 100, height: 100 }; }
    setPointerCapture() {}
}
for (const name of ["title", "htmlFor", "type", "min", "max", "step", "onchange", "oninput", "onclick", "role", "tabIndex", "ariaLabel", "spellcheck", "width", "height"]) Element.prototype[name] = undefined;
globalThis.document = { documentElement: new Element("html"), createElement: (tag) => new Element(tag), getElementById: (id) => elements[id] || null };
globalThis.OffscreenCanvas = class extends Element { constructor() { super("canvas"); } };
globalThis.matchMedia = () => ({ matches: true });
for (const id of ["scheme", "given", "answer", "bars", "look"]) new Element("div").id = id;
