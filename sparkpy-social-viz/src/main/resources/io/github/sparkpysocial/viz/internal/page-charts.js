// Charts: drawn by ECharts, in the colours of the theme, with tooltips made of text nodes.
(function () {
  'use strict';
  var make = sparkpy.make, number = sparkpy.number, minute = sparkpy.minute, read = sparkpy.read;
  var tooltips = sparkpy.tooltips;

  // What most charts show: a head, rows of names and values, then texts, as the item brings them.
  tooltips.item = function (chart, params) {
    var tip = params.data && params.data.tip;
    if (!tip) return null;
    var content = make('div');
    if (tip.h) content.appendChild(make('b', '', tip.h)).dir = 'auto';
    (tip.r || []).forEach(function (pair) {
      var row = content.appendChild(make('div', 'row'));
      row.appendChild(make('span', 'quiet', pair[0]));
      row.appendChild(make('span', 'n', pair[1]));
    });
    (tip.t || []).forEach(function (text) {
      content.appendChild(make('div', 'entry', text)).dir = 'auto';
    });
    return content;
  };

  tooltips.time = function (chart, params) {
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
  };

  var themes = read('themes');
  var drawn = [];

  function draw(holder) {
    var data = read(holder.getAttribute('data-chart'));
    var chart = echarts.init(holder, themes[sparkpy.isDark() ? 'dark' : 'light']);
    var option = data.option;
    option.animationDuration = 400;
    option.tooltip = {
      trigger: data.trigger || 'item',
      confine: true,
      appendTo: document.body,
      // The box of ECharts is bare; the style sheet of the page says how the card in it looks.
      backgroundColor: 'transparent', borderWidth: 0, padding: 0, extraCssText: 'box-shadow:none',
      formatter: function (params) {
        var content = tooltips[data.kind](chart, params, data);
        if (!content) return '';
        var card = make('div', 'tip');
        card.appendChild(content);
        return card;
      }
    };
    if (sparkpy.isPrinting() || window.matchMedia('(prefers-reduced-motion: reduce)').matches) option.animation = false;
    chart.setOption(option);
    if (sparkpy.isPrinting()) chart.getZr().refreshImmediately();
    return chart;
  }

  function drawAll() {
    if (!window.echarts) return;
    drawn.forEach(function (chart) { chart.dispose(); });
    drawn = Array.prototype.map.call(document.querySelectorAll('[data-chart]'), draw);
  }

  drawAll();
  sparkpy.onThemeChange(drawAll);
  if (window.ResizeObserver) {
    new ResizeObserver(function () {
      drawn.forEach(function (chart) { chart.resize(); });
    }).observe(document.body);
  }

  // Without a mouse: arrows go from item to item, whose tooltip is shown and read out.
  function items(chart) {
    var found = [];
    chart.getOption().series.forEach(function (series, s) {
      (series.data || []).forEach(function (item, i) {
        var value = item && item.value !== undefined ? item.value : item;
        if (series.silent || value === null || value === '-' || (Array.isArray(value) && value[1] === null)) return;
        found.push([s, i]);
      });
    });
    return found;
  }

  function zoom(chart, key) {
    var factor = { '+': 0.5, '=': 0.5, '-': 2, '0': Infinity }[key];
    var seen = (chart.getOption().dataZoom || [])[0];
    if (!factor || !seen) return false;
    var middle = (seen.start + seen.end) / 2;
    var half = Math.max(0.5, Math.min(50, (seen.end - seen.start) / 2 * factor));
    var start = Math.max(0, Math.min(100 - 2 * half, middle - half));
    chart.dispatchAction({ type: 'dataZoom', start: start, end: start + 2 * half });
    return true;
  }

  document.querySelectorAll('[data-chart]').forEach(function (holder) {
    var at = -1;
    holder.addEventListener('keydown', function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      var chart = echarts.getInstanceByDom(holder);
      if (zoom(chart, event.key)) { event.preventDefault(); return; }
      if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
      if (!step) return;
      event.preventDefault();
      var all = items(chart);
      if (!all.length) return;
      at = (at + step + all.length) % all.length;
      chart.dispatchAction({ type: 'showTip', seriesIndex: all[at][0], dataIndex: all[at][1] });
      setTimeout(function () {
        var shown = document.querySelector('.tip:not(.floating)');
        sparkpy.say(shown ? shown.textContent : '');
      }, 0);
    });
    holder.addEventListener('blur', function () {
      at = -1;
      echarts.getInstanceByDom(holder).dispatchAction({ type: 'hideTip' });
    });
  });
})();
