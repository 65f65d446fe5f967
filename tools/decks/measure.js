// What can be measured on the slide that is shown: for each text its height in px, colours and place; for each part
// whether it sticks out. `browser.slide_problems` judges.
() => {
  const section = Reveal.getCurrentSlide();
  const rgba = (colour) => {
    const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const groundOf = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (rgba(colour)[3] > 0) return rgba(colour);
    }
    return [255, 255, 255, 255];
  };
  const seen = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const texts = [], parts = [];
  const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest("aside.notes, style, title") || !seen(parent)) continue;
    const style = getComputedStyle(parent), svg = parent.closest("svg");
    const scale = svg ? Math.hypot(parent.getScreenCTM().a, parent.getScreenCTM().b) : 1;
    const range = document.createRange(); range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    texts.push({
      text: node.textContent.trim().slice(0, 50), px: parseFloat(style.fontSize) * scale, family: style.fontFamily,
      colour: rgba(svg ? style.fill : style.color), ground: groundOf(parent), box: [box.left, box.top, box.right, box.bottom],
      // In a figure only letters in the theme's colours stand on the theme's ground; others on a colour of their own.
      onGround: !svg || !/fill: #/.test(parent.getAttribute("style")),
    });
  }
  for (const element of section.querySelectorAll("*:not(aside.notes):not(aside.notes *):not(defs *):not(clipPath *)")) {
    if (!seen(element)) continue;
    const box = element.getBoundingClientRect();
    const clipped = element.matches(".slide, .slide > :not(h1, h2)") &&
      (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
    parts.push({name: element.tagName.toLowerCase() + "." + (element.getAttribute("class") || ""),
                box: [box.left, box.top, box.right, box.bottom], clipped});
  }
  const images = [...section.querySelectorAll(".shown img, .shown svg")].filter((image) => !image.closest("svg svg"));
  return {
    texts, parts,
    unnamed: images.filter((image) => !(image.alt || image.getAttribute("aria-label"))).length,
    broken: images.filter((image) => image.tagName === "IMG" && !(image.complete && image.naturalWidth)).length,
    notes: (section.querySelector("aside.notes")?.textContent || "").trim().length,
    title: section.querySelector("h1, h2")?.textContent || "",
  };
}
