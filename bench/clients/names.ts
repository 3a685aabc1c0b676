/** Whether the names of the peers that stand in our README files are those of the peers that are installed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import * as confluence from 'confluence.js'
import * as confluenceCore from 'confluence.js/core'
import * as jira from 'jira.js'
import * as jiraCore from 'jira.js/core'

const packages = join(import.meta.dirname, '..', '..', 'packages')

const options = {
  host: 'https://example.atlassian.net',
  auth: { type: 'basic', email: 'a@example.com', apiToken: 'b' },
} as const

/** By package of ours: what a name in the left column of its table may be a member of. */
const peers: Readonly<Record<string, readonly object[]>> = {
  rest: [jiraCore, confluenceCore, { getIssue: (await import('jira.js/cloud')).getIssue }],
  jira: [
    jira,
    jira.createCloudClient(options),
    jira.createAgileClient(options),
    jira.createServiceDeskClient(options),
  ],
  confluence: [confluence, confluence.createV1Client(options), confluence.createV2Client(options)],
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** Whether a value has a member, dotted when nested. */
const has = (value: object, path: string): boolean =>
  path.split('.').reduce<unknown>(memberOf, value) !== undefined

/** The functions named in the first column of the table on moving, as `group.method` or `name`. */
function namedIn(readme: string): readonly string[] {
  const [, section = ''] = readme.split(/^## From .*$/m)
  const cells = section
    .split('\n')
    .flatMap((line) => (/^\| .*`/.test(line) ? [line.split(' | ')[0] ?? ''] : []))
  return cells.flatMap((cell) =>
    [...cell.matchAll(/`([a-z]\w+(?:\.\w+)?)(?:\(|`)/g)].map(([, name = '']) => name),
  )
}

/** Names that no peer has. `group.operation` stands for any. */
export function strangers(): { readonly checked: number; readonly unknown: readonly string[] } {
  const named = Object.entries(peers).flatMap(([folder, values]) =>
    namedIn(readFileSync(join(packages, folder, 'README.md'), 'utf8'))
      .filter((name) => name !== 'group.operation')
      .map((name) => ({ name, known: values.some((value) => has(value, name)) })),
  )
  return { checked: named.length, unknown: named.filter(({ known }) => !known).map(({ name }) => name) }
}
