// A formula that cannot be read: what to tell the reader, and the part of
// the text that it is about.
export class Unreadable extends Error {
  constructor(message, at, end) {
    super(message);
    this.at = at;
    this.end = end;
  }
}
