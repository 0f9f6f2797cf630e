// What the page does beyond being read: the article beside its evidence, search, filters, keys. Nothing here is needed
// to read or print the record; without it the same links jump to the articles at the end.
(() => {
  'use strict';
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const named = (id) => document.getElementById(id);
  const root = document.documentElement;
  const wide = matchMedia('(min-width: 44.01rem)');

  // Ranges are written "120-150 170-190": code points of the article's text, half open.
  const ranges = (written) => (written || '').split(' ').filter(Boolean).map((range) => range.split('-').map(Number));
  const within = (mark, [start, end]) => {
    const [from, to] = mark.dataset.at.split('-').map(Number);
    return from >= start && to <= end;
  };
  const light = (body, kind, wanted) => {
    for (const mark of all('mark', body)) mark.classList.toggle(kind, wanted.some((range) => within(mark, range)));
  };

  // The reading pane. `evidence` lists the article's main marks in order; the pane walks through them.
  const pane = named('_pane');
  const reading = { text: null, evidence: [], at: -1, from: null };

  function openText(address, spans, more, from) {
    const source = named(`${address}~text`);
    if (!source || !pane) return false;
    reading.text = address;
    reading.from = from || reading.from || document.activeElement;
    named('_pane-outlet').replaceChildren(linkTo(address, source.dataset.outlet), source.dataset.day && `, ${source.dataset.day}`);
    named('_pane-title').textContent = source.dataset.title;
    const body = one('.body', source).cloneNode(true);
    reading.evidence = [];
    for (const anchor of all('i[id]', body)) {
      const range = anchor.id.slice(anchor.id.lastIndexOf('~') + 1);
      if (anchor.dataset.entries) reading.evidence.push({ range, entries: anchor.dataset.entries.split(' ') });
      anchor.remove(); // ids stay with the article itself
    }
    named('_pane-body').replaceChildren(body);
    keepInPlace(from, () => { pane.hidden = false; document.body.classList.add('has-pane'); });
    for (const part of [one('.sheet'), one('.rail')]) part.inert = !wide.matches;
    show(spans, more);
    named('_pane-title').focus({ preventScroll: true });
    return true;
  }

  // The pane makes the page narrower; what was clicked stays where the reader saw it.
  function keepInPlace(item, change) {
    const before = item?.getBoundingClientRect().top;
    change();
    if (item?.isConnected) scrollBy({ top: item.getBoundingClientRect().top - before, behavior: 'instant' });
  }

  function show(spans, more) {
    const body = named('_pane-body');
    const wanted = ranges(spans);
    light(body, 'shown', wanted);
    light(body, 'more-words', ranges(more));
    reading.at = reading.evidence.findIndex((it) => it.range === (spans || '').split(' ')[0]);
    const total = reading.evidence.length;
    named('_pane-place').textContent = reading.at < 0 ? `${total} marked` : `${reading.at + 1} of ${total}`;
    named('_pane-offsets').textContent = wanted.length
      ? `characters ${wanted.map(([start, end]) => `${start}–${end}`).join(', ')} of ${reading.text}` : '';
    listEntries(wanted.map(([start, end]) => `${start}-${end}`));
    const first = one('mark.shown', body);
    if (first) first.scrollIntoView({ block: 'center', behavior: 'instant' });
    else body.scrollTop = 0;
  }

  function listEntries(shown) {
    const ids = reading.evidence.filter((it) => shown.includes(it.range)).flatMap((it) => it.entries);
    const links = [...new Set(ids)].map((id) => linkTo(id, named(id)?.dataset.label || id));
    const place = named('_pane-entries');
    place.replaceChildren(links.length ? 'On these words: ' : '');
    links.forEach((link, at) => place.append(at ? ', ' : '', link));
  }

  function linkTo(id, words) {
    const link = document.createElement('a');
    link.href = `#${id}`;
    link.append(Object.assign(document.createElement('bdi'), { textContent: words }));
    link.addEventListener('click', () => { if (!wide.matches) closeText(false); });
    return link;
  }

  function walk(step) {
    const total = reading.evidence.length;
    if (!total) return;
    const next = reading.at < 0 ? (step > 0 ? 0 : total - 1) : (reading.at + step + total) % total;
    show(reading.evidence[next].range);
  }

  function closeText(back = true) {
    keepInPlace(reading.from, () => { pane.hidden = true; document.body.classList.remove('has-pane'); });
    for (const part of [one('.sheet'), one('.rail')]) part.inert = false;
    if (back && reading.from?.isConnected) reading.from.focus({ preventScroll: false });
    reading.text = reading.from = null;
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-open]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      if (openText(link.dataset.open, link.dataset.spans, link.dataset.more, link)) event.preventDefault();
      return;
    }
    const mark = event.target.closest('.pane mark.main');
    if (mark) {
      const [from] = mark.dataset.at.split('-').map(Number);
      const hit = reading.evidence.find((it) => ranges(it.range).some(([start, end]) => start <= from && from < end));
      if (hit) show(hit.range);
    }
  });
  named('_pane-previous')?.addEventListener('click', () => walk(-1));
  named('_pane-next')?.addEventListener('click', () => walk(1));
  named('_pane-close')?.addEventListener('click', () => closeText());
  // On a phone the pane covers the page, so Tab stays in it.
  pane?.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || wide.matches) return;
    const stops = all('a[href], button, [tabindex="0"]', pane);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  });

  // An address with a place in an article opens it; any other unfolds whatever hides it.
  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const place = /^(.+)~(\d+-\d+)$/.exec(id);
    if (place && pane && openText(place[1], place[2])) return;
    const target = named(id);
    if (place) light(target?.closest('.body') || document, 'shown', ranges(place[2]));
    for (let at = target?.parentElement; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target?.classList.remove('left-out');
    const block = target?.tagName === 'I' ? 'center' : 'start';
    const { hash } = location;
    // On a large page what comes into view gets its true height only now: land again for some frames.
    const land = (frames) => {
      if (location.hash !== hash) return;
      target?.scrollIntoView({ behavior: 'instant', block });
      if (frames) requestAnimationFrame(() => land(frames - 1));
    };
    land(document.body.classList.contains('large') ? 10 : 0);
  }
  addEventListener('hashchange', follow);

  // Search and filters both leave things out; an item shows where neither does. A group without items goes with them.
  const search = named('_search');
  const chosen = { words: [], kinds: new Set(), party: '' };
  const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const known = new WeakMap();
  function wordsOf(item) {
    if (!known.has(item)) known.set(item, plain(item.textContent));
    return known.get(item);
  }
  function fits(item) {
    if (chosen.words.length) {
      const words = wordsOf(item);
      if (!chosen.words.every((word) => words.includes(word))) return false;
    }
    if (!item.matches('.row')) return true;
    if (chosen.kinds.size && !chosen.kinds.has(item.dataset.kind)) return false;
    return !chosen.party || item.dataset.parties.split(' ').includes(chosen.party);
  }
  function filter() {
    const items = all('.sheet .item');
    for (const item of items) item.classList.toggle('left-out', !fits(item));
    for (const group of all('.month, .speaker, .issue, .paper, .actors, .demanded, .maybe, .source')) {
      const inside = all('.item', group);
      if (!inside.length) continue;
      const kept = inside.some((item) => !item.classList.contains('left-out'));
      if (group.matches('.item')) { if (kept) group.classList.remove('left-out'); } else group.classList.toggle('left-out', !kept);
    }
    for (const part of all('.part')) {
      const inside = all('.item', part);
      const kept = !inside.length || inside.some((item) => !item.classList.contains('left-out'));
      part.classList.toggle('left-out', chosen.words.length > 0 && (!kept || part.id === '_articles'));
    }
    const kept = items.filter((item) => !item.classList.contains('left-out')).length;
    const filtered = chosen.words.length || chosen.kinds.size || chosen.party;
    named('_found').textContent = !filtered ? '' : kept ? `${kept} of ${items.length} items shown` : 'Nothing on the record fits';
  }
  let waiting = 0;
  search?.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { chosen.words = plain(search.value).split(/\s+/).filter(Boolean); filter(); }, 80);
  });
  for (const button of all('.toggle')) {
    button.addEventListener('click', () => {
      const pressed = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(pressed));
      chosen.kinds[pressed ? 'add' : 'delete'](button.dataset.kind);
      filter();
    });
  }
  named('_party')?.addEventListener('change', (event) => { chosen.party = event.target.value; filter(); });

  // Keys
  function move(step) {
    const items = all('.sheet .item').filter((item) => !item.classList.contains('left-out') && !item.closest('.left-out'));
    const here = document.activeElement.closest('.item');
    let at = items.indexOf(here);
    if (at < 0) at = step > 0 ? items.findIndex((item) => item.getBoundingClientRect().top > 0) - 1 : items.length;
    const next = items[at + step];
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => one('a[data-open]', document.activeElement.closest('.item') || document.createElement('p'))?.click(),
    n: () => { if (reading.text) walk(1); },
    p: () => { if (reading.text) walk(-1); },
    '/': () => { search.focus(); search.select(); },
    '?': () => named('_help').showModal(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !pane) return;
    if (event.key === 'Escape' && !named('_help').open) {
      if (!pane.hidden) closeText();
      else if (search.value) { search.value = ''; chosen.words = []; filter(); }
      return;
    }
    if (event.target.matches('input, select, textarea') || named('_help').open) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  named('_help-open')?.addEventListener('click', () => named('_help').showModal());

  // Theme: the other one than what is seen, kept where the browser lets a file keep something.
  named('_theme')?.addEventListener('click', () => {
    const dark = getComputedStyle(root).colorScheme === 'dark';
    root.dataset.theme = dark ? 'light' : 'dark';
    try { localStorage.setItem('onrecord-theme', root.dataset.theme); } catch { /* not kept, then */ }
  });

  // The section in view is the current one of the contents.
  if ('IntersectionObserver' in window) {
    const links = new Map(all('.contents a').map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((changes) => {
      for (const change of changes) {
        if (!change.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute('aria-current');
        links.get(change.target.id)?.setAttribute('aria-current', 'true');
      }
    }, { rootMargin: '-10% 0px -85% 0px' });
    for (const part of all('.part')) seen.observe(part);
  }

  // On a phone the contents are folded away; on paper everything is unfolded, and folded again after.
  const contents = one('.contents');
  if (contents && matchMedia('(max-width: 66rem)').matches) contents.open = false;
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = all('.sheet details:not([open])');
    for (const details of unfolded) details.open = true;
  });
  addEventListener('afterprint', () => { for (const details of unfolded) details.open = false; });

  if (location.hash) follow();
})();
