// Search: a dialog over all work, people, teams, rules and pages. Its index is a script of its own, which is
// loaded when somebody searches: a page opened from a folder may load nothing else.
"use strict";

(() => {
  const ROOT = new URL("..", document.currentScript.src).href;
  const INDEX = "data/search.js";
  const MOST_RESULTS = 20;
  const LONGEST_WORDS = 100;
  const MOST_WORDS = 8;

  const SHORTEST_GUESSED = 4;
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };

  // As somebody writes it who has no such keys: these letters are no others with a mark.
  const simplify = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter]);

  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  const load = () =>
    new Promise((resolve, reject) => {
      const script = make("script", { src: ROOT + INDEX });
      script.addEventListener("load", () => resolve(window.plainworkIndex));
      script.addEventListener("error", () => {
        script.remove(); // so that the next search tries again
        reject(new Error(INDEX));
      });
      document.head.append(script);
    });

  const listPages = () =>
    [...document.querySelectorAll(".menu li a")].map((link) => ({
      id: "",
      title: link.textContent,
      told: () => "Page",
      address: () => link.href,
    }));

  const listDocuments = (index) =>
    index.ids.map((id, at) => ({
      id,
      title: index.titles[at],
      told: () =>
        [index.kinds[index.kind[at]], index.states[index.state[at]], index.owners[index.owner[at]], id]
          .filter(Boolean)
          .join(" · "),
      address: () => `${ROOT}${index.folders[index.folder[at]]}/${index.names[at] || `${id}.html`}`,
    }));

  const prepare = (index) =>
    [...listPages(), ...listDocuments(index)].map((entry) => ({
      ...entry,
      simpleId: simplify(entry.id),
      simpleTitle: simplify(entry.title),
    }));

  // How well a word fits, 0 best; nothing if it does not.
  const rank = (word, id, title) => {
    if (id === word) return 0;
    if (title.startsWith(word)) return 1;
    if (id.startsWith(word)) return 2;
    const place = title.indexOf(word);
    if (place >= 0) return /[\p{L}\p{N}]/u.test(title[place - 1]) ? 4 : 3;
    return id.includes(word) ? 5 : undefined;
  };

  // Whether one slip of the fingers makes a word of the beginning of another: a letter too many,
  // too few, another one, or two in each other's places.
  const isSlip = (word, other) => {
    let same = 0;
    while (same < word.length && word[same] === other[same]) same += 1;
    if (same === 0) return false;
    const rest = word.slice(same + 1);
    return (
      other.startsWith(rest, same) ||
      other.startsWith(rest, same + 1) ||
      other.startsWith(word.slice(same), same + 1) ||
      (word[same] === other[same + 1] &&
        word[same + 1] === other[same] &&
        other.startsWith(word.slice(same + 2), same + 2))
    );
  };

  const guess = (word, id, title) => {
    const known = rank(word, id, title);
    if (known !== undefined || word.length < SHORTEST_GUESSED) return known;
    return title.split(/[^\p{L}\p{N}-]+/u).some((other) => isSlip(word, other)) ? 6 : undefined;
  };

  // What holds every word, the best first; and how much that is.
  const find = (entries, words, fit = rank) => {
    const found = [];
    for (const entry of entries) {
      const ranks = words.map((word) => fit(word, entry.simpleId, entry.simpleTitle));
      if (!ranks.includes(undefined)) found.push([Math.max(...ranks), entry]);
    }
    found.sort(([a], [b]) => a - b); // which keeps the order of what fits as well
    return { count: found.length, best: found.slice(0, MOST_RESULTS).map(([, entry]) => entry) };
  };

  const describe = (entry, number) => {
    const option = make("a", {
      id: `found-${number}`,
      role: "option",
      "aria-selected": "false",
      tabindex: "-1",
      href: entry.address(),
    });
    option.append(make("bdi", {}, entry.title), make("small", {}, entry.told()));
    return option;
  };

  class Search {
    constructor() {
      this.dialog = make("dialog", { class: "search", "aria-label": "Search" });
      this.input = make("input", {
        type: "text",
        role: "combobox",
        "aria-label": "Search work, people, teams, rules and pages",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": "found",
        autocomplete: "off",
        spellcheck: "false",
        maxlength: LONGEST_WORDS,
        placeholder: "Title, id or name",
      });
      this.list = make("div", { id: "found", role: "listbox", "aria-label": "Found" });
      this.told = make("p", { class: "quiet", role: "status" });
      const close = make("button", { type: "button", class: "close" }, "Close");
      close.addEventListener("click", () => this.dialog.close());
      const line = make("div", { class: "asked" });
      line.append(this.input, close);
      this.dialog.append(line, this.list, this.told);
      this.input.addEventListener("input", () => this.show());
      this.input.addEventListener("keydown", (event) => this.steer(event));
      document.body.append(this.dialog);
      this.chosen = -1;
    }

    async open() {
      if (!this.dialog.open) this.dialog.showModal();
      this.input.select();
      if (this.entries) return;
      this.told.textContent = "Loading…";
      try {
        this.entries = prepare(await load());
        this.show();
      } catch {
        this.told.textContent = "The index of this site could not be loaded.";
      }
    }

    show() {
      if (!this.entries) return;
      const words = simplify(this.input.value).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
      let { count, best } = words.length ? find(this.entries, words) : { count: 0, best: [] };
      if (!count && words.length) ({ count, best } = find(this.entries, words, guess));
      this.list.replaceChildren(...best.map(describe));
      this.input.setAttribute("aria-expanded", String(best.length > 0));
      this.told.textContent = words.length ? this.count(count, best.length) : "";
      this.choose(best.length ? 0 : -1);
    }

    count(count, shown) {
      if (!count) return "Nothing found";
      return count > shown ? `${shown} of ${count} found` : `${count} found`;
    }

    choose(number) {
      const options = this.list.children;
      if (options[this.chosen]) options[this.chosen].setAttribute("aria-selected", "false");
      this.chosen = number;
      const option = options[number];
      if (!option) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    steer(event) {
      const count = this.list.children.length;
      if (!count || event.isComposing) return;
      if (event.key === "Enter") this.list.children[this.chosen].click();
      else if (event.key === "ArrowDown") this.choose((this.chosen + 1) % count);
      else if (event.key === "ArrowUp") this.choose((this.chosen + count - 1) % count);
      else return;
      event.preventDefault();
    }
  }

  let search;
  const open = () => {
    search = search || new Search();
    search.open();
  };

  for (const place of document.querySelectorAll(".top .name, .menu .name")) {
    const button = make("button", { type: "button", class: "open-search" }, "Search");
    button.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
    button.addEventListener("click", open);
    place.after(button);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    if (event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
})();
