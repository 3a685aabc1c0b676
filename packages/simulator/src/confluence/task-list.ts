import type { Clock } from '../clock.ts'
import { checkboxesIn } from '../content/checkboxes.ts'
import type { Caller } from '../http/call.ts'
import type { Content } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import type { Site, World } from '../world/model.ts'
import { tasksAt } from '../world/wiki-indexes.ts'
import { newest } from './view.ts'

/** Who changed a body, when and where. */
export interface Editor {
  readonly world: World
  readonly site: Site
  readonly clock: Pick<Clock, 'now'>
  readonly caller: Caller
}

/** Brings the tasks of content into line with the checkboxes of its newest body: new ones, ticked ones, gone ones. */
export function settleTasks({ world, site, clock, caller }: Editor, content: Content): void {
  const { tasks } = site.confluence
  const checkboxes = checkboxesIn(newest(content).body)
  const known = new Map(tasksAt(site, content.id).map((task) => [task.localId, task]))
  const [editorId, now] = [caller.person?.accountId ?? '', clock.now()]
  for (const { localId, done } of checkboxes) {
    const task = known.get(localId)
    known.delete(localId)
    if (!task) {
      const id = nextId(world, 'contentTask', site.cloudId)
      const fresh = {
        id,
        localId,
        contentId: content.id,
        createdBy: editorId,
        createdAt: now,
        updatedAt: now,
      }
      tasks.set(id, { ...fresh, done, ...(done && { completedBy: editorId, completedAt: now }) })
    } else if (task.done !== done) {
      task.done = done
      task.updatedAt = now
      if (done) Object.assign(task, { completedBy: editorId, completedAt: now })
      else {
        delete task.completedBy
        delete task.completedAt
      }
    }
  }
  for (const { id } of known.values()) tasks.delete(id)
}
