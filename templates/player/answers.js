// What was answered: item number -> the letters that are picked, or what stands in each field in turn.
const items = all("fieldset", main);
const numberOf = (item) => item.id.slice(1);
const kinds = [[".entries", "ordering"], [".prompts", "matching"], [".row", "true_false"], ["[type=radio]", "multiple_choice"], ["[type=checkbox]", "multiple_response"], [".cloze", "cloze"], ["textarea", "essay"], [".number", "numeric"], ["*", "short_answer"]];
for (const item of items) {
  const { dataset } = item;
  dataset.type = kinds.find(([sign]) => one(sign, item))[1];
  const stem = one(".stem", item);
  stem.id = `stem-${numberOf(item)}`;
  item.setAttribute("aria-describedby", stem.id);
  // Without the script letters are written; with it they are picked, and say what they stand for.
  if (dataset.type !== "ordering" && dataset.type !== "matching") continue;
  const choices = all(".entries li, .matches li", item).map((choice) => {
    const mark = one("b", choice).textContent;
    const pictured = all("img", choice).map(({ alt }) => alt);
    return [mark, fill(words.lettered, { mark, text: [one("span", choice).textContent, ...pictured].join(" ").trim() })];
  });
  for (const input of all("input", item)) {
    const options = [["", words.choose], ...choices].map(([value, text]) => make("option", { value }, text));
    input.replaceWith(make("select", { name: input.name }, ...options));
  }
}
const fieldsOf = (item) => all("input[name], select[name], textarea[name]", item);
const picked = (field) => field.type === "radio" || field.type === "checkbox";
const spaces = /[^\S\ufeff]|[\x1c-\x1f\x85]/g; // what Python calls white space

// What stands in each field, "" where that is nothing; or the letters that are picked.
const entered = (item) => {
  const fields = fieldsOf(item);
  if (picked(fields[0])) return fields.filter((field) => field.checked).map((field) => field.value);
  return fields.map((field) => (field.value.replace(spaces, " ").trim() ? field.value : ""));
};
const answerOf = (item) => {
  const found = entered(item);
  return found.some(Boolean) ? found : null;
};

const setAnswer = (item, answer) => {
  const fields = fieldsOf(item);
  const given = Array.isArray(answer) ? answer.map(String) : [];
  fields.forEach((field, place) => {
    if (picked(field)) field.checked = given.includes(field.value);
    else field.value = given[place] || "";
  });
  fire(item, "filled");
};
const setAnswers = (answers) => items.forEach((item) => setAnswer(item, answers[numberOf(item)]));
