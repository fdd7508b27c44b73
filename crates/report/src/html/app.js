"use strict";
(() => {
  // Everything shown is made with text nodes: nothing of the data is ever read as markup.
  const data = JSON.parse(document.getElementById("data").textContent);
  const SEVERITIES = ["critical", "high", "medium", "low"];
  const STATES = ["fail", "unknown", "pass", "manual"];
  const BATCH = 150;
  const byId = (id) => document.getElementById(id);

  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) node.setAttribute(name, "");
      else if (value !== false && value != null) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child != null && child !== false));
    return node;
  };
  const svg = (tag, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const counted = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const place = (file, line) => (line == null ? file : `${file}:${line}`);

  const findings = data.findings.map((f, number) => {
    const [control, severity, message, object, container, path, file, line, column, excerpt, fix, waived, related, fingerprint] = f;
    const about = data.controls[control];
    const owner = object == null ? null : data.objects[object];
    const finding = {
      number, about, control: about.id, severity: SEVERITIES[severity], rank: severity, message, owner,
      namespace: owner && owner[1] != null ? owner[1] : "", container, path, file: data.files[file], line, column,
      excerpt, fix, waived, related, fingerprint,
    };
    finding.object = owner ? `${owner[0]} ${owner[1] != null ? owner[1] + "/" : ""}${owner[2] || "(no name)"}` : "";
    finding.haystack = [message, finding.control, about.title, finding.object, finding.file, path, container || "", about.aliases.join(" ")].join("\n").toLowerCase();
    return finding;
  });
  const open = findings.filter((finding) => !finding.waived);

  const stack = (counts, names, label) => {
    const total = names.reduce((sum, name) => sum + (counts[name] || 0), 0);
    const bar = make("span", { class: "stack", role: "img", "aria-label": label || names.filter((name) => counts[name]).map((name) => `${counts[name]} ${name}`).join(", ") });
    for (const name of names) {
      if (!counts[name]) continue;
      const part = make("i", { class: `s-${name}`, title: `${counts[name]} ${name}` });
      part.style.width = `${(100 * counts[name]) / total}%`;
      bar.append(part);
    }
    return bar;
  };
  const tally = (list) => {
    const counts = { critical: 0, high: 0, medium: 0, low: 0 };
    for (const finding of list) counts[finding.severity] += 1;
    return counts;
  };

  // The head: verdict, ring, tiles.
  const totals = tally(open);
  const gaps = data.coverage.incomplete;
  const filesWith = new Set(open.map((finding) => finding.file)).size;
  byId("pill").textContent = { failed: "Failed", incomplete: "Incomplete", nothing: "Nothing to check", passed: "Passed" }[data.verdict];
  byId("pill").classList.add(data.verdict);
  const headline = open.length
    ? `${counted(open.length, "finding")} in ${filesWith.toLocaleString("en")} of ${counted(data.coverage.files, "file")}`
    : data.coverage.objects
      ? "No findings in what was read"
      : "There was nothing to look at";
  byId("verdict").textContent = headline;
  const facts = [`${data.ran} controls looked at ${counted(data.coverage.objects, "object")} in ${counted(data.coverage.documents, "document")}.`];
  facts.push(data.verdict === "failed" ? (data.threshold === "low" ? "Any finding fails the run." : `Findings of ${data.threshold} and above fail the run.`) : open.length ? `None reaches ${data.threshold}, from which on a run fails.` : "");
  if (gaps.length) facts.push(`${counted(gaps.length, "place")} could not be read.`);
  if (findings.length > open.length) facts.push(`${counted(findings.length - open.length, "finding")} waived.`);
  if (data.baseline) facts.push(`${data.baseline.known} in the baseline, ${data.baseline.mended} mended.`);
  byId("facts").textContent = facts.filter(Boolean).join(" ");

  const ring = () => {
    const radius = 74;
    const around = 2 * Math.PI * radius;
    const words = SEVERITIES.map((name) => `${totals[name]} ${name}`).join(", ");
    const picture = svg("svg", { viewBox: "0 0 190 190", role: "img", "aria-label": `Findings by severity: ${words}` });
    if (!open.length) picture.append(svg("circle", { class: "ring none", cx: 95, cy: 95, r: radius }));
    let turn = 0;
    const parts = SEVERITIES.filter((name) => totals[name]);
    for (const name of parts) {
      const share = totals[name] / open.length;
      const gap = parts.length > 1 ? 2.5 : 0;
      picture.append(svg("circle", {
        class: `ring ${name}`, cx: 95, cy: 95, r: radius, transform: `rotate(${turn * 360 - 90} 95 95)`,
        "stroke-dasharray": `${Math.max(share * around - gap, 1.5)} ${around}`,
      }));
      turn += share;
    }
    const number = svg("text", { class: "n", x: 95, y: 101 });
    number.textContent = open.length.toLocaleString("en");
    const label = svg("text", { class: "l", x: 95, y: 121 });
    label.textContent = open.length === 1 ? "finding" : "findings";
    picture.append(number, label);
    byId("chart").append(picture);
  };
  ring();

  const MEANING = {
    critical: "gives away the cluster or a node", high: "gives away a workload, a secret or a boundary",
    medium: "removes a layer of defence", low: "hygiene",
  };
  for (const name of SEVERITIES) {
    const fixable = open.filter((finding) => finding.severity === name && finding.fix !== "none").length;
    const tile = make("button", { type: "button", class: `tile ${name}`, "aria-pressed": "false", "data-severity": name },
      make("span", {}, capital(name)), make("b", {}, totals[name].toLocaleString("en")),
      make("small", {}, MEANING[name] + (fixable ? `; ${fixable} fixable` : "")));
    byId("tiles").append(tile);
    byId("chips").append(make("button", { type: "button", class: `chip ${name}`, "aria-pressed": "false", "data-severity": name }, capital(name)));
  }

  if (gaps.length) {
    const section = byId("gaps");
    section.hidden = false;
    const table = make("table", {}, ...gaps.map((gap) => make("tr", {}, make("td", { class: "place" }, place(gap.file, gap.line)), make("td", {}, gap.reason))));
    section.append(make("h2", { id: "gaps-title" }, `${counted(gaps.length, "place")} not covered`),
      make("p", {}, "What could not be read could not be judged. Until it is, nothing here says that it is safe."),
      make("details", { open: gaps.length <= 12 }, make("summary", {}, "What and why"), table));
  }
  if (data.notices.length) {
    const section = byId("notices");
    section.hidden = false;
    section.append(make("h2", { id: "notices-title" }, "Notices"),
      make("table", { class: "notices-table" }, ...data.notices.map((notice) => make("tr", {}, make("td", { class: "place" }, place(notice.file, notice.line)), make("td", {}, notice.message)))));
  }

  // Frameworks: every requirement, folded.
  byId("legend").append(...STATES.flatMap((name) => [make("i", { class: `s-${name}` }), name]));
  for (const framework of data.frameworks) {
    const counts = {};
    for (const requirement of framework.requirements) counts[requirement[3]] = (counts[requirement[3]] || 0) + 1;
    const decided = framework.requirements.length - (counts.manual || 0);
    const words = STATES.filter((name) => counts[name]).map((name) => `${counts[name]} ${name}`).join(", ");
    const list = make("div", { class: "reqs", tabindex: "0", role: "region", "aria-label": `Requirements of ${framework.name}` });
    const details = make("details", { class: "framework" },
      make("summary", { class: "row" }, make("span", { class: "name", title: `${framework.name} ${framework.version}` }, `${framework.name} `, make("small", {}, framework.version)),
        stack(counts, STATES, words), make("span", { class: "num", title: "requirements that pass, of those that can be decided" }, `${counts.pass || 0} of ${decided}`)), list);
    details.addEventListener("toggle", () => {
      if (list.childElementCount) return;
      for (const [id, title, controls, state, count] of framework.requirements) {
        const title2 = count ? `${title} (${counted(count, "finding")}: ${controls.join(", ")})` : title;
        list.append(make("div", { class: "req" }, make("b", { class: `t-${state}` }, state), make("span", { class: "id" }, id), make("span", {}, title2)));
      }
    });
    byId("frameworks").append(details);
  }

  const groups = (list, key) => {
    const map = new Map();
    for (const item of list) {
      const name = key(item);
      if (!map.has(name)) map.set(name, []);
      map.get(name).push(item);
    }
    return [...map];
  };
  const worstFirst = (a, b) => {
    const left = tally(a[1]), right = tally(b[1]);
    for (const name of SEVERITIES) if (left[name] !== right[name]) return right[name] - left[name];
    return a[0] < b[0] ? -1 : 1;
  };
  const namespaceName = (name) => name || "(no namespace)";
  for (const [name, list] of groups(open, (finding) => finding.namespace).sort(worstFirst).slice(0, 9)) {
    byId("where").append(make("button", { type: "button", class: "row", "data-namespace": name, "aria-pressed": "false" },
      make("span", { class: "name" }, namespaceName(name)), stack(tally(list), SEVERITIES), make("span", { class: "num" }, list.length.toLocaleString("en"))));
  }
  if (!open.length) byId("where").append(make("p", { class: "legend" }, "Nothing was found."));

  // Filters. Their state stands in the address, so that a view can be shared.
  const fields = { text: byId("text"), control: byId("control"), namespace: byId("namespace"), file: byId("file"), group: byId("group"), fixable: byId("fixable"), waived: byId("waived") };
  const severities = new Set();
  const options = (select, all, values, name) => {
    select.append(make("option", { value: "" }, all));
    for (const [value, list] of values) select.append(make("option", { value: `=${value}` }, `${name ? name(value) : value} (${list.length})`));
  };
  const byName = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
  options(fields.control, "All", groups(findings, (finding) => finding.control).sort(byName));
  options(fields.namespace, "All", groups(findings, (finding) => finding.namespace).sort(byName), namespaceName);
  options(fields.file, "All", groups(findings, (finding) => finding.file).sort(byName));
  byId("waived-label").hidden = findings.length === open.length;

  const readAddress = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (![...wanted.keys()].some((key) => key in fields || key === "severity")) return;
    for (const name of (wanted.get("severity") || "").split(",")) if (SEVERITIES.includes(name)) severities.add(name);
    for (const [name, field] of Object.entries(fields)) {
      if (!wanted.has(name)) continue;
      if (field.type === "checkbox") field.checked = true;
      else field.value = wanted.get(name);
    }
  };
  const writeAddress = () => {
    const state = new URLSearchParams();
    if (severities.size) state.set("severity", SEVERITIES.filter((name) => severities.has(name)).join(","));
    for (const [name, field] of Object.entries(fields)) {
      if (field.type === "checkbox") { if (field.checked) state.set(name, "1"); }
      else if (field.value && !(name === "group" && field.value === "file")) state.set(name, field.value);
    }
    try { history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search); } catch { /* some viewers forbid it */ }
  };

  // The list: groups of rows, added as the reader comes near.
  let queue = [];
  const list = byId("list");
  const GROUPS = { file: (finding) => finding.file, control: (finding) => finding.control, namespace: (finding) => namespaceName(finding.namespace), severity: (finding) => capital(finding.severity) };

  const show = () => {
    const words = fields.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const pick = (name) => (fields[name].value ? fields[name].value.slice(1) : null);
    const control = pick("control"), namespace = pick("namespace"), file = pick("file");
    const source = fields.waived.checked ? findings : open;
    const chosen = source.filter((finding) =>
      (!severities.size || severities.has(finding.severity)) &&
      (control === null || finding.control === control) &&
      (namespace === null || finding.namespace === namespace) &&
      (file === null || finding.file === file) &&
      (!fields.fixable.checked || finding.fix !== "none") &&
      words.every((word) => finding.haystack.includes(word)));
    const how = fields.group.value;
    const grouped = groups(chosen, GROUPS[how]);
    if (how === "severity") grouped.sort((a, b) => a[1][0].rank - b[1][0].rank); else grouped.sort(worstFirst);
    queue = [];
    for (const [name, members] of grouped) {
      if (how !== "severity") members.sort((a, b) => a.rank - b.rank || a.number - b.number);
      queue.push({ head: name, members, how });
      for (const finding of members) queue.push({ finding, how });
    }
    list.replaceChildren();
    if (!chosen.length) {
      list.append(make("div", { class: "empty" }, make("b", {}, source.length ? "Nothing matches" : "No findings"), source.length ? "Clear a filter to see more." : gaps.length ? "But not everything could be read: see above." : "Every control that ran is satisfied."));
    }
    const isAll = chosen.length === source.length;
    byId("count").textContent = isAll ? counted(chosen.length, "finding") : `${counted(chosen.length, "finding")} of ${source.length.toLocaleString("en")}`;
    for (const button of document.querySelectorAll("[data-severity]")) button.setAttribute("aria-pressed", severities.has(button.dataset.severity));
    for (const button of document.querySelectorAll("[data-namespace]")) button.setAttribute("aria-pressed", namespace === button.dataset.namespace);
    writeAddress();
    fill();
  };

  let section = null;
  const fill = (all) => {
    const part = queue.splice(0, all ? queue.length : BATCH);
    for (const { head, members, finding, how } of part) {
      if (members) {
        const about = how === "control" ? members[0].about.title : "";
        section = make("section", { class: "group" }, make("h3", { class: how === "file" || how === "control" ? "mono" : "" }, make("span", {}, head, about && make("span", { class: "brand-sub" }, `  ${about}`)),
          stack(tally(members), SEVERITIES), make("span", { class: "num" }, members.length.toLocaleString("en"))));
        list.append(section);
      } else section.append(row(finding, how));
    }
  };
  new IntersectionObserver((entries) => { if (queue.length && entries.some((entry) => entry.isIntersecting)) fill(); }, { rootMargin: "1200px" }).observe(byId("more"));
  // An observer speaks once for a sentinel that stays in sight: scrolling asks again.
  addEventListener("scroll", () => { if (queue.length && byId("more").getBoundingClientRect().top < innerHeight + 1200) fill(); }, { passive: true });

  const row = (finding, how) => {
    const where = how === "file" ? `${finding.line}:${finding.column}` : `${finding.file}:${finding.line}`;
    const button = make("button", { type: "button", "aria-expanded": "false" },
      make("span", { class: `sev ${finding.severity}` }, finding.severity),
      make("span", { class: "msg" }, finding.message,
        finding.fix !== "none" && make("span", { class: `tag ${finding.fix}` }, finding.fix === "safe" ? "fixable" : "fixable, unsafe"),
        finding.waived && make("span", { class: "tag waived" }, "waived")),
      make("span", { class: "at" }, where),
      make("span", { class: "sub" }, make("code", {}, finding.control), finding.object && `  ·  ${finding.object}`, finding.container && `  ·  container ${finding.container}`));
    const item = make("div", { class: "item" }, button);
    button.addEventListener("click", () => toggle(item, button, finding));
    return item;
  };
  const toggle = (item, button, finding) => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    item.toggleAttribute("data-open", !isOpen);
    if (isOpen) item.lastElementChild.remove();
    else item.append(details(finding));
  };

  // The few marks of Markdown that the controls' texts use.
  const inline = (text) => text.split(/(`[^`]+`)/).map((part) => (/^`[^`]+`$/.test(part) ? make("code", {}, part.slice(1, -1)) : part));
  const markdown = (text) => text.split(/\n{2,}/).map((block) => {
    if (block.startsWith("```")) return make("pre", {}, block.replace(/^```[^\n]*\n?|\n?```$/g, ""));
    if (/^[-*] /.test(block)) return make("ul", {}, ...block.split(/\n(?=[-*] )/).map((entry) => make("li", {}, ...inline(entry.slice(2).replace(/\s*\n\s*/g, " ")))));
    return make("p", {}, ...inline(block.replace(/\s*\n\s*/g, " ")));
  });
  const details = (finding) => {
    const about = finding.about;
    const body = make("div", { class: "body" });
    if (finding.excerpt) {
      const [before, marked, after] = finding.excerpt;
      body.append(make("div", { class: "source", tabindex: "0", role: "region", "aria-label": `Source, line ${finding.line}` }, make("div", {}, make("span", { class: "ln" }, String(finding.line)), make("span", {}, before, make("mark", {}, marked), after))));
    }
    const texts = make("div", { class: "about" });
    for (const [heading, text] of about.sections) texts.append(make("div", {}, make("h4", {}, heading), ...markdown(text)));
    const pairs = [["Place", `${finding.file}:${finding.line}:${finding.column}`]];
    if (finding.path) pairs.push(["Path", finding.path]);
    for (const [message, file, line] of finding.related) pairs.push(["See also", `${file}:${line}: ${message}`]);
    if (finding.fix !== "none") pairs.push(["Fix", finding.fix === "safe" ? "plimsoll fix" : "plimsoll fix --unsafe (can change behaviour)"]);
    if (finding.waived) pairs.push(["Waived", `until ${finding.waived[2]} by ${finding.waived[1]}: ${finding.waived[0]} (${finding.waived[3]})`]);
    if (about.frameworks.length) pairs.push(["Frameworks", about.frameworks.join(", ")]);
    if (about.aliases.length) pairs.push(["Elsewhere", about.aliases.join(", ")]);
    pairs.push(["Fingerprint", finding.fingerprint]);
    texts.append(make("div", { class: "wide" }, make("h4", {}, "Facts"), make("dl", {}, ...pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))));
    body.append(texts);
    return body;
  };

  // Events.
  let waiting = 0;
  fields.text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 60); });
  for (const [name, field] of Object.entries(fields)) if (name !== "text") field.addEventListener("change", show);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => { severities.clear(); setTimeout(show); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-severity], [data-namespace]");
    if (!button) return;
    if (button.dataset.severity) {
      const name = button.dataset.severity;
      if (!severities.delete(name)) severities.add(name);
    } else fields.namespace.value = button.getAttribute("aria-pressed") === "true" ? "" : `=${button.dataset.namespace}`;
    show();
    if (!button.classList.contains("chip")) byId("findings").scrollIntoView({ block: "start" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !isTyping) { event.preventDefault(); fields.text.focus(); return; }
    if (event.key === "Escape" && event.target === fields.text) { fields.text.value = ""; show(); return; }
    if ((event.key === "j" || event.key === "k") && !isTyping) {
      const rows = [...list.querySelectorAll(".item > button")];
      const at = rows.indexOf(document.activeElement.closest ? document.activeElement.closest(".item > button") : null);
      const next = rows[Math.max(0, at + (event.key === "j" ? 1 : -1))];
      if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    }
  });
  addEventListener("beforeprint", () => fill(true));
  byId("print").addEventListener("click", () => { fill(true); print(); });

  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const nameTheme = () => { byId("theme-name").textContent = isDark() ? "Light" : "Dark"; };
  try { const kept = localStorage.getItem("plimsoll-theme"); if (kept === "dark" || kept === "light") root.dataset.theme = kept; } catch { /* no storage here */ }
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("plimsoll-theme", root.dataset.theme); } catch { /* no storage here */ }
    nameTheme();
  });
  system.addEventListener("change", nameTheme);
  nameTheme();
  byId("foot").textContent = `Plimsoll ${data.version}. This file is whole: it loads nothing and sends nothing.`;
  readAddress();
  show();
})();
