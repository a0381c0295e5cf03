import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** One project after the other, as they are listed, so that a worker goes on with the sources that it has loaded. */
export class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = this.ctx.projects.map(({ name }) => name);
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name));
  }
}
