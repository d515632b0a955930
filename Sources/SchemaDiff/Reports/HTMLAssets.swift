/// Style and script of the page.
enum HTMLAssets {
    static let style = """
        :root { color-scheme: light dark; --back: #fff; --text: #1c1e21; --dim: #5a6069; --line: #d5d9df; --card: #f6f7f9;
          --breaking: #b3261e; --risky: #8a5a00; --safe: #1b6e3c; --link: #0b57d0; }
        @media (prefers-color-scheme: dark) { :root { --back: #15171a; --text: #e6e8eb; --dim: #a5acb6; --line: #3a3f47;
          --card: #1e2125; --breaking: #ff8a80; --risky: #ffc46b; --safe: #7ddb9b; --link: #8ab4f8; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 64rem; padding: 1rem; background: var(--back); color: var(--text);
          font: 1rem/1.5 system-ui, sans-serif; }
        code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; }
        code { overflow-wrap: anywhere; }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; background: var(--back); padding: .5rem; }
        h1 { font-size: 1.6rem; margin: 0; }
        h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere; }
        h2 a { color: inherit; text-decoration: none; }
        .counts { display: flex; gap: 1rem; flex-wrap: wrap; list-style: none; padding: 0; }
        .counts li { border: 1px solid var(--line); border-left: .4rem solid; border-radius: .4rem; padding: .3rem .8rem; }
        .breaking { --tone: var(--breaking); } .risky { --tone: var(--risky); } .safe { --tone: var(--safe); }
        .counts li { border-left-color: var(--tone); }
        form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end;
          background: var(--back); border-bottom: 1px solid var(--line); padding: .6rem 0; }
        form[hidden] { display: none; }
        fieldset { border: 1px solid var(--line); border-radius: .4rem; padding: .1rem .6rem .3rem; }
        legend { font-size: .8rem; color: var(--dim); }
        input, select, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--dim);
          border-radius: .3rem; padding: .25rem .5rem; max-width: 20rem; }
        article { background: var(--card); border: 1px solid var(--line); border-left: .4rem solid var(--tone);
          border-radius: .4rem; padding: .5rem .8rem; margin: .5rem 0; scroll-margin-top: 8rem; }
        article:target { outline: 3px solid var(--link); }
        article p { margin: .2rem 0; overflow-wrap: anywhere; }
        .severity { color: var(--tone); font-weight: 700; }
        .rule { color: var(--dim); font-size: .85em; white-space: nowrap; }
        summary { cursor: pointer; color: var(--dim); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0; }
        dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: .8rem; }
        figure { margin: 0; min-width: 0; } figcaption { color: var(--dim); font-size: .85rem; }
        pre { margin: 0; padding: .5rem; overflow: auto; max-height: 24rem; border: 1px solid var(--line);
          border-radius: .3rem; background: var(--back); }
        [hidden] { display: none !important; }
        @media print { form, .skip { display: none; } }
        """

    static let script = """
        "use strict";
        (() => {
          const form = document.getElementById("filters");
          const shown = document.getElementById("shown");
          const nothing = document.getElementById("nothing");
          const groups = [...document.querySelectorAll(".group")].map((node) => ({
            node, table: node.dataset.table,
            changes: [...node.querySelectorAll(".change")].map((change) => ({
              node: change, severity: change.dataset.severity,
              text: (node.dataset.table + " " + change.firstElementChild.textContent).toLowerCase(),
            })),
          }));
          const total = groups.reduce((sum, group) => sum + group.changes.length, 0);
          const severities = [...form.elements.severity];
          form.hidden = total === 0;

          function read() {
            return {
              severities: new Set(severities.filter((box) => box.checked).map((box) => box.value)),
              table: form.elements.table.value,
              words: form.elements.q.value.toLowerCase().split(/\\s+/).filter(Boolean),
            };
          }
          function apply() {
            const filter = read();
            let count = 0;
            for (const group of groups) {
              let inGroup = 0;
              for (const change of group.changes) {
                const matches = filter.severities.has(change.severity)
                  && (!filter.table || group.table === filter.table)
                  && filter.words.every((word) => change.text.includes(word));
                change.node.hidden = !matches;
                if (matches) inGroup += 1;
              }
              group.node.hidden = inGroup === 0;
              count += inGroup;
            }
            shown.textContent = count + " of " + total + " shown";
            nothing.hidden = count > 0 || total === 0;
          }
          /* The filters are part of the address, so that a view can be shared. */
          function save() {
            const parameters = new URLSearchParams();
            const filter = read();
            if (filter.severities.size < severities.length) parameters.set("severity", [...filter.severities].join(" "));
            if (filter.table) parameters.set("table", filter.table);
            if (form.elements.q.value) parameters.set("q", form.elements.q.value);
            const text = parameters.toString();
            history.replaceState(null, "", text ? "#?" + text : location.pathname + location.search);
          }
          function load() {
            if (location.hash.startsWith("#?")) {
              const parameters = new URLSearchParams(location.hash.slice(2));
              const chosen = parameters.get("severity");
              for (const box of severities) box.checked = chosen === null || chosen.split(" ").includes(box.value);
              form.elements.table.value = parameters.get("table") ?? "";
              form.elements.q.value = parameters.get("q") ?? "";
            }
            apply();
            const target = location.hash.length > 2 && document.getElementById(location.hash.slice(1));
            const details = target && target.classList.contains("change") && target.querySelector("details");
            if (details) {
              details.open = true;
              target.hidden = false;
              target.scrollIntoView();
            }
          }
          form.addEventListener("submit", (event) => event.preventDefault());
          form.addEventListener("input", () => { apply(); save(); });
          form.addEventListener("reset", () => setTimeout(() => { apply(); save(); }));
          window.addEventListener("hashchange", load);
          document.addEventListener("keydown", (event) => {
            const typing = event.target.matches("input, select");
            if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
              event.preventDefault();
              form.elements.q.focus();
            } else if (event.key === "Escape" && event.target === form.elements.q) {
              form.elements.q.value = "";
              apply();
              save();
            }
          });
          load();
        })();
        """
}
