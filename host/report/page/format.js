// Numbers and places as text, and elements made of text. Whatever a guest named or printed becomes
// a text node here and never markup.

const hex = (value) => (value >>> 0).toString(16).padStart(8, "0");
const code = (value) => hex(value).toUpperCase();
/** 1 418 204, with narrow spaces that do not break. */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** The symbol, or the address of what has none. */
const show = (place) => place.symbol || hex(place.address);
/** Without the image: "probe+0x6". */
const short = (place) => {
  const text = show(place);
  return text.slice(text.indexOf("!") + 1);
};
/** The function alone, without image and offset. */
const functionOf = (place) => short(place).replace(/\+0x[0-9a-f]+$/, "");
const known = (place) => place.address !== 0 || place.symbol !== "";

/** An element with attributes and children; strings become text nodes. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** The same for the parts of a drawing. The address is the name of SVG's namespace; nothing loads it. */
const drawing = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);

const get = (id) => document.getElementById(id);

/** A note that something is not in this page, and how to get it. */
const missing = (what, how) => make("p", { class: "missing" }, `${what} ${how}`);
