// What the teacher sends back after marking: a file, which is read here and shown in this page.
const problemOf = (review) => {
  if (!review || review.quizgen !== "review" || review.v !== 1) return words.review_unknown;
  if (review.quiz !== data.quiz || review.digest !== data.digest || review.form !== data.form) return words.review_other;
  return "";
};
const reviewState = make("p.error", { role: "alert" });
const openReview = async (file) => {
  reviewState.replaceChildren();
  let found = null;
  try {
    if (file.size < 20000000) found = JSON.parse(await file.text());
  } catch {
    // then it is no review: said below
  }
  const problem = problemOf(found);
  if (problem) return reviewState.replaceChildren(icon("warn"), problem);
  show("quiz", { focus: false });
  root.dataset.reviewed = "";
  showReview(found);
};
const chooser = make("input", { type: "file", accept: ".qgv,application/json", class: "unseen", id: "review-file" });
on(chooser, "change", () => chooser.files[0] && openReview(chooser.files[0]).then(() => (chooser.value = "")));
const reviewBox = make("section.review", { "aria-labelledby": "review-title" },
  make("h2", { id: "review-title" }, words.review),
  make("p", words.review_long),
  make("p", chooser, make("label.secondary", { for: "review-file" }, words.review_open)),
  reviewState);
