// Maps of the world: crowds of points that come apart as one zooms. Follows page.js and ECharts.
(function () {
  'use strict';
  var page = window.sparkpy;
  var make = page.make;
  var CELL = 46;
  var NEAR = 0.9 * CELL;
  var LARGEST_ZOOM = 200;
  var SHOWN = 4;
  var LISTED = 20;
  var UNKNOWN = -2147483648;
  var RADIANS = Math.PI / 180;

  // Equal Earth, as in EqualEarth.java
  var A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796, M = Math.sqrt(3) / 2;

  function project(point) {
    var t = Math.asin(M * Math.sin(point[1] * RADIANS));
    var t2 = t * t, t6 = t2 * t2 * t2;
    return [
      point[0] * RADIANS * Math.cos(t) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2))),
      -t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    ];
  }

  function unproject(point) {
    var t = -point[1] / A1;
    for (var i = 0; i < 12; i++) {
      var t2 = t * t, t6 = t2 * t2 * t2;
      t -= (t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)) + point[1])
          / (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2));
    }
    var u2 = t * t, u6 = u2 * u2 * u2;
    return [
      M * point[0] * (A1 + 3 * A2 * u2 + u6 * (7 * A3 + 9 * A4 * u2)) / Math.cos(t) / RADIANS,
      Math.asin(Math.max(-1, Math.min(1, Math.sin(t) / M))) / RADIANS
    ];
  }

  function unpack(text, Type) {
    var raw = atob(text);
    var bytes = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new Type(bytes.buffer);
  }

  function minute(time) {
    if (time === UNKNOWN) return '';
    return new Date(time * 60000).toLocaleString('en-GB', {
      timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric',
      hour: '2-digit', minute: '2-digit'
    }) + ' UTC';
  }

  function shortNumber(count) {
    if (count < 1000) return String(count);
    var thousands = count / 1000;
    return (thousands < 9.95 ? thousands.toFixed(1).replace('.0', '') : Math.round(thousands)) + 'k';
  }

  var themes = page.read('themes');
  echarts.registerMap('world', page.read('outlines'));

  function start(holder) {
    var data = page.read(holder.getAttribute('data-map'));
    var rowsOf = holder.getAttribute('data-rows-of');
    var table = page.read(rowsOf);
    var told = table ? table.rows : [];
    var lon = unpack(data.lon, Int32Array);
    var lat = unpack(data.lat, Int32Array);
    var time = unpack(data.time, Int32Array);
    var kind = unpack(data.kind, Uint8Array);
    var x = new Float64Array(data.n);
    var y = new Float64Array(data.n);
    for (var i = 0; i < data.n; i++) {
      var at = project([lon[i] / 1e5, lat[i] / 1e5]);
      x[i] = at[0];
      y[i] = at[1];
    }
    var picked = document.getElementById(holder.id + '-picked');
    var hidden = {};
    var chart = null;
    var shown = null;
    var view = { zoom: 1, center: null };

    page.rows[rowsOf] = function () {
      var rows = [];
      for (var i = told.length; i < data.n; i++) {
        rows.push(['', '', time[i] === UNKNOWN ? '' : new Date(time[i] * 60000).toISOString(), '',
          data.kinds[kind[i]][0], String(lat[i] / 1e5), String(lon[i] / 1e5), '']);
      }
      return rows;
    };

    // Where the view is, in the units of the projection
    function frame() {
      var zero = chart.convertToPixel('geo', [0, 0]);
      var east = chart.convertToPixel('geo', [90, 0]);
      var scale = (east[0] - zero[0]) / project([90, 0])[0];
      return {
        scale: scale,
        left: -zero[0] / scale, right: (chart.getWidth() - zero[0]) / scale,
        top: -zero[1] / scale, bottom: (chart.getHeight() - zero[1]) / scale
      };
    }

    function Crowd(column, row) {
      this.column = column; this.row = row; this.members = []; this.x = 0; this.y = 0; this.taken = false;
    }

    function distance(a, b) {
      return Math.hypot(a.x / a.members.length - b.x / b.members.length,
          a.y / a.members.length - b.y / b.members.length);
    }

    function largestFirst(a, b) {
      return b.members.length - a.members.length || a.members[0] - b.members[0];
    }

    // The same as in Crowds.java, for what is in the view and as much again around it
    function crowds(now) {
      var wide = now.right - now.left, high = now.bottom - now.top;
      var left = now.left - wide / 2, right = now.right + wide / 2;
      var top = now.top - high / 2, bottom = now.bottom + high / 2;
      var cells = new Map();
      for (var i = 0; i < data.n; i++) {
        if (x[i] < left || x[i] > right || y[i] < top || y[i] > bottom || hidden[kind[i]]) continue;
        var column = Math.floor(x[i] * now.scale / CELL), row = Math.floor(y[i] * now.scale / CELL);
        var key = column * 4194304 + row;
        var cell = cells.get(key);
        if (!cell) cells.set(key, cell = new Crowd(column, row));
        cell.members.push(i);
        cell.x += x[i] * now.scale;
        cell.y += y[i] * now.scale;
      }
      var all = Array.from(cells.values()).sort(largestFirst);
      all.forEach(function (crowd) {
        for (var down = -1; down <= 1 && !crowd.taken; down++) {
          for (var over = -1; over <= 1; over++) {
            var next = cells.get((crowd.column + over) * 4194304 + crowd.row + down);
            if (!next || next === crowd || next.taken || distance(crowd, next) >= NEAR) continue;
            Array.prototype.push.apply(crowd.members, next.members);
            crowd.x += next.x;
            crowd.y += next.y;
            next.taken = true;
          }
        }
      });
      return {
        around: { left: left, right: right, top: top, bottom: bottom, scale: now.scale },
        list: all.filter(function (crowd) { return !crowd.taken; }).sort(largestFirst).reverse()
      };
    }

    function colours() {
      var theme = themes[page.isDark() ? 'dark' : 'light'];
      return { point: theme.color[data.countries.length ? 1 : 0], ground: theme.scatter.itemStyle.borderColor };
    }

    function series() {
      var now = frame();
      shown = crowds(now);
      var groups = data.kinds.map(function () { return []; });
      var many = [];
      shown.list.forEach(function (crowd) {
        var n = crowd.members.length;
        var where = unproject([crowd.x / n / now.scale, crowd.y / n / now.scale]);
        if (n === 1) {
          groups[kind[crowd.members[0]]].push({ value: where.concat(1), crowd: crowd.members });
        } else {
          many.push({
            value: where.concat(n), crowd: crowd.members, symbolSize: 2 * (7 + 3.6 * Math.log10(n))
          });
        }
      });
      var paint = colours();
      var all = data.kinds.map(function (one, index) {
        return {
          id: 'kind' + index, name: one[0], type: 'scatter', coordinateSystem: 'geo', symbol: one[1],
          symbolSize: 11, cursor: 'pointer', data: groups[index],
          itemStyle: { color: paint.point, borderColor: paint.ground, borderWidth: 1, opacity: data.countries.length ? 1 : 0.88 }
        };
      });
      all.push({
        id: 'crowds', name: data.crowd, type: 'scatter', coordinateSystem: 'geo', symbol: 'circle',
        cursor: 'pointer', data: many, z: 3,
        itemStyle: { color: paint.point, borderColor: paint.ground, borderWidth: 1.5, opacity: data.countries.length ? 1 : 0.9 },
        label: {
          show: true, color: paint.ground, fontSize: 11, fontWeight: 'bold',
          formatter: function (params) { return shortNumber(params.value[2]); }
        }
      });
      return all;
    }

    function told1(index) {
      var row = told[index];
      return {
        who: row ? row[0] : '', what: row ? row[1] : '', place: row ? row[3] : '', link: row ? row[7] : '',
        when: minute(time[index]), kind: data.kinds[kind[index]][0]
      };
    }

    function entry(index, linked) {
      var post = told1(index);
      var box = make('div', 'entry');
      if (post.who) box.appendChild(make('b', '', post.who)).dir = 'auto';
      if (post.what) box.appendChild(make('div', '', post.what)).dir = 'auto';
      box.appendChild(make('div', 'quiet', [post.place, post.when, post.kind].filter(Boolean).join(' · ')));
      if (linked && /^https?:\/\//.test(post.link)) {
        var link = box.appendChild(make('a', 'quiet', 'Open the post'));
        link.href = post.link;
        link.rel = 'noopener noreferrer';
        link.target = '_blank';
      }
      return box;
    }

    // Those of whom more is known come first in the data, the latest before
    function latest(members, most) {
      return members.slice().sort(function (a, b) { return a - b; }).slice(0, most);
    }

    function card(params) {
      var box = make('div', 'tip');
      if (params.componentType === 'geo') {
        var country = data.countries.filter(function (one) { return one[0] === params.name; })[0];
        var row = box.appendChild(make('div', 'row'));
        row.appendChild(make('b', '', params.name));
        row.appendChild(make('span', 'n', country ? page.number(country[1]) + ' ' + data.unit : '–'));
        return box;
      }
      var members = params.data.crowd;
      if (members.length > 1) {
        box.appendChild(make('b', '', page.number(members.length) + ' close together'));
        var counts = data.kinds.map(function (one, index) {
          var n = members.filter(function (member) { return kind[member] === index; }).length;
          return n ? page.number(n) + ' × ' + one[0] : '';
        });
        box.appendChild(make('div', 'quiet', counts.filter(Boolean).join(', ')));
      }
      latest(members, SHOWN).forEach(function (member) { box.appendChild(entry(member, false)); });
      var rest = members.length - SHOWN;
      if (rest > 0) box.appendChild(make('div', 'entry quiet', 'and ' + page.number(rest) + ' more; click to come nearer'));
      return box;
    }

    function pick(members) {
      picked.replaceChildren(make('b', '', members.length === 1 ? 'Here' : page.number(members.length) + ' here'));
      latest(members, LISTED).forEach(function (member) { picked.appendChild(entry(member, true)); });
      if (members.length > LISTED) {
        picked.appendChild(make('div', 'entry quiet', 'and ' + page.number(members.length - LISTED) + ' more'));
      }
    }

    function option() {
      var classes = data.shades[page.isDark() ? 'dark' : 'light'];
      var paint = colours();
      return {
        animation: false,
        aria: { enabled: false },
        geo: {
          map: 'world', roam: true, zoom: view.zoom, center: view.center,
          left: 8, right: 8, top: 8, bottom: 40,
          projection: { project: project, unproject: unproject },
          scaleLimit: { min: 1, max: LARGEST_ZOOM },
          itemStyle: { borderWidth: 0.6 },
          emphasis: { disabled: !data.countries.length, label: { show: false }, itemStyle: { borderWidth: 1.6 } },
          select: { disabled: true },
          silent: !data.countries.length,
          tooltip: { show: true }, // also asked for points
          regions: data.countries.filter(function (one) { return one[2] >= 0; }).map(function (one) {
            return {
              name: one[0], itemStyle: { areaColor: classes[one[2]] },
              emphasis: { itemStyle: { areaColor: classes[one[2]] } }
            };
          })
        },
        legend: {
          bottom: 6, left: 'center', itemWidth: 11, itemHeight: 11, type: 'scroll',
          backgroundColor: paint.ground, borderRadius: 6, padding: [4, 10],
          data: data.kinds.map(function (one) { return { name: one[0], icon: one[1], itemStyle: { color: paint.point } }; })
        },
        tooltip: {
          trigger: 'item', confine: true, appendTo: document.body,
          backgroundColor: 'transparent', borderWidth: 0, padding: 0, extraCssText: 'box-shadow:none',
          formatter: card
        }
      };
    }

    function refresh() { chart.setOption({ series: series() }); }

    function outside(now) {
      var around = shown.around;
      return Math.abs(Math.log2(now.scale / around.scale)) > 0.24 || now.left < around.left
          || now.right > around.right || now.top < around.top || now.bottom > around.bottom;
    }

    var waiting = 0;
    function roamed() {
      var geo = chart.getOption().geo[0];
      view = { zoom: geo.zoom || 1, center: geo.center };
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(function () { if (outside(frame())) refresh(); });
    }

    // With a projection, ECharts takes a centre that is projected
    function go(zoom, center) {
      view.zoom = Math.min(LARGEST_ZOOM, Math.max(1, zoom));
      view.center = view.zoom > 1 ? center : null;
      chart.setOption({ geo: { zoom: view.zoom, center: view.center } });
      refresh();
    }

    // What is so far from the middle of the picture, in the units of the projection
    function place(right, down) {
      var now = frame();
      return [
        now.left + (chart.getWidth() / 2 + right) / now.scale,
        now.top + ((chart.getHeight() - 32) / 2 + down) / now.scale
      ];
    }

    function legend() {
      var box = holder.parentNode.querySelector('.classes');
      if (box) box.remove();
      if (!data.classes.length) return;
      var classes = data.shades[page.isDark() ? 'dark' : 'light'];
      box = make('ul', 'classes');
      data.classes.forEach(function (label, index) {
        var item = box.appendChild(make('li', '', label + (data.unit ? ' ' + data.unit : '')));
        item.style.setProperty('--accent', classes[index]);
      });
      holder.insertAdjacentElement('afterend', box);
    }

    function draw() {
      if (chart) chart.dispose();
      chart = echarts.init(holder, themes[page.isDark() ? 'dark' : 'light']);
      chart.setOption(option());
      refresh();
      chart.on('georoam', roamed);
      chart.on('legendselectchanged', function (event) {
        data.kinds.forEach(function (one, index) { hidden[index] = event.selected[one[0]] === false; });
        refresh();
      });
      chart.on('click', function (params) {
        if (!params.data || !params.data.crowd) return;
        pick(params.data.crowd);
        if (params.data.crowd.length > 1) go(view.zoom * 2.2, project(params.value));
      });
      legend();
      if (page.isPrinting()) chart.getZr().refreshImmediately();
    }

    function zoom(direction) {
      if (direction === 'all') go(1, null);
      else go(view.zoom * (direction === 'in' ? 1.6 : 1 / 1.6), view.center || place(0, 0));
    }

    holder.addEventListener('keydown', function (event) {
      var step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (step) {
        if (view.zoom > 1) go(view.zoom, place(step[0] * 60, step[1] * 60));
      } else if (event.key === '+' || event.key === '=') zoom('in');
      else if (event.key === '-') zoom('out');
      else if (event.key === '0') zoom('all');
      else return;
      event.preventDefault();
    });
    document.querySelectorAll('[data-zoom][aria-controls="' + holder.id + '"]').forEach(function (button) {
      button.addEventListener('click', function () { zoom(button.getAttribute('data-zoom')); });
    });
    page.onThemeChange(draw);
    draw();
    if (window.ResizeObserver) {
      new ResizeObserver(function () { chart.resize(); refresh(); }).observe(holder);
    }
  }

  document.querySelectorAll('[data-map]').forEach(start);
})();
