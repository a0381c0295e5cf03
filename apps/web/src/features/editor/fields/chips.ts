import { EditorSelection, StateEffect, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { h, render } from 'vue';
import { stepIcon } from '../../../ui/step-icons.js';
import type { ChipLabel } from './chip-label.js';
import type { PathPart } from './paths.js';
import { templateSpans, type TemplateSpan } from './template-spans.js';

type ToLabel = (path: readonly PathPart[]) => ChipLabel;

/** Tells the chips that steps or their names changed. */
export const namesChanged = StateEffect.define<null>();

class Chip extends WidgetType {
  constructor(
    private readonly label: ChipLabel,
    private readonly span: TemplateSpan,
    private readonly isChosen: boolean,
  ) {
    super();
  }

  override eq(other: Chip): boolean {
    return (
      other.isChosen === this.isChosen &&
      other.span.source === this.span.source &&
      JSON.stringify(other.label) === JSON.stringify(this.label)
    );
  }

  override toDOM(): HTMLElement {
    const { owner, where, isGone } = this.label;
    const chip = document.createElement('span');
    chip.className = `hl-chip${isGone ? ' gone' : ''}${this.isChosen ? ' chosen' : ''}`;
    chip.title = this.span.source.trim();
    chip.append(this.icon(), part('owner', owner));
    if (where !== '') chip.append(part('where', where));
    return chip;
  }

  override ignoreEvent(): boolean {
    return false;
  }

  override destroy(chip: HTMLElement): void {
    const icon = chip.querySelector('.icon');
    if (icon) render(null, icon);
  }

  private icon(): HTMLElement {
    const { kind = 'data', icon } = this.label;
    const place = part(`icon ${this.label.kind ?? ''}`, '');
    place.setAttribute('aria-hidden', 'true');
    render(h(stepIcon(icon, kind), { size: 12, strokeWidth: 2 }), place);
    return place;
  }
}

function part(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/**
 * Draws each `{{ path }}` as a chip that the caret passes in one go, and other expressions in colour. While the caret
 * is between its braces a chip is text: it is being written. Pressing a chip chooses it; a double press opens it.
 */
export function chips(toLabel: ToLabel): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      solid: DecorationSet;

      constructor(view: EditorView) {
        [this.decorations, this.solid] = decorate(view, toLabel);
      }

      update(update: ViewUpdate): void {
        const isRenamed = update.transactions.some(({ effects }) =>
          effects.some((one) => one.is(namesChanged)),
        );
        if (update.docChanged || update.selectionSet || update.focusChanged || isRenamed) {
          [this.decorations, this.solid] = decorate(update.view, toLabel);
        }
      }
    },
    { decorations: ({ decorations }) => decorations },
  );
  return [
    plugin,
    EditorView.atomicRanges.of((view) => view.plugin(plugin)?.solid ?? Decoration.none),
    EditorView.domEventHandlers({ mousedown: pressChip }),
  ];
}

function decorate(view: EditorView, toLabel: ToLabel): [all: DecorationSet, solid: DecorationSet] {
  const { main } = view.state.selection;
  const marks = templateSpans(view.state.doc.toString()).map((span) => {
    const isInside = view.hasFocus && main.from > span.from && main.to < span.to;
    const isChosen = view.hasFocus && main.from <= span.from && main.to >= span.to;
    if (span.path === undefined || isInside) return EXPRESSION.range(span.from, span.to);
    const widget = new Chip(toLabel(span.path), span, isChosen);
    return Decoration.replace({ widget }).range(span.from, span.to);
  });
  const isSolid = (mark: (typeof marks)[number]) => mark.value !== EXPRESSION;
  return [Decoration.set(marks), Decoration.set(marks.filter(isSolid))];
}

const EXPRESSION = Decoration.mark({ class: 'hl-expression' });

function pressChip(event: MouseEvent, view: EditorView): boolean {
  const chip = event.target instanceof Element ? event.target.closest('.hl-chip') : null;
  if (chip === null || event.button !== 0) return false;
  const at = view.posAtDOM(chip);
  const span = templateSpans(view.state.doc.toString()).find(({ from, to }) => at >= from && at <= to);
  if (span === undefined) return false;
  event.preventDefault();
  view.focus();
  const behindPath = span.to - 2 - (span.source.length - span.source.trimEnd().length);
  const selection =
    event.detail > 1 ? EditorSelection.cursor(behindPath) : EditorSelection.range(span.from, span.to);
  view.dispatch({ selection, userEvent: 'select.pointer' });
  return true;
}
