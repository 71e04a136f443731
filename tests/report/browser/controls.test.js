// Every control, by mouse and by keys. Expectations: what the buttons and docs/report.md say.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const rig = require("./rig.js");

const { page: file, events } = rig.story("--report-steps", "15");
const count = events.length;
const turning = new Set(["fault", "dispatch", "refused", "handler", "vectored", "continued", "abandoned",
  "unwind", "unwind-end", "exposed", "defect", "inject", "end"]);

async function withPage(options, what) {
  const shown = await rig.open(options.file || file, options);
  const at = async () => Number(await shown.page.locator("#slider").inputValue());
  try {
    await what({ ...shown, at, press: (key) => shown.page.keyboard.press(key),
      click: (id) => shown.page.click(`#${id}`) });
  } finally {
    await shown.close();
  }
}

test("buttons go to the first, last, next and previous event", () => withPage({}, async ({ click, at }) => {
  await click("last");
  assert.equal(await at(), count);
  await click("back");
  assert.equal(await at(), count - 1);
  await click("first");
  assert.equal(await at(), 1);
  await click("next");
  assert.equal(await at(), 2);
}));

test("keys do the same", () => withPage({}, async ({ press, at }) => {
  await press("End");
  assert.equal(await at(), count);
  await press("ArrowLeft");
  assert.equal(await at(), count - 1);
  await press("Home");
  await press("ArrowRight");
  await press("j");
  assert.equal(await at(), 3);
  await press("k");
  assert.equal(await at(), 2);
}));

test("[ and ] go from turning point to turning point", () => withPage({}, async ({ press, click, at }) => {
  const expected = events.map((event, i) => (turning.has(event.kind) ? i + 1 : 0)).filter((n) => n > 1);
  for (const n of expected.slice(0, 4)) {
    await press("]");
    assert.equal(await at(), n);
  }
  await press("[");
  assert.equal(await at(), expected[2]);
  await click("next-key");
  assert.equal(await at(), expected[3]);
  await click("back-key");
  assert.equal(await at(), expected[2]);
}));

test("the slider moves by keys and says where it is", () => withPage({}, async ({ page, press, at, text }) => {
  await page.focus("#slider");
  await press("ArrowRight");
  assert.equal(await at(), 2);
  assert.match(await text("position"), /^2 \//);
  assert.match(await page.getAttribute("#slider", "aria-valuetext"), /event 2 of \d+, image/);
}));

test("play goes on by itself, stop stops it", () => withPage({}, async ({ page, click, at }) => {
  await page.selectOption("#speed", "350");
  await click("play");
  assert.equal(await page.getAttribute("#sentence", "aria-live"), "off");
  await page.waitForFunction(() => Number(document.getElementById("slider").value) >= 3);
  await click("play");
  const stopped = await at();
  await page.waitForTimeout(800);
  assert.equal(await at(), stopped);
  assert.equal(await page.getAttribute("#sentence", "aria-live"), "polite");
}));

test("an address with an event goes there, and moving changes the address", () =>
  withPage({ hash: "#e=45" }, async ({ page, press, at }) => {
    assert.equal(await at(), 45);
    await press("ArrowRight");
    await page.waitForFunction(() => location.hash === "#e=46");
    await page.evaluate(() => (location.hash = "#e=7"));
    await page.waitForFunction(() => document.getElementById("slider").value === "7");
  }));

test("an address that is nonsense shows the nearest event", () =>
  withPage({ hash: "#e=999999" }, async ({ at }) => assert.equal(await at(), count)));

test("a click in the list goes there; arrows in the list move on", () =>
  withPage({}, async ({ page, press, at }) => {
    await page.click("#event-5");
    assert.equal(await at(), 5);
    await page.focus("#events");
    await press("ArrowDown");
    await press("ArrowDown");
    assert.equal(await at(), 7);
    assert.equal(await page.getAttribute("#events", "aria-activedescendant"), "event-7");
    assert.equal(await page.getAttribute("#event-7", "aria-selected"), "true");
  }));

test("a click on the time line goes there", () => withPage({}, async ({ page, at }) => {
  const box = await page.locator("#strip").boundingBox();
  await page.mouse.click(box.x + box.width - 4, box.y + 10);
  assert.equal(await at(), count);
}));

test("instruction steps go forwards and backwards, one instruction each", () =>
  withPage({}, async ({ page, press, click }) => {
    const fault = events.findIndex((event) => event.kind === "fault");
    await page.evaluate((n) => (location.hash = `#e=${n}`), fault);
    await page.waitForFunction((n) => document.getElementById("slider").value === String(n), fault);
    await press(".");
    const first = Number(/Instruction ([\d\u202f]+)/.exec(await page.innerText("#sentence"))[1].replaceAll("\u202f", ""));
    await click("step-next");
    await page.waitForFunction((n) => document.getElementById("sentence").textContent
      .replaceAll("\u202f", "").startsWith(`Instruction ${n}`), first + 1);
    await press(",");
    await page.waitForFunction((n) => document.getElementById("sentence").textContent
      .replaceAll("\u202f", "").startsWith(`Instruction ${n}`), first);
    await page.waitForFunction((n) => location.hash.endsWith(`&i=${n}`), first);
  }));

test("the strip beside a long stack shows what is in view, and a click goes there", () => {
  const deep = rig.folder + "/deep.html";
  rig.sehlab("run", "--report", deep, rig.guest("seh_deep_recursion.O0.exe"));
  return withPage({ file: deep }, async ({ page }) => {
    await page.keyboard.press("]");
    await page.waitForFunction(() => document.querySelectorAll(".card").length > 40);
    const cards = await page.locator(".card").count();
    assert.equal(await page.locator(".map .tick:not(.esp):not(.head)").count(), cards);
    const part = () => page.evaluate(() => {
      const scroll = document.querySelector(".scroll"), view = document.querySelector(".in-view").getBoundingClientRect();
      const map = document.querySelector(".map").getBoundingClientRect();
      return { scrolled: scroll.scrollTop / scroll.scrollHeight, shown: (view.top - map.top) / map.height };
  });
    const box = await page.locator(".map").boundingBox();
    for (const at of [0.1, 0.8, 0.4]) {
      await page.mouse.click(box.x + box.width / 2, box.y + at * box.height);
      const { scrolled, shown: drawn } = await part();
      assert.ok(Math.abs(scrolled - at) < 0.1, `${scrolled} at ${at}`);
      assert.ok(Math.abs(scrolled - drawn) < 0.02);
    }
    await page.focus(".scroll");
    const before = (await part()).scrolled;
    await page.keyboard.press("PageDown");
    await page.waitForFunction((was) => {
      const scroll = document.querySelector(".scroll");
      return scroll.scrollTop / scroll.scrollHeight > was;
    }, before);
  });
});

test("filters by kind leave just those rows", () => withPage({}, async ({ page, press, text }) => {
  await press("f");
  await page.click("#key-kinds");
  const expected = events.filter((event) => turning.has(event.kind)).length;
  assert.match(await text("filter-state"), new RegExp(`^${expected} of ${count}`));
  assert.equal(await page.getAttribute("#rows > :first-child", "aria-setsize"), String(expected));
  await page.click("#all-kinds");
  assert.equal(await text("filter-state"), "");
  await page.uncheck('#kind-filter [data-kind="gate"]');
  const gates = events.filter((event) => event.kind === "gate").length;
  assert.match(await text("filter-state"), new RegExp(`^${count - gates} of ${count}`));
}));

test("filter by a thread", () => withPage({}, async ({ page, press, text }) => {
  await press("f");
  await page.selectOption("#thread-filter", { label: "1" });
  const own = events.filter((event) => event.thread === 1).length;
  assert.match(await text("filter-state"), new RegExp(`^${own} of ${count}`));
}));

test("search finds, counts and goes round", () => withPage({}, async ({ page, press, at, text }) => {
  await press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "query");
  await page.keyboard.type("overwritten");
  await page.waitForFunction(() => document.getElementById("found").textContent === "1 found");
  await press("Enter");
  const defect = events.findIndex((event) => event.kind === "defect") + 1;
  assert.equal(await at(), defect);
  await press("Escape");
  await press("n");
  assert.equal(await at(), defect);
  await page.fill("#query", "no such words at all");
  await page.waitForFunction(() => document.getElementById("found").textContent === "nothing found");
  assert.equal(await text("found"), "nothing found");
}));

test("copy gives the moment as text", () =>
  withPage({ hash: "#e=1", permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, press }) => {
    const fault = events.findIndex((event) => event.kind === "fault");
    await page.evaluate((n) => (location.hash = `#e=${n}`), fault + 1);
    await page.waitForFunction((n) => document.getElementById("slider").value === String(n), fault + 1);
    await press("c");
    await page.waitForFunction(() => document.getElementById("copy").textContent === "Copied");
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, new RegExp(`^event ${fault + 1} of ${count}`));
    assert.match(text, /read of 00000000 \(access violation C0000005\)/);
    assert.match(text, />\s004089d6|> [0-9a-f]{8}\s+8b 00/);
  }));

test("light and dark: as the system has it, and by the switch", () =>
  withPage({ colorScheme: "dark" }, async ({ page, press }) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await press("t");
    const light = await paper();
    assert.notEqual(light, dark);
    await press("t");
    assert.equal(await paper(), dark);
  }));

test("help opens by key and closes by Escape", () => withPage({}, async ({ page, press }) => {
  await press("?");
  assert.equal(await page.evaluate(() => document.getElementById("help").open), true);
  await press("Escape");
  assert.equal(await page.evaluate(() => document.getElementById("help").open), false);
}));

test("all controls can be come to by Tab and have a name", () => withPage({}, async ({ page }) => {
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, select, [tabindex='0']")].filter((one) =>
      one.offsetParent !== null && !one.textContent.trim() && !one.getAttribute("aria-label") &&
      !(one.labels && one.labels.length && one.labels[0].textContent.trim())).map((one) => one.outerHTML));
  assert.deepEqual(nameless, []);
  const seen = new Set();
  for (let n = 0; n < 60; ++n) {
    await page.keyboard.press("Tab");
    seen.add(await page.evaluate(() => document.activeElement.id || document.activeElement.tagName));
  }
  for (const id of ["copy", "theme", "help-button", "first", "back", "play", "next", "last", "slider", "query", "events"]) {
    assert.ok(seen.has(id), `Tab does not come to ${id}`);
  }
}));
