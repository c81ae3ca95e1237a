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
      // Without the page's module loader in sight (RequireJS in Notebook 6), which would take the script in and keep it.
      new Function('define', 'module', 'exports', 'require', await answer.text()
        + '\n;if(!window.' + name + '&&typeof ' + name + '!=="undefined")window.' + name + '=' + name + ';').call(window);
      return;
    }
    throw new Error(file + ' is not among the kernelspecs');
  }
  if (window[name]) return then();
  (loads[name] = loads[name] || load()).then(function() { if (window[name]) then(); }, function() {});
})
