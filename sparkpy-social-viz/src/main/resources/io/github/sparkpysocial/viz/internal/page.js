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
      drawAll();
    });
  }
  systemDark.addEventListener('change', function () { label(); drawAll(); });
  label();

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

  // Word clouds
  document.querySelectorAll('[data-cloud]').forEach(function (holder) {
    var terms = read(holder.getAttribute('data-cloud'));
    if (!terms) return;
    function over(event) {
      var word = event.target.closest ? event.target.closest('[data-term]') : null;
      if (!word || !holder.contains(word)) { hideTip(); return; }
      var term = terms[Number(word.getAttribute('data-term'))];
      var content = make('div');
      var head = make('div', 'row');
      head.appendChild(make('b', '', term.t)).dir = 'auto';
      if (term.n !== undefined) head.appendChild(make('span', 'n', number(term.n) + '×'));
      content.appendChild(head);
      if (term.g) content.appendChild(make('div', 'quiet', term.g));
      term.e.forEach(function (example) {
        content.appendChild(make('div', 'entry', example)).dir = 'auto';
      });
      showTip(content, event.clientX, event.clientY);
    }
    holder.addEventListener('pointermove', over);
    holder.addEventListener('pointerdown', over);
    holder.addEventListener('pointerleave', hideTip);
  });

  // Charts and maps
  var NEAR = 9;
  var SHOWN = 4;

  function nearby(chart, params) {
    var here = chart.convertToPixel('geo', params.value);
    var found = [];
    var count = 0;
    chart.getOption().series.forEach(function (series) {
      series.data.forEach(function (spot) {
        var at = chart.convertToPixel('geo', spot.value);
        var distance = Math.hypot(at[0] - here[0], at[1] - here[1]);
        if (distance <= NEAR) {
          count += spot.value[2];
          found.push({ distance: distance, posts: spot.posts, kind: series.name });
        }
      });
    });
    found.sort(function (a, b) { return a.distance - b.distance; });
    var posts = [];
    found.forEach(function (spot) {
      spot.posts.forEach(function (post) { posts.push([post, spot.kind]); });
    });
    return { posts: posts.slice(0, SHOWN), count: count };
  }

  var tooltips = {
    bar: function (chart, params, extra) {
      var content = make('div', 'row');
      content.appendChild(make('b', '', params.name)).dir = 'auto';
      content.appendChild(make('span', 'n', number(params.value) + (extra.unit ? ' ' + extra.unit : '')));
      return content;
    },
    time: function (chart, params) {
      var content = make('div');
      content.appendChild(make('div', 'quiet', minute(params[0].axisValue)));
      params.forEach(function (one) {
        var row = content.appendChild(make('div', 'row'));
        var name = row.appendChild(make('span', '', ''));
        var dot = name.appendChild(make('span', '', '● '));
        dot.style.color = one.color;
        name.appendChild(make('span', '', one.seriesName));
        row.appendChild(make('b', 'n', number(one.value[1])));
      });
      return content;
    },
    scatter: function (chart, params, extra) {
      var content = make('div');
      if (params.name) content.appendChild(make('b', '', params.name)).dir = 'auto';
      content.appendChild(make('div', 'quiet', (extra.x || 'x') + ': ' + number(params.value[0])));
      content.appendChild(make('div', 'quiet', (extra.y || 'y') + ': ' + number(params.value[1])));
      return content;
    },
    map: function (chart, params) {
      var content = make('div');
      var near = nearby(chart, params);
      near.posts.forEach(function (pair) {
        var post = pair[0];
        var entry = content.appendChild(make('div', 'entry'));
        if (post.a) entry.appendChild(make('b', '', post.a)).dir = 'auto';
        if (post.t) entry.appendChild(make('div', '', post.t)).dir = 'auto';
        var about = [post.p, post.w, pair[1]].filter(Boolean).join(' · ');
        entry.appendChild(make('div', 'quiet', about));
      });
      var rest = near.count - near.posts.length;
      if (rest > 0) content.appendChild(make('div', 'entry quiet', 'and ' + number(rest) + ' more here'));
      return content;
    }
  };

  var themes = read('themes');
  var outlines = read('outlines');
  if (outlines && window.echarts) echarts.registerMap('world', outlines);
  var drawn = [];

  function draw(holder) {
    var data = read(holder.getAttribute('data-chart'));
    var chart = echarts.init(holder, themes[isDark() ? 'dark' : 'light']);
    var option = data.option;
    option.animationDuration = 400;
    option.tooltip = {
      trigger: data.kind === 'time' ? 'axis' : 'item',
      confine: true,
      appendTo: document.body,
      // The box of ECharts is bare; the style sheet of the page says how the card in it looks.
      backgroundColor: 'transparent', borderWidth: 0, padding: 0, extraCssText: 'box-shadow:none',
      formatter: function (params) {
        var card = make('div', 'tip');
        card.appendChild(tooltips[data.kind](chart, params, data));
        return card;
      }
    };
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) option.animation = false;
    chart.setOption(option);
    return chart;
  }

  function drawAll() {
    if (!window.echarts) return;
    drawn.forEach(function (chart) { chart.dispose(); });
    drawn = Array.prototype.map.call(document.querySelectorAll('[data-chart]'), draw);
  }

  drawAll();
  if (window.ResizeObserver) {
    new ResizeObserver(function () {
      drawn.forEach(function (chart) { chart.resize(); });
    }).observe(document.body);
  }

  // Buttons for those who do not zoom with a wheel
  document.querySelectorAll('[data-zoom]').forEach(function (zoom) {
    zoom.addEventListener('click', function () {
      var chart = echarts.getInstanceByDom(document.getElementById(zoom.getAttribute('aria-controls')));
      var geo = chart.getOption().geo[0];
      var factor = { 'in': 1.6, 'out': 1 / 1.6, 'all': 0 }[zoom.getAttribute('data-zoom')];
      var wanted = Math.min(60, Math.max(1, (geo.zoom || 1) * factor));
      chart.setOption({ geo: { zoom: wanted, center: factor && wanted > 1 ? geo.center : null } });
    });
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
})();
