/* What Streamlit offers no setting for: the page's language, its own English words, the colour scheme, the paper.
   Runs at every change of language; what listens is set up once. */
function chrome({ language, words, working }) {
  const state = (window.cchcChrome ??= {});
  const from = language === "vi" ? "en" : "vi";
  const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // A text with a {place} in it is a pattern; what stood there is carried over.
  state.rules = words.filter(word => word.en !== word.vi).map(word => ({
    is: new RegExp(`^${escaped(word[from]).replace(/\\\{\w+\\\}/g, "(.+?)")}$`, "s"),
    becomes: word[language],
  }));
  document.documentElement.lang = language;
  document.documentElement.style.setProperty("--working", JSON.stringify(working));

  const said = text => {
    const asked = text.trim();
    if (!asked || asked.length > 500) return null;
    for (const rule of state.rules) {
      const found = rule.is.exec(asked);
      if (!found) continue;
      let place = 0;
      return rule.becomes.replace(/\{\w+\}/g, () => found[++place]);
    }
    return null;
  };
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];
  const OURS = "svg, script, style, .stMarkdown, .stHtml, .stDataFrame canvas";
  const speak = node => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!element?.closest || element.closest(OURS)) return;
    if (node.nodeType === Node.TEXT_NODE) {
      const text = said(node.nodeValue);
      if (text !== null) node.nodeValue = text;
      return;
    }
    for (const name of ATTRIBUTES) {
      const text = said(element.getAttribute(name) ?? "");
      if (text !== null) element.setAttribute(name, text);
    }
  };
  state.sweep = root => {
    speak(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) speak(walker.currentNode);
  };
  // Which page is shown, for those who cannot see the line under its name.
  const mark = () => {
    for (const link of document.querySelectorAll(".st-key-menu a")) {
      const here = new URL(link.href).pathname === location.pathname;
      if (here === link.hasAttribute("aria-current")) continue;
      link.toggleAttribute("aria-current", here);
      if (!here) continue;
      link.setAttribute("aria-current", "page");
      const menu = link.closest(".st-key-menu");
      menu.scrollLeft += link.getBoundingClientRect().left - menu.getBoundingClientRect().left - 40;
    }
  };
  state.sweep(document.body);
  if (state.listening) return;
  state.listening = true;

  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type !== "childList") speak(change.target);
      for (const node of change.addedNodes) state.sweep(node);
    }
    mark();
  }).observe(document.body, {
    attributeFilter: ATTRIBUTES, attributes: true, characterData: true, childList: true, subtree: true,
  });

  // Streamlit keeps the scheme a page at a time and reads it when a page is loaded.
  document.addEventListener("click", event => {
    if (!event.target.closest?.(".theme-switch")) return;
    const dark = getComputedStyle(document.querySelector(".stApp")).colorScheme === "dark";
    const links = [...document.querySelectorAll(".st-key-menu a")].map(link => new URL(link.href).pathname);
    for (const path of [location.pathname, ...links]) {
      localStorage.setItem(`stActiveTheme-${path}-v2`, JSON.stringify(dark ? "Light" : "Dark"));
    }
    location.reload();
  });

  // A link that only opens a card changes the address, as a click on a widget would, instead of loading all anew.
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.to-source");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });

  // A table that is given the focus chooses its first cell, as if that were clicked. A press on a heading only sorts: the
  // table is not told of the focus that comes with it.
  const HEADING = 36; // pixels: pages/kit/tables.py has rows of 35
  let onHeading = false;
  document.addEventListener("pointerdown", event => {
    const table = event.target.closest?.(".stDataFrame");
    onHeading = Boolean(table) && event.clientY - table.getBoundingClientRect().top < HEADING;
  }, true);
  document.addEventListener("keydown", () => { onHeading = false; }, true);
  window.addEventListener("focusin", event => {
    if (onHeading && event.target.closest?.(".stDataFrame")) event.stopImmediatePropagation();
  }, true);

  // A figure has the width of the screen; on paper it is made smaller, not cut.
  window.addEventListener("beforeprint", () => {
    const PAPER = 690;
    for (const figure of document.querySelectorAll(".stPlotlyChart")) {
      const place = figure.closest('[data-testid="stElementContainer"]');
      place.style.setProperty("--print-zoom", Math.min(1, PAPER / figure.getBoundingClientRect().width));
    }
  });
}
