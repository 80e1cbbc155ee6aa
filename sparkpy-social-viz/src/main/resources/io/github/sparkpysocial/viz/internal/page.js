(function () {
  'use strict';
  var root = document.documentElement;
  var systemDark = window.matchMedia('(prefers-color-scheme: dark)');

  function read(id) {
    var element = document.getElementById(id);
    return element ? JSON.parse(element.textContent) : null;
  }

  // All text of others goes through here: it becomes text nodes, never markup.
  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined && text !== null) element.textContent = String(text);
    return element;
  }

  function number(value) {
    return typeof value === 'number'
        ? value.toLocaleString('en-US', { maximumFractionDigits: 3 }) : '–';
  }

  function minute(time) {
    return new Date(time).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
  }

  // Light and dark
  var redrawn = [];
  function redraw() { redrawn.forEach(function (one) { one(); }); }

  function isDark() {
    var chosen = root.getAttribute('data-theme');
    return chosen ? chosen === 'dark' : systemDark.matches;
  }

  function remember(theme) {
    try { localStorage.setItem('sparkpy-theme', theme); } catch (e) { /* private or file page */ }
  }

  function remembered() {
    try { return localStorage.getItem('sparkpy-theme'); } catch (e) { return null; }
  }

  var button = document.querySelector('.theme');
  function label() {
    if (button) button.textContent = isDark() ? 'Light colours' : 'Dark colours';
  }
  var before = remembered();
  if (before === 'dark' || before === 'light') root.setAttribute('data-theme', before);
  if (button) {
    button.addEventListener('click', function () {
      var theme = isDark() ? 'light' : 'dark';
      root.setAttribute('data-theme', theme);
      remember(theme);
      label();
      redraw();
    });
  }
  systemDark.addEventListener('change', function () { label(); redraw(); });
  label();

  // Paper is light, and waits for no frame
  var printing = false;
  var onScreen = null;
  window.addEventListener('beforeprint', function () {
    printing = true;
    onScreen = root.getAttribute('data-theme');
    root.setAttribute('data-theme', 'light');
    redraw();
  });
  window.addEventListener('afterprint', function () {
    printing = false;
    if (onScreen) root.setAttribute('data-theme', onScreen); else root.removeAttribute('data-theme');
    redraw();
  });

  // One box for all that is shown on hover
  var tip = make('div', 'tip floating');
  tip.hidden = true;
  tip.setAttribute('role', 'tooltip');
  document.body.appendChild(tip);

  function showTip(content, x, y) {
    tip.replaceChildren(content);
    tip.hidden = false;
    var box = tip.getBoundingClientRect();
    var left = Math.min(Math.max(8, x + 14), window.innerWidth - box.width - 8);
    var top = y + 18 + box.height > window.innerHeight ? y - box.height - 12 : y + 18;
    tip.style.left = Math.max(8, left) + 'px';
    tip.style.top = Math.max(8, top) + 'px';
  }

  function hideTip() { tip.hidden = true; }

  // What is shown on hover is read out where there is no mouse.
  var voice = make('div', 'unseen');
  voice.setAttribute('aria-live', 'polite');
  document.body.appendChild(voice);
  function say(text) { voice.textContent = text; }

  // Word clouds
  document.querySelectorAll('[data-cloud]').forEach(function (holder) {
    var terms = read(holder.getAttribute('data-cloud'));
    if (!terms) return;

    function card(term) {
      var content = make('div');
      var head = make('div', 'row');
      head.appendChild(make('b', '', term.t)).dir = 'auto';
      if (term.n !== undefined) head.appendChild(make('span', 'n', number(term.n) + '×'));
      content.appendChild(head);
      if (term.g) content.appendChild(make('div', 'quiet', term.g));
      if (term.s !== undefined) content.appendChild(make('div', 'quiet', 'sentiment ' + number(term.s)));
      term.e.forEach(function (example) {
        content.appendChild(make('div', 'entry', example)).dir = 'auto';
      });
      return content;
    }

    function over(event) {
      var word = event.target.closest ? event.target.closest('[data-term]') : null;
      if (!word || !holder.contains(word)) { hideTip(); return; }
      showTip(card(terms[Number(word.getAttribute('data-term'))]), event.clientX, event.clientY);
    }
    holder.addEventListener('pointermove', over);
    holder.addEventListener('pointerdown', over);
    holder.addEventListener('pointerleave', hideTip);

    // Without a mouse: arrows go from the largest word to the smallest.
    var words = holder.querySelectorAll('[data-term]');
    var at = -1;
    function leave() {
      if (at >= 0) words[at].classList.remove('at');
      at = -1;
      hideTip();
    }
    holder.addEventListener('keydown', function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === 'Escape') leave();
      if (!step) return;
      event.preventDefault();
      var next = at < 0 ? (step > 0 ? 0 : words.length - 1) : (at + step + words.length) % words.length;
      leave();
      at = next;
      words[at].classList.add('at');
      var box = words[at].getBoundingClientRect();
      showTip(card(terms[at]), box.left + box.width / 2, box.bottom - 12);
      say(tip.textContent);
    });
    holder.addEventListener('focusout', leave);
  });

  // Tables for download. A cell that a spreadsheet would take for a formula gets an apostrophe.
  function cell(text, isNumber) {
    var value = !isNumber && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(value) ? '"' + value.replace(/"/g, '""') + '"' : value;
  }

  document.querySelectorAll('.csv').forEach(function (download) {
    download.addEventListener('click', function () {
      var id = download.getAttribute('data-csv');
      var table = read(id);
      if (sparkpy.rows[id]) table.rows = table.rows.concat(sparkpy.rows[id]());
      var lines = [table.columns.map(function (name) { return cell(name, false); }).join(',')];
      table.rows.forEach(function (row) {
        lines.push(row.map(function (text, i) { return cell(text, table.numeric[i]); }).join(','));
      });
      var url = URL.createObjectURL(
          new Blob(['\ufeff' + lines.join('\r\n') + '\r\n'], { type: 'text/csv;charset=utf-8' }));
      var link = document.createElement('a');
      link.href = url;
      link.download = download.getAttribute('data-name') + '.csv';
      link.click();
      setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
    });
  });

  // What the parts of the page share. A tooltip is a function (chart, params, data) that returns an
  // element; all text in it goes through make(). Rows adds to a table what a script knows itself.
  window.sparkpy = {
    read: read, make: make, number: number, minute: minute, isDark: isDark,
    showTip: showTip, hideTip: hideTip, say: say, tooltips: {}, rows: {},
    onThemeChange: function (redraw) { redrawn.push(redraw); },
    isPrinting: function () { return printing; }
  };
})();
