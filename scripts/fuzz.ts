/**
 * Tries the properties of the converters and of the query language on far more inputs than a test does, each property in a
 * process of its own. The same seed gives the same inputs; a failure prints the smallest example against the property.
 *
 * Usage: npm run fuzz [-- --runs N] [-- --seed S] [-- --only WORDS]
 *   --only WORDS   the properties whose name holds these words
 */
import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs, promisify } from 'node:util'

interface Run {
  readonly numRuns: number
  readonly seed: number
}

interface Task extends Run {
  readonly name: string
}

interface Result extends Task {
  readonly seconds: number
  /** What the property said against itself. */
  readonly failure: string | undefined
}

type Properties = Readonly<Record<string, (run: Run) => void>>

/** Where properties are, and how often each is tried unless told otherwise. */
const suites: Readonly<Record<string, { readonly runs: number; readonly load: () => Promise<Properties> }>> =
  {
    adf: { runs: 20_000, load: async () => (await import('../packages/adf/test/properties.ts')).properties },
    query: {
      runs: 100_000,
      load: async () => (await import('../packages/query/test/properties.ts')).properties,
    },
  }

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    // One property in this process.
    property: { type: 'string' },
  },
})
const seed = values.seed === undefined ? Date.now() & 0x7f_ff_ff_ff : wholeNumber('seed', values.seed)

if (values.property === undefined) await fuzz()
else await tryHere(values.property)

async function fuzz(): Promise<void> {
  const tasks: Task[] = []
  for (const [suite, { runs, load }] of Object.entries(suites)) {
    const numRuns = values.runs === undefined ? runs : wholeNumber('runs', values.runs)
    for (const property of Object.keys(await load())) {
      const name = `${suite}: ${property}`
      if (name.includes(values.only)) tasks.push({ name, numRuns, seed })
    }
  }
  if (tasks.length === 0) throw new Error(`No property has ${values.only} in its name.`)
  const results = await tryAll(tasks)
  const failed = results.filter(({ failure }) => failure !== undefined)
  for (const { name, failure = '' } of failed) console.log(`\n${name}\n${failure}`)
  print(results)
  const runs = results.reduce((sum, { numRuns }) => sum + numRuns, 0)
  console.log(
    failed.length === 0
      ? `\n${results.length} of ${results.length} properties hold in ${runs} runs, seed ${seed}`
      : `\n${results.length - failed.length} of ${results.length} properties hold; repeat with --seed ${seed}`,
  )
  if (failed.length > 0) process.exitCode = 1
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`Give --${name} as a whole number from 1 on.`)
  return value
}

/** As many at a time as there are processors; the results are in the order of the tasks. */
async function tryAll(tasks: readonly Task[]): Promise<readonly Result[]> {
  const results: Result[] = []
  const waiting = [...tasks.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, task] = next
      const result = await tryApart(task)
      results[index] = result
      console.error(`${result.failure === undefined ? 'holds' : 'FAILS'}  ${task.name}`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}

async function tryApart(task: Task): Promise<Result> {
  const begin = performance.now()
  const args = [
    import.meta.filename,
    '--property',
    task.name,
    '--runs',
    String(task.numRuns),
    '--seed',
    String(seed),
  ]
  const failure = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 }).then(
    () => undefined,
    (error: unknown) =>
      typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error),
  )
  return { ...task, seconds: (performance.now() - begin) / 1000, failure }
}

/** Tries one property in this process, which ends with its complaint if it has one. */
async function tryHere(name: string): Promise<void> {
  const [suite = '', property = ''] = name.split(/: (.*)/s)
  const check = (await suites[suite]?.load())?.[property]
  if (!check) throw new Error(`There is no property ${name}.`)
  try {
    check({ numRuns: wholeNumber('runs', values.runs ?? '1'), seed })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

function print(results: readonly Result[]): void {
  const width = Math.max(...results.map(({ name }) => name.length))
  const line = (name: string, cells: readonly string[]): void =>
    console.log(`${name.padEnd(width)}${cells.map((cell) => cell.padStart(12)).join('')}`)
  console.log()
  line('property', ['runs', 'seed', 'seconds', 'failures'])
  for (const { name, numRuns, seconds, failure } of results) {
    line(name, [String(numRuns), String(seed), seconds.toFixed(1), failure === undefined ? '0' : '1'])
  }
}
