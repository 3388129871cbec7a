// CodeMirror with what a short Python function needs, and no more.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

const setMark = StateEffect.define(); // the number of a line, or null

/** The line at which the reader's code failed, until it is edited. */
const mark = StateField.define({
  create: () => Decoration.none,
  update(marked, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMark)) marked = markedLine(transaction, effect.value);
    }
    return transaction.docChanged ? Decoration.none : marked;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function markedLine({ newDoc }, number) {
  if (!(number >= 1 && number <= newDoc.lines)) return Decoration.none;
  const line = Decoration.line({ class: "marked" });
  return Decoration.set([line.range(newDoc.line(number).from)]);
}

export class Editor {
  /**
   * @param {object} options
   * @param {Element} options.parent - what it is put into
   * @param {string} options.text - what stands in it at first
   * @param {object} options.attributes - of the element that has the focus
   * @param {() => void} options.run - called on Ctrl+Enter
   * @param {() => void} options.edited - called when the reader has edited
   */
  constructor({ parent, text, attributes, run, edited }) {
    const runKey = { run: () => (run(), true) };
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          // Before the default keys, which mean another thing by them.
          keymap.of([
            { key: "Mod-Enter", ...runKey },
            { key: "Ctrl-Enter", ...runKey },
          ]),
          lineNumbers(),
          history(),
          mark,
          python(),
          indentUnit.of("    "),
          EditorState.tabSize.of(4),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          syntaxHighlighting(classHighlighter),
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            indentWithTab,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of(attributes),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) edited();
          }),
        ],
      }),
    });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  /** Replaces all, as an edit that Ctrl+Z takes back. */
  set text(text) {
    const { length } = this.view.state.doc;
    this.view.dispatch({
      changes: { from: 0, to: length, insert: text },
      annotations: isolateHistory.of("full"),
    });
  }

  /** Marks a line; null marks none. */
  mark(number) {
    this.view.dispatch({ effects: setMark.of(number) });
  }

  /** Puts the cursor into a line. */
  goTo(number) {
    const { doc } = this.view.state;
    const { from } = doc.line(Math.min(number, doc.lines));
    this.view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    this.view.focus();
  }
}
