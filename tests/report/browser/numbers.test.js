// What the page shows against the trace of the same run: JSON Lines, another writer's work.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const rig = require("./rig.js");

const { page: file, events } = rig.story();
const hex = (text) => text.slice(2);

async function withPage(what) {
  const shown = await rig.open(file);
  const go = async (n) => {
    await shown.page.evaluate((to) => (location.hash = `#e=${to}`), n);
    await shown.page.waitForFunction((to) => document.getElementById("slider").value === String(to), n);
  };
  try {
    await what({ ...shown, go });
  } finally {
    await shown.close();
  }
}

test("each event has its kind, instruction, thread, records and fields", () => withPage(async ({ page, go }) => {
  for (let i = 0; i < events.length; ++i) {
    await go(i + 1);
    const event = events[i];
    const shown = await page.evaluate(() => ({
      where: document.getElementById("where").innerText.replaceAll("\u202f", ""),
      cards: [...document.querySelectorAll(".card")].filter((card) => card.dataset.n !== "-1")
        .map((card) => card.innerText),
      head: document.querySelector(".head").innerText,
      fields: document.getElementById("fields").innerText.replaceAll("\u202f", ""),
    }));
    assert.ok(shown.where.includes(` ${event.kind} `), `${i + 1}: ${shown.where}`);
    assert.ok(shown.where.includes(`@${event.instruction}`), `${i + 1}: ${shown.where}`);
    assert.ok(shown.where.includes(`thread ${event.thread}`));
    assert.ok(shown.head.includes(hex(event.chain.head)));
    assert.equal(shown.cards.length, event.chain.links.length, `records at ${i + 1}`);
    for (const link of event.chain.links) {
      const card = shown.cards.find((text) => text.startsWith(hex(link.record)));
      assert.ok(card, `record ${link.record} at event ${i + 1}`);
      assert.ok(card.includes(hex(link.next)) && card.includes(hex(link.handler.address)));
    }
    for (const [name, value] of Object.entries(event.data)) {
      assert.ok(shown.fields.includes(name));
      if (typeof value === "string" && value.startsWith("0x")) assert.ok(shown.fields.includes(hex(value)), name);
      if (typeof value === "number") assert.ok(shown.fields.includes(String(value)), name);
    }
  }
}));

test("registers are those of the event", () => withPage(async ({ page, go }) => {
  for (let i = 0; i < events.length; i += 5) {
    if (events[i].instruction === 0) continue;
    await go(i + 1);
    const registers = await page.innerText("#registers");
    assert.match(registers, new RegExp(`esp\\s+${hex(events[i].esp)}`));
    assert.match(registers, new RegExp(`eip\\s+${hex(events[i].eip.address)}`));
  }
}));

test("the record that dangles says so, with who pushed it", () => withPage(async ({ page, go }) => {
  const at = events.findIndex((event) => event.kind === "exposed");
  const push = events.findLastIndex((event, i) => i < at && event.kind === "push" &&
    event.data.record === events[at].data.record);
  await go(at + 1);
  const card = page.locator(".card.bad");
  assert.equal(await card.count(), 1);
  const text = (await card.innerText()).replaceAll("\u202f", "");
  assert.ok(text.startsWith(hex(events[at].data.record)));
  assert.ok(text.includes("EXPOSED"));
  assert.ok(text.includes(`@${events[push].instruction} by callbackasm1`));
  await card.locator("a").first().click();
  await page.waitForFunction((n) => document.getElementById("slider").value === String(n), push + 1);
  assert.equal(await page.locator(".card.bad").count(), 0, "before its exposure it is as good as any");
}));

test("at the fault on the goroutine's stack both stacks are shown", () => withPage(async ({ page, go }) => {
  const fault = events.findIndex((event) => event.kind === "fault");
  await go(fault + 1);
  assert.equal(await page.locator(".column").count(), 2);
  assert.match(await page.locator(".column").nth(1).innerText(), new RegExp(`ESP ${hex(events[fault].esp)}`));
  assert.match(await page.locator(".column").nth(1).innerText(), /the thread runs here/);
  await go(1);
  assert.equal(await page.locator(".column").count(), 1);
}));

test("in the dispatch the exception's record has the fault's words", () => withPage(async ({ page, go }) => {
  const fault = events.find((event) => event.kind === "fault");
  const dispatch = events.findIndex((event) => event.kind === "dispatch");
  await go(dispatch + 1);
  const shown = await page.innerText("#exception");
  assert.match(shown, new RegExp(`EXCEPTION_RECORD at ${hex(events[dispatch].data.record)}`));
  assert.match(shown, /ExceptionCode\s+c0000005\s+STATUS_ACCESS_VIOLATION/);
  assert.match(shown, new RegExp(`ExceptionAddress\\s+${hex(fault.data.at.address)}`));
  assert.match(shown, new RegExp(`CONTEXT at ${hex(events[dispatch].data.context)}`));
}));

test("the rule and the glossary's words stand beside a refusal", () => withPage(async ({ page, go }) => {
  await go(events.findIndex((event) => event.kind === "refused") + 1);
  assert.match(await page.innerText("#why"), /docs\/facts\/seh-x86\.md 3\.2 E1, E2/);
  const explained = rig.sehlab("explain", "handler-on-stack", "--json");
  const text = JSON.parse(explained.out).entries.find((entry) => entry.kind === "check").text;
  await page.click("#words details:not(.explanation) summary");
  assert.ok((await page.innerText("#words")).includes(text));
}));

test("a rule opens to its explanation, with public sources as links that nothing follows by itself", () =>
  withPage(async ({ page, go }) => {
    const linked = new Set();
    for (let i = 0; i < events.length; ++i) {
      await go(i + 1);
      const explanation = page.locator("#words .explanation");
      assert.equal(await explanation.count(), (await page.innerText("#why")) === "" ? 0 : 1, events[i].kind);
      if (await explanation.count() === 0) continue;
      await explanation.locator("summary").click();
      assert.ok((await explanation.innerText()).length > 120, events[i].kind);
      for (const link of await explanation.locator("a").all()) linked.add(await link.getAttribute("href"));
    }
    for (const url of linked) assert.match(url, /^https:\/\/(learn\.microsoft\.com|msrc\.microsoft\.com|github\.com\/golang\/go)\//);
    // The commit that the story is about: docs/facts/go-windows-386.md.
    assert.ok([...linked].some((url) => url.includes("github.com/golang/go/commit/1249d3a")));
    await go(events.findIndex((event) => event.kind === "fault") + 1);
    await page.click("#words details:not(.explanation) summary");
    assert.match(await page.getAttribute("#words details:not(.explanation) a", "href"), /ms-erref/);
  }));

test("beside the code stands the source's text: the lines of the file itself", () => withPage(async ({ page, go }) => {
  const fault = events.findIndex((event) => event.kind === "fault");
  await go(fault + 1);
  const [, name, line] = /(guest\/go\/\S+\.c):(\d+)/.exec(await page.innerText("#code .at"));
  const text = fs.readFileSync(path.join(__dirname, "../../..", name), "utf8").split("\n");
  const rows = await page.locator(".source-text tr").evaluateAll((all) => all.map((row) =>
    [Number(row.cells[0].textContent), row.cells[1].textContent.trim(), row.classList.contains("here")]));
  assert.equal(rows.length, Math.min(7, Number(line) + 3));
  for (const [n, shown, here] of rows) {
    assert.equal(shown, text[n - 1].trim());
    assert.equal(here, n === Number(line));
  }
}));

test("without the file the page says so, and has the rest", async () => {
  const copy = path.join(rig.folder, "alone");
  fs.cpSync(rig.guest(""), path.join(copy, "a/guest"), { recursive: true, filter: (from) =>
    /guest\/?$|\.dll$|go_buggy\.exe$/.test(from) });
  const out = path.join(copy, "out.html");
  const ran = rig.sehlabIn(copy, { SEHLAB_GUEST_DIR: path.join(copy, "a/guest") }, "run", "--report", out,
    path.join(copy, "a/guest/go_buggy.exe"), "TestCallbackPanicLocked", "TestSetPanicOnFault");
  assert.equal(ran.code, 139, ran.err);
  const shown = await rig.open(out);
  await shown.page.keyboard.press("End");
  assert.match(await shown.text("code"), /text of guest\/\S+ was not at hand/);
  assert.ok(await shown.page.locator("#code tr.here").count() === 1);
  await shown.close();
});

test("on paper stands the story: each turning point, then the moment", () => withPage(async ({ page, go }) => {
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const paper = await page.innerText("#print-story");
  assert.match(paper, /The processor faults/);
  assert.match(paper, /OVERWRITTEN/);
  assert.equal(await page.locator(".transport").isVisible(), false);
  assert.ok((await page.pdf()).length > 10000);
  await go(events.findIndex((event) => event.kind === "refused") + 1);
  await page.setViewportSize({ width: 690, height: 1000 });  // A4 without its margins
  const over = await page.evaluate(() => [...document.querySelectorAll(".panel")].filter((panel) =>
    panel.offsetParent && panel.scrollHeight > panel.clientHeight + 1).map((panel) => panel.className));
  assert.deepEqual(over, [], "parts that run out of their frames");
}));

test("a saved trace says what it does not have, and how to get it", async () => {
  const lines = events.map((event) => JSON.stringify(event));
  const shown = await rig.open(rig.reported("saved", lines), { hash: `#e=${events.length}` });
  for (const id of ["registers", "code", "about"]) {
    assert.match(await shown.text(id), /sehlab run --report/, id);
  }
  assert.equal(await shown.page.locator(".card").count() > 0, true);
  await shown.close();
});
