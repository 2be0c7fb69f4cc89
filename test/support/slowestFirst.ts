/** The order of test files: those that take longest begin first, so that no worker is left with one of them at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Slowest first. The others follow as Vitest has them: by what they took last time, or by their size. */
const slow = ['longThread', 'firstRun', 'signIn', 'notifications', 'threads', 'placesLayout', 'jobs', 'layout', 'panes']

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = slow.findIndex((name) => moduleId.endsWith(`/test/e2e/${name}.test.ts`))
  return place === -1 ? slow.length : place
}

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other))
  }
}
