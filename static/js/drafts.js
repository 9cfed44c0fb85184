// Words that the server has not got yet, kept in this browser for whoever is signed in.
// The owner stands beside them: pages of somebody who has signed out since keep nothing.
const OWNER = "starbranch:owner";
const DRAFT = "starbranch:draft:";

// A browser may have storage switched off, or full.
const attempt = (act, otherwise) => {
  try {
    return act();
  } catch {
    return otherwise;
  }
};

const keysOf = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));
const person = () => document.querySelector("form[data-forget]")?.dataset.forget;
const draftOf = (item) => `${DRAFT}${person()}:${item}:`;

// The page is somebody's: what others left is dropped.
export const adopt = () => attempt(() => {
  if (!person()) return;
  for (const key of keysOf(DRAFT)) {
    if (!key.startsWith(`${DRAFT}${person()}:`)) localStorage.removeItem(key);
  }
  localStorage.setItem(OWNER, person());
});

export const forget = () => attempt(() => {
  for (const key of [OWNER, ...keysOf(DRAFT)]) localStorage.removeItem(key);
});

// Whether it could be kept. `page` tells two open pages of one item apart.
export const keep = (item, page, draft) => attempt(() => {
  if (localStorage.getItem(OWNER) !== person()) return false;
  localStorage.setItem(draftOf(item) + page, JSON.stringify(draft));
  return true;
}, false);

export const drop = (key) => attempt(() => localStorage.removeItem(key));

export const keyOf = (item, page) => draftOf(item) + page;

// What is kept of an item, newest first.
export const left = (item) => attempt(() => keysOf(draftOf(item))
  .map((key) => ({ ...JSON.parse(localStorage.getItem(key)), key }))
  .sort((one, other) => other.at - one.at), []);
