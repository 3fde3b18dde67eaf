/* Loads the page again when it has changed. Only `plainwork site serve` adds this script. */
(function () {
  "use strict";
  var address = document.currentScript.getAttribute("data-events");
  var source = null;
  var box = null;

  function say(notice) {
    if (box) { box.remove(); box = null; }
    if (!notice.title) { return; }
    box = document.createElement("section");
    box.className = "live-notice";
    box.setAttribute("role", "alert");
    var title = document.createElement("p");
    title.textContent = notice.title;
    box.appendChild(title);
    if (notice.lines.length) {
      var lines = document.createElement("pre");
      lines.tabIndex = 0;
      lines.textContent = notice.lines.join("\n");
      box.appendChild(lines);
    }
    document.body.appendChild(box);
  }

  function listen() {
    if (source) { return; }
    source = new EventSource(address);
    source.addEventListener("reload", function () { leave(); location.reload(); });
    source.addEventListener("notice", function (event) { say(JSON.parse(event.data)); });
    source.addEventListener("error", function () {
      say({ title: "`plainwork site serve` does not answer: this page is as it was.", lines: [] });
    });
  }

  function leave() {
    if (source) { source.close(); source = null; }
  }

  /* A browser opens few connections to a server: pages that nobody looks at need none. */
  function attend() {
    if (document.visibilityState === "hidden") { leave(); } else { listen(); }
  }

  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", attend);
  attend();
}());
