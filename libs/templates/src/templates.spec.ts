import {
  TEMPLATE_CATEGORIES,
  TemplateSummary,
  fromTemplateSetting,
  isConnectionType,
  toTemplateSetting,
  type TemplateView,
  type WorkflowStep,
} from '@hookloom/contracts';
import { checkGraph } from '@hookloom/engine';
import { checkExpression, compileConfig } from '@hookloom/expressions';
import { SENDERS } from '@hookloom/senders';
import { checkConfig, expressionPathsOf } from '@hookloom/step-kit';
import { builtInSteps } from '@hookloom/steps';
import { describe, expect, it } from 'vitest';
import { loadTemplates, toTemplateSummary } from './templates.js';

const TEMPLATES = loadTemplates();

/** The steps as they are once the setup is done: endpoint, connections and fields filled in. */
function setUp(template: TemplateView): WorkflowStep[] {
  return template.definition.steps.map((step) => {
    const config: Record<string, unknown> = { ...step.config };
    if (step.type === 'trigger.webhook') config['endpoint'] = 'its-endpoint';
    if (template.connections.some(({ steps }) => steps.includes(step.id)))
      config['connection'] = 'an-account';
    for (const field of template.fields) {
      if (field.step === step.id) config[field.field] = toTemplateSetting(field, field.example);
    }
    return { ...step, config };
  });
}

function typeOf(template: TemplateView, stepId: string): string | undefined {
  return template.definition.steps.find(({ id }) => id === stepId)?.type;
}

describe('the gallery', () => {
  it('holds fifteen templates, each once, and one at least of every category', () => {
    expect(TEMPLATES).toHaveLength(15);
    expect(new Set(TEMPLATES.map(({ slug }) => slug)).size).toBe(15);
    expect(new Set(TEMPLATES.map(({ title }) => title)).size).toBe(15);
    expect([...new Set(TEMPLATES.map(({ category }) => category))].sort()).toEqual(
      [...TEMPLATE_CATEGORIES].sort(),
    );
  });

  it('has some that need no account', () => {
    expect(TEMPLATES.filter(({ connections }) => connections.length === 0).length).toBeGreaterThanOrEqual(3);
  });

  it('is summed up without documents', () => {
    for (const template of TEMPLATES) {
      const summary = toTemplateSummary(template);
      expect(TemplateSummary.strict().safeParse(summary).error?.issues ?? []).toEqual([]);
      expect(summary.steps).toHaveLength(template.definition.steps.length);
    }
  });
});

describe.each(TEMPLATES)('$slug', (template) => {
  const { definition } = template;

  it('starts from one endpoint of its own, for a sender that exists', () => {
    const triggers = definition.steps.filter(({ type }) => type === 'trigger.webhook');
    expect(triggers.map(({ config }) => config)).toEqual([{ sender: template.sender }]);
    expect(SENDERS.has(template.sender)).toBe(true);
  });

  it('names no endpoint, no connection and no place on the canvas', () => {
    for (const { config } of definition.steps) expect(Object.keys(config)).not.toContain('connection');
    expect(JSON.stringify(definition)).not.toContain('"endpoint"');
    expect(definition.layout).toBeUndefined();
  });

  it('can be published once it is set up', () => {
    const steps = setUp(template);
    const facts = {
      isTrigger: (type: string) => builtInSteps.get(type)?.kind === 'trigger',
      handlesOf: (step: WorkflowStep) => builtInSteps.get(step.type)?.handles(step.config),
    };
    expect(checkGraph({ ...definition, steps }, facts)).toEqual([]);
    for (const step of steps) {
      const type = builtInSteps.get(step.type);
      if (!type) throw new Error(`no step type ${step.type}`);
      const program = compileConfig(step.config, expressionPathsOf(type));
      expect(checkConfig(type, step.config)).toEqual([]);
      expect(program.problems).toEqual([]);
      expect(program.expressions.map(({ source }) => checkExpression(source))).toEqual(
        program.expressions.map(() => undefined),
      );
    }
  });

  it('asks for the connections of all steps that need one, of types that fit', () => {
    const asked = template.connections.flatMap(({ steps }) => steps);
    expect(new Set(asked).size).toBe(asked.length);
    const needing = definition.steps.filter(({ type }) => builtInSteps.get(type)?.connection?.required);
    expect(asked).toEqual(expect.arrayContaining(needing.map(({ id }) => id)));
    for (const { types, steps } of template.connections) {
      expect(types.every(isConnectionType)).toBe(true);
      for (const step of steps) {
        const fitting = builtInSteps.get(typeOf(template, step) ?? '')?.connection?.types ?? [];
        expect(fitting).toEqual(expect.arrayContaining(types));
      }
    }
  });

  it('asks for settings that it can fill in and read back', () => {
    for (const field of template.fields) {
      const step = definition.steps.find(({ id }) => id === field.step);
      const setting = toTemplateSetting(field, field.example);
      expect(fromTemplateSetting(field, setting)).toBe(field.example);
      expect(['', field.example]).toContain(fromTemplateSetting(field, step?.config[field.field]));
    }
  });

  it('goes where its card says', () => {
    const types = definition.steps.map(({ type }) => type);
    for (const { stepType } of template.destinations) expect(types).toContain(stepType);
  });

  it('says of each sample what the sending steps do with it', () => {
    expect(template.samples[0]?.effects.length).toBeGreaterThan(0);
    for (const { kind, step } of template.samples.flatMap(({ effects }) => effects)) {
      expect(typeOf(template, step)).toBe(kind);
    }
    const seen = template.samples.flatMap(({ effects }) => effects.map(({ step }) => step));
    const sending = definition.steps.filter(({ type }) => builtInSteps.get(type)?.kind === 'send');
    expect(new Set(seen)).toEqual(new Set(sending.map(({ id }) => id)));
  });
});
