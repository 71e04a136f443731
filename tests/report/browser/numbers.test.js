// What the page shows against the trace of the same run: JSON Lines, another writer's work.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
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
  const text = JSON.parse(explained.out).find((entry) => entry.kind === "check").text;
  await page.click("#words summary");
  assert.ok((await page.innerText("#words")).includes(text));
}));

test("on paper stands the story: each turning point, then the moment", () => withPage(async ({ page }) => {
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const paper = await page.innerText("#print-story");
  assert.match(paper, /The processor faults/);
  assert.match(paper, /OVERWRITTEN/);
  assert.equal(await page.locator(".transport").isVisible(), false);
  assert.ok((await page.pdf()).length > 10000);
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
