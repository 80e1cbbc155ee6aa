// City maps by Leaflet. Texts become text nodes; Leaflet is given elements, never strings of HTML.
(function () {
  'use strict';
  var page = window.sparkpy;
  var make = page.make;

  function card(venues) {
    var box = make('div', 'tip');
    venues.forEach(function (venue) {
      var entry = box.appendChild(make('div', 'entry'));
      entry.appendChild(make('b', '', venue.group)).dir = 'auto';
      if (venue.title) entry.appendChild(make('div', '', venue.title)).dir = 'auto';
      if (venue.time) entry.appendChild(make('div', 'quiet', venue.time));
      if (venue.people !== undefined) {
        entry.appendChild(make('div', 'quiet', venue.people === 1 ? '1 person comes' : page.number(venue.people) + ' people come'));
      }
      if (venue.address) entry.appendChild(make('div', 'quiet', venue.address)).dir = 'auto';
      if (/^https?:\/\//.test(venue.url)) {
        var link = entry.appendChild(make('a', 'quiet', 'Open the meeting'));
        link.href = venue.url;
        link.rel = 'noopener noreferrer';
        link.target = '_blank';
      }
    });
    return box;
  }

  // A plain frame: lines so many degrees apart that about eight go across
  function grid(map, layer) {
    layer.clearLayers();
    var view = map.getBounds().pad(0.2);
    var wanted = (view.getEast() - view.getWest()) / 8;
    var power = Math.pow(10, Math.floor(Math.log10(wanted)));
    var step = (wanted / power > 5 ? 10 : wanted / power > 2 ? 5 : 2) * power;
    var style = { className: 'gridline', interactive: false, weight: 1 };
    for (var x = Math.floor(view.getWest() / step) * step; x <= view.getEast(); x += step) {
      layer.addLayer(L.polyline([[view.getSouth(), x], [view.getNorth(), x]], style));
    }
    for (var y = Math.floor(view.getSouth() / step) * step; y <= view.getNorth(); y += step) {
      layer.addLayer(L.polyline([[y, view.getWest()], [y, view.getEast()]], style));
    }
  }

  function credit(map, data) {
    var control = L.control({ position: 'bottomright' });
    control.onAdd = function () {
      var box = make('div', 'credit');
      if (data.link) {
        var link = box.appendChild(make('a', '', data.attribution));
        link.href = data.link;
        link.rel = 'noopener noreferrer';
        link.target = '_blank';
      } else box.textContent = data.attribution;
      return box;
    };
    control.addTo(map);
  }

  function streets(map, template, data) {
    L.tileLayer(template, {
      maxZoom: data.maxZoom, referrerPolicy: 'strict-origin-when-cross-origin'
    }).addTo(map);
    credit(map, data);
  }

  // The key goes to Google only: once for a session, then with each tile.
  function google(map, data, key, note) {
    fetch(data.template + '/v1/createSession?key=' + encodeURIComponent(key), {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ mapType: 'roadmap', language: 'en-US', region: 'US' })
    }).then(function (answer) {
      if (!answer.ok) throw new Error('Google answered ' + answer.status);
      return answer.json();
    }).then(function (session) {
      streets(map, data.template + '/v1/2dtiles/{z}/{x}/{y}?session='
          + encodeURIComponent(session.session) + '&key=' + encodeURIComponent(key), data);
      note('');
    }).catch(function (failure) { note('No streets: ' + failure.message); });
  }

  function start(holder) {
    var data = page.read(holder.getAttribute('data-city'));
    var map = L.map(holder, { attributionControl: false, zoomSnap: 0.5, maxZoom: data.maxZoom });
    map.zoomControl.setPosition('topright');
    var places = new Map();
    data.venues.forEach(function (venue) {
      var key = venue.lat.toFixed(5) + ' ' + venue.lon.toFixed(5);
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(venue);
    });
    // Markers have an element only once the map has a view
    map.fitBounds(L.latLngBounds(data.venues.map(function (venue) { return [venue.lat, venue.lon]; })),
        { padding: [40, 40], maxZoom: 15 });
    places.forEach(function (venues) {
      var at = [venues[0].lat, venues[0].lon];
      var pin = make('span', 'pin', venues.length > 1 ? String(venues.length) : '');
      var marker = L.marker(at, {
        icon: L.divIcon({ html: pin, className: 'venue', iconSize: [26, 26] }),
        alt: venues[0].group, title: '', keyboard: true, riseOnHover: true
      });
      marker.bindTooltip(card(venues), { className: 'bare', direction: 'top', offset: [0, -12] });
      marker.bindPopup(card(venues), { className: 'bare', maxWidth: 340, offset: [0, -6] });
      marker.on('popupopen', function () { marker.closeTooltip(); });
      marker.addTo(map);
      marker.getElement().setAttribute('aria-label', venues.map(function (venue) {
        return [venue.group, venue.title, venue.time].filter(Boolean).join(', ');
      }).join('; '));
    });
    L.control.scale({ imperial: false }).addTo(map);
    var lines = L.layerGroup().addTo(map);
    grid(map, lines);
    map.on('moveend', function () { grid(map, lines); });
    var form = document.getElementById(holder.id + '-key');
    function note(text) {
      if (form) form.querySelector('.quiet').textContent = text;
      holder.setAttribute('data-note', text);
    }
    if (data.kind !== 'none' && !navigator.onLine) note('No network: the points without streets');
    else if (data.kind === 'template') streets(map, data.template, data);
    else if (data.kind === 'google' && data.key) google(map, data, data.key, note);
    if (form) {
      form.addEventListener('submit', function (event) {
        event.preventDefault();
        var field = form.querySelector('input');
        if (field.value) google(map, data, field.value, note);
        field.value = '';
      });
    }
    if (window.ResizeObserver) new ResizeObserver(function () { map.invalidateSize(); }).observe(holder);
  }

  document.querySelectorAll('[data-city]').forEach(start);
})();
