// A guest may have any name: none of them becomes markup or runs, and all of it is shown as text.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const rig = require("./rig.js");

const kEvil = "</script><img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>";
const kMore = "<!--<script>\u2028`${window.pwned=1}` javascript:window.pwned=1";

/** One event of every kind: a run's, each of its texts replaced. */
function evilLines() {
  const trace = `${rig.folder}/kinds.jsonl`;
  const kinds = new Map();
  for (const [program, ...args] of [["go_fixed.exe", "TestCallbackPanicLocked", "TestSetPanicOnFault"],
    ["go_buggy.exe", "TestCallbackPanicLocked", "TestSetPanicOnFault"], ["seh_collided_unwind.O0.exe"],
    ["vectored.exe"], ["threads.exe"]]) {
    if (!fs.existsSync(rig.guest(program))) continue;
    rig.sehlab("run", "--watch=report", "--trace=jsonl", "-o", trace, rig.guest(program), ...args);
    for (const line of fs.readFileSync(trace, "utf8").trim().split("\n").slice(1)) {
      const event = JSON.parse(line);
      if (!kinds.has(event.kind)) kinds.set(event.kind, event);
    }
  }
  const fixed = new Set(["kind", "why", "address"]);
  const poison = (value, name) => {
    if (typeof value === "string") {
      return fixed.has(name) || value.startsWith("0x") ? value : kEvil + kMore;
    }
    if (Array.isArray(value)) return value.map((one) => poison(one, name));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poison(one, key)]));
    }
    return value;
  };
  return [...kinds.values()].map((event) => JSON.stringify(poison(event, "")));
}

test("names that are markup are shown as text, at every event", async () => {
  const lines = evilLines();
  assert.ok(lines.length >= 18, `only ${lines.length} kinds of events`);
  const shown = await rig.open(rig.reported("evil", lines));
  const page = shown.page;
  for (let n = 1; n <= lines.length; ++n) {
    await page.evaluate((to) => (location.hash = `#e=${to}`), n);
    await page.waitForFunction((to) => document.getElementById("slider").value === String(to), n);
  }
  await page.fill("#query", "<img");
  await page.waitForFunction(() => /found/.test(document.getElementById("found").textContent));
  await page.keyboard.press("Enter");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator("img, iframe, object, embed").count(), 0);
  assert.ok((await page.innerText("body")).includes("<img src=x onerror="));
  await shown.close();
});

test("markup that came in by some way would still not run: the page's policy forbids it", async () => {
  const shown = await rig.open(rig.reported("plain", evilLines().slice(0, 1)));
  const ran = await shown.page.evaluate(async () => {
    const box = document.createElement("div");
    box.innerHTML = "<img src=x onerror='window.pwned=1'>";
    document.body.append(box);
    await new Promise((go) => setTimeout(go, 300));
    return window.pwned;
  });
  assert.equal(ran, undefined);
  await shown.close().catch((error) => assert.match(error.message, /Content Security Policy/));
});

test("chains without end, records anywhere and wild numbers are shown, not followed", async () => {
  const place = (address, symbol = "") => ({ address, symbol });
  const links = Array.from({ length: 50000 }, (_, n) => ({ record: n % 2 ? "0xfffffffe" : "0x00000000",
    next: "0x00000000", handler: place("0xffffffff") }));
  const base = { instruction: 18446744073709551000, thread: 4294967295, eip: place("0xffffffff"),
    esp: "0xffffffff", chain: { head: "0x00000001", links, ending: "cycle" } };
  const range = { begin: "0xffffffff", end: "0x00000000" };
  const lines = [
    { kind: "thread-start", ...base, data: { id: 4294967295, teb: "0x00000000", stack: range, entry: place("0x00000000") } },
    { kind: "fault", ...base, data: { code: "0xffffffff", flags: "0xffffffff", at: place("0xffffffff"),
      parameters: Array(50000).fill("0xffffffff"), software: false } },
    { kind: "dispatch", ...base, instruction: 0, data: { record: "0x00000000", context: "0xffffffff", code: "0x00000000",
      flags: "0x00000000", on_os_stack: false } },
    { kind: "disposition", ...base, data: { frame: "0x00000000", handler: place("0x00000000"), value: 4294967295 } },
  ].map((event) => JSON.stringify(event).replaceAll("18446744073709552000", "18446744073709551615"));
  const shown = await rig.open(rig.reported("wild", lines));
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "c"]) await shown.page.keyboard.press(key);
  assert.equal(await shown.page.locator("#slider").inputValue(), "4");
  assert.ok(await shown.page.locator(".card").count() <= 64);
  assert.match(await shown.text("stacks"), /and 49.?936 records more/);
  await shown.close();
});

test("a trace without an event opens and says so", async () => {
  const page = `${rig.folder}/none.html`, trace = `${rig.folder}/none.jsonl`;
  fs.writeFileSync(trace, '{"sehlab_trace":1,"schema_version":2}\n');
  assert.equal(rig.sehlab("report", trace, "-o", page).code, 0);
  const shown = await rig.open(page);
  assert.equal(await shown.text("sentence"), "This trace has no events.");
  await shown.close();
});
