import { addContent } from '../../confluence/lifecycle.ts'
import { documentOf } from '../../content/document.ts'
import { draftIssue, type Maker } from '../../jira/lifecycle.ts'
import { type Chance, createChance } from '../../world/chance.ts'
import type { Space } from '../../world/confluence-model.ts'
import { nextId } from '../../world/ids.ts'
import type { Issue, Project } from '../../world/jira-model.ts'
import type { Person, Site, World } from '../../world/model.ts'
import { uuidOf } from '../../world/random.ts'
import { paragraph, sentence, title, word } from './words.ts'

/** How much is grown beside the story. */
export interface CrowdOptions {
  /** Default: 0. */
  readonly issues?: number
  /** Default: 0. */
  readonly pages?: number
  /** What chance begins with. The same number gives the same world. Default: 1. */
  readonly chance?: number
}

const day = 86_400_000
const issuesInProject = 5000
const pagesInSpace = 1000
const pagesBelowPage = 20

interface Ground {
  readonly world: World
  readonly site: Site
  readonly chance: Chance
  readonly people: readonly [Person, ...Person[]]
  readonly now: number
}

/** Lets projects and spaces full of made-up work grow on the first site of a world, with the people it has. */
export function growCrowd(world: World, { issues = 0, pages = 0, chance = 1 }: CrowdOptions): void {
  const [site] = world.sites.values()
  const [first, ...others] = [...(site?.members ?? [])].flatMap(([accountId, { products }]) => {
    const person = world.people.get(accountId)
    return person?.canSignIn === true && products.length === 2 ? [person] : []
  })
  if (!site || !first) throw new Error('A crowd needs a site with people who can sign in.')
  const ground: Ground = {
    world,
    site,
    chance: createChance(chance),
    people: [first, ...others],
    now: world.createdAt,
  }
  growIssues(ground, issues)
  growPages(ground, pages)
}

const nothing = (): void => undefined

/** Somebody who makes something at a moment of the last two years. */
function makerOf({ world, site, chance, people, now }: Ground): Maker & { readonly at: number } {
  const at = now - day - chance.below(730 * day)
  const clock = {
    now: () => at,
    advance: nothing,
    set: nothing,
    freeze: nothing,
    resume: nothing,
    frozen: true,
  }
  return { world, site, clock, caller: { person: chance.one(people), via: 'basic' }, at }
}

function growIssues(ground: Ground, count: number): void {
  const [pattern] = ground.site.jira.projects.values()
  if (!pattern) throw new Error('A crowd needs a project to grow like.')
  for (let made = 0; made < count; made += issuesInProject) {
    const project = newProject(ground, pattern, made / issuesInProject)
    const grown: Issue[] = []
    for (let number = 0; number < Math.min(issuesInProject, count - made); number += 1)
      grown.push(newIssue(ground, project, grown))
  }
}

const letters = (number: number): string =>
  String.fromCharCode(65 + Math.floor(number / 26)) + String.fromCharCode(65 + (number % 26))

/** A project with the types, steps and permissions of another. */
function newProject({ site, chance }: Ground, pattern: Project, number: number): Project {
  const { projects } = site.jira
  const id = String(20_000 + number)
  const key = `CR${letters(number)}`
  const project: Project = {
    ...pattern,
    id,
    key,
    uuid: uuidOf(`project ${site.cloudId} ${key}`),
    name: `Crowd ${letters(number)}: ${word(chance)} ${word(chance)}`,
    description: sentence(chance),
    components: [],
    versions: [],
    counter: 0,
  }
  projects.set(id, project)
  return project
}

function newIssue(ground: Ground, project: Project, siblings: readonly Issue[]): Issue {
  const { site, chance, people } = ground
  const { jira } = site
  const maker = makerOf(ground)
  const types = project.issueTypeIds.flatMap((id) => jira.issueTypes.get(id) ?? [])
  const parent = siblings[chance.below(Math.max(1, siblings.length))]
  const below = parent?.parentId === null && chance.happens(0.15)
  const fitting = types.filter(({ level }) => (below ? level === -1 : level === 0))
  const type = fitting[chance.below(fitting.length)]
  if (!type) throw new Error('A crowd needs a project with types of issues.')
  const issue = draftIssue(maker, { project, type })
  issue.summary = title(chance)
  issue.description = documentOf(`${paragraph(chance)}\n\n${paragraph(chance)}`, 'jira')
  issue.priorityId = [...jira.priorities.keys()][chance.below(jira.priorities.size)] ?? issue.priorityId
  issue.assigneeId = chance.happens(0.8) ? chance.one(people).accountId : null
  issue.labels = [...new Set(Array.from({ length: chance.below(3) }, () => word(chance)))].toSorted()
  if (below) issue.parentId = parent.id
  move(ground, issue, { project, at: maker.at })
  for (let left = chance.below(3); left > 0; left -= 1) comment(ground, issue)
  if (parent && chance.happens(0.1)) link(ground, issue, parent)
  return issue
}

/** Takes the issue through some of the steps of its project. */
function move(
  ground: Ground,
  issue: Issue,
  { project, at }: { readonly project: Project; readonly at: number },
): void {
  const { world, site, chance, people, now } = ground
  let moment = at
  for (let left = chance.below(project.statusIds.length); left > 0; left -= 1) {
    const to = site.jira.statuses.get(project.statusIds[chance.below(project.statusIds.length)] ?? '')
    const from = site.jira.statuses.get(issue.statusId)
    moment = Math.min(now - 1, moment + chance.below(20 * day))
    if (!to || !from || to === from) continue
    issue.history.push({
      id: nextId(world, 'change', site.cloudId),
      authorId: chance.one(people).accountId,
      created: moment,
      items: [
        {
          field: 'status',
          fieldtype: 'jira',
          fieldId: 'status',
          from: from.id,
          fromString: from.name,
          to: to.id,
          toString: to.name,
        },
      ],
    })
    issue.statusId = to.id
    if (to.category !== from.category) issue.categoryChanged = moment
    const done = to.category === 'done'
    issue.resolutionId = done ? ([...site.jira.resolutions.keys()][0] ?? null) : null
    issue.resolved = done ? moment : null
  }
  issue.updated = moment
}

function comment({ world, site, chance, people, now }: Ground, issue: Issue): void {
  const created = Math.min(now - 1, issue.updated + chance.below(5 * day))
  const authorId = chance.one(people).accountId
  const body = documentOf(sentence(chance), 'jira')
  const id = nextId(world, 'comment', site.cloudId)
  issue.comments.push({ id, authorId, updateAuthorId: authorId, body, created, updated: created })
  issue.updated = created
}

function link({ world, site, chance }: Ground, from: Issue, to: Issue): void {
  const id = nextId(world, 'issueLink', site.cloudId)
  const types = [...site.jira.linkTypes.keys()]
  const typeId = types[chance.below(types.length)] ?? ''
  site.jira.links.set(id, { id, typeId, fromId: from.id, toId: to.id })
}

function growPages(ground: Ground, count: number): void {
  const { confluence } = ground.site
  const [pattern] = confluence.spaces.values()
  if (!pattern) throw new Error('A crowd needs a space to grow like.')
  for (let made = 0; made < count; made += pagesInSpace) {
    const key = `CR${letters(made / pagesInSpace)}`
    const id = nextId(ground.world, 'space', ground.site.cloudId)
    const space = {
      ...pattern,
      labels: [],
      id,
      key,
      name: `Crowd ${key}`,
      description: sentence(ground.chance),
    }
    confluence.spaces.set(id, space)
    const ids: string[] = []
    for (let number = 0; number < Math.min(pagesInSpace, count - made); number += 1) {
      const above = ids[Math.floor((number - 1) / pagesBelowPage)] ?? null
      ids.push(newPage(ground, { space, number, parentId: above }))
    }
    space.homepageId = ids[0] ?? null
  }
}

interface PagePlace {
  readonly space: Space
  readonly number: number
  readonly parentId: string | null
}

function newPage(ground: Ground, { space, number, parentId }: PagePlace): string {
  const { chance } = ground
  const text = `${paragraph(chance)}\n\n## ${title(chance)}\n\n${paragraph(chance)}`
  const value = JSON.stringify(documentOf(text, 'confluence'))
  return addContent(makerOf(ground), {
    type: 'page',
    space,
    parentId,
    status: 'current',
    // Titles are unique in a space.
    position: number * 100,
    title: `${title(chance)} ${number + 1}`,
    body: { representation: 'atlas_doc_format', value },
  }).id
}
