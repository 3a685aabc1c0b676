/**
 * Other people's clients of Jira and Confluence against the simulator: each does what its users do, as they installed
 * it. Passed means that the client was content, that nothing was asked that the simulator does not serve, and that every
 * answer is as Atlassian's documents say.
 *
 * Usage: npm run clients
 * `TELAMON_REQUIRE_PYTHON_JIRA` set: a machine without Debian's python3-jira fails, in place of leaving it out.
 */
import { serveSimulator } from '../apps/harness/src/simulator/serve.ts'
import { createAnswerCheck } from '../packages/simulator/src/testing/index.ts'
import { confluenceJs } from './exams/confluence-js.ts'
import type { Exam } from './exams/exam.ts'
import { jiraCloudMcp } from './exams/jira-cloud-mcp.ts'
import { jiraJs } from './exams/jira-js.ts'
import { mcpJiraCloud } from './exams/mcp-jira-cloud.ts'
import { pythonJira } from './exams/python-jira.ts'

const exams: readonly Exam[] = [jiraJs, confluenceJs, mcpJiraCloud, jiraCloudMcp, pythonJira]
const required = (process.env['TELAMON_REQUIRE_PYTHON_JIRA'] ?? '') !== ''

interface Result {
  readonly client: string
  readonly requests: number
  readonly operations: number
  /** What went wrong; absent when nothing did. */
  readonly faults: readonly string[]
  readonly skipped?: string
}

async function sit({ client, run, missing }: Exam): Promise<Result> {
  const needed = missing?.()
  const none = { client, requests: 0, operations: 0 }
  if (needed !== undefined && required) return { ...none, faults: [`It is not here: ${needed}`] }
  if (needed !== undefined) return { ...none, faults: [], skipped: needed }
  const { onAnswer, takeFaults } = createAnswerCheck()
  const served = await serveSimulator({ port: 0, onAnswer })
  try {
    const [someone] = served.simulator.people
    const [site = ''] = Object.values(served.sites)
    const { email = '', apiToken = '' } = someone ?? {}
    const failure = await run({ served, site, email, apiToken }).then(
      () => [],
      (error: unknown) => [error instanceof Error ? error.message : String(error)],
    )
    const entries = served.simulator.log.entries()
    const unserved = entries
      .filter(({ status }) => status === 501)
      .map(({ method, path }) => `501: ${method} ${path}`)
    return {
      client,
      requests: entries.length,
      operations: new Set(entries.map(({ operation }) => operation)).size,
      faults: [...failure, ...unserved, ...takeFaults()],
    }
  } finally {
    await served.stop()
  }
}

const results: Result[] = []
for (const exam of exams) results.push(await sit(exam))

console.table(
  results.map(({ client, requests, operations, faults, skipped }) => ({
    client,
    requests,
    operations,
    result: skipped === undefined ? (faults.length === 0 ? 'passed' : 'FAILED') : 'left out',
  })),
)
for (const { client, faults, skipped } of results) {
  for (const fault of faults) console.error(`${client}: ${fault}`)
  if (skipped !== undefined) console.error(`${client} is left out: ${skipped}`)
}
const failed = results.filter(({ faults }) => faults.length > 0).length
console.log(
  `${results.length - failed - results.filter(({ skipped }) => skipped).length} clients passed, ${failed} failed`,
)
if (failed > 0) process.exitCode = 1
