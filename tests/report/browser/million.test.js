// A trace of a million events opens at once and scrolls without stutter.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const rig = require("./rig.js");

const kEvents = 1_000_000, kRound = 8;
const hex = (value) => `"0x${value.toString(16).padStart(8, "0")}"`;
const place = (address, symbol) => `{"address":${hex(address)},"symbol":"${symbol}"}`;

/** A round of a loop in which each turn links a record, faults and is continued by its handler. */
function* lines() {
  yield '{"sehlab_trace":1,"schema_version":2}';
  const handler = place(0x402000, "prog!_except_handler3"), base = 0x19ffe8;
  const event = (kind, instruction, at, esp, chain, data) => `{"kind":"${kind}","instruction":${instruction},"thread":1,` +
    `"eip":${at},"esp":${hex(esp)},"chain":${chain},"data":{${data}}}`;
  const link = (record, next) => `{"record":${hex(record)},"next":${hex(next)},"handler":${handler}}`;
  const outer = `{"head":${hex(base)},"links":[${link(base, 0xffffffff)}],"ending":"end"}`;
  for (let round = 0; round < kEvents / kRound; ++round) {
    const at = place(0x401000 + (round % 1000) * 16, `prog!f${round % 1000}`), now = round * 100;
    const record = 0x19f000 + (round % 64) * 16, esp = record - 32;
    const chain = `{"head":${hex(record)},"links":[${link(record, base)},${link(base, 0xffffffff)}],"ending":"end"}`;
    const code = '"code":"0xc0000005","flags":"0x00000000"';
    yield event("push", now, at, esp, chain, `"record":${hex(record)},"next":${hex(base)},"handler":${handler},"by":${at},"owner":${at}`);
    yield event("fault", now + 10, at, esp, chain, `${code},"at":${at},"parameters":["0x00000000",${hex(round)}],"software":false`);
    yield event("dispatch", now + 10, at, esp, chain, `"record":${hex(esp - 0x400)},"context":${hex(esp - 0x3b0)},${code},"on_os_stack":true`);
    yield event("visit", now + 10, at, esp, chain, `"record":${hex(record)},"next":${hex(base)},"handler":${handler},"unwinding":false`);
    yield event("handler", now + 10, at, esp - 0x500, chain, `"frame":${hex(record)},"handler":${handler},${code},"owner":${at},"pushed_by":${at}`);
    yield event("disposition", now + 40, at, esp - 0x500, chain, `"frame":${hex(record)},"handler":${handler},"value":0`);
    yield event("continued", now + 41, at, esp - 0x500, chain, `"to":${at},"esp":${hex(esp)}`);
    yield event("pop", now + 60, at, record + 16, outer, `"record":${hex(record)},"head":${hex(base)},"by":${at}`);
  }
}

async function million() {
  const page = `${rig.folder}/million.html`;
  const report = spawn("sh", ["-c", 'cat | "$SEHLAB" report /dev/stdin -o "$0"', page],
    { stdio: ["pipe", "inherit", "inherit"] });
  let text = "";
  for (const line of lines()) {
    text += line + "\n";
    if (text.length < 1 << 20) continue;
    if (!report.stdin.write(text)) await once(report.stdin, "drain");
    text = "";
  }
  report.stdin.end(text);
  const [code] = await once(report, "exit");
  assert.equal(code, 0);
  return page;
}

test("a million events: opened in time, scrolled without stutter, found, filtered", async (context) => {
  const shown = await rig.open(await million());
  const page = shown.page;
  const ready = Number(await page.evaluate(() => document.documentElement.dataset.ready));
  context.diagnostic(`ready after ${ready} ms`);
  // Two seconds are the aim; a machine that does something else at the same time may take longer.
  assert.ok(ready < 6000, `${ready} ms`);
  assert.equal(await page.getAttribute("#slider", "max"), String(kEvents));

  const frames = await page.evaluate(async () => {
    const box = document.getElementById("events"), took = [];
    for (let n = 0; n < 40; ++n) {
      const from = performance.now();
      box.scrollTop = (box.scrollHeight / 40) * n;
      box.dispatchEvent(new Event("scroll"));
      box.getBoundingClientRect();
      took.push(performance.now() - from);
      await new Promise((go) => requestAnimationFrame(go));
    }
    return took.sort((a, b) => a - b);
  });
  context.diagnostic(`a jump through the list takes ${frames[20].toFixed(1)} ms, at most ${frames[39].toFixed(1)} ms`);
  assert.ok(frames[20] < 50, `${frames[20]} ms for a jump`);
  assert.ok(await page.locator("#rows > *").count() < 60, "only rows in view exist");

  await page.evaluate(() => (location.hash = "#e=654321"));
  await page.waitForFunction(() => document.getElementById("slider").value === "654321");
  await page.locator("#event-654321").waitFor();
  await page.keyboard.press("f");
  await page.click("#key-kinds");
  // Four turning points a round: fault, dispatch, handler, continued.
  assert.match((await shown.text("filter-state")).replaceAll("\u202f", ""), /^500000 of 1000000/);
  await page.fill("#query", "f777");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("slider").value !== "654321");
  await shown.close();
});
