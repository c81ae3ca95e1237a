// Starts reveal.js. Drawings measure themselves, so they are drawn while every slide still has its width and no scale; a chart takes the height
// that its slide has left.
(async function () {
  if (window.mermaid) {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: "neutral", fontFamily: "inherit", fontSize: 20 });
    await mermaid.run({ querySelector: ".mermaid", suppressErrors: true });
  }
  document.body.classList.remove("drawing");
  const fit = slide => {
    if (!slide || !window.Plotly) return;
    const charts = [...slide.querySelectorAll(".esx-chart")];
    for (const chart of charts) {
      const others = slide.querySelector(".slide").scrollHeight - charts.reduce((sum, one) => sum + one.offsetHeight, 0);
      chart.style.minHeight = "0";
      Plotly.relayout(chart, { height: Math.max((680 - others) / charts.length, 360), autosize: true });
    }
  };
  Reveal.on("slidechanged", event => fit(event.currentSlide));
  Reveal.on("ready", event => fit(event.currentSlide));
  Reveal.initialize({ width: 1280, height: 720, margin: 0.02, center: false, hash: true, transition: "none", slideNumber: "c/t", navigationMode: "default", pdfSeparateFragments: false });
})();
