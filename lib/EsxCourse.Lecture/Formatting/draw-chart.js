// Draws a chart. On a narrow page, a phone's, the type shrinks and the title is broken into more lines; plotly.js does neither by itself.
// A what-if slider becomes one of the page's own: plotly.js draws its sliders as pictures, which neither a keyboard nor a screen reader can move.
(function (data, layout, id) {
  var place = document.getElementById(id), narrow = place.clientWidth < 600, slider = (layout.sliders || [])[0];
  if (narrow && layout.title && layout.title.text) {
    var lines = [''];
    layout.title.text.replace(/<br>/g, ' ').split(' ').forEach(function (word) {
      if ((lines[lines.length - 1] + ' ' + word).length > place.clientWidth / 9) lines.push('');
      lines[lines.length - 1] = (lines[lines.length - 1] + ' ' + word).trim();
    });
    layout.title.text = lines.join('<br>');
    layout.title.font = {size: 15};
    layout.font.size = 12;
    layout.margin = {l: 50, r: 10, t: 40 + 20 * lines.length, b: 60};
  }
  if (slider) {
    slider.visible = false;
    var control = document.createElement('div'), value = document.createElement('output'), knob = document.createElement('input');
    var show = function () {
      var step = slider.steps[knob.value];
      value.textContent = slider.currentvalue.prefix + step.label;
      knob.setAttribute('aria-valuetext', value.textContent);
      Plotly[step.method].apply(Plotly, [place].concat(step.args));
    };
    control.className = 'esx-what-if';
    control.style.cssText = 'display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1rem;padding:.2rem .6rem;font-size:1.2rem';
    value.style.cssText = 'min-width:9rem;font-weight:600';
    knob.type = 'range'; knob.min = 0; knob.max = slider.steps.length - 1; knob.step = 1; knob.value = slider.active || 0;
    knob.style.cssText = 'flex:1 1 12rem;min-width:0;accent-color:#0b57a4';
    knob.setAttribute('aria-label', slider.currentvalue.prefix.replace(/[=:\s]+$/, '') || 'what if');
    knob.oninput = show;
    control.append(value, knob);
    place.after(control);
  }
  place.textContent = '';
  Plotly.newPlot(place, data, layout, {responsive: true, displaylogo: false, displayModeBar: narrow ? false : undefined});
  if (slider) show();
})
