// What the page looks like, against a picture that somebody has looked at, with a tolerance: fonts
// are drawn a little differently by each version of a browser. SEHLAB_BLESS=1 takes a new picture.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const rig = require("./rig.js");

const golden = path.join(__dirname, "story.png");

/** The share of pixels that differ by more than a shade; both pictures are drawn by the browser. */
async function difference(page, one, other) {
  return page.evaluate(async (urls) => {
    const [a, b] = await Promise.all(urls.map(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      const pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0);
      return pen.getImageData(0, 0, image.width, image.height);
    }));
    if (a.width !== b.width || a.height !== b.height) return 1;
    let differ = 0;
    for (let i = 0; i < a.data.length; i += 4) {
      const shade = (d) => d[i] + d[i + 1] + d[i + 2];
      if (Math.abs(shade(a.data) - shade(b.data)) > 150) ++differ;
    }
    return differ / (a.data.length / 4);
  }, [one, other].map((bytes) => `data:image/png;base64,${bytes.toString("base64")}`));
}

test("the crash of Go issue 7470 looks as it did", async (context) => {
  const { page: file, events } = rig.story();
  const refused = events.findIndex((event) => event.kind === "refused") + 1;
  const shown = await rig.open(file, { hash: `#e=${refused}` });
  const picture = await shown.page.screenshot();
  await shown.close();
  if (process.env.SEHLAB_BLESS) fs.writeFileSync(golden, picture);
  // Pictures are compared on an empty page: the report's policy lets it load none.
  const blank = await rig.open(rig.blank());
  const part = await difference(blank.page, picture, fs.readFileSync(golden));
  context.diagnostic(`${(100 * part).toFixed(2)} % of the pixels differ`);
  if (part >= 0.06) fs.writeFileSync(path.join(process.env.SEHLAB_BUILD, "story-now.png"), picture);
  assert.ok(part < 0.06, `${(100 * part).toFixed(1)} % of the pixels differ: see story-now.png in the build's folder`);
  await blank.close();
});

test("nothing is wider than the window, from a phone to a projector", async () => {
  const { page: file, events } = rig.story();
  for (const viewport of [{ width: 360, height: 740 }, { width: 768, height: 1024 }, { width: 1280, height: 720 },
    { width: 1920, height: 1080 }]) {
    for (const kind of ["exposed", "fault", "refused"]) {
      const n = events.findIndex((event) => event.kind === kind) + 1;
      const shown = await rig.open(file, { viewport, hash: `#e=${n}` });
      const wide = await shown.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} pixels too wide at ${viewport.width}, ${kind}`);
      const covered = await shown.page.evaluate(() => {
        const boxes = ["story", "stacks", "code", "registers"].map((id) => document.getElementById(id))
          .map((one) => (one.closest(".panel") || one).getBoundingClientRect());
        return boxes.filter((a, i) => boxes.some((b, k) => k > i && a !== b && Math.min(a.right, b.right) -
          Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1 &&
          a.top !== b.top)).length;
      });
      const over = await shown.page.evaluate(() => [...document.querySelectorAll(".panel")].filter((panel) =>
        getComputedStyle(panel).overflowY === "visible" && panel.scrollHeight > panel.clientHeight + 1)
        .map((panel) => panel.className));
      assert.deepEqual(over, [], `parts run out of their frames at ${viewport.width}, ${kind}`);
      assert.equal(covered, 0, `parts lie over each other at ${viewport.width}, ${kind}`);
      await shown.close();
    }
  }
});

test("text has the contrast that WCAG 2.1 asks for, light and dark", async () => {
  const { page: file } = rig.story();
  for (const colorScheme of ["light", "dark"]) {
    const shown = await rig.open(file, { colorScheme });
    const pairs = await shown.page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const of = (name) => {
        const [r, g, b] = /^#(..)(..)(..)$/.exec(style.getPropertyValue(`--${name}`).trim()).slice(1)
          .map((part) => parseInt(part, 16) / 255)
          .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;  // relative luminance, WCAG 2.1
      };
      const ratio = (a, b) => (Math.max(of(a), of(b)) + 0.05) / (Math.min(of(a), of(b)) + 0.05);
      const on = { paper: ["ink", "faint", "accent", "bad", "fault", "dispatch", "handler", "unwind", "resume", "watch", "run", "dead"],
        back: ["ink", "faint", "accent"], mark: ["ink"], badback: ["ink", "bad"], deadback: ["dead"] };
      return Object.entries(on).flatMap(([back, names]) => names.map((name) => [`${name} on ${back}`, ratio(name, back)]));
    });
    for (const [pair, ratio] of pairs) assert.ok(ratio >= 4.5, `${colorScheme}: ${pair} has ${ratio.toFixed(2)}, 4.5 is asked for`);
    await shown.close();
  }
});
