// The deck's own script: the short talk, light and dark, and reveal.js as it is set up for 1280 x 720.
const asked = new URLSearchParams(location.search);

if (asked.has("short")) {
  document.querySelectorAll(".slides > section:not([data-short])").forEach((section) => section.remove());
}
if (asked.has("dark")) document.documentElement.classList.add("dark");

Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  center: false,
  hash: true,
  controls: false,
  slideNumber: "c/t",
  transition: "none",
  pdfSeparateFragments: false,
  defaultTiming: 60,  // of slides without `data-timing`; without it the speaker window shows no pace
  plugins: [RevealNotes],
  keyboard: { 84: () => document.documentElement.classList.toggle("dark") },  // T
});
Reveal.registerKeyboardShortcut("T", "Light or dark theme");
