import { ConfigurationError, type Evaluated } from '@hookloom/step-kit';

/** The result of a bare JSONata field. The runner evaluates every field that the schema marks as one. */
export function valueOf(evaluated: Readonly<Record<string, Evaluated>>, path: string): Evaluated {
  const result = evaluated[path];
  if (result) return result;
  throw new ConfigurationError(`The field “${path}” holds no expression. Write one.`, {
    code: 'missing_field',
  });
}
