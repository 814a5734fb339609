// EPUBs in foliate-js, in one browser: FOLIATE_HOME=... CHROMIUM=... node read.mjs FILE.epub...
// FOLIATE_HOME holds the node_modules. One line per finding: FILE: FINDING. What was done in each book goes to standard error.
// Where FILE.pdf lies beside FILE.epub, and the book has a page-list, it has to have the pages of the PDF.
// Exit 0 whenever every file was judged; a file on which the reader itself breaks is a finding.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const own = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(process.env.FOLIATE_HOME, "node_modules");
const puppeteer = createRequire(path.join(modules, "from-here.js"))("puppeteer-core");
const files = process.argv.slice(2);
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".epub": "application/epub+zip" };
const oneLine = (text) => String(text ?? "").replace(/\s+/gu, " ").trim();

// The file that an address of the reader's page names.
function served(address) {
  const name = decodeURIComponent(address);
  const [, book] = /^\/book\/(\d+)$/u.exec(name) ?? [];
  if (book) return files[Number(book)];
  if (name.startsWith("/foliate-js/")) return path.join(modules, path.normalize(name));
  return path.join(own, path.normalize(name));
}

const server = createServer((request, response) => {
  const file = served(new URL(request.url, "http://localhost").pathname);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/reader.html`;

const launch = () => puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows"],
  // What a book of a thousand articles needs, several times over.
  protocolTimeout: 120_000,
});
let browser = await launch();

function pagesOfPdf(file) {
  const pdf = file.replace(/\.epub$/u, ".pdf");
  if (!existsSync(pdf)) return undefined;
  return Number(/^Pages:\s+(\d+)/mu.exec(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }))?.[1]);
}

async function judge(index) {
  const page = await browser.newPage();
  const findings = [];
  page.on("pageerror", (error) => findings.push(`the reader's script failed: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !/favicon/u.test(message.location()?.url) && findings.push(`the reader says: ${message.text()}`));
  await page.goto(address);
  await page.waitForFunction("globalThis.isReady");
  const read = await page.evaluate((book) => globalThis.read(book), `/book/${index}`);
  findings.push(...read.findings);
  const printed = read.pages && pagesOfPdf(files[index]);
  if (printed && printed !== read.pages) findings.push(`page-list: ${read.pages} pages where the PDF has ${printed}`);
  console.error(`${files[index]}: ${read.contents} lines of contents, ${read.pages} pages, ${read.links} links, ${read.screens} screens`);
  await page.close();
  return findings;
}

// A browser that stands still is no verdict on the book: a new one tries again.
async function judgeTwice(index) {
  try {
    return await judge(index);
  } catch (problem) {
    console.error(`${files[index]}: ${problem}; again in a new browser`);
    browser.process()?.kill("SIGKILL");
    browser = await launch();
  }
  return judge(index).catch((problem) => [`the reader broke off: ${problem?.message ?? problem}`]);
}

for (const [index, file] of files.entries()) {
  for (const finding of await judgeTwice(index)) console.log(`${file}: ${oneLine(finding)}`);
}
await browser.close();
server.close();
