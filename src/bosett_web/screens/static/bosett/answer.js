// A file that cannot be kept is told of before the form is sent, so that nothing that was filled in is lost on the way.
// Without this script the server says the same.

const field = document.getElementById("a-attachment");

field?.addEventListener("change", async () => {
  const [file] = field.files;
  let fault = "";
  if (file && file.size > Number(field.dataset.most)) fault = field.dataset.large;
  else if (file && (await file.slice(0, 5).text()) !== "%PDF-") fault = field.dataset.kind;
  field.setCustomValidity(fault);
  if (fault) field.reportValidity();
});
