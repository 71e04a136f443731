// What the tests share: pages made by sehlab, and a browser that shows them.
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sehlab-report-"));
const guest = (name) => path.join(process.env.SEHLAB_BUILD, "guest", name);

function sehlabIn(cwd, env, ...args) {
  const ran = spawnSync(process.env.SEHLAB, args, { cwd, env: { ...process.env, ...env }, encoding: "utf8",
    maxBuffer: 1 << 28 });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}
const sehlab = (...args) => sehlabIn(undefined, {}, ...args);

const kStory = [guest("go_buggy.exe"), "TestCallbackPanicLocked", "TestSetPanicOnFault"];

/** Go issue 7470's crash: the page of the run, and the same run's trace as objects. */
function story(...options) {
  const page = path.join(folder, "story.html"), trace = path.join(folder, "story.jsonl");
  sehlab("run", "--watch=report", "--report", page, "--trace=jsonl", "-o", trace, ...options, ...kStory);
  return { page, trace, events: eventsOf(trace) };
}

function eventsOf(file) {
  return fs.readFileSync(file, "utf8").trim().split("\n").slice(1).map((line) => JSON.parse(line));
}

/** The page of a trace that is given as lines. */
function reported(name, lines) {
  const trace = path.join(folder, `${name}.jsonl`), page = path.join(folder, `${name}.html`);
  fs.writeFileSync(trace, '{"sehlab_trace":1,"schema_version":2}\n' + lines.join("\n") + "\n");
  const ran = sehlab("report", trace, "-o", page);
  if (ran.code !== 0) throw new Error(ran.err);
  return page;
}

/** Opens a page; errors of its scripts fail whoever closes it. */
async function open(file, { hash = "", viewport = { width: 1280, height: 720 }, ...context } = {}) {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await (await browser.newContext({ viewport, reducedMotion: "reduce", ...context })).newPage();
  const errors = [], asked = [];
  page.on("pageerror", (error) => errors.push(error.stack));
  page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`file://${file}${hash}`);
  await page.waitForFunction(() => document.documentElement.dataset.ready);
  const close = async () => {
    await browser.close();
    if (errors.length) throw new Error(errors.join("\n"));
    const outside = asked.filter((url) => !url.startsWith("file:"));
    if (outside.length) throw new Error(`the page asked for ${outside}`);
  };
  return { page, close, text: (id) => page.locator(`#${id}`).innerText() };
}

/** A page with nothing on it. */
function blank() {
  const file = path.join(folder, "blank.html");
  fs.writeFileSync(file, "<!DOCTYPE html><html data-ready=1><title>blank</title></html>");
  return file;
}

process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
module.exports = { sehlab, sehlabIn, guest, story, reported, open, blank, folder };
