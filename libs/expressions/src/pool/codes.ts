/** Bytes that tell kinds apart in a frame; both ends of the pipe use these. */
export const BODY = { none: 0, raw: 1, json: 2 } as const;
export const VALUE = { nothing: 0, json: 1, trigger: 2, step: 3, steps: 4 } as const;
export const JOB = { evaluate: 1, readBody: 2, check: 3, validate: 4, checkSchema: 5 } as const;
/** Flags of an expression in a request. */
export const FLAG = { condition: 1, wantsReferences: 2, list: 4 } as const;
/** First byte of an expression's record. */
export const OUTCOME = { value: 1, failure: 2 } as const;
