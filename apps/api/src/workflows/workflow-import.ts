import { Key, WorkflowDefinition, WorkflowProblem } from '@hookloom/contracts';
import { z } from 'zod';

/** An exported workflow; a bare document is one without a name. */
const ImportedWorkflow = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  key: Key.optional(),
  definition: WorkflowDefinition,
});
type ImportedWorkflow = z.infer<typeof ImportedWorkflow>;

const ImportedDocument = z.union([ImportedWorkflow, WorkflowDefinition]);

/** Body of `POST /workflows/import`: a document or a list of them. */
export const ImportInput = z
  .union([z.array(ImportedDocument).min(1).max(100), ImportedDocument])
  .meta({ id: 'ImportInput' });
export type ImportInput = z.infer<typeof ImportInput>;

/** What an import made: the new workflows in the order they were given, their new URLs and what is missing. */
export const ImportReport = z
  .object({
    workflows: z.array(
      z.object({
        id: z.uuid(),
        key: Key,
        name: z.string(),
        endpoints: z.array(z.object({ stepId: z.string(), id: z.uuid(), key: Key })),
        problems: z.array(WorkflowProblem),
      }),
    ),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof ImportReport>;

/** What an import would bring: problems as they would be afterwards, and the connections that the steps name. */
export const ImportCheck = z
  .object({
    workflows: z.array(
      z.object({
        name: z.string(),
        key: Key.optional(),
        definition: WorkflowDefinition,
        problems: z.array(WorkflowProblem),
      }),
    ),
  })
  .meta({ id: 'ImportCheck' });
export type ImportCheck = z.infer<typeof ImportCheck>;

/** The documents of an import as exported workflows. */
export function toImported(input: ImportInput): ImportedWorkflow[] {
  const documents = Array.isArray(input) ? input : [input];
  return documents.map((document) => ('definition' in document ? document : { definition: document }));
}
