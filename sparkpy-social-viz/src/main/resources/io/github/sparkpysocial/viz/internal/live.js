// Follows the server a page came from. Texts become text nodes. Follows page.js.
(function () {
  'use strict';
  var make = window.sparkpy.make;
  var MOST_ALERTS = 100, SILENCE = 60000;
  var state = document.getElementById('live-state');
  var alerts = document.getElementById('live-alerts');
  var source = null, heard = Date.now();

  function say(text, className) {
    if (state.textContent !== text) state.textContent = text;
    state.className = className;
  }

  function tile(data) {
    var element = document.querySelector('.tile[data-fact="' + data.fact + '"]');
    if (!element) {
      var list = document.getElementById('numbers');
      if (!list) {
        list = make('dl', 'tiles');
        list.id = 'numbers';
        document.getElementById('main').prepend(list);
      }
      element = list.appendChild(make('div', 'tile'));
      element.setAttribute('data-fact', data.fact);
      element.appendChild(make('dt', '', data.label));
      element.appendChild(make('dd', 'value'));
    }
    element.setAttribute('data-value', data.value);
    var shown = element.querySelector('dd.value');
    (shown.querySelector('bdi') || shown).textContent = data.shown;
    var note = element.querySelector('dd.note');
    if (data.note && !note) note = element.appendChild(make('dd', 'note'));
    if (note) note.textContent = data.note;
  }

  function alert(data) {
    var box = make('article', 'panel alert');
    var head = box.appendChild(make('h3', '', data.title));
    head.dir = 'auto';
    var time = box.appendChild(make('time', 'quiet', data.shown));
    time.dateTime = data.time;
    if (data.text) box.appendChild(make('p', '', data.text)).dir = 'auto';
    var quotes = box.appendChild(make('div', 'quotes'));
    data.evidence.forEach(function (post) {
      var quote = quotes.appendChild(make('blockquote'));
      quote.appendChild(make('p', '', post.text)).dir = 'auto';
      var foot = quote.appendChild(make('footer'));
      if (/^https?:\/\//.test(post.link)) {
        var link = foot.appendChild(make('a', '', post.author || 'the post'));
        link.href = post.link;
        link.rel = 'noopener noreferrer';
        link.target = '_blank';
      } else foot.appendChild(make('bdi', '', post.author));
      if (post.time) foot.appendChild(make('span', '', ' · ' + post.time));
    });
    if (data.posts > data.evidence.length) {
      box.appendChild(make('p', 'quiet', 'and ' + (data.posts - data.evidence.length) + ' more posts'));
    }
    alerts.prepend(box);
    while (alerts.children.length > MOST_ALERTS) alerts.lastElementChild.remove();
  }

  function on(name, what) {
    source.addEventListener(name, function (event) {
      heard = Date.now();
      what(JSON.parse(event.data));
    });
  }

  function open() {
    if (source) source.close();
    source = new EventSource('events');
    source.onopen = function () { heard = Date.now(); say('Live', 'on'); };
    source.onerror = function () { say('Connection lost, trying again', 'off'); };
    on('tile', tile);
    on('alert', alert);
    on('beat', function () { });
    on('dashboard', function () { location.reload(); });
  }

  open();
  // A connection that broke without a word: the server would have given a sign of life. What was
  // missed is asked for anew, so what is shown begins anew, too.
  setInterval(function () {
    if (Date.now() - heard > SILENCE) { heard = Date.now(); alerts.replaceChildren(); open(); }
  }, 5000);
})();
