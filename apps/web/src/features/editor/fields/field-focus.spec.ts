import { effectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { insertPath, mappableFieldLabel, useMappableField } from './field-focus.js';

function aField(label: string) {
  const paths: string[] = [];
  const scope = effectScope();
  const focus = scope.run(() => useMappableField({ label, insertPath: (path) => void paths.push(path) }));
  return { paths, leave: () => scope.stop(), focus: () => focus?.noteFocus() };
}

describe('a path', () => {
  it('goes nowhere while no field was chosen', () => {
    expect(insertPath('trigger.body.id')).toBe(false);
  });

  it('goes into the field that had the focus last', () => {
    const [first, second] = [aField('URL'), aField('Body')];
    first.focus();
    second.focus();
    expect(mappableFieldLabel.value).toBe('Body');
    expect(insertPath('trigger.body.id')).toBe(true);
    expect([first.paths, second.paths]).toEqual([[], ['trigger.body.id']]);
    second.leave();
  });

  it('goes nowhere once that field is gone', () => {
    const field = aField('URL');
    field.focus();
    field.leave();
    expect(insertPath('trigger.body.id')).toBe(false);
    expect(field.paths).toEqual([]);
  });
});
