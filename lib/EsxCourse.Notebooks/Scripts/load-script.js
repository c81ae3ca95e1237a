// Gives a page of Jupyter a script that the kernel's kernelspec carries, once for all outputs, from the page's own server. Where
// there is none (a converted page, a viewer on the web), what the output shows without the script stays.
(function(name, file, then) {
  var loads = window.esxScripts = window.esxScripts || {};
  async function load() {
    var config = document.getElementById('jupyter-config-data');
    var base = document.body.dataset.baseUrl || (config && JSON.parse(config.textContent).baseUrl);
    if (!base) throw new Error('no Jupyter server');
    for (var kernel of ['.net-csharp', 'esx-csharp']) {
      var answer = await fetch(base + 'kernelspecs/' + kernel + '/' + file);
      if (!answer.ok) continue;
      // As a script of the page, but without its module loader in sight (RequireJS in Notebook 6), which would take it in and keep it.
      // A script element, since mermaid's own global is lost in a function or an eval.
      var script = document.createElement('script');
      script.textContent = await answer.text();
      var define = window.define, require = window.require;
      window.define = window.require = undefined;
      try { document.head.appendChild(script); } finally { window.define = define; window.require = require; }
      return;
    }
    throw new Error(file + ' is not among the kernelspecs');
  }
  if (window[name]) return then();
  (loads[name] = loads[name] || load()).then(function() { if (window[name]) then(); }, function() {});
})
