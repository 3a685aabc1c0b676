import type { BodyFormat } from '../content/body.ts'
import type { Call } from '../http/call.ts'
import type { Content } from '../world/confluence-model.ts'
import { mayInSpace, mayUpdate } from '../world/permissions.ts'
import { nested } from './list.ts'
import { bodyView, labelView, versionView } from './view.ts'

/** Operations of whoever may change a page, and of whoever may add to it (recorded, F-CF-08). */
const changing = ['update', 'restrict_content', 'archive', 'clear_permissions']
const creatable = ['database', 'folder', 'attachment', 'slide', 'comment', 'page', 'embed', 'whiteboard']

function operationsOf({ site, caller }: Call, content: Content): readonly unknown[] {
  const space = site.confluence.spaces.get(content.spaceId)
  const target = content.type
  const allowed = (key: string, targetType: string): boolean =>
    space !== undefined && mayInSpace(caller, site, { space, key, target: targetType })
  const changes = mayUpdate(caller, site, content)
  return [
    { operation: 'read', targetType: target },
    ...(changes ? changing.map((operation) => ({ operation, targetType: target })) : []),
    ...(allowed('delete', 'page') ? [{ operation: 'delete', targetType: target }] : []),
    { operation: 'view_analytics', targetType: target },
    ...(changes ? creatable.map((targetType) => ({ operation: 'create', targetType })) : []),
  ]
}

/** The lists that come along with a page or a blog post when they are asked for (recorded, F-CF-07). */
export function includesOf(
  call: Call,
  content: Content,
  format: BodyFormat | undefined,
): Record<string, unknown> {
  const path = `/${content.type === 'page' ? 'pages' : 'blogposts'}/${content.id}`
  const asked = (name: string): boolean => call.query.flag(`include-${name}`)
  const { likes, labels, versions, type } = content
  const shown = versions.toReversed().map((version) =>
    versionView(version, {
      [type]: { body: bodyView(version, format), title: version.title, id: content.id },
    }),
  )
  return {
    ...(asked('likes') && {
      likes: nested(
        `${path}/likes/users`,
        [...likes].map((accountId) => ({ accountId })),
        { count: likes.size },
      ),
    }),
    ...(asked('labels') && { labels: nested(`${path}/labels`, labels.map(labelView)) }),
    ...(asked('operations') && { operations: nested(`${path}/operations`, operationsOf(call, content)) }),
    ...(asked('properties') && { properties: nested(`${path}/properties`, []) }),
    ...(asked('versions') && { versions: nested(`${path}/versions`, shown) }),
  }
}
