// Networks on a canvas: pan, zoom, hover, search. Follows page.js.
(function () {
  'use strict';
  var page = window.sparkpy;
  var make = page.make;
  var X = 0, Y = 1, R = 2, COLOUR = 3, KIND = 4, LABEL = 5, GROUP = 6, NOTE = 7, LINK = 8;
  var MARGIN = 28, MOST_LABELS = 70, MOST_FOUND = 8, MOST_TIES = 12, LARGEST_ZOOM = 60;

  function start(holder) {
    var data = page.read(holder.getAttribute('data-network'));
    var nodes = data.nodes, edges = data.edges;
    var canvas = holder.querySelector('canvas');
    var context = canvas.getContext('2d');
    var picked = document.getElementById(holder.id + '-picked');
    var search = document.getElementById(holder.id + '-search');
    var found = document.getElementById(holder.id + '-found');
    var view = { zoom: 1, x: 0.5, y: 0.5 };
    var chosen = -1, under = -1, width = 0, height = 0, waiting = false;
    var ties = nodes.map(function () { return []; });
    for (var e = 0; e < edges.length; e += 4) {
      if (edges[e] === edges[e + 1]) continue;
      ties[edges[e]].push([edges[e + 1], edges[e + 2], edges[e + 3], true]);
      ties[edges[e + 1]].push([edges[e], edges[e + 2], edges[e + 3], false]);
    }
    var top = Math.min.apply(null, [1].concat(nodes.slice(0, 50000).map(function (n) { return n[Y]; })));
    var high = Math.max(0.05, 1 - 2 * top);

    function scale() {
      return view.zoom * Math.max(20, Math.min(width - 2 * MARGIN, (height - 2 * MARGIN) / high));
    }

    function pixel(node) {
      var s = scale();
      return [width / 2 + (node[X] - view.x) * s, height / 2 + (node[Y] - view.y) * s];
    }

    function radius(node) { return node[R] * Math.pow(view.zoom, 0.45); }

    function shape(kind, x, y, r) {
      if (kind === 'rect') context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
      else if (kind === 'diamond') {
        context.moveTo(x, y - r * 1.25); context.lineTo(x + r * 1.25, y);
        context.lineTo(x, y + r * 1.25); context.lineTo(x - r * 1.25, y); context.closePath();
      } else if (kind === 'triangle') {
        context.moveTo(x, y - r * 1.15); context.lineTo(x + r * 1.1, y + r * 0.85);
        context.lineTo(x - r * 1.1, y + r * 0.85); context.closePath();
      } else { context.moveTo(x + r, y); context.arc(x, y, r, 0, 2 * Math.PI); }
    }

    function near(index) {
      var focus = under >= 0 ? under : chosen;
      return focus < 0 || index === focus || ties[focus].some(function (tie) { return tie[0] === index; });
    }

    function lines(paint, s, only) {
      context.beginPath();
      for (var e = 0; e < edges.length; e += 4) {
        if (only >= 0 && edges[e] !== only && edges[e + 1] !== only) continue;
        var a = nodes[edges[e]], b = nodes[edges[e + 1]];
        var ax = width / 2 + (a[X] - view.x) * s, ay = height / 2 + (a[Y] - view.y) * s;
        var bx = width / 2 + (b[X] - view.x) * s, by = height / 2 + (b[Y] - view.y) * s;
        if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > width && bx > width) || (ay > height && by > height)) continue;
        context.moveTo(ax, ay);
        context.lineTo(bx, by);
      }
      context.stroke();
    }

    function paintNow() {
      waiting = false;
      var paint = data.colours[page.isDark() ? 'dark' : 'light'];
      var s = scale(), focus = under >= 0 ? under : chosen;
      context.clearRect(0, 0, width, height);
      context.lineWidth = 0.8;
      context.strokeStyle = paint.edge;
      context.globalAlpha = Math.max(0.06, Math.min(0.45, 24 / Math.sqrt(edges.length + 4))) * (focus >= 0 ? 0.35 : 1);
      lines(paint, s, -1);
      if (focus >= 0) {
        context.globalAlpha = 0.9;
        context.strokeStyle = paint.ink;
        lines(paint, s, focus);
      }
      for (var c = -1; c < paint.series.length; c++) {
        for (var pass = 0; pass < (focus >= 0 ? 2 : 1); pass++) {
          context.beginPath();
          for (var i = 0; i < nodes.length; i++) {
            var node = nodes[i];
            if (node[COLOUR] !== c || (focus >= 0 && near(i) !== (pass === 1))) continue;
            var x = width / 2 + (node[X] - view.x) * s, y = height / 2 + (node[Y] - view.y) * s;
            if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
            shape(data.kinds[node[KIND]][1], x, y, radius(node));
          }
          context.globalAlpha = focus >= 0 && pass === 0 ? 0.18 : 1;
          context.fillStyle = c < 0 ? paint.rest : paint.series[c];
          context.fill();
          if (nodes.length < 3000) { context.strokeStyle = paint.ground; context.stroke(); }
        }
      }
      context.globalAlpha = 1;
      labels(paint, focus);
    }

    // The heaviest first, none on another
    function labels(paint, focus) {
      var boxes = [], written = 0;
      var order = focus >= 0 ? [focus].concat(ties[focus].map(function (tie) { return tie[0]; })) : data.order;
      var family = getComputedStyle(holder).fontFamily;
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      context.lineWidth = 3;
      for (var k = 0; k < order.length && written < MOST_LABELS; k++) {
        var node = nodes[order[k]], at = pixel(node), size = k < 12 ? 13 : 11;
        if (at[0] < 0 || at[1] < 0 || at[0] > width || at[1] > height || !node[LABEL]) continue;
        context.font = size + 'px ' + family;
        var text = node[LABEL].length > 32 ? node[LABEL].slice(0, 31) + '…' : node[LABEL];
        var wide = context.measureText(text).width;
        var left = at[0] + radius(node) + 3;
        if (left + wide > width - 4) left = at[0] - radius(node) - 3 - wide;
        var box = [left - 2, at[1] - size * 0.7, left + wide + 2, at[1] + size * 0.7];
        if (box[0] < 0 || boxes.some(function (other) {
          return box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
        })) continue;
        boxes.push(box);
        written++;
        context.strokeStyle = paint.ground;
        context.strokeText(text, left, at[1]);
        context.fillStyle = paint.ink;
        context.fillText(text, left, at[1]);
      }
      holder.setAttribute('data-labels', String(written));
    }

    function draw() {
      if (page.isPrinting()) paintNow();
      else if (!waiting) { waiting = true; requestAnimationFrame(paintNow); }
    }

    function resize() {
      var sharp = window.devicePixelRatio || 1;
      width = holder.clientWidth;
      height = holder.clientHeight;
      canvas.width = Math.round(width * sharp);
      canvas.height = Math.round(height * sharp);
      context.setTransform(sharp, 0, 0, sharp, 0, 0);
      draw();
    }

    function hit(px, py) {
      var best = -1, least = Infinity, s = scale();
      for (var i = 0; i < nodes.length; i++) {
        var dx = width / 2 + (nodes[i][X] - view.x) * s - px, dy = height / 2 + (nodes[i][Y] - view.y) * s - py;
        var distance = Math.sqrt(dx * dx + dy * dy) - radius(nodes[i]);
        if (distance < 5 && distance < least) { least = distance; best = i; }
      }
      return best;
    }

    function heaviest(index) {
      return ties[index].slice().sort(function (a, b) { return b[2] - a[2] || a[0] - b[0]; });
    }

    function about(index, most, linked) {
      var node = nodes[index], box = make('div');
      box.appendChild(make('b', '', node[LABEL])).dir = 'auto';
      box.appendChild(make('div', 'quiet', [data.kinds[node[KIND]][0], node[GROUP]].filter(Boolean).join(' · ')));
      if (node[NOTE]) box.appendChild(make('div', '', node[NOTE])).dir = 'auto';
      if (linked && /^https?:\/\//.test(node[LINK])) {
        var link = box.appendChild(make('a', 'quiet', 'Open'));
        link.href = node[LINK];
        link.rel = 'noopener noreferrer';
        link.target = '_blank';
      }
      var all = heaviest(index);
      all.slice(0, most).forEach(function (tie) {
        var row = box.appendChild(make('div', 'row'));
        row.appendChild(make('span', '', (tie[3] ? '→ ' : '← ') + nodes[tie[0]][LABEL])).dir = 'auto';
        row.appendChild(make('span', 'n quiet', data.ties[tie[1]] + (tie[2] === 1 ? '' : ' ×' + page.number(tie[2]))));
      });
      if (all.length > most) box.appendChild(make('div', 'quiet', 'and ' + page.number(all.length - most) + ' more'));
      return box;
    }

    function choose(index) {
      chosen = index;
      picked.replaceChildren();
      if (index >= 0) picked.appendChild(about(index, MOST_TIES, true));
      draw();
    }

    function zoomAt(factor, px, py) {
      var s = scale();
      var x = view.x + (px - width / 2) / s, y = view.y + (py - height / 2) / s;
      view.zoom = Math.min(LARGEST_ZOOM, Math.max(1, view.zoom * factor));
      var t = scale();
      view.x = x - (px - width / 2) / t;
      view.y = y - (py - height / 2) / t;
      if (view.zoom === 1) { view.x = 0.5; view.y = 0.5; }
      draw();
    }

    function zoom(direction) {
      if (direction === 'all') { view = { zoom: 1, x: 0.5, y: 0.5 }; draw(); }
      else zoomAt(direction === 'in' ? 1.6 : 1 / 1.6, width / 2, height / 2);
    }

    // Fingers and mouse alike: one drags, two zoom
    var down = new Map(), moved = 0;
    function place(event) {
      var box = holder.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    }
    canvas.addEventListener('pointerdown', function (event) {
      down.set(event.pointerId, place(event));
      moved = 0;
      canvas.setPointerCapture(event.pointerId);
      page.hideTip();
    });
    canvas.addEventListener('pointermove', function (event) {
      var at = place(event), from = down.get(event.pointerId);
      if (!from) {
        var index = hit(at[0], at[1]);
        if (index !== under) { under = index; draw(); }
        canvas.classList.toggle('over', index >= 0);
        if (index >= 0) page.showTip(about(index, 5, false), event.clientX, event.clientY);
        else page.hideTip();
        return;
      }
      if (down.size === 2) {
        var other = Array.from(down.entries()).filter(function (one) { return one[0] !== event.pointerId; })[0][1];
        var before = Math.hypot(from[0] - other[0], from[1] - other[1]);
        var after = Math.hypot(at[0] - other[0], at[1] - other[1]);
        if (before > 0) zoomAt(after / before, (at[0] + other[0]) / 2, (at[1] + other[1]) / 2);
      } else {
        view.x -= (at[0] - from[0]) / scale();
        view.y -= (at[1] - from[1]) / scale();
        draw();
      }
      moved += Math.abs(at[0] - from[0]) + Math.abs(at[1] - from[1]);
      down.set(event.pointerId, at);
    });
    function up(event) {
      var at = place(event);
      if (down.delete(event.pointerId) && moved < 5 && event.type === 'pointerup') choose(hit(at[0], at[1]));
    }
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.addEventListener('pointerleave', function () { under = -1; page.hideTip(); draw(); });
    canvas.addEventListener('wheel', function (event) {
      event.preventDefault();
      var at = place(event);
      zoomAt(Math.pow(1.0015, -event.deltaY), at[0], at[1]);
    }, { passive: false });

    holder.addEventListener('keydown', function (event) {
      var step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (step) { view.x += step[0] * 60 / scale(); view.y += step[1] * 60 / scale(); draw(); }
      else if (event.key === '+' || event.key === '=') zoom('in');
      else if (event.key === '-') zoom('out');
      else if (event.key === '0') zoom('all');
      else if (event.key === 'Escape') choose(-1);
      else return;
      event.preventDefault();
    });
    document.querySelectorAll('[data-zoom][aria-controls="' + holder.id + '"]').forEach(function (button) {
      button.addEventListener('click', function () { zoom(button.getAttribute('data-zoom')); });
    });

    function go(index) {
      view = { zoom: Math.max(view.zoom, nodes.length > 300 ? 4 : 1.6), x: nodes[index][X], y: nodes[index][Y] };
      choose(index);
    }
    function look() {
      var wanted = search.value.trim().toLowerCase();
      found.replaceChildren();
      if (!wanted) return [];
      var hits = data.order.filter(function (index) {
        return nodes[index][LABEL].toLowerCase().indexOf(wanted) >= 0;
      });
      hits.slice(0, MOST_FOUND).forEach(function (index) {
        var button = found.appendChild(make('li')).appendChild(make('button', '', nodes[index][LABEL]));
        button.type = 'button';
        button.addEventListener('click', function () { go(index); });
      });
      if (!hits.length) found.appendChild(make('li', 'quiet', 'Nobody of that name'));
      if (hits.length > MOST_FOUND) found.appendChild(make('li', 'quiet', 'and ' + page.number(hits.length - MOST_FOUND) + ' more'));
      return hits;
    }
    search.addEventListener('input', look);
    search.addEventListener('keydown', function (event) {
      if (event.key !== 'Enter') return;
      var hits = look();
      if (hits.length) go(hits[0]);
    });
    page.onThemeChange(draw);
    if (window.ResizeObserver) new ResizeObserver(resize).observe(holder);
    resize();
  }

  document.querySelectorAll('[data-network]').forEach(start);
})();
