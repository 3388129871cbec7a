// All questions of the book: which there are, and their cards.

const OFTEN = ["common", "sometimes", "rare"];
const HERE = new URL(".", import.meta.url);

/** The address of a page of the book. */
export function address(page) {
  return new URL(`../../${page}`, HERE).href;
}

/** The address of a file that the build puts beside the scripts. */
export function asset(name) {
  return new URL(name, HERE).href;
}

export class Library {
  constructor(chapters) {
    this.chapters = chapters;
    this.cards = new Map(); // chapter: promise of its cards by id
    this.chapterOf = new Map();
    this.about = new Map();
    for (const chapter of chapters) {
      for (const question of chapter.questions) {
        this.chapterOf.set(question.id, chapter);
        this.about.set(question.id, question);
      }
    }
  }

  /** All ids, what is often asked first. */
  get ids() {
    const rank = (id) => OFTEN.indexOf(this.about.get(id).asked);
    return [...this.about.keys()].sort((a, b) => rank(a) - rank(b));
  }

  /** The card of a question; its chapter's cards are fetched once. */
  async card(id) {
    const { slug } = this.chapterOf.get(id);
    if (!this.cards.has(slug)) this.cards.set(slug, this.fetchCards(slug));
    return (await this.cards.get(slug)).get(id);
  }

  async fetchCards(slug) {
    const text = await fetched(`cards/${slug}.html`);
    // The book's own page, as it was built; nothing of a reader's.
    const page = new DOMParser().parseFromString(text, "text/html");
    const cards = [...page.querySelectorAll(".card")];
    return new Map(cards.map((card) => [card.id, document.adoptNode(card)]));
  }
}

export async function openLibrary() {
  return new Library(JSON.parse(await fetched("chapters.json")));
}

async function fetched(name) {
  const response = await fetch(asset(name));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.text();
}
