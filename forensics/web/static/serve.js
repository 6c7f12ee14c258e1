// Dropping files, limits said before they are sent, and the threshold of a report. Pages work without.
"use strict";
// htmx notes the address, in which a name may stand; nothing of a person is left in the browser.
sessionStorage.removeItem("htmx-current-path-for-history");
const form = document.querySelector("form.drop");
if (form) {
  const input = form.elements.files;
  const said = document.getElementById("files-said");
  const { files, bytes, file } = form.dataset;
  const megabytes = (size) => (size / 2 ** 20).toFixed(1) + " MB";
  const look = () => {
    const chosen = [...input.files];
    const all = chosen.reduce((sum, each) => sum + each.size, 0);
    const large = chosen.find((each) => each.size > Number(file));
    const wrong = chosen.length > Number(files) ? `${chosen.length} files are too many at once.`
      : large ? `${large.name} is too large: ${megabytes(large.size)}.`
      : all > Number(bytes) ? `${megabytes(all)} are too much at once.` : "";
    input.setCustomValidity(wrong);
    said.classList.toggle("bad", wrong !== "");
    said.textContent = wrong || (chosen.length > 1 ? `${chosen.length} files, ${megabytes(all)}` : "");
  };
  input.addEventListener("change", look);
  for (const name of ["dragenter", "dragover"]) input.addEventListener(name, () => input.classList.add("over"));
  for (const name of ["dragleave", "drop"]) input.addEventListener(name, () => input.classList.remove("over"));
  // Beside the field a dropped file would replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => {
    if (event.target !== input) event.preventDefault();
  });
}
const threshold = document.getElementById("threshold");
if (threshold) {
  threshold.parentElement.hidden = false;
  threshold.addEventListener("input", () => {
    const least = threshold.value / 100;
    let hidden = 0;
    for (const each of document.querySelectorAll("[data-similarity]")) {
      const below = Number(each.dataset.similarity) < least;
      each.classList.toggle("below", below);
      hidden += below && each.classList.contains("stop");
    }
    threshold.parentElement.querySelector("output").textContent =
      `${threshold.value} % alike` + (hidden ? `, ${hidden} hidden` : "");
  });
}
