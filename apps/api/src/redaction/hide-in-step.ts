import type { Redactor, StepResultView } from '@hookloom/contracts';

/** What a step took, gave, sent and was answered, as people may see it. */
export function hideInStep(redactor: Redactor, step: StepResultView): StepResultView {
  if (redactor.isEmpty) return step;
  const input = redactor.redact(step.input);
  const output = redactor.redact(step.output);
  const details = step.attempts.map(({ detail }) => redactor.redact(detail));
  const by = new Set([input, output, ...details].flatMap((redaction) => redaction.by));
  if (by.size === 0) return step;
  return {
    ...step,
    ...('input' in step ? { input: input.value } : {}),
    ...('output' in step ? { output: output.value } : {}),
    attempts: step.attempts.map((attempt, at) =>
      'detail' in attempt ? { ...attempt, detail: details[at]?.value } : attempt,
    ),
    redactedBy: [...by],
  };
}
