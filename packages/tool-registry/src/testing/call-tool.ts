import type { AuditEvent, McpEvent } from '../events.ts'
import { missingPermission, permissionProblem } from '../policies/permission.ts'
import { problemResult } from '../problem.ts'
import { createRunner } from '../run.ts'
import type { Person, ProgressStep, Tool, UpstreamCall } from '../tool.ts'
import { testPerson } from './person.ts'

/** What may be said about a test call beside its arguments. */
export interface CallToolOptions {
  readonly person?: Person
  readonly signal?: AbortSignal
  /** Default: 40,000. */
  readonly replyBytes?: number
}

/** What a test call answered, and what it did. */
export interface CalledTool {
  /** What the model reads. */
  readonly text: string
  readonly data: object | undefined
  readonly isError: boolean
  /** What the tool's clients reported, when the services report to `report`. */
  readonly calls: readonly UpstreamCall[]
  readonly progress: readonly ProgressStep[]
  readonly audit: AuditEvent
  /** An error that nobody expected, if there was one: worth a look when `text` speaks of a fault. */
  readonly fault: unknown
}

/** Makes the services of a test call. Whatever sends requests should tell `report` about them. */
type TestServices<Services> = Services | ((report: (call: UpstreamCall) => void) => Services)

/**
 * Runs a tool as a server would, without one: arguments checked, errors worded, the reply cut and checked. Throws when
 * the tool called an operation that it does not name in `uses`.
 */
export async function callTool<Services extends object>(
  tool: Tool<Services>,
  args: Readonly<Record<string, unknown>>,
  { services, ...options }: CallToolOptions & { readonly services: TestServices<Services> },
): Promise<CalledTool> {
  const { person = testPerson, signal = new AbortController().signal, replyBytes = 40_000 } = options
  const events: McpEvent[] = []
  const calls: UpstreamCall[] = []
  const progress: ProgressStep[] = []
  const run = createRunner<Services>({
    deadlineMs: 60_000,
    replyBytes,
    observe: (event) => events.push(event),
    now: Date.now,
    after: () => () => {},
  })
  const missing = missingPermission(tool, person)
  if (missing !== undefined)
    throw new Error(problemResult(permissionProblem(missing), 'write').content[0].text)
  const result = await run({
    tool,
    arguments: args,
    progress: (step) => progress.push(step),
    visit: {
      person,
      wanted: {},
      signal,
      services({ report }) {
        const noted = (call: UpstreamCall): void => {
          calls.push(call)
          report(call)
        }
        return typeof services === 'function' ? services(noted) : services
      },
    },
  })
  const stray = calls.find(({ operation: { method, path } }) => !uses(tool, method, path))
  if (stray !== undefined) {
    throw new Error(
      `${tool.name} called ${stray.operation.method} ${stray.operation.path}, which is not in its uses.`,
    )
  }
  const audit = events.find((event) => event.type === 'tool_call')
  const fault = events.find((event) => event.type === 'fault')
  if (audit === undefined) throw new Error(`${tool.name} left no audit event.`)
  return {
    text: result.content[0].text,
    data: result.structuredContent,
    isError: result.isError === true,
    calls,
    progress,
    audit,
    fault: fault?.error,
  }
}

function uses(tool: Tool<never>, method: string, path: string): boolean {
  return tool.uses.some((operation) => operation.method === method && operation.path === path)
}
