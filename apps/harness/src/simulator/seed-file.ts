import { readFileSync } from 'node:fs'

import type { Story } from '@telamon/simulator'
import { parse } from 'yaml'
import * as z from 'zod'

import { Fault } from '../fault.ts'

const text = z.string()
const texts = z.array(text)
const number = z.number().int()
const flag = z.literal(true)
const happening = {
  by: text,
  at: text.regex(/^-\d+ \d\d:\d\d$/, 'write "-12 14:05": working days ago, and the time'),
}
const typeName = z.enum(['Epic', 'Story', 'Task', 'Bug', 'Subtask'])

const Person = z.strictObject({
  handle: text,
  name: text,
  email: text,
  emailHidden: flag.exactOptional(),
  about: text,
  timeZone: text,
  locale: text.exactOptional(),
  app: flag.exactOptional(),
  inactive: flag.exactOptional(),
})

const Comment = z.strictObject({ ...happening, text, onlyFor: text.exactOptional() })

const Issue = z.strictObject({
  type: typeName,
  summary: text,
  ...happening,
  text: text.exactOptional(),
  priority: z.enum(['Highest', 'High', 'Medium', 'Low', 'Lowest']).exactOptional(),
  assignee: text.exactOptional(),
  labels: texts.exactOptional(),
  parent: number.exactOptional(),
  points: z.number().exactOptional(),
  due: number.exactOptional(),
  component: text.exactOptional(),
  version: text.exactOptional(),
  severity: text.exactOptional(),
  customer: text.exactOptional(),
  estimate: text.exactOptional(),
  flagged: flag.exactOptional(),
  watchers: texts.exactOptional(),
  moves: z
    .array(z.strictObject({ ...happening, to: text, resolution: text.exactOptional() }))
    .exactOptional(),
  comments: z.array(Comment).exactOptional(),
  work: z.array(z.strictObject({ ...happening, spent: text, text: text.exactOptional() })).exactOptional(),
})

const Project = z.strictObject({
  key: text.regex(/^[A-Z][A-Z0-9]+$/),
  name: text,
  description: text,
  style: z.enum(['next-gen', 'classic']),
  lead: text,
  open: z.enum(['anyone', 'licensed', 'members']),
  administrators: texts,
  members: texts,
  types: z.array(typeName),
  statuses: z.array(z.strictObject({ name: text, category: z.enum(['new', 'indeterminate', 'done']) })),
  components: texts.exactOptional(),
  versions: z.array(z.strictObject({ name: text, released: z.boolean(), due: number })).exactOptional(),
  issues: z.array(Issue),
})

const Page = z.strictObject({
  title: text,
  ...happening,
  text,
  type: z.enum(['blogpost', 'folder']).exactOptional(),
  below: text.exactOptional(),
  labels: texts.exactOptional(),
  onlyFor: texts.exactOptional(),
  edits: z.array(z.strictObject({ ...happening, text, message: text.exactOptional() })).exactOptional(),
  comments: z.array(Comment).exactOptional(),
  likes: texts.exactOptional(),
})

const Space = z.strictObject({
  key: text,
  name: text,
  description: text,
  ...happening,
  home: z.strictObject({ title: text, text }),
  readers: text.exactOptional(),
  writers: text.exactOptional(),
  pages: z.array(Page),
})

const Member = z.strictObject({
  products: z.array(z.enum(['jira', 'confluence'])),
  admin: flag.exactOptional(),
})

const Link = z.strictObject({
  from: text,
  type: z.enum(['Blocks', 'Relates', 'Duplicate', 'Cloners']),
  to: text,
  ...happening,
})

/** A story as the simulator's own are written, in YAML: who there is, and what happened on which site. */
const SeedFile = z.strictObject({
  people: z.array(Person),
  sites: z.array(
    z.strictObject({
      name: text.regex(/^[a-z0-9-]+$/),
      title: text,
      cloudId: z.uuid(),
      timeZone: text,
      members: z.record(text, Member),
      groups: z.record(text, texts),
      projects: z.array(Project),
      links: z.array(Link),
      spaces: z.array(Space),
    }),
  ),
})

/**
 * Reads a file with a world to begin with.
 *
 * @throws Fault that says where in the file something is wrong.
 */
export function readSeedFile(path: string): Story {
  const read = SeedFile.safeParse(parsed(path))
  if (read.success) return { people: read.data.people, sites: read.data.sites.map(siteOf) }
  const [first] = read.error.issues
  throw new Fault(`${path}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'this is no story'}.`)
}

/** A file tells of a site in one chapter, and of no boards and desks. */
function siteOf({
  projects,
  links,
  ...site
}: z.infer<typeof SeedFile>['sites'][number]): Story['sites'][number] {
  return { ...site, chapters: [{ projects, links }] }
}

function parsed(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new Fault(`${path} cannot be read: ${reason}`, { cause })
  }
}
