// Reads a book as a person does: goes where contents, page-list and links lead, turns all pages, looks at what is shown.
// `read(address)` gives { findings, pages }: what is wrong, a line each, and how many pages the page-list has.
import "/foliate-js/view.js";

// A person would try some links of a list of thousands.
const LINKS = 15;
// More than a long book has.
const SCREENS = 5000;
const INK = "rgb(1, 2, 3)";

// A window that nobody looks at may draw no frames.
const frame = () => new Promise((resolve) => (requestAnimationFrame(() => resolve()), setTimeout(resolve, 200)));
const bare = (text) => text.replace(/\s+/gu, "");
const short = (text) => JSON.stringify(text.trim().slice(0, 60));
// An address as far as foliate-js 1.0.1 hands it on: it drops the query.
function known(href) {
  if (!URL.canParse(href)) return href;
  const address = new URL(href);
  address.search = "";
  return decodeURI(address.href);
}

// The text of a section, and what of it was on a screen.
class Section {
  #nodes = [];

  constructor(page) {
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const range = page.createRange();
      range.selectNodeContents(node);
      if (bare(node.data) && range.getClientRects().length) this.#nodes.push({ node, range, seen: new Uint8Array(node.length) });
    }
  }

  see(reading) {
    for (const { node, range, seen } of this.#nodes) {
      const shown = [...range.getClientRects()].map((rectangle) => reading.isOnScreen(rectangle));
      if (shown.every(Boolean)) seen.fill(1);
      else if (shown.some(Boolean)) this.#seeLetters(reading, node, seen);
    }
  }

  #seeLetters(reading, node, seen) {
    const letter = node.ownerDocument.createRange();
    for (let at = 0; at < node.length; at++) {
      letter.setStart(node, at);
      letter.setEnd(node, at + 1);
      if ([...letter.getClientRects()].some((rectangle) => reading.isOnScreen(rectangle))) seen[at] = 1;
    }
  }

  report(reading) {
    for (const { node, seen } of this.#nodes) {
      const unseen = [...node.data].filter((letter, at) => !seen[at] && bare(letter)).join("");
      if (unseen) reading.find(`pages: ${short(unseen)} of ${short(node.data)} is on no screen`);
    }
  }
}

class Reading {
  findings = [];
  view = document.createElement("foliate-view");

  find(message) {
    this.findings.push(message);
  }

  get page() {
    return this.view.renderer.getContents()[0].doc;
  }

  // The rectangle in the coordinates of the window: sections stand in frames as wide as all their pages.
  place(rectangle) {
    const { left, top } = this.page.defaultView.frameElement.getBoundingClientRect();
    return { left: left + rectangle.left, right: left + rectangle.right, top: top + rectangle.top, bottom: top + rectangle.bottom };
  }

  isOnScreen(rectangle) {
    const screen = this.view.getBoundingClientRect();
    const { left, right, top, bottom } = this.place(rectangle);
    return right >= screen.left && left <= screen.right && bottom >= screen.top && top <= screen.bottom;
  }

  isShown(element) {
    return [...element.getClientRects()].some((rectangle) => this.isOnScreen(rectangle));
  }

  // The element that an address leads to, once the reader is there; undefined and a finding where it leads nowhere.
  async arrive(href, what) {
    const resolved = await this.view.goTo(href);
    if (!resolved) return void this.find(`${what}: ${href} leads nowhere`);
    await frame();
    const target = resolved.anchor(this.page);
    if (target === 0) return this.page.body;
    if (!target) return void this.find(`${what}: ${href} is not in the page`);
    if (!this.isShown(target)) this.find(`${what}: ${href} is not on the screen after going there`);
    return target;
  }

  async open(address) {
    document.body.replaceChildren(this.view);
    const file = new File([await (await fetch(address)).blob()], "book.epub");
    await this.view.open(file);
    this.book = this.view.book;
    this.view.addEventListener("external-link", (event) => {
      event.preventDefault();
      this.outside = event.detail.href;
    });
    this.view.renderer.setStyles(`html { color: ${INK} !important; background: none; }`);
  }

  // Every line of the contents leads to what it names.
  async followContents() {
    const walk = (items) => items.flatMap((item) => [item, ...walk(item.subitems ?? [])]);
    const items = walk(this.book.toc ?? []);
    if (!items.length) this.find("contents: there are none");
    for (const item of items.filter(({ href }) => href)) {
      const target = await this.arrive(item.href, "contents");
      // A group of articles leads to the first of them.
      if (!target || item.subitems?.some((inner) => inner.href === item.href)) continue;
      const heading = target === this.page.body ? this.page.querySelector("header") ?? this.page.querySelector("h1") : target;
      // The title as printed may say more than the title: the author, or the column.
      if (!bare(this.spoken(heading)).includes(bare(item.label))) {
        this.find(`contents: ${short(item.label)} leads to ${short(heading.textContent)}`);
      }
    }
    return items.length;
  }

  // The words of an element without the readings of ruby, marks of notes and of pages.
  spoken(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("rt, rp, [role=doc-noteref]").forEach((aside) => aside.remove());
    return copy.textContent;
  }

  // Every page can be gone to, and the reader then says its number.
  async followPages() {
    const items = this.book.pageList ?? [];
    for (const [index, item] of items.entries()) {
      if (item.label !== String(index + 1)) this.find(`page-list: page ${index + 1} is called ${short(item.label)}`);
      const target = await this.arrive(item.href, "page-list");
      if (!target) continue;
      const after = this.page.createRange();
      after.setStartAfter(target);
      after.collapse(true);
      const { pageItem } = this.view.getProgressOf(this.view.renderer.getContents()[0].index, after);
      if (pageItem?.label !== item.label) this.find(`page-list: after page ${item.label} begins, the reader says ${pageItem?.label}`);
    }
    return items.length;
  }

  // Every link of every section leads into the book, or to an address outside.
  async followLinks() {
    let followed = 0;
    for (const index of this.book.sections.keys()) {
      await this.view.goTo(index);
      const count = Math.min(this.page.querySelectorAll("a[href]").length, LINKS);
      for (let number = 0; number < count; number++) {
        await this.view.goTo(index);
        await frame();
        const link = this.page.querySelectorAll("a[href]")[number];
        const href = link.getAttribute("href");
        this.outside = undefined;
        if (/^[a-z][a-z0-9+.-]*:/iu.test(href)) {
          link.click();
          await frame();
          if (known(this.outside) !== known(href)) this.find(`links: ${short(href)} is not handed to a browser`);
        } else {
          const arrived = new Promise((resolve) => {
            this.view.addEventListener("link", resolve, { once: true });
            setTimeout(() => resolve(null), 2000);
          });
          link.click();
          const event = await arrived;
          if (!event) this.find(`links: a click on ${short(href)} does nothing`);
          else await this.arrive(event.detail.href, "links");
        }
        followed++;
      }
    }
    return followed;
  }

  // Turned from the first page to the last, the book shows all that it says.
  async turnPages() {
    const linear = [...this.book.sections.keys()].filter((index) => this.book.sections[index].linear !== "no");
    const turned = new Set();
    let section;
    let screens = 0;
    await this.view.renderer.firstSection();
    for (let before; ; screens++) {
      await frame();
      const { index } = this.view.renderer.getContents()[0];
      const here = `${index} ${this.view.renderer.start}`;
      if (here === before || screens === SCREENS) {
        this.find(`pages: after screen ${screens} no other comes`);
        break;
      }
      before = here;
      if (!turned.has(index)) {
        section?.report(this);
        turned.add(index);
        section = new Section(this.page);
        this.lookAtSection();
        await this.lookAtFonts();
      }
      section.see(this);
      if (this.view.renderer.atEnd) break;
      await this.view[this.book.dir === "rtl" ? "goLeft" : "goRight"]();
    }
    section?.report(this);
    if (linear.some((index) => !turned.has(index))) this.find("pages: turning them does not reach every section");
    return screens;
  }

  // What is too wide, what has a colour of its own, how lines run.
  lookAtSection() {
    const style = this.page.defaultView.getComputedStyle.bind(this.page.defaultView);
    const root = this.page.documentElement;
    const vertical = style(this.page.body).writingMode.startsWith("vertical");
    const measure = parseFloat(style(root).columnWidth);
    for (const element of this.page.body.querySelectorAll("*")) {
      const { color, backgroundColor, display } = style(element);
      if (display === "none") continue;
      for (const rectangle of element.getClientRects()) {
        const extent = vertical ? rectangle.height : rectangle.width;
        if (extent > measure + 1) this.find(`width: ${element.localName} ${short(element.textContent)} is ${Math.round(extent)} px where a page has ${measure}`);
      }
      if (color !== INK && !element.closest("a[href], svg")) this.find(`colour: ${element.localName} ${short(element.textContent)} does not take the reader's`);
      if (backgroundColor !== "rgba(0, 0, 0, 0)" && !element.closest("svg")) this.find(`colour: ${element.localName} has a background of its own`);
    }
    this.lookAtLines(vertical, style);
  }

  // The book's own fonts can be used.
  async lookAtFonts() {
    for (const font of this.page.fonts) {
      await font.load().catch((problem) => this.find(`fonts: ${font.family} ${font.weight} ${font.style}: ${problem.message}`));
    }
  }

  // Lines begin at the side where their script begins.
  lookAtLines(vertical, style) {
    const { lang } = this.page.documentElement;
    // A book in one language turns as its lines run.
    if (/^(zh|ja)/u.test(lang) && lang === this.book.metadata?.language && (this.book.dir === "rtl") !== vertical) {
      this.find(`lines: pages turn ${this.book.dir}, lines are ${vertical ? "vertical" : "horizontal"}`);
    }
    for (const paragraph of this.page.querySelectorAll("p")) {
      const range = this.page.createRange();
      range.selectNodeContents(paragraph);
      const lines = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      // In a note the mark stands before the first line.
      if (lines.length < 2 || paragraph.children.length || paragraph.closest("aside")) continue;
      const [first] = lines;
      // A line may be in several pieces, one for each direction.
      const second = lines.find(({ left, top }) => (vertical ? left !== first.left : top !== first.top));
      if (vertical && second && second.left > first.left) this.find(`lines: the second line of ${short(paragraph.textContent)} is not left of the first`);
      if (vertical || style(paragraph).direction !== "rtl") continue;
      const start = Math.max(...lines.filter(({ top }) => top === first.top).map(({ right }) => right));
      if (paragraph.getClientRects()[0].right - start > 2) this.find(`lines: ${short(paragraph.textContent)} does not begin at the right`);
    }
  }
}

globalThis.read = async (address) => {
  const reading = new Reading();
  await reading.open(address);
  const contents = await reading.followContents();
  const pages = await reading.followPages();
  const links = await reading.followLinks();
  const screens = await reading.turnPages();
  reading.view.close();
  return { findings: reading.findings, contents, pages, links, screens };
};
globalThis.isReady = true;
