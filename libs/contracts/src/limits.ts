/** Sizes and counts that every part of the product keeps (bytes unless the name says otherwise). */
export const LIMITS = {
  /** Body of one request, when the endpoint does not say. */
  defaultBodyBytes: 1024 * 1024,
  /** Largest limit that an endpoint may set. */
  maxBodyBytes: 16 * 1024 * 1024,
  /** JSON nested deeper is refused before it is parsed. */
  jsonDepth: 64,
  xmlBytes: 256 * 1024,
  xmlDepth: 50,
  /** Output of one step. */
  stepOutputBytes: 1024 * 1024,
  /** All files together that one step sends. */
  stepFileBytes: 16 * 1024 * 1024,
  /** What the steps of one worker hold of files at the same time; further ones wait for room. */
  workerFileBytes: 64 * 1024 * 1024,
  /** Sample events that one workflow keeps. */
  samplesPerWorkflow: 50,
  /** All step outputs of one run together. */
  runOutputBytes: 8 * 1024 * 1024,
  errorTextBytes: 8 * 1024,
  /** Bodies and outputs above are stored once and carried by reference. */
  inlineBytes: 32 * 1024,
  /** Steps that one run may execute. */
  stepsPerRun: 100_000,
  /** Items of one loop, and all of them together; the same for what its rounds give. */
  loopItems: 100_000,
  loopBytes: 32 * 1024 * 1024,
  /** Runs that wait for one another, the first included. */
  subworkflowDepth: 10,
  /** The longest wait of a step, seconds: a year. */
  waitSeconds: 31_536_000,
  /** Requests that one process holds open until a run answers, and for how long when the endpoint does not say. */
  heldRequests: 500,
  heldSeconds: 30,
  /** Rejected requests are stored up to this many a minute an endpoint, then only counted. */
  rejectedPerMinute: 60,
  rejectedBodyBytes: 16 * 1024,
  /** Above this many waiting runs a trigger URL answers 503. */
  waitingRuns: 1_000_000,
  /** Wall clock of one expression. */
  expressionMs: 1_000,
  /** Wall clock and memory of the code of one step, and what it may write to its console. */
  codeMs: 5_000,
  codeMemoryBytes: 64 * 1024 * 1024,
  codeLogBytes: 16 * 1024,
  /** A person's expression or schema that runs while a sender waits. */
  whileSenderWaitsMs: 200,
} as const;
