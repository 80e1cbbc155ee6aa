// World maps: what is near on hover, and zoom by buttons.
(function () {
  'use strict';
  var make = sparkpy.make, number = sparkpy.number;
  var outlines = sparkpy.read('outlines');
  if (outlines && window.echarts) echarts.registerMap('world', outlines);
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

  sparkpy.tooltips.map = function (chart, params) {
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
  };

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

})();
